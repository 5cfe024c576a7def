#include "ml_test.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#include "structure/entry.h"

/* --- key formats ------------------------------------------------------------------------------ */

static void
key_formats_write_keys(void **state)
{
    static const struct {
        const char *format;
        uint64_t i;
        const char *key;
    } rows[] = {
        { "key: %i", 0, "key: 0" },
        { "key: %i", 999999, "key: 999999" },
        { "%i", 42, "42" },
        { "%d", 42, "42" },
        { "<%i>", 7, "<7>" },
        { "%i %%", 50, "50 %" },
        { "%%%i", 5, "%5" },
        { "%4i", 42, "  42" },
        { "%04i", 42, "0042" },
        { "%04i", 123456, "123456" },
        { "%1i", 42, "42" },
        { "%020i", UINT64_MAX, "18446744073709551615" },
        { "%i", UINT64_MAX, "18446744073709551615" },
        { "schlüssel %i", 3, "schlüssel 3" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        MlKeyFormat format;
        char key[ML_KEY_MAX];
        assert_true(ml_key_format_accepts(rows[i].format));
        assert_true(ml_key_format_parse(rows[i].format, &format));
        assert_int_equal(ml_key_format_write(&format, rows[i].i, key), strlen(rows[i].key));
        assert_string_equal(key, rows[i].key);
    }
}

static void
what_is_no_key_format_is_refused(void **state)
{
    static const char *const rows[] = { "",
        "key",
        "%",
        "%%",
        "%s",
        "%x",
        "%li",
        "%-4i",
        "%+i",
        "%i %i",
        "%i %",
        "%i %s",
        "% i",
        "%21i",
        "%99999999999i",
        "%.3i",
        "key: %" };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (ml_key_format_accepts(rows[i]))
            fail_msg("'%s' was taken", rows[i]);
}

static void
the_longest_key_fits(void **state)
{
    char text[ML_OPTION_TEXT_SIZE + 1] = { 0 };
    char key[ML_KEY_MAX];
    MlKeyFormat format;

    memset(text, 'x', ML_OPTION_TEXT_SIZE);
    memcpy(text, "%20i", 4);
    assert_false(ml_key_format_accepts(text)); /* no room for the NUL */
    text[ML_OPTION_TEXT_SIZE - 1] = '\0';
    assert_true(ml_key_format_parse(text, &format));
    size_t length = ml_key_format_write(&format, UINT64_MAX, key);
    assert_int_equal(length, 20 + ML_OPTION_TEXT_SIZE - 1 - 4);
    assert_true(length < ML_KEY_MAX);
    assert_int_equal(strlen(key), length);
}

/* Each run must say how long its keys really are, and end where they really get longer. */
static void
check_runs(const char *text, uint64_t from, uint64_t end)
{
    MlKeyFormat format;
    char key[ML_KEY_MAX];

    assert_true(ml_key_format_parse(text, &format));
    while (from < end) {
        uint64_t length;
        uint64_t run_end = ml_key_format_run(&format, from, end, &length);
        assert_true(run_end > from && run_end <= end);
        for (uint64_t i = from; i < run_end; i++)
            if (ml_key_format_write(&format, i, key) != length)
                fail_msg("'%s': '%s' is not %" PRIu64 " long", text, key, length);
        if (run_end < end)
            assert_true(ml_key_format_write(&format, run_end, key) > length);
        from = run_end;
    }
}

static void
runs_are_as_long_as_the_keys_written(void **state)
{
    static const char *const formats[] = { "key: %i", "%i", "%3i", "%06i!", "%05i" };

    for (size_t f = 0; f < G_N_ELEMENTS(formats); f++) {
        check_runs(formats[f], 0, 100003);
        for (uint64_t power = 10; power <= 100000; power *= 10) {
            check_runs(formats[f], power - 1, power + 2);
            check_runs(formats[f], 0, power);
            check_runs(formats[f], power, power + 1);
        }
    }
    check_runs("%i", UINT64_MAX - 3, UINT64_MAX);
}

/* --- value rules ------------------------------------------------------------------------------ */

static void
value_rules_are_sums_of_products(void **state)
{
    static const struct {
        const char *rule;
        uint64_t i;
        int64_t value;
    } rows[] = {
        { "i", 5, 5 },
        { "7", 5, 7 },
        { "i*2", 5, 10 },
        { "2*i", 5, 10 },
        { "2*i + 1", 5, 11 },
        { " 2 * i+1 ", 5, 11 },
        { "1 + 2*i", 5, 11 },
        { "-i", 5, -5 },
        { "-3*i - 2", 5, -17 },
        { "100 - i", 5, 95 },
        { "i + i", 5, 10 },
        { "2*3", 5, 6 },
        { "i - i", 5, 0 },
        { "9223372036854775807", 5, INT64_MAX },
        { "2*i", UINT64_C(1) << 63, 0 }, /* modulo 2^64 */
    };
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
        MlValueRule rule;
        assert_true(ml_value_rule_accepts(rows[k].rule));
        assert_true(ml_value_rule_parse(rows[k].rule, &rule));
        if (ml_value_rule_at(&rule, rows[k].i) != rows[k].value)
            fail_msg("'%s' of %" PRIu64 " is %" PRId64,
                rows[k].rule,
                rows[k].i,
                ml_value_rule_at(&rule, rows[k].i));
    }
}

static void
what_is_no_value_rule_is_refused(void **state)
{
    static const char *const rows[] = { "",
        " ",
        "j",
        "i*i",
        "i*i*i",
        "2i",
        "i2",
        "i/2",
        "i**2",
        "(i)",
        "i+",
        "*i",
        "+i",
        "--i",
        "2*",
        "1.5",
        "0x10",
        "i%2",
        "i i",
        "9223372036854775808",
        "9223372036854775807 + 1",
        "3037000500*3037000500" };

    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
        if (ml_value_rule_accepts(rows[k]))
            fail_msg("'%s' was taken", rows[k]);
}

/* --- entries ---------------------------------------------------------------------------------- */

enum { N_SPECS = ML_OPTION_DELETED + 1 };

static const MlOptionSpec *
specs(void)
{
    static const struct {
        size_t n_options;
        MlOptionSpec options[ML_MAX_OPTIONS];
    } table = { ML_ENTRY_OPTIONS(ML_FILL_OPEN("3/4")) };
    return table.options;
}

static MlEntryKind
make_kind(const char *name, const char *value, const char *name2, const char *value2)
{
    MlOptions options;
    MlEntryKind kind;

    ml_options_defaults(specs(), N_SPECS, &options);
    assert_int_equal(ml_options_set(specs(), N_SPECS, name, value, &options), ML_OPTION_OK);
    assert_int_equal(ml_options_set(specs(), N_SPECS, name2, value2, &options), ML_OPTION_OK);
    ml_entry_kind_init(&kind, &options);
    return kind;
}

static void
string_keys_are_objects_with_their_characters(void **state)
{
    MlEntryKind kind = make_kind("key_format", "key: %i", "values", "boxed");
    MlKey key;
    MlValue value;

    assert_true(kind.string_keys); /* implied by the format */
    assert_true(ml_entry_make(&kind, 12, &key, &value));
    assert_int_equal(key.text->refs, 1);
    assert_ptr_equal(key.text->type, ml_str_type);
    assert_int_equal(key.text->length, 7);
    assert_string_equal(key.text->chars, "key: 12");
    assert_int_equal(value.box->refs, 1);
    assert_ptr_equal(value.box->type, ml_int_type);
    assert_int_equal(value.box->value, 12);
    ml_entry_destroy(&kind, key, value);
}

static void
keys_for_look_ups_equal_those_that_were_made(void **state)
{
    MlEntryKind kind = make_kind("keys", "string", "value", "2*i + 1");

    for (uint64_t i = 0; i < 1200; i += 7) {
        MlKey key;
        MlValue value;
        MlKeyProbe probe, other;
        assert_true(ml_entry_make(&kind, i, &key, &value));
        ml_key_probe_init(&kind, i, &probe);
        ml_key_probe_init(&kind, i + 1, &other);
        assert_true(ml_key_equal(&kind, key, probe.key));
        assert_false(ml_key_equal(&kind, key, other.key));
        assert_true(ml_key_hash(&kind, key) == ml_key_hash(&kind, probe.key));
        assert_true(ml_key_hash(&kind, key) != 0);
        assert_int_equal(ml_value_get(&kind, value), 2 * i + 1);
        ml_value_put(&kind, &value, -4);
        assert_int_equal(ml_value_get(&kind, value), -4);
        ml_entry_destroy(&kind, key, value);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_formats_write_keys),
        cmocka_unit_test(what_is_no_key_format_is_refused),
        cmocka_unit_test(the_longest_key_fits),
        cmocka_unit_test(runs_are_as_long_as_the_keys_written),
        cmocka_unit_test(value_rules_are_sums_of_products),
        cmocka_unit_test(what_is_no_value_rule_is_refused),
        cmocka_unit_test(string_keys_are_objects_with_their_characters),
        cmocka_unit_test(keys_for_look_ups_equal_those_that_were_made),
    };
    return cmocka_run_group_tests_name("structure/entry", tests, NULL, NULL);
}

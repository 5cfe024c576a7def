#include "ml_test.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#include "structure/entry.h"

/* What the options of tables say: lengths of keys and values, fill levels, deletions. */

static void
values_are_written_as_they_are_counted(void **state)
{
    static const char *const rules[] = {
        "i", "-i", "7", "i - 5", "3 - i", "13*i - 1000", "-1000*i + 99", "i*1000000007"
    };
    enum { N = 20000 };

    for (size_t k = 0; k < G_N_ELEMENTS(rules); k++) {
        MlValueRule rule;
        assert_true(ml_value_rule_parse(rules[k], &rule));
        for (uint64_t from = 0; from < N;) {
            uint32_t length = 0;
            uint64_t end = ml_value_rule_run(&rule, from, N, &length);
            for (uint64_t i = from; i <= end && i < N; i++) {
                char text[ML_VALUE_TEXT_SIZE];
                int64_t value = ml_value_rule_at(&rule, i);
                uint32_t written = ml_value_write(value, text);
                assert_int_equal(written, strlen(text));
                assert_int_equal(strtoll(text, NULL, 10), value);
                if ((strlen(text) == length) != (i < end))
                    fail_msg("%s of %" PRIu64 ": '%s', in a run of %u", rules[k], i, text, length);
            }
            from = end;
        }
    }
}

static void
values_that_overflow_count_as_the_longest(void **state)
{
    MlValueRule rule;
    uint32_t length;
    char text[ML_VALUE_TEXT_SIZE];

    assert_true(ml_value_rule_parse("i*1000000000000000000", &rule));
    assert_int_equal(ml_value_rule_run(&rule, 0, 1000, &length), 1000);
    assert_int_equal(length, 20);
    assert_int_equal(ml_value_write(INT64_MIN, text), 20);
    assert_string_equal(text, "-9223372036854775808");
}

static void
keys_are_lengthened(void **state)
{
    static const struct {
        const char *format, *length, *key;
    } rows[] = {
        { "key: %i", "0", "key: 7" },
        { "key: %i", "6", "key: 7" },
        { "key: %i", "10", "key: 00007" },
        { "%4i!", "8", "      7!" },
        { "long enough %i", "3", "long enough 7" },
    };
    char key[ML_KEY_MAX];
    MlKeyFormat format;

    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
        ml_key_format_init(&format, rows[k].format, rows[k].length);
        ml_key_format_write(&format, 7, key);
        assert_string_equal(key, rows[k].key);
    }
    ml_key_format_init(&format, "%i", "1000");
    assert_int_equal(ml_key_format_write(&format, UINT64_MAX, key), 1000);
    assert_true(ml_key_length_accepts("1000") && ml_key_length_accepts("0"));
    assert_false(ml_key_length_accepts("1001") || ml_key_length_accepts("") ||
                 ml_key_length_accepts("-1") || ml_key_length_accepts("00001"));
}

static void
fill_levels_are_shares(void **state)
{
    static const struct {
        const char *text;
        uint64_t slots, room;
    } rows[] = {
        { "3/4", 16, 12 },
        { "2/3", 8, 5 },
        { "50%", 7, 3 },
        { "1", 16, 16 },
        { "3", 16, 48 },
        { "150%", 16, 24 },
        { "1/16", 16, 1 },
        { "7/8", UINT64_C(1) << 60, UINT64_C(7) << 57 },
    };
    static const char *const bad[] = { "",
        "0",
        "1/17",
        "17",
        "-1",
        "1/0",
        "3/",
        "/4",
        "0.5",
        "1 /2",
        "101%%",
        "10000/10000",
        "three" };
    static const char *const full[] = { "1", "100%", "4/3", "2" };
    MlFill fill;

    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
        assert_true(ml_fill_parse(rows[k].text, &fill));
        assert_int_equal(ml_fill_room(fill, rows[k].slots), rows[k].room);
    }
    for (size_t k = 0; k < G_N_ELEMENTS(bad); k++)
        if (ml_fill_accepts_chained(bad[k]))
            fail_msg("'%s' was taken", bad[k]);
    for (size_t k = 0; k < G_N_ELEMENTS(full); k++)
        assert_true(ml_fill_accepts_chained(full[k]) && !ml_fill_accepts_open(full[k]));
}

static void
deletions_are_whole_numbers(void **state)
{
    assert_true(ml_deleted_accepts("0") && ml_deleted_accepts("1000"));
    assert_false(ml_deleted_accepts("") || ml_deleted_accepts("1001") || ml_deleted_accepts("-1") ||
                 ml_deleted_accepts("1.5") || ml_deleted_accepts("99999999999999999999"));
    assert_int_equal(ml_deleted_every("0"), 1);
    assert_int_equal(ml_deleted_every("3"), 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_as_they_are_counted),
        cmocka_unit_test(values_that_overflow_count_as_the_longest),
        cmocka_unit_test(keys_are_lengthened),
        cmocka_unit_test(fill_levels_are_shares),
        cmocka_unit_test(deletions_are_whole_numbers),
    };
    return cmocka_run_group_tests_name("structure/entry-options", tests, NULL, NULL);
}

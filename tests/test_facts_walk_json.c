#include "each_structure.h"

#include <string.h>

#include "base/error.h"
#include "made_facts.h"

static void
every_walk_survives_json(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();

    for (guint i = 0; i < 2 * cases->len; i++) {
        const MlCase *it = cases->pdata[i / 2];
        const char *name = it->name;
        if (ml_case_is_elsewhere(it))
            continue;
        g_autoptr(MlWalk) walk = ml_test_walk(name, i % 2 == 0 ? 0 : 1000);
        json_t *written = ml_walk_to_json(walk);
        g_autoptr(GError) error = NULL;
        g_autoptr(MlWalk) read = ml_walk_from_json(written, &error);
        if (read == NULL)
            fail_msg("%s: %s", name, error->message);
        assert_int_equal(read->origin, ML_ORIGIN_RECORDED);
        json_t *again = ml_walk_to_json(read);
        json_object_set_new(again, "origin", json_string("measured"));
        if (!json_equal(written, again))
            fail_msg("%s reads back as another walk", name);
        json_decref(written);
        json_decref(again);
    }
}

/* --- what is no walk -------------------------------------------------------------------------- */

static json_t *
recorded(void)
{
    g_autoptr(MlWalk) walk = ml_test_walk("boxed-array", 3);
    return ml_walk_to_json(walk);
}

static json_t *
recorded_part(json_t *json)
{
    return json_array_get(json_object_get(json, "parts"), 1);
}

static json_t *
recorded_field(json_t *json)
{
    return json_array_get(json_object_get(recorded_part(json), "fields"), 2);
}

static json_t *
recorded_sample(json_t *json)
{
    return json_array_get(json_object_get(json, "samples"), 2);
}

/* Reads @json, which is no walk.  The message must name @expected. */
static void
assert_refused(json_t *json, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MlWalk) walk = ml_walk_from_json(json, &error);

    if (walk != NULL)
        fail_msg("taken, though %s is wrong", expected);
    assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
    if (strstr(error->message, expected) == NULL)
        fail_msg("'%s' does not name %s", error->message, expected);
    json_decref(json);
}

/* Takes each of @keys, up to NULL, out of what @inside finds in a walk. */
static void
assert_needed(json_t *(*inside)(json_t *), const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        g_autofree char *quoted = g_strdup_printf("'%s'", *keys);
        json_t *json = recorded();
        assert_int_equal(json_object_del(inside(json), *keys), 0);
        assert_refused(json, quoted);
        json = recorded();
        json_object_set_new(inside(json), *keys, json_false());
        assert_refused(json, quoted);
    }
}

static json_t *
itself(json_t *json)
{
    return json;
}

static void
a_key_that_is_missing_or_wrong_is_named(void **state)
{
    static const char *const outer[] = { "structure",
        "title",
        "shape",
        "options",
        "n",
        "allocator",
        "field_bytes",
        "parts",
        "samples",
        NULL };
    static const char *const part[] = {
        "part", "stride_bytes", "blocks", "requested_bytes", "usable_bytes", "used", "fields", NULL
    };
    static const char *const field[] = { "name", "role", "kind", "offset", "bytes", NULL };
    static const char *const sample[] = { "part",
        "ordinal",
        "address",
        "requested_bytes",
        "usable_bytes",
        "used",
        "head_bytes",
        "tail_bytes",
        "tail_from",
        "bytes",
        NULL };

    assert_needed(itself, outer);
    assert_needed(recorded_part, part);
    assert_needed(recorded_field, field);
    assert_needed(recorded_sample, sample);
}

static void
another_schema_is_named(void **state)
{
    json_t *json = recorded();
    json_object_set_new(json, "schema", json_string("memlab.ledger.1"));
    assert_refused(json, "'memlab.ledger.1', not memlab.walk.1");
    assert_refused(json_object(), "no memlab record");
}

static void
a_field_outside_its_element_is_refused(void **state)
{
    static const struct {
        const char *key;
        json_int_t value;
    } rows[] = { { "offset", -1 },
        { "offset", 24 },
        { "offset", G_MAXINT64 },
        { "bytes", -1 },
        { "bytes", 9 },
        { "bytes", G_MAXINT64 } };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        json_t *json = recorded();
        json_object_set_new(recorded_field(json), rows[i].key, json_integer(rows[i].value));
        assert_refused(json, "field 'value' of part 'int object'");
    }
}

static void
an_unknown_word_in_a_field_is_refused(void **state)
{
    static const char *const keys[] = { "role", "kind" };

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        json_t *json = recorded();
        json_object_set_new(recorded_field(json), keys[i], json_string("colour"));
        assert_refused(json, "field 'value' of part 'int object'");
    }
}

static void
a_sample_of_no_part_is_refused(void **state)
{
    json_t *json = recorded();
    json_object_set_new(recorded_sample(json), "part", json_integer(2));
    assert_refused(json, "a sample is of part 2, and there are 2");
}

static void
bytes_that_are_not_as_many_as_they_say_are_refused(void **state)
{
    static const struct {
        json_int_t head, tail;
        const char *bytes;
    } rows[] = {
        { 2, 0, "0x" },
        { 2, 0, "012" },
        { 2, 0, "01234" },
        { 3, 0, "0123" },
        { ML_SAMPLE_BYTES + 1, 0, "" },
        { -1, 3, "0123" },         /* together 2 bytes, in 32 bits */
        { 4294967298, 0, "0123" }, /* 2, in 32 bits */
        { 0, 2 - 4294967296, "0123" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        json_t *json = recorded(), *sample = recorded_sample(json);
        json_object_set_new(sample, "head_bytes", json_integer(rows[i].head));
        json_object_set_new(sample, "tail_bytes", json_integer(rows[i].tail));
        json_object_set_new(sample, "bytes", json_string(rows[i].bytes));
        assert_refused(json, "bytes of a sample");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_walk_survives_json),
        cmocka_unit_test(a_key_that_is_missing_or_wrong_is_named),
        cmocka_unit_test(another_schema_is_named),
        cmocka_unit_test(a_field_outside_its_element_is_refused),
        cmocka_unit_test(an_unknown_word_in_a_field_is_refused),
        cmocka_unit_test(a_sample_of_no_part_is_refused),
        cmocka_unit_test(bytes_that_are_not_as_many_as_they_say_are_refused),
    };
    return cmocka_run_group_tests_name("facts/walk JSON", tests, NULL, NULL);
}

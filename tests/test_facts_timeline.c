/* A timeline as a file keeps it. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "made_timeline.h"

static void
a_timeline_survives_the_way_through_json(void **state)
{
    for (guint n = 0; n <= 4; n++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(MlTimeline) before =
            ml_test_timeline(&(MadeTimeline){ .n_structures = n, .unit = 40 << 20 });
        before->notes = n % 2 == 0 ? g_strdup("a note\n") : NULL;
        before->invalid_reason = n % 2 == 1 ? g_strdup("swapped out") : NULL;
        json_t *json = ml_timeline_to_json(before);
        g_autoptr(MlTimeline) after = ml_timeline_from_json(json, &error);
        if (after == NULL)
            fail_msg("%s", error->message);
        json_t *again = ml_timeline_to_json(after);
        assert_string_equal(json_string_value(json_object_get(again, "origin")), "recorded");
        json_object_del(json, "origin");
        json_object_del(again, "origin");
        assert_true(json_equal(json, again));
        assert_int_equal(ml_timeline_peak(after), ml_timeline_peak(before));
        json_decref(json);
        json_decref(again);
    }
}

static void
bytes_are_whole_numbers(void **state)
{
    g_autoptr(MlTimeline) timeline =
        ml_test_timeline(&(MadeTimeline){ .n_structures = 2, .unit = 40 << 20 });
    json_t *json = ml_timeline_to_json(timeline);
    json_t *steps = json_object_get(json, "steps");
    assert_int_equal(json_array_size(steps), 6);
    for (size_t i = 0; i < json_array_size(steps); i++) {
        const char *key;
        json_t *value;
        json_object_foreach(json_array_get(steps, i), key, value)
            assert_true(json_is_integer(value) == (strcmp(key, "step") != 0));
    }
    json_decref(json);
}

/* @value: (transfer full) (nullable): NULL: the key is taken away */
static void
assert_refused(gint step, const char *key, json_t *value, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MlTimeline) timeline =
        ml_test_timeline(&(MadeTimeline){ .n_structures = 2, .unit = 40 << 20 });
    json_t *json = ml_timeline_to_json(timeline);
    json_t *target =
        step >= 0 ? json_array_get(json_object_get(json, "steps"), (size_t)step) : json;
    if (value != NULL)
        json_object_set_new(target, key, value);
    else
        json_object_del(target, key);
    assert_null(ml_timeline_from_json(json, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
    if (strstr(error->message, expected) == NULL)
        fail_msg("%s", error->message);
    json_decref(json);
}

static void
what_is_no_timeline_is_refused(void **state)
{
    assert_refused(-1, "schema", json_string("memlab.series.1"), "not memlab.timeline.1");
    assert_refused(-1, "n", json_integer(-1), "key 'n' is negative");
    assert_refused(-1, "allocator", NULL, "key 'allocator' is missing");
    assert_refused(-1, "steps", json_array(), "a timeline has 1 to");
    assert_refused(-1, "steps", json_string("none"), "key 'steps' is not an array");
    assert_refused(-1, "structures", json_array(), "steps[1]: there is no structure 0");
    assert_refused(-1, "environment", NULL, "key 'environment' is missing");
    assert_refused(1, "step", json_string("wait"), "steps[1]: key 'step' is not one of");
    assert_refused(1, "structure", json_integer(2), "steps[1]: there is no structure 2");
    assert_refused(1, "structure", NULL, "steps[1]: key 'structure' is missing");
    assert_refused(2, "peak_bytes", json_integer(1), "steps[2]: its peak is below");
    assert_refused(3, "held_bytes", json_integer(1 << 30), "steps[3]: more is held by");
    assert_refused(0, "rss_bytes", json_real(1.5), "steps[0]: key 'rss_bytes' is not a whole");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timeline_survives_the_way_through_json),
        cmocka_unit_test(bytes_are_whole_numbers),
        cmocka_unit_test(what_is_no_timeline_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

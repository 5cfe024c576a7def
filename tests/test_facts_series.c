#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "made_series.h"

/* --- which n ---------------------------------------------------------------------------------- */

static void
steps_are_even_in_log_n_and_include_both_ends(void **state)
{
    static const guint64 expected[] = { 100, 1000, 10000, 100000, 1000000 };
    const MlSweepRange range = { .from = 100, .to = 1000000, .steps = G_N_ELEMENTS(expected) };
    g_autoptr(MlSeries) series = ml_test_series("linked-list", &range);
    assert_int_equal(series->points->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_int_equal(ml_series_point(series, i)->n, expected[i]);
}

static void
steps_that_fall_together_are_one(void **state)
{
    const MlSweepRange many = { .from = 1, .to = 3, .steps = 50 };
    const MlSweepRange one = { .from = 7, .to = 7, .steps = 2 };
    g_autoptr(MlSeries) three = ml_test_series("linked-list", &many);
    g_autoptr(MlSeries) single = ml_test_series("linked-list", &one);
    assert_int_equal(three->points->len, 3);
    assert_int_equal(single->points->len, 1);
}

static void
a_growing_array_is_looked_at_before_and_after_each_growth(void **state)
{
    static const guint64 expected[] = { 10, 16, 17, 32, 33, 64, 65, 100 };
    const MlSweepRange range = { .from = 10, .to = 100, .steps = 2, .jumps = TRUE };
    g_autoptr(MlSeries) series = ml_test_series("growing-array", &range);
    assert_int_equal(series->points->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_int_equal(ml_series_point(series, i)->n, expected[i]);
    assert_int_equal(ml_series_find(series, 32)->capacity, 32);
    assert_int_equal(ml_series_find(series, 33)->capacity, 64);
    assert_null(ml_series_find(series, 34));
}

static void
an_exact_array_has_no_jumps(void **state)
{
    const MlSweepRange range = { .from = 1, .to = 1000, .steps = 2, .jumps = TRUE };
    g_autoptr(MlSeries) packed = ml_test_series("packed-array", &range);
    g_autoptr(MlSeries) list = ml_test_series("linked-list", &range);
    assert_int_equal(packed->points->len, 2);
    assert_int_equal(list->points->len, 2);
}

static void
assert_range_refused(guint64 from, guint64 to, guint steps, const char *expected)
{
    const MlSweepRange range = { .from = from, .to = to, .steps = steps };
    g_autoptr(GError) error = NULL;
    assert_false(ml_sweep_check_range(&range, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
    if (strstr(error->message, expected) == NULL)
        fail_msg("%s", error->message);
}

static void
an_empty_range_is_refused(void **state)
{
    assert_range_refused(0, 10, 5, "begins at 1 element or more");
    assert_range_refused(1000, 10, 5, "a sweep from 1 000 to 10 goes backwards");
    assert_range_refused(1, 10, 1, "2 to 10000 steps, not 1");
    assert_range_refused(1, 10, 0, "2 to 10000 steps, not 0");
    assert_range_refused(1, 10, 10001, "2 to 10000 steps, not 10001");
}

static gboolean
on_line(const MlSeries *series, guint64 n)
{
    for (guint i = 0; i < series->curve->len; i++)
        if (g_array_index(series->curve, MlSeriesPoint, i).n == n)
            return TRUE;
    return FALSE;
}

/* Between neighbours on the line the model is where a straight line is. */
static void
the_line_shows_every_step_of_a_page(void **state)
{
    const MlSweepRange range = { .from = 1000, .to = 20000, .steps = 4 };
    g_autoptr(MlSeries) series = ml_test_series("growing-array", &range);
    assert_true(ml_series_add_curve(series, NULL));
    guint steps = 0;
    for (guint i = 1; i < series->curve->len; i++) {
        const MlSeriesPoint *a = &g_array_index(series->curve, MlSeriesPoint, i - 1);
        const MlSeriesPoint *b = &g_array_index(series->curve, MlSeriesPoint, i);
        assert_true(b->n > a->n);
        if (b->model_bytes == a->model_bytes)
            continue;
        assert_int_equal(b->n, a->n + 1);
        steps++;
    }
    assert_true(steps >= 30); /* 40 pages from end to end, two at once at a growth */
    for (guint i = 0; i < series->points->len; i++)
        assert_true(on_line(series, ml_series_point(series, i)->n));
}

/* --- JSON ------------------------------------------------------------------------------------- */

/* Two points of three measured, one of them not valid. */
static MlSeries *
half_measured(void)
{
    const MlSweepRange range = { .from = 100, .to = 10000, .steps = 3 };
    MlSeries *series = ml_test_series("compact-dict:keys=string", &range);
    for (guint i = 0; i < 2; i++) {
        MlSeriesPoint point = *ml_series_point(series, i);
        point.origin = ML_ORIGIN_MEASURED;
        point.measured_bytes = (gint64)point.model_bytes - 4096;
        point.peak_bytes = point.model_peak_bytes;
        point.repeats = 1;
        point.valid = i == 0;
        point.note = i == 0 ? NULL : g_strdup("swapped");
        ml_series_add(series, &point);
    }
    assert_true(ml_series_add_curve(series, NULL));
    return series;
}

static void
a_series_survives_the_way_through_json(void **state)
{
    g_autoptr(MlSeries) before = half_measured();
    json_t *json = ml_series_to_json(before);
    g_autoptr(GError) error = NULL;
    g_autoptr(MlSeries) after = ml_series_from_json(json, &error);
    if (after == NULL)
        fail_msg("%s", error->message);
    json_t *again = ml_series_to_json(after);
    assert_string_equal(json_string_value(json_object_get(again, "origin")), "recorded");
    json_object_del(json, "origin");
    json_object_del(again, "origin");
    assert_true(json_equal(json, again));
    json_decref(json);
    json_decref(again);
    g_autofree char *name = ml_series_name(after);
    assert_string_equal(name, "compact-dict:keys=string");
    assert_int_equal(ml_series_origin(before), ML_ORIGIN_MEASURED);
    assert_int_equal(ml_series_count(after, ML_ORIGIN_RECORDED), 2);
    assert_int_equal(ml_series_count(after, ML_ORIGIN_MODEL), 1);
    assert_false(ml_series_point(after, 1)->valid);
    assert_string_equal(ml_series_point(after, 1)->note, "swapped");
    assert_int_equal(after->curve->len, before->curve->len);
    assert_ptr_equal(ml_series_line(after), after->curve);
}

/* @value: (transfer full) */
static void
assert_refused(const char *key, json_t *value, const char *expected)
{
    g_autoptr(MlSeries) series = half_measured();
    g_autoptr(GError) error = NULL;
    json_t *json = ml_series_to_json(series);
    json_t *second = json_array_get(json_object_get(json, "points"), 1);
    json_t *target = json_object_get(second, key) != NULL ? second : json;
    if (value != NULL)
        json_object_set_new(target, key, value);
    else
        json_object_del(target, key);
    assert_null(ml_series_from_json(json, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
    if (strstr(error->message, expected) == NULL)
        fail_msg("%s", error->message);
    json_decref(json);
}

static void
what_is_no_series_is_refused(void **state)
{
    assert_refused("schema", json_string("memlab.ledger.1"), "not memlab.series.1");
    assert_refused("structure", NULL, "key 'structure' is missing");
    assert_refused("points", json_string("none"), "key 'points' is not an array");
    assert_refused("n", json_integer(100), "points[1]: its n is not above");
    assert_refused("n", json_integer(0), "points[1]: its n is not above");
    assert_refused("n", json_integer(-5), "points[1]: key 'n' is negative");
    assert_refused("model_bytes", json_integer(1), "points[1]: its roles do not add up");
    assert_refused("measured_bytes", json_string("1"), "points[1]: key 'measured_bytes' is not");
    assert_refused("peak_bytes", NULL, "points[1]: key 'peak_bytes' is missing");
    assert_refused("environment", json_array(), "key 'environment' is not an object");
}

static void
a_structure_that_is_not_known_cannot_be_built_again(void **state)
{
    g_autoptr(MlSeries) series = half_measured();
    g_autoptr(GError) error = NULL;
    MlOptions options;
    g_free(series->structure);
    series->structure = g_strdup("rope");
    assert_null(ml_series_structure(series, &options, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
    g_autofree char *name = ml_series_name(series);
    assert_string_equal(name, "rope");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_even_in_log_n_and_include_both_ends),
        cmocka_unit_test(steps_that_fall_together_are_one),
        cmocka_unit_test(a_growing_array_is_looked_at_before_and_after_each_growth),
        cmocka_unit_test(an_exact_array_has_no_jumps),
        cmocka_unit_test(an_empty_range_is_refused),
        cmocka_unit_test(the_line_shows_every_step_of_a_page),
        cmocka_unit_test(a_series_survives_the_way_through_json),
        cmocka_unit_test(what_is_no_series_is_refused),
        cmocka_unit_test(a_structure_that_is_not_known_cannot_be_built_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

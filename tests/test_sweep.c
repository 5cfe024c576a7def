#include "ml_test.h"

#include "base/error.h"
#include "base/spec.h"
#include "made_series.h"

/* Real processes, several at once: their figures must be those of one after the other. */

enum {
    PEAK_PAGES = 32, /* how low the kernel's own peak may read */
    MANY_JOBS = 8,   /* more than there are CPUs, or not: the figures do not depend on it */
};

static const char *const specs[] = {
    "growing-array",
    "open-table",
    "compact-dict:keys=string,values=boxed",
    "linked-list",
};

static GPtrArray *
plan(void)
{
    const MlSweepRange range = { .from = 1000, .to = 300000, .steps = 4, .jumps = TRUE };
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)ml_series_free);
    for (guint i = 0; i < G_N_ELEMENTS(specs); i++) {
        g_ptr_array_add(all, ml_test_series(specs[i], &range));
    }
    return all;
}

static void
run(GPtrArray *all, const MlSweep *sweep)
{
    g_autoptr(GError) error = NULL;
    if (!ml_sweep_run(all, sweep, &error))
        fail_msg("%s", error->message);
}

static void
assert_same_point(const MlSeriesPoint *a, const MlSeriesPoint *b, const char *spec)
{
    guint64 low = MIN(a->peak_bytes, b->peak_bytes);
    guint64 high = MAX(a->peak_bytes, b->peak_bytes);
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->origin, ML_ORIGIN_MEASURED);
    assert_int_equal(b->origin, ML_ORIGIN_MEASURED);
    if (a->measured_bytes != b->measured_bytes)
        fail_msg("%s, n = %" G_GUINT64_FORMAT ": %" G_GINT64_FORMAT " B and %" G_GINT64_FORMAT " B",
            spec,
            a->n,
            a->measured_bytes,
            b->measured_bytes);
    assert_true(a->valid && b->valid);
    assert_true(high - low <= PEAK_PAGES * 4096);
}

static void
points_measured_at_once_are_those_of_one_after_the_other(void **state)
{
    g_autoptr(GPtrArray) serial = plan();
    g_autoptr(GPtrArray) parallel = plan();
    run(serial, &(MlSweep){ .jobs = 1 });
    run(parallel, &(MlSweep){ .jobs = MANY_JOBS });
    for (guint s = 0; s < serial->len; s++) {
        const MlSeries *a = serial->pdata[s];
        const MlSeries *b = parallel->pdata[s];
        assert_int_equal(a->points->len, b->points->len);
        for (guint i = 0; i < a->points->len; i++)
            assert_same_point(ml_series_point(a, i), ml_series_point(b, i), specs[s]);
    }
}

/* --- stopping --------------------------------------------------------------------------------- */

typedef struct {
    gint stop;
    guint after;
    guint last;
    guint total;
} Stopper;

static gboolean
stop_after(const MlSweepProgress *progress, gpointer data, GError **error)
{
    Stopper *stopper = data;
    assert_true(progress->done == 0 || progress->done == stopper->last + 1);
    stopper->last = progress->done;
    stopper->total = progress->total;
    if (progress->done >= stopper->after)
        g_atomic_int_set(&stopper->stop, 1);
    return TRUE;
}

static guint
count_measured(const GPtrArray *all)
{
    guint measured = 0;
    for (guint s = 0; s < all->len; s++)
        measured += ml_series_count(all->pdata[s], ML_ORIGIN_MEASURED);
    return measured;
}

static void
a_sweep_that_is_stopped_keeps_what_it_has_and_goes_on_later(void **state)
{
    Stopper stopper = { .after = 5 };
    g_autoptr(GPtrArray) all = plan();
    run(all, &(MlSweep){ .stop = &stopper.stop, .progress = stop_after, .data = &stopper });
    guint measured = count_measured(all);
    assert_true(measured >= stopper.after && measured < stopper.total);
    assert_int_equal(measured, stopper.last);

    Stopper rest = { .after = G_MAXUINT };
    run(all, &(MlSweep){ .progress = stop_after, .data = &rest });
    assert_int_equal(rest.total, stopper.total - measured);
    assert_int_equal(rest.last, rest.total);
    assert_int_equal(count_measured(all), stopper.total);
}

static gboolean
fail_at_once(const MlSweepProgress *progress, gpointer data, GError **error)
{
    return progress->done == 0 || ml_fail(error, ML_ERROR_SURROUNDINGS, "the disk is full");
}

static void
an_error_of_who_watches_ends_the_sweep(void **state)
{
    g_autoptr(GPtrArray) all = plan();
    g_autoptr(GError) error = NULL;
    assert_false(ml_sweep_run(all, &(MlSweep){ .progress = fail_at_once }, &error));
    assert_string_equal(error->message, "the disk is full");
    assert_true(count_measured(all) >= 1);
}

/* --- what does not fit ------------------------------------------------------------------------ */

static void
a_point_that_does_not_fit_is_left_out_with_a_note(void **state)
{
    const MlSweepRange range = {
        .from = 1000, .to = G_GUINT64_CONSTANT(1000000000000), .steps = 2
    };
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)ml_series_free);
    MlSeries *series = ml_test_series("packed-array", &range);
    g_ptr_array_add(all, series);
    run(all, &(MlSweep){ .jobs = 2 });
    assert_int_equal(ml_series_point(series, 0)->origin, ML_ORIGIN_MEASURED);
    assert_null(ml_series_point(series, 0)->note);
    assert_int_equal(ml_series_point(series, 1)->origin, ML_ORIGIN_MODEL);
    assert_non_null(g_strrstr(ml_series_point(series, 1)->note, "would take 7.3 TiB"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_measured_at_once_are_those_of_one_after_the_other),
        cmocka_unit_test(a_sweep_that_is_stopped_keeps_what_it_has_and_goes_on_later),
        cmocka_unit_test(an_error_of_who_watches_ends_the_sweep),
        cmocka_unit_test(a_point_that_does_not_fit_is_left_out_with_a_note),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

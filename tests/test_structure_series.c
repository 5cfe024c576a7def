#include "each_structure.h"

#include "facts/sweep.h"

enum { PAGE_BYTES = 4096 };

/* The n up to @to at which there is room for more than at n - 1, for more than that one. */
static GArray *
find_jumps(const MlCase *it, guint64 to)
{
    GArray *jumps = g_array_new(FALSE, FALSE, sizeof(guint64));
    guint64 before = 0;
    for (guint64 n = 1; n <= to; n++) {
        g_autofree MlModel *model = ml_case_model(it, n, PAGE_BYTES);
        guint64 capacity = model->plan.capacity;
        if (n > 1 && capacity > before && !(capacity == n && before == n - 1))
            g_array_append_val(jumps, n);
        before = capacity;
    }
    return jumps;
}

static void
a_sweep_looks_before_and_after_each_jump_of_the_capacity(void **state)
{
    const MlCase *it = *state;
    const MlSweepRange range = { .from = 1, .to = 2000, .steps = 2, .jumps = TRUE };
    g_autoptr(GArray) counts = ml_sweep_counts(it->structure, &it->options, &range);
    g_autoptr(GArray) jumps = find_jumps(it, range.to);
    g_autoptr(GArray) expected = g_array_new(FALSE, FALSE, sizeof(guint64));
    guint64 last = range.from;
    g_array_append_val(expected, last);
    for (guint i = 0; i < jumps->len; i++) {
        guint64 n = g_array_index(jumps, guint64, i);
        guint64 full = n - 1;
        if (full > last)
            g_array_append_val(expected, full);
        g_array_append_val(expected, n);
        last = n;
    }
    if (last < range.to)
        g_array_append_val(expected, range.to);
    ml_assert_same(range.to, "points", counts->len, expected->len);
    for (guint i = 0; i < counts->len; i++)
        ml_assert_same(
            i, "point", g_array_index(counts, guint64, i), g_array_index(expected, guint64, i));
}

static void
check_points(const MlSeries *series)
{
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        guint64 sum = 0;
        for (int role = 0; role < ML_N_ROLES; role++)
            sum += point->role_bytes[role];
        ml_assert_same(point->n, "roles", sum, point->model_bytes);
        assert_true(point->model_peak_bytes >= point->model_bytes);
        if (point->reserved_bytes < point->model_bytes)
            fail_msg("%s, %s, n = %" G_GUINT64_FORMAT ": less is reserved than resident",
                series->structure,
                series->allocator,
                point->n);
        assert_true(point->stock_bytes <= point->role_bytes[ML_ROLE_ALLOCATOR]);
    }
}

static void
the_points_hold_together_under_every_allocator(void **state)
{
    const MlCase *it = *state;
    const MlSweepRange range = { .from = 1, .to = 10000000, .steps = 40, .jumps = TRUE };
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    for (size_t i = 0; i < n_allocators; i++) {
        g_autoptr(MlSeries) series =
            ml_series_compute(it->structure, &it->options, allocators[i], &range, NULL);
        assert_non_null(series);
        check_points(series);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_looks_before_and_after_each_jump_of_the_capacity),
        cmocka_unit_test(the_points_hold_together_under_every_allocator),
    };
    return ml_run_each("series", tests, G_N_ELEMENTS(tests));
}

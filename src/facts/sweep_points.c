/* Which n a sweep looks at, and the model there. */
#include <math.h>

#include "base/error.h"
#include "base/number.h"
#include "facts/make.h"
#include "facts/sweep.h"
#include "measure/capacity.h"

gboolean
ml_sweep_check_range(const MlSweepRange *range, GError **error)
{
    g_autofree char *from = ml_group_digits(range->from, " ");
    g_autofree char *to = ml_group_digits(range->to, " ");
    if (range->from == 0)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "a sweep begins at 1 element or more: of none there are no bytes per element");
    if (range->from > range->to)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "a sweep from %s to %s goes backwards; swap --from and --to",
            from,
            to);
    if (range->steps < 2 || range->steps > ML_SWEEP_MAX_STEPS)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "a sweep has 2 to %d steps, not %u",
            ML_SWEEP_MAX_STEPS,
            range->steps);
    return TRUE;
}

static void
append_count(GArray *counts, guint64 n)
{
    g_array_append_val(counts, n);
}

static void
append_steps(GArray *counts, const MlSweepRange *range)
{
    double from = log((double)range->from);
    double way = log((double)range->to) - from;
    append_count(counts, range->from);
    for (guint i = 1; i + 1 < range->steps; i++) {
        double n = round(exp(from + way * i / (range->steps - 1)));
        append_count(counts, CLAMP((guint64)n, range->from, range->to));
    }
    append_count(counts, range->to);
}

static guint64
capacity_of(const MlStructure *structure, const MlOptions *options, guint64 n, MlPlan *plan)
{
    ml_plan_init(plan);
    plan->n_parts = structure->parts(n, options, plan->parts);
    structure->plan(n, options, plan);
    return plan->capacity;
}

/* Full at `capacity` elements, and larger with the next.  An array of exactly n has no such n. */
static void
append_jumps(GArray *counts,
    const MlStructure *structure,
    const MlOptions *options,
    const MlSweepRange *range)
{
    g_autofree MlPlan *plan = g_new(MlPlan, 1);
    guint64 full = capacity_of(structure, options, range->from, plan);
    while (full >= range->from && full < range->to) {
        guint64 next = capacity_of(structure, options, full + 1, plan);
        if (next <= full + 1)
            return;
        append_count(counts, full);
        append_count(counts, full + 1);
        full = next;
    }
}

static int
compare_counts(gconstpointer a, gconstpointer b)
{
    guint64 x = *(const guint64 *)a;
    guint64 y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

GArray *
ml_sweep_counts(const MlStructure *structure, const MlOptions *options, const MlSweepRange *range)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint64));
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(guint64));
    append_steps(all, range);
    if (range->jumps)
        append_jumps(all, structure, options, range);
    g_array_sort(all, compare_counts);
    for (guint i = 0; i < all->len; i++)
        if (i == 0 || g_array_index(all, guint64, i) != g_array_index(all, guint64, i - 1))
            append_count(counts, g_array_index(all, guint64, i));
    return counts;
}

static gboolean
append_points(GArray *points,
    const MlStructure *structure,
    const MlOptions *options,
    const MlAllocator *allocator,
    const MlSweepRange *range,
    GError **error)
{
    g_autoptr(GArray) counts = ml_sweep_counts(structure, options, range);
    for (guint i = 0; i < counts->len; i++) {
        g_autoptr(MlLedger) ledger = ml_ledger_compute(
            structure, options, g_array_index(counts, guint64, i), allocator, error);
        if (ledger == NULL)
            return FALSE;
        MlSeriesPoint point = ml_series_point_from_ledger(ledger);
        g_array_append_val(points, point);
    }
    return TRUE;
}

MlSeries *
ml_series_compute(const MlStructure *structure,
    const MlOptions *options,
    const MlAllocator *allocator,
    const MlSweepRange *range,
    GError **error)
{
    if (!ml_sweep_check_range(range, error) ||
        !ml_capacity_check_size(structure, options, range->to, error))
        return NULL;
    g_autoptr(MlSeries) series = ml_series_new();
    series->structure = g_strdup(structure->name);
    series->title = g_strdup(structure->title);
    series->element = g_strdup(structure->element);
    ml_fact_options_fill(structure, options, &series->options);
    series->allocator = g_strdup(allocator->name);
    ml_environment_fill(NULL, allocator->name, &series->environment);
    if (!append_points(series->points, structure, options, allocator, range, error))
        return NULL;
    return g_steal_pointer(&series);
}

gboolean
ml_series_add_curve(MlSeries *series, const MlSweepRange *range, GError **error)
{
    MlOptions options;
    const MlStructure *structure = ml_series_structure(series, &options, error);
    const MlAllocator *allocator = structure != NULL ? ml_series_allocator(series, error) : NULL;
    if (allocator == NULL || !ml_sweep_check_range(range, error))
        return FALSE;
    g_array_set_size(series->curve, 0);
    return append_points(series->curve, structure, &options, allocator, range, error);
}

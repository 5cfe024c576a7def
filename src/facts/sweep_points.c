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

void
ml_sweep_counts_add(GArray *counts, guint64 n)
{
    guint at = counts->len;
    while (at > 0 && g_array_index(counts, guint64, at - 1) > n)
        at--;
    if (at == 0 || g_array_index(counts, guint64, at - 1) != n)
        g_array_insert_val(counts, at, n);
}

static void
add_steps(GArray *counts, const MlSweepRange *range)
{
    double from = log((double)range->from);
    double way = log((double)range->to) - from;
    ml_sweep_counts_add(counts, range->from);
    for (guint i = 1; i + 1 < range->steps; i++) {
        double n = round(exp(from + way * i / (range->steps - 1)));
        ml_sweep_counts_add(counts, CLAMP((guint64)n, range->from, range->to));
    }
    ml_sweep_counts_add(counts, range->to);
}

static guint64
capacity_of(const MlStructure *structure, const MlOptions *options, guint64 n, MlPlan *plan)
{
    ml_structure_plan(structure, n, options, plan);
    return plan->capacity;
}

/* An array of exactly n has room for as many again and again. */
static gboolean
is_exact(const MlStructure *structure, const MlOptions *options, guint64 n, MlPlan *plan)
{
    return capacity_of(structure, options, n, plan) == n &&
           capacity_of(structure, options, n + 1, plan) == n + 1;
}

/* The first n, above @n, at which the capacity jumps.  Returns: 0 where there is none: an array of
 * exactly n, or no capacity at all. */
static guint64
next_jump(const MlStructure *structure, const MlOptions *options, guint64 n)
{
    g_autofree MlPlan *plan = g_new(MlPlan, 1);
    guint64 full = capacity_of(structure, options, n, plan);
    gboolean jumps = full >= n && !is_exact(structure, options, full + 1, plan);
    return jumps ? full + 1 : 0;
}

static void
add_jumps(GArray *counts,
    const MlStructure *structure,
    const MlOptions *options,
    const MlSweepRange *range)
{
    guint64 n = range->from;
    while ((n = next_jump(structure, options, n)) > 0 && n <= range->to) {
        ml_sweep_counts_add(counts, n - 1);
        ml_sweep_counts_add(counts, n);
    }
}

guint64
ml_sweep_after_growths(const MlStructure *structure, const MlOptions *options, guint growths)
{
    guint64 n = 1;
    for (guint i = 0; i < growths; i++)
        n = MAX(next_jump(structure, options, n), n);
    return n;
}

GArray *
ml_sweep_counts(const MlStructure *structure, const MlOptions *options, const MlSweepRange *range)
{
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(guint64));
    add_steps(counts, range);
    if (range->jumps)
        add_jumps(counts, structure, options, range);
    return counts;
}

static gboolean
append_point(GArray *points,
    const MlStructure *structure,
    const MlOptions *options,
    const MlAllocator *allocator,
    guint64 n,
    GError **error)
{
    g_autoptr(MlLedger) ledger = ml_ledger_estimate(structure, options, n, allocator, error);
    if (ledger == NULL)
        return FALSE;
    MlSeriesPoint point = ml_series_point_from_ledger(ledger);
    g_array_append_val(points, point);
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
    g_autoptr(GArray) counts = ml_sweep_counts(structure, options, range);
    for (guint i = 0; i < counts->len; i++)
        if (!append_point(series->points,
                structure,
                options,
                allocator,
                g_array_index(counts, guint64, i),
                error))
            return NULL;
    return g_steal_pointer(&series);
}

/* The model's line between the points of a series: as many points as the eye can tell apart. */
#include <math.h>

#include "base/error.h"
#include "facts/make.h"
#include "facts/sweep.h"

enum { FIRST_STEPS = 60, MOST_POINTS = 1200 };

#define SEEN 0.008 /* of the bytes: what a line off by this much would show */

typedef struct {
    const MlStructure *structure;
    MlOptions options;
    const MlAllocator *allocator;
    double page_bytes;
    GArray *curve;
} Curve;

static gboolean
compute(const Curve *curve, guint64 n, MlSeriesPoint *ret_point, GError **error)
{
    g_autoptr(MlLedger) ledger =
        ml_ledger_estimate(curve->structure, &curve->options, n, curve->allocator, error);
    if (ledger != NULL)
        *ret_point = ml_series_point_from_ledger(ledger);
    return ledger != NULL;
}

/* Whether a straight line from @a to @b shows what is between.  Several steps of a page may lie
 * on both sides of it alike, so one that is large enough to be seen is always looked for. */
static gboolean
is_straight(
    const Curve *curve, const MlSeriesPoint *a, const MlSeriesPoint *middle, const MlSeriesPoint *b)
{
    double seen = SEEN * (double)middle->model_bytes;
    double part = (double)(middle->n - a->n) / (double)(b->n - a->n);
    double line = (double)a->model_bytes + part * ((double)b->model_bytes - (double)a->model_bytes);
    gboolean may_step = a->model_bytes != b->model_bytes && curve->page_bytes / 2 > seen;
    return !may_step && fabs(line - (double)middle->model_bytes) <= seen;
}

/* Appends what lies between @a and @b, and @b: halving, until the line is straight enough.  A step
 * of a page becomes two neighbours. */
static gboolean
append_until(const Curve *curve, MlSeriesPoint a, const MlSeriesPoint *b, GError **error)
{
    while (b->n > a.n + 1 && curve->curve->len < MOST_POINTS) {
        MlSeriesPoint middle;
        if (!compute(curve, a.n + (b->n - a.n) / 2, &middle, error))
            return FALSE;
        if (is_straight(curve, &a, &middle, b))
            break;
        if (!append_until(curve, a, &middle, error))
            return FALSE;
        a = middle;
    }
    g_array_append_val(curve->curve, *b);
    return TRUE;
}

/* Even in log n, before and after each growth, and where the points are. */
static GArray *
first_counts(const MlSeries *series, const Curve *curve)
{
    const MlSweepRange range = {
        .from = ml_series_point(series, 0)->n,
        .to = ml_series_point(series, series->points->len - 1)->n,
        .steps = FIRST_STEPS,
        .jumps = TRUE,
    };
    GArray *counts = ml_sweep_counts(curve->structure, &curve->options, &range);
    for (guint i = 0; i < series->points->len; i++)
        ml_sweep_counts_add(counts, ml_series_point(series, i)->n);
    return counts;
}

gboolean
ml_series_add_curve(MlSeries *series, GError **error)
{
    Curve curve = {
        .curve = series->curve,
        .page_bytes = (double)series->environment.page_bytes,
    };
    curve.structure = ml_series_structure(series, &curve.options, error);
    if (curve.structure == NULL || (curve.allocator = ml_series_allocator(series, error)) == NULL)
        return FALSE;
    g_array_set_size(series->curve, 0);
    if (series->points->len == 0)
        return TRUE;
    g_autoptr(GArray) counts = first_counts(series, &curve);
    MlSeriesPoint before;
    for (guint i = 0; i < counts->len; i++) {
        MlSeriesPoint point;
        if (!compute(&curve, g_array_index(counts, guint64, i), &point, error) ||
            !append_until(&curve, i > 0 ? before : point, &point, error))
            return FALSE;
        before = point;
    }
    return TRUE;
}

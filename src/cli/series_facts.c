#include "cli/series_facts.h"

#include "base/error.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/sweep_run.h"

/* Of several structures each growth would be a dot too many. */
static MlSweepRange
range_of(const MlDiagramKind *kind, const MlChoice *choice, guint64 to)
{
    MlSweepRange range = { .from = 1, .to = to, .jumps = kind->is_single };
    if (to == 0)
        range.to =
            kind->range.to > 0
                ? kind->range.to
                : ml_sweep_after_growths(choice->structure, &choice->options, kind->range.growths);
    guint64 span = 1;
    for (guint i = 0; i < kind->range.decades; i++)
        span *= 10;
    if (kind->range.decades > 0)
        range.from = MAX(range.to / span, 1);
    range.steps = MAX(kind->range.measured, 2);
    return range;
}

gboolean
ml_series_add_curves(GPtrArray *all, GError **error)
{
    for (guint i = 0; i < all->len; i++)
        if (!ml_series_add_curve(all->pdata[i], error))
            return FALSE;
    return TRUE;
}

static void
tell_left_out(const MlSeries *series)
{
    const MlSeriesPoint *first = NULL;
    guint count = 0;
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        if (point->origin != ML_ORIGIN_MODEL || point->note == NULL)
            continue;
        count++;
        first = first != NULL ? first : point;
    }
    if (first != NULL)
        ml_message("note: %u of %u points of %s were not measured: %s",
            count,
            series->points->len,
            series->structure,
            first->note);
}

static guint
count_doubtful(const MlSeries *series)
{
    guint count = 0;
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        count += point->origin != ML_ORIGIN_MODEL && !point->valid ? 1 : 0;
    }
    return count;
}

int
ml_series_tell(const GPtrArray *all, gboolean points_too)
{
    int status = 0;
    for (guint i = 0; i < all->len; i++) {
        const MlSeries *series = all->pdata[i];
        ml_measure_tell_notes(series->notes);
        if (points_too)
            tell_left_out(series);
        guint doubtful = count_doubtful(series);
        if (doubtful == 0)
            continue;
        ml_message("%u points of %s are not valid", doubtful, series->structure);
        status = ML_ERROR_SURROUNDINGS;
    }
    return status;
}

GPtrArray *
ml_series_facts(const MlDiagramKind *kind,
    const GArray *choices,
    const MlMeasureRequest *request,
    guint64 to,
    gboolean model_only,
    GError **error)
{
    gboolean interrupted = FALSE;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)ml_series_free);
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        const MlSweepRange range = range_of(kind, choice, to);
        MlSeries *series = ml_series_compute(
            choice->structure, &choice->options, request->allocator, &range, error);
        if (series == NULL)
            return NULL;
        series->as_shipped = request->as_shipped;
        g_ptr_array_add(all, series);
    }
    const MlSweep sweep = { .repeats = request->repeats, .force = request->force };
    if (!model_only && kind->range.measured > 0 &&
        !ml_sweep_watched(all, &sweep, NULL, &interrupted, error))
        return NULL;
    if (interrupted) {
        ml_fail(error, ML_ERROR_INTERRUPTED, "interrupted; nothing was drawn");
        return NULL;
    }
    ml_series_tell(all, TRUE);
    return ml_series_add_curves(all, error) ? g_steal_pointer(&all) : NULL;
}

#include "facts/series.h"

#include "base/error.h"
#include "base/spec.h"
#include "base/text.h"
#include "structure/registry.h"

static void
clear_point(gpointer data)
{
    g_free(((MlSeriesPoint *)data)->note);
}

static GArray *
new_points(void)
{
    GArray *points = g_array_new(FALSE, TRUE, sizeof(MlSeriesPoint));
    g_array_set_clear_func(points, clear_point);
    return points;
}

MlSeries *
ml_series_new(void)
{
    MlSeries *series = g_new0(MlSeries, 1);
    series->points = new_points();
    series->curve = new_points();
    return series;
}

void
ml_series_free(MlSeries *series)
{
    if (series == NULL)
        return;
    g_free(series->structure);
    g_free(series->title);
    g_free(series->element);
    ml_fact_options_clear(&series->options);
    g_free(series->allocator);
    g_array_unref(series->points);
    g_array_unref(series->curve);
    g_free(series->notes);
    ml_environment_clear(&series->environment);
    g_free(series);
}

/* Where the first point of at least @n elements is, or would be. */
static guint
position(const MlSeries *series, guint64 n)
{
    guint low = 0;
    guint high = series->points->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (ml_series_point(series, middle)->n < n)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

MlSeriesPoint *
ml_series_find(const MlSeries *series, guint64 n)
{
    guint at = position(series, n);
    gboolean is_there = at < series->points->len && ml_series_point(series, at)->n == n;
    return is_there ? &g_array_index(series->points, MlSeriesPoint, at) : NULL;
}

void
ml_series_add(MlSeries *series, const MlSeriesPoint *point)
{
    guint at = position(series, point->n);
    if (ml_series_find(series, point->n) != NULL)
        g_array_remove_index(series->points, at);
    g_array_insert_val(series->points, at, *point);
}

guint
ml_series_count(const MlSeries *series, MlOrigin origin)
{
    guint count = 0;
    for (guint i = 0; i < series->points->len; i++)
        count += ml_series_point(series, i)->origin == origin ? 1 : 0;
    return count;
}

MlOrigin
ml_series_origin(const MlSeries *series)
{
    if (ml_series_count(series, ML_ORIGIN_MEASURED) > 0)
        return ML_ORIGIN_MEASURED;
    return ml_series_count(series, ML_ORIGIN_RECORDED) > 0 ? ML_ORIGIN_RECORDED : ML_ORIGIN_MODEL;
}

const GArray *
ml_series_line(const MlSeries *series)
{
    return series->curve->len > 0 ? series->curve : series->points;
}

MlSeriesPoint
ml_series_point_from_ledger(const MlLedger *ledger)
{
    MlSeriesPoint point = {
        .n = ledger->n,
        .model_bytes = ledger->model_bytes,
        .model_peak_bytes = ledger->model_peak_bytes,
        .reserved_bytes = ledger->model_rulers.reserved,
        .capacity = ledger->capacity,
    };
    for (guint i = 0; i < ledger->n_parts; i++)
        point.stock_bytes += ledger->parts[i].stock.model;
    for (int role = 0; role < ML_N_ROLES; role++)
        point.role_bytes[role] = ml_ledger_role(ledger, (MlRole)role).model;
    if (!ml_ledger_is_measured(ledger))
        return point;
    point.origin = ledger->origin;
    point.measured_bytes = ledger->measured_bytes;
    point.peak_bytes = ledger->peak_bytes;
    point.spread_bytes = ledger->spread_bytes;
    point.repeats = ledger->repeats;
    point.valid = ledger->valid;
    point.note = g_strdup(ledger->invalid_reason);
    return point;
}

guint64
ml_series_point_bytes(const MlSeriesPoint *point)
{
    return point->origin == ML_ORIGIN_MODEL ? point->model_bytes
                                            : (guint64)MAX(point->measured_bytes, 0);
}

const MlStructure *
ml_series_structure(const MlSeries *series, MlOptions *ret_options, GError **error)
{
    const MlStructure *structure = ml_structure_find(series->structure);
    if (structure == NULL) {
        g_autofree char *quoted = ml_text_quote(series->structure);
        ml_fail(error, ML_ERROR_INPUT, "there is no structure %s in this memlab", quoted);
        return NULL;
    }
    if (ml_fact_options_read(&series->options, structure, ret_options))
        return structure;
    ml_fail(error,
        ML_ERROR_INPUT,
        "the options of %s in this recording are not those of this memlab",
        series->structure);
    return NULL;
}

const MlAllocator *
ml_series_allocator(const MlSeries *series, GError **error)
{
    const MlAllocator *allocator = ml_allocator_find(series->allocator);
    if (allocator != NULL)
        return allocator;
    g_autofree char *quoted = ml_text_quote(series->allocator);
    ml_fail(error, ML_ERROR_INPUT, "there is no allocator %s in this memlab", quoted);
    return NULL;
}

char *
ml_series_name(const MlSeries *series)
{
    MlOptions options;
    const MlStructure *structure = ml_series_structure(series, &options, NULL);
    return structure != NULL ? ml_spec_to_string(structure, &options) : g_strdup(series->structure);
}

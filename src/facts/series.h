/* Series: what a structure costs as n grows, model and measured side by side.
 *
 * A series is a fact, live or recorded alike.  JSON schema: memlab.series.1. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "facts/ledger.h"
#include "model/allocator.h"

/* One n.  Bytes. */
typedef struct {
    guint64 n;
    guint64 model_bytes;
    guint64 model_peak_bytes;
    guint64 reserved_bytes;         /* address space promised, touched or not; the model's */
    guint64 stock_bytes;            /* of model_bytes: what malloc holds beyond live blocks */
    guint64 role_bytes[ML_N_ROLES]; /* the model's; they sum to model_bytes */
    guint64 capacity;               /* elements there is room for; 0 where there is no such thing */

    MlOrigin origin; /* MODEL: nothing was measured (yet), and what follows is 0 */
    gint64 measured_bytes;
    guint64 peak_bytes;
    guint64 spread_bytes;
    guint repeats;
    gboolean valid;
    char *note; /* (nullable): why it was not measured, or is not valid */
} MlSeriesPoint;

typedef struct {
    char *structure;
    char *title;
    char *element;
    MlFactOptions options;
    char *allocator;
    gboolean as_shipped;
    GArray *points; /* of MlSeriesPoint, n rising: what was measured, or was to be */
    GArray *curve;  /* of MlSeriesPoint, n rising: the model between them; may be empty */
    char *notes;    /* (nullable): what the surroundings refused, one a line */
    MlEnvironment environment;
} MlSeries;

/**
 * ml_series_new: an empty series, for the one who fills it in.
 */
MlSeries *ml_series_new(void);
void ml_series_free(MlSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlSeries, ml_series_free)

static inline const MlSeriesPoint *
ml_series_point(const MlSeries *series, guint i)
{
    return &g_array_index(series->points, MlSeriesPoint, i);
}

/**
 * ml_series_find: the point of so many elements.
 *
 * Returns: (transfer none) (nullable).
 */
MlSeriesPoint *ml_series_find(const MlSeries *series, guint64 n);

/**
 * ml_series_add: insert a point where its n belongs; one of the same n is replaced.
 * @point: (transfer full): its note
 */
void ml_series_add(MlSeries *series, const MlSeriesPoint *point);

/**
 * ml_series_origin: of the whole: MODEL where nothing was measured, RECORDED where no point was
 * measured just now.
 */
MlOrigin ml_series_origin(const MlSeries *series);

/**
 * ml_series_count: how many points have that origin.
 */
guint ml_series_count(const MlSeries *series, MlOrigin origin);

/**
 * ml_series_line: where the model's line runs: the curve, or the points where there is none.
 *
 * Returns: (transfer none) (element-type MlSeriesPoint).
 */
const GArray *ml_series_line(const MlSeries *series);

/**
 * ml_series_point_from_ledger: what a series keeps of a ledger.
 *
 * Returns: its note (transfer full).
 */
MlSeriesPoint ml_series_point_from_ledger(const MlLedger *ledger);

/**
 * ml_series_point_bytes: the figure to show: measured where there is one (less than nothing is 0),
 * else the model's.
 */
guint64 ml_series_point_bytes(const MlSeriesPoint *point);

/**
 * ml_series_structure: the structure and its options, to build it again.
 *
 * Errors: ML_ERROR_INPUT where this memlab has no such structure or option.
 * Returns: (transfer none).
 */
const MlStructure *ml_series_structure(
    const MlSeries *series, MlOptions *ret_options, GError **error);

/**
 * ml_series_allocator: the model of the allocator.
 *
 * Errors: ML_ERROR_INPUT where this memlab has none of that name.
 * Returns: (transfer none).
 */
const MlAllocator *ml_series_allocator(const MlSeries *series, GError **error);

/**
 * ml_series_name: "compact-dict:keys=string", as it is typed; options at their default left out.
 *
 * Returns: (transfer full).
 */
char *ml_series_name(const MlSeries *series);

/**
 * ml_series_to_json: the series as schema memlab.series.1; bytes are integers.
 *
 * Returns: (transfer full).
 */
json_t *ml_series_to_json(const MlSeries *series);

/**
 * ml_series_from_json: a series recorded earlier; what was measured becomes RECORDED.
 *
 * Errors: ML_ERROR_INPUT names the point and the key that is missing or wrong.
 * Returns: (transfer full).
 */
MlSeries *ml_series_from_json(const json_t *json, GError **error);

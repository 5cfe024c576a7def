/* Sweeps: making a Series, first its points by the model, then what fresh probes show at each. */
#pragma once

#include "facts/series.h"

typedef struct {
    guint64 from; /* at least 1 */
    guint64 to;
    guint steps;    /* evenly in log n, both ends included */
    gboolean jumps; /* also the last n before the capacity jumps, and the first after */
} MlSweepRange;

#define ML_SWEEP_MAX_STEPS 10000

/**
 * ml_sweep_check_range: whether there is anything in the range.
 *
 * Errors: ML_ERROR_USAGE.
 */
gboolean ml_sweep_check_range(const MlSweepRange *range, GError **error);

/**
 * ml_sweep_counts: the numbers of elements to look at, each once, rising.
 *
 * Returns: (transfer full) (element-type guint64).
 */
GArray *ml_sweep_counts(
    const MlStructure *structure, const MlOptions *options, const MlSweepRange *range);

/**
 * ml_sweep_counts_add: one more, where it belongs; once.
 * @counts: (element-type guint64): rising
 */
void ml_sweep_counts_add(GArray *counts, guint64 n);

/**
 * ml_sweep_after_growths: the first n after the capacity has jumped @growths times, counted from
 * n = 1.
 *
 * Returns: 1 for a structure that never takes more room than it needs.
 */
guint64 ml_sweep_after_growths(
    const MlStructure *structure, const MlOptions *options, guint growths);

/**
 * ml_series_compute: the model's series; nothing is built.
 *
 * Errors: ML_ERROR_USAGE where @range is empty, or its end does not fit into an address space.
 * Returns: (transfer full).
 */
MlSeries *ml_series_compute(const MlStructure *structure,
    const MlOptions *options,
    const MlAllocator *allocator,
    const MlSweepRange *range,
    GError **error);

/**
 * ml_series_add_curve: the model between the points, as finely as can be seen in a picture.
 *
 * Errors: ML_ERROR_INPUT for a recorded structure or allocator that is not known.
 */
gboolean ml_series_add_curve(MlSeries *series, GError **error);

/* How far a run is. */
typedef struct {
    guint done;
    guint total;
    const MlSeries *series; /* of the point that was finished last; NULL before the first */
    guint64 n;
} MlSweepProgress;

typedef struct {
    guint repeats;    /* fresh probes at each point; 0: one */
    gboolean force;   /* build even what does not seem to fit */
    guint jobs;       /* probes at once, at most; 0: one for each CPU */
    const gint *stop; /* (nullable): set atomically: begin no further point */

    /* (nullable): called in the caller's thread, before the first point and after each; only then
     * and there the series change.  An error ends the run. */
    gboolean (*progress)(const MlSweepProgress *progress, gpointer data, GError **error);
    gpointer data;
} MlSweep;

/**
 * ml_sweep_run: measure each point that has no measurement yet.
 * @series: (element-type MlSeries): as ml_series_compute() or ml_series_from_json() made them
 *
 * Each probe has a CPU of its own; what all that run may hold at their peaks stays below what is
 * available, so that the figures are those of one run after the other.  A point that does not fit
 * by itself gets a note instead of a measurement.
 * Errors: ML_ERROR_SURROUNDINGS where not one point could be measured; ML_ERROR_INPUT for a
 * recorded structure or allocator that is not known.
 */
gboolean ml_sweep_run(GPtrArray *series, const MlSweep *sweep, GError **error);

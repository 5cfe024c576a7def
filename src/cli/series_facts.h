/* Series for pictures: measured at some n, with the model's line between them. */
#pragma once

#include "cli/structure_arguments.h"
#include "diagram/kind.h"
#include "facts/sweep.h"

/**
 * ml_series_facts: what a kind draws of structures as n grows.
 * @choices: (element-type MlChoice)
 * @to: the largest n; 0: as the kind has it
 * @model_only: measure nothing, whatever the kind would
 *
 * Errors: ML_ERROR_USAGE, and as ml_sweep_watched(); ML_ERROR_INTERRUPTED after Ctrl-C.
 * Returns: (transfer full) (element-type MlSeries).
 */
GPtrArray *ml_series_facts(const MlDiagramKind *kind,
    const GArray *choices,
    const MlMeasureRequest *request,
    guint64 to,
    gboolean model_only,
    GError **error);

/**
 * ml_series_add_curves: the model's line of each series, from its first point to its last.
 * @series: (element-type MlSeries)
 */
gboolean ml_series_add_curves(GPtrArray *series, GError **error);

/**
 * ml_series_tell: say on standard error what makes series doubtful.
 * @series: (element-type MlSeries)
 * @points_too: say as well which points were left out; a table shows that itself
 *
 * Returns: the exit status that follows: 0 where all that was measured is valid.
 */
int ml_series_tell(const GPtrArray *series, gboolean points_too);

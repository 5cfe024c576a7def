/* The facts of a picture, had by building what it shows. */
#pragma once

#include "diagram/diagram.h"
#include "facts/recording.h"

/**
 * ml_diagram_gather: build and measure what a kind draws.
 * @structures: (transfer none): as typed; NULL-terminated
 * @settings: (transfer none) (nullable): of the file it is drawn to; NULL: no file, so that there
 * is room for any number of structures
 * @model: compute instead, where the kind can be drawn from a model
 * @facts: (transfer none): empty; filled in
 *
 * Reads the options of measure_options.h.  Errors: ML_ERROR_USAGE, ML_ERROR_SURROUNDINGS.
 */
gboolean ml_diagram_gather(const MlDiagramKind *kind,
    char **structures,
    const MlDiagramSettings *settings,
    gboolean model,
    MlRecording *facts,
    GError **error);

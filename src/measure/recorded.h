/* Where a structure's own walk is not to be trusted: blocks from the recorder. */
#pragma once

#include "measure/measure.h"

/**
 * ml_recorded_wanted: whether the blocks of what @request builds come from the recorder: it says
 * so, or GLib is another than the one whose structs are mirrored.
 */
gboolean ml_recorded_wanted(const MlMeasureRequest *request);

/**
 * ml_recorded_new: a recorder with room for all that is built, whose blocks stand for the walk.
 *
 * Errors: ML_ERROR_SURROUNDINGS.
 * Returns: (transfer full).
 */
MlRecorder *ml_recorded_new(const MlMeasureRequest *request, GError **error);

/**
 * ml_recorded_note: what is to be known of such a measurement.
 *
 * Returns: (transfer full): ended by \n.
 */
char *ml_recorded_note(const MlMeasureRequest *request);

/* What an author's `show{…}` puts on a page:
 *
 *   show{"held", "B"}                  held in RAM    40 009 728 B = 38.2 MiB = 40.0 MB; with
 *                                      each = true the figure per element, too
 *   show{"roles", "B"}                 bytes per element by role, as bars
 *   show{"bars", {"you"}, {"model", per(B.model)}, title = "per element"}
 *                                      figures as bars; {"you"} is the latest prediction
 *   show{"ledger", "B", title = "…"}   the whole table; with of = "b" the key for a picture, too
 *   show{"picture", "b", "B"}          the structure b in characters
 *   show{"file", "b", "B"}             … and as an SVG file in the current folder
 *   show{"journal"}                    the predictions of this lesson
 *   show{"next"}                       the exercise and the lesson that come next
 *
 * "B" names a ledger (B = ledger(…)), "b" a structure that a cell has built. */
#pragma once

#include "lesson/stage.h"

/**
 * ml_display_show: add to the page what one show{…} says.
 *
 * Errors: ML_ERROR_INPUT with file and line, for an unknown kind or name; those of measuring.
 */
gboolean ml_display_show(MlStage *stage, const MlAsked *asked, GError **error);

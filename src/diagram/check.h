/* What must hold of every scene, said without looking at a pixel. */
#pragma once

#include "diagram/scene.h"

/**
 * ml_scene_check: what is wrong with a scene.
 * @ledger: (transfer none) (nullable): what the caption's sum must agree with
 *
 * Of what is shown: the whole picture, or one of its frames (frames.h).  There is a title.  Text:
 * not below ML_TYPE_FLOOR, inside the margins, clear of other text, inside a box or clear of it.
 * Cells: as wide as their bytes, never a smear, none over another.  Arrows: they begin in a cell,
 * the tip is on the target's byte, each drawn pointer to a drawn block has exactly one, none runs
 * through text, and where two cross it is at no less than ML_ARROW_LEAST_ANGLE. A logical view:
 * each object is one box, no two boxes overlap, each arrow ends on an edge of its box, and where
 * the byte map shows the same pointer, it is the same. Caption, where the picture is whole: the
 * printed terms add up to the printed total, and are what the cells and the ledger add up to.
 * Returns: (transfer full): complaints, of char *; empty where all is well.
 */
GPtrArray *ml_scene_check(const MlScene *scene, const MlLedger *ledger);

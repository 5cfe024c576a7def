/* Labels that fit: of several wordings the longest that there is room for is set; where there is
 * room for none, none is.  Letters are never shrunk and never clipped. */
#pragma once

#include "diagram/scene.h"

/* Wordings, longest first; ends at the first NULL. */
#define ML_LADDER(...) ((const char *const[]){ __VA_ARGS__, NULL })

/**
 * ml_label: set the first wording that is at most @max_width wide.
 * @ladder: (transfer none): NULL-terminated
 *
 * Returns: (transfer none) (nullable): the text item; NULL where none fits.
 */
MlItem *ml_label(MlScene *scene,
    MlPoint at,
    MlAnchor anchor,
    MlType type,
    MlInk ink,
    double max_width,
    const char *const *ladder);

/**
 * ml_label_cell: the same, in the middle of a cell.
 * @dy: px below the middle
 */
MlItem *ml_label_cell(
    MlScene *scene, const MlItem *cell, double dy, MlType type, const char *const *ladder);

/**
 * ml_label_baseline: where a line of capitals stands to look centred on @y.
 */
static inline double
ml_label_baseline(double y, MlType type)
{
    return y + ML_CAP_HALF * type.size;
}

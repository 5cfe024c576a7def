#include "diagram/label.h"

#define CELL_PADDING 4.0

MlItem *
ml_label(MlScene *scene,
    MlPoint at,
    MlAnchor anchor,
    MlType type,
    MlInk ink,
    double max_width,
    const char *const *ladder)
{
    for (; *ladder != NULL; ladder++)
        if (ml_metrics_width(scene->metrics, *ladder, type) <= max_width)
            return ml_scene_text(scene, at, anchor, type, ink, *ladder);
    return NULL;
}

MlItem *
ml_label_cell(MlScene *scene, const MlItem *cell, double dy, MlType type, const char *const *ladder)
{
    MlBox box = cell->box;
    MlPoint at = { box.x + box.w / 2, ml_label_baseline(box.y + box.h / 2 + dy, type) };
    MlInk ink = ml_ink_of(ML_INK_ON, cell->cell.role);
    return ml_label(scene, at, ML_ANCHOR_MIDDLE, type, ink, box.w - 2 * CELL_PADDING, ladder);
}

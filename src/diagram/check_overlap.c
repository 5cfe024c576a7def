#include "diagram/check_overlap.h"

#include "diagram/scene.h"

#define SLACK 1 /* px of rounding that nobody sees */

static gboolean
overlap(MlBox a, MlBox b)
{
    return MIN(a.x + a.w, b.x + b.w) - MAX(a.x, b.x) > SLACK &&
           MIN(a.y + a.h, b.y + b.h) - MAX(a.y, b.y) > SLACK;
}

void
ml_check_overlap(const GPtrArray *items, GPtrArray *complaints)
{
    for (guint i = 0; i < items->len; i++) {
        const MlItem *cell = items->pdata[i];
        for (guint k = 0; k < i && cell->kind == ML_ITEM_CELL; k++) {
            const MlItem *other = items->pdata[k];
            if (other->kind == ML_ITEM_CELL && overlap(cell->box, other->box))
                g_ptr_array_add(complaints,
                    g_strdup_printf("cells at %.0f, %.0f and %.0f, %.0f overlap",
                        other->box.x,
                        other->box.y,
                        cell->box.x,
                        cell->box.y));
        }
    }
}

#include "diagram/check_logical.h"

#include <math.h>

#include "diagram/arrow.h"

#define SLACK 1 /* px of rounding that nobody sees */
#define TIP_SLACK 4

static gboolean
overlap(MlBox a, MlBox b)
{
    return MIN(a.x + a.w, b.x + b.w) - MAX(a.x, b.x) > SLACK &&
           MIN(a.y + a.h, b.y + b.h) - MAX(a.y, b.y) > SLACK;
}

/* Of each pair once. */
static void
check_box(const MlScene *scene, guint index, GPtrArray *complaints)
{
    const MlPlace *box = &g_array_index(scene->places, MlPlace, index);
    for (guint i = 0; i < index; i++) {
        const MlPlace *other = &g_array_index(scene->places, MlPlace, i);
        if (other->view != ML_VIEW_LOGICAL)
            continue;
        if (other->address == box->address)
            g_ptr_array_add(complaints,
                g_strdup_printf("two boxes stand for 0x%" G_GINT64_MODIFIER "x", box->address));
        else if (overlap(other->box, box->box))
            g_ptr_array_add(complaints, g_strdup("two boxes overlap"));
    }
}

static void
check_tip(const MlScene *scene, const MlItem *arrow, GPtrArray *complaints)
{
    MlPoint tip = ml_arrow_tip(arrow->path.outline);
    const MlPlace *place = ml_scene_find_place(scene, ML_VIEW_LOGICAL, arrow->path.target);
    if (place == NULL)
        return; /* that is complained of already */
    MlBox box = place->box;
    double outside_x = fmax(box.x - tip.x, tip.x - box.x - box.w);
    double outside_y = fmax(box.y - tip.y, tip.y - box.y - box.h);
    if (fabs(fmax(outside_x, outside_y)) > TIP_SLACK)
        g_ptr_array_add(complaints,
            g_strdup_printf("an arrow ends at %.0f, %.0f, not on the edge of its box at %.0f, %.0f",
                tip.x,
                tip.y,
                box.x,
                box.y));
}

/* A pointer, and the same one among the bytes. */
static void
check_agreement(const MlScene *scene, const MlItem *pointer, GPtrArray *complaints)
{
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *bytes = ml_scene_item(scene, i);
        if (bytes->kind == ML_ITEM_CELL && bytes->view == ML_VIEW_BYTES &&
            bytes->cell.role == ML_ROLE_POINTER && bytes->cell.address == pointer->cell.address &&
            bytes->cell.target != pointer->cell.target)
            g_ptr_array_add(complaints,
                g_strdup_printf("the pointer at 0x%" G_GINT64_MODIFIER
                                "x leads to 0x%" G_GINT64_MODIFIER
                                "x in one view and to 0x%" G_GINT64_MODIFIER "x in the other",
                    pointer->cell.address,
                    pointer->cell.target,
                    bytes->cell.target));
    }
}

void
ml_check_logical(const MlScene *scene, GPtrArray *complaints)
{
    for (guint i = 0; i < scene->places->len; i++)
        if (g_array_index(scene->places, MlPlace, i).view == ML_VIEW_LOGICAL)
            check_box(scene, i, complaints);
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->view != ML_VIEW_LOGICAL)
            continue;
        if (item->kind == ML_ITEM_PATH && item->path.is_arrow)
            check_tip(scene, item, complaints);
        if (item->kind == ML_ITEM_CELL && item->cell.role == ML_ROLE_POINTER)
            check_agreement(scene, item, complaints);
    }
}

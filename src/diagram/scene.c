#include "diagram/scene.h"

#include "base/language.h"

#define FOOT 200

static void
clear_step_name(gpointer data)
{
    g_free(((MlStepName *)data)->name);
}

static void
item_free(gpointer data)
{
    MlItem *item = data;
    if (item->kind == ML_ITEM_PATH)
        g_array_unref(item->path.outline);
    if (item->kind == ML_ITEM_AREA)
        g_array_unref(item->area.outline);
    if (item->kind == ML_ITEM_TEXT)
        g_free(item->text.string);
    if (item->kind == ML_ITEM_GROUP) {
        g_free(item->group.id);
        g_free(item->group.title);
    }
    g_free(item);
}

MlScene *
ml_scene_new(const char *id, MlMetrics *metrics, const MlSize *size, double zoom)
{
    MlSize room = size != NULL ? *size : ml_size_slide();
    MlScene *scene = g_new0(MlScene, 1);
    scene->id = g_strdup(id);
    scene->zoom = zoom;
    scene->language = ml_language_default();
    scene->width = room.width / zoom;
    scene->height = room.height / zoom;
    scene->points_per_px = room.points_per_px;
    scene->foot = FOOT;
    scene->metrics = g_object_ref(metrics);
    scene->step = ML_STEP_FIRST;
    scene->until = ML_STEP_NONE;
    scene->shown = ML_STEP_LAST;
    scene->step_names = g_array_new(FALSE, FALSE, sizeof(MlStepName));
    g_array_set_clear_func(scene->step_names, clear_step_name);
    scene->items = g_ptr_array_new_with_free_func(item_free);
    scene->places = g_array_new(FALSE, FALSE, sizeof(MlPlace));
    return scene;
}

void
ml_scene_free(MlScene *scene)
{
    if (scene == NULL)
        return;
    g_free(scene->id);
    g_free(scene->title);
    g_free(scene->plain_title);
    g_free(scene->description);
    g_free(scene->wanted_title);
    g_object_unref(scene->metrics);
    g_ptr_array_unref(scene->items);
    g_array_unref(scene->places);
    g_array_unref(scene->step_names);
    g_free(scene);
}

static MlItem *
add(MlScene *scene, MlItemKind kind, MlBox box)
{
    MlItem *item = g_new0(MlItem, 1);
    item->kind = kind;
    item->step = scene->step;
    item->until = scene->until;
    item->view = scene->view;
    item->box = box;
    g_ptr_array_add(scene->items, item);
    return item;
}

MlItem *
ml_scene_cell(MlScene *scene, MlBox box, const MlCell *cell)
{
    MlItem *item = add(scene, ML_ITEM_CELL, box);
    item->cell = *cell;
    if (cell->address != 0 && cell->bytes > 0)
        ml_scene_add_place(scene, cell->address, (guint64)cell->bytes, box);
    return item;
}

MlItem *
ml_scene_area(MlScene *scene, MlOutline *outline, MlRole role, double byte_area)
{
    MlItem *item = add(scene, ML_ITEM_AREA, ml_outline_bounds(outline));
    item->area = (MlArea){ .role = role, .outline = outline, .byte_area = byte_area };
    return item;
}

MlItem *
ml_scene_rect(MlScene *scene, MlBox box, MlPen pen, MlInk fill)
{
    MlItem *item = add(scene, ML_ITEM_RECT, box);
    item->rect = (MlRect){ .pen = pen, .fill = fill };
    return item;
}

MlItem *
ml_scene_path(MlScene *scene, MlOutline *outline, MlPen pen, MlInk fill)
{
    MlItem *item = add(scene, ML_ITEM_PATH, ml_outline_bounds(outline));
    item->path = (MlPath){ .outline = outline, .pen = pen, .fill = fill };
    return item;
}

MlItem *
ml_scene_text(
    MlScene *scene, MlPoint at, MlAnchor anchor, MlType type, MlInk ink, const char *string)
{
    g_autofree char *known = NULL;
    MlExtent extent = ml_metrics_extent(scene->metrics, string, type);
    if (extent.unknown > 0) {
        string = known = ml_metrics_known(scene->metrics, string, type);
        extent = ml_metrics_extent(scene->metrics, string, type);
    }
    double left = at.x - extent.width * (int)anchor / 2;
    MlBox box = { left, at.y - extent.above, extent.width, extent.above + extent.below };
    MlItem *item = add(scene, ML_ITEM_TEXT, box);
    item->text = (MlText){
        .string = g_strdup(string),
        .at = at,
        .anchor = anchor,
        .type = type,
        .ink = ink,
    };
    return item;
}

void
ml_scene_group(MlScene *scene, const char *id, const char *title)
{
    MlItem *item = add(scene, ML_ITEM_GROUP, (MlBox){ 0 });
    item->group = (MlGroup){ .id = g_strdup(id), .title = g_strdup(title) };
}

/* A group comes with the first thing in it, and ends with it. */
void
ml_scene_group_end(MlScene *scene)
{
    MlItem *end = add(scene, ML_ITEM_GROUP_END, (MlBox){ 0 });
    guint first = ML_STEP_NONE;
    int depth = 1;
    for (guint i = scene->items->len - 1; i-- > 0 && depth > 0;) {
        MlItem *item = g_ptr_array_index(scene->items, i);
        if (item->kind == ML_ITEM_GROUP && --depth == 0)
            item->step = end->step = first;
        if (item->kind == ML_ITEM_GROUP_END)
            depth++;
        first = MIN(first, item->step);
    }
}

void
ml_scene_step(MlScene *scene, guint step, const char *name)
{
    scene->step = step;
    for (guint i = 0; i < scene->step_names->len; i++)
        if (g_array_index(scene->step_names, MlStepName, i).step == step)
            return;
    MlStepName named = { .step = step, .name = g_strdup(name) };
    if (name != NULL)
        g_array_append_val(scene->step_names, named);
}

void
ml_scene_add_place(MlScene *scene, guint64 address, guint64 bytes, MlBox box)
{
    MlPlace place = {
        .view = scene->view,
        .address = address,
        .bytes = bytes,
        .step = scene->step,
        .box = box,
    };
    g_array_append_val(scene->places, place);
}

const MlPlace *
ml_scene_find_place(const MlScene *scene, MlView view, guint64 address)
{
    const MlPlace *smallest = NULL;
    for (guint i = 0; i < scene->places->len; i++) {
        const MlPlace *place = &g_array_index(scene->places, MlPlace, i);
        gboolean holds = place->view == view && address >= place->address &&
                         address - place->address < place->bytes;
        if (holds && place->step <= scene->shown &&
            (smallest == NULL || place->bytes < smallest->bytes))
            smallest = place;
    }
    return smallest;
}

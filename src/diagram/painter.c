#include "diagram/painter.h"

#include <math.h>

#include "diagram/arrow.h"

#define FINE_BELOW 40
#define SEPARATOR 1 /* px a cell is smaller than its bytes on each side: neighbours stay apart */
#define THIN 6      /* a thinner cell keeps its width */
#define PLATE_MARGIN 4
#define PLATE_RISE 0.74 /* sizes, above the baseline */
#define PLATE_RADIUS 4
#define PLATE_ALPHA 0.86
#define UNUSED_INSET 2
#define THIN_EDGE 1 /* around spare room in small pieces, which is nearly white */
#define CASING 8    /* px that a cased arrow is wider than its line */

gboolean
ml_paint_is_fine(const MlItem *cell)
{
    return cell->cell.fine || cell->box.w < FINE_BELOW || cell->box.h < FINE_BELOW;
}

static MlForm
cell_form(const MlItem *item, double inset, MlOutline **ret_outline)
{
    double by = item->box.w < THIN ? 0 : inset;
    MlForm form = { .box = ml_box_inset(item->box, by) };
    if (item->cell.torn_left || item->cell.torn_right) {
        *ret_outline = ml_outline_torn(form.box, item->cell.torn_left, item->cell.torn_right);
        form.outline = *ret_outline;
    }
    return form;
}

static void
dash_unused(const MlItem *item, MlPainter *painter)
{
    g_autoptr(GArray) outline = NULL;
    MlForm form = cell_form(item, SEPARATOR + UNUSED_INSET, &outline);
    gboolean fine = ml_paint_is_fine(item);
    MlStroke dashes = {
        .ink = ml_ink_of(ML_INK_LINE, ML_ROLE_UNUSED),
        .width = fine ? 1.6 : 2.2,
        .dash = { fine ? 5.2 : 8, fine ? 4 : 6 },
    };
    painter->stroke(painter, &form, &dashes);
}

static void
paint_cell(const MlItem *item, const MlTheme *theme, MlPainter *painter)
{
    g_autoptr(GArray) outline = NULL;
    MlRole role = item->cell.role;
    MlForm form = cell_form(item, SEPARATOR, &outline);
    painter->fill(painter, &form, ml_ink_of(ML_INK_FILL, role), 1, item->cell.bytes);
    painter->fill_pattern(painter, &form, role, ml_paint_is_fine(item));
    if (role == ML_ROLE_UNUSED) {
        dash_unused(item, painter);
    } else if (theme->cell_edge > 0 && item->box.w >= THIN) {
        MlStroke edge = { .ink = ML_INK_TEXT, .width = theme->cell_edge };
        painter->stroke(painter, &form, &edge);
    }
}

static MlStroke
pen_stroke(MlPen pen)
{
    MlStroke stroke = { .ink = pen.ink, .width = pen.width, .round = !pen.dashed };
    if (pen.dashed) {
        stroke.dash[0] = 12;
        stroke.dash[1] = 8;
    }
    return stroke;
}

static void
paint_area(const MlItem *item, const MlTheme *theme, MlPainter *painter)
{
    MlRole role = item->area.role;
    MlForm form = { .box = item->box, .outline = item->area.outline };
    painter->fill(painter, &form, ml_ink_of(ML_INK_FILL, role), 1, 0);
    painter->fill_pattern(painter, &form, role, item->area.fine);
    MlStroke edge = { .ink = ML_INK_TEXT, .width = theme->cell_edge };
    MlStroke thin = { .ink = ml_ink_of(ML_INK_LINE, role), .width = THIN_EDGE };
    if (item->area.fine && role == ML_ROLE_UNUSED)
        painter->stroke(painter, &form, &thin);
    else if (theme->cell_edge > 0 && !item->area.fine)
        painter->stroke(painter, &form, &edge);
}

static void
paint_rect(const MlItem *item, MlPainter *painter)
{
    MlForm form = { .box = item->box };
    if (item->rect.fill != ML_INK_NONE)
        painter->fill(painter, &form, item->rect.fill, 1, 0);
    if (item->rect.pen.ink == ML_INK_NONE)
        return;
    MlStroke stroke = pen_stroke(item->rect.pen);
    stroke.round = FALSE;
    painter->stroke(painter, &form, &stroke);
}

static void
stroke_outline(MlPainter *painter, MlOutline *outline, MlStroke stroke)
{
    MlForm form = { .box = ml_outline_bounds(outline), .outline = outline };
    painter->stroke(painter, &form, &stroke);
    g_array_unref(outline);
}

static void
fill_outline(MlPainter *painter, MlOutline *outline, MlInk ink)
{
    MlForm form = { .box = ml_outline_bounds(outline), .outline = outline };
    painter->fill(painter, &form, ink, 1, 0);
    g_array_unref(outline);
}

static void
paint_arrow(const MlPath *arrow, const MlTheme *theme, MlPainter *painter)
{
    MlInk inside = ml_ink_of(ML_INK_PATTERN, (MlRole)(arrow->pen.ink - ML_INK_LINE));
    MlPoint dot = ml_outline_seg(arrow->outline, 0)->to;
    MlOutline *dot_outline = ml_outline_new();
    ml_outline_add_circle(dot_outline, dot.x, dot.y, ML_ARROW_DOT);
    MlStroke line = { .ink = arrow->pen.ink, .width = arrow->pen.width, .round = TRUE };
    MlStroke stub = { .ink = inside, .width = arrow->pen.width };
    MlStroke casing = { .ink = ML_INK_BACKGROUND, .width = arrow->pen.width + CASING };
    gboolean is_on_pattern = theme->halo > 0; /* where it runs over a size field */
    if ((arrow->is_cased || is_on_pattern) && !theme->transparent) {
        MlOutline *outside = ml_arrow_shaft(arrow->outline);
        g_array_remove_index(outside, 0);
        g_array_index(outside, MlSeg, 0).op = ML_SEG_MOVE;
        stroke_outline(painter, outside, casing);
    }
    stroke_outline(painter, ml_arrow_shaft(arrow->outline), line);
    stroke_outline(painter, ml_arrow_stub(arrow->outline), stub);
    fill_outline(painter, dot_outline, inside);
    fill_outline(painter, ml_arrow_head(arrow->outline), arrow->pen.ink);
}

static void
paint_path(const MlItem *item, const MlTheme *theme, MlPainter *painter)
{
    if (item->path.is_arrow) {
        paint_arrow(&item->path, theme, painter);
        return;
    }
    MlForm form = { .box = item->box, .outline = item->path.outline };
    if (item->path.fill != ML_INK_NONE)
        painter->fill(painter, &form, item->path.fill, 1, 0);
    if (item->path.pen.ink == ML_INK_NONE)
        return;
    MlStroke stroke = pen_stroke(item->path.pen);
    painter->stroke(painter, &form, &stroke);
}

/* Letters on a pattern need ground: a plate, or where that would hide the pattern, a halo. */
static void
paint_text(const MlItem *item, const MlTheme *theme, MlPainter *painter)
{
    const MlText *text = &item->text;
    gboolean on_cell = text->ink >= ML_INK_ON && text->ink < ML_INK_ON + ML_N_ROLES;
    MlStroke halo = { .ink = ML_INK_NONE };
    if (on_cell && text->ink != ml_ink_of(ML_INK_ON, ML_ROLE_DATA)) {
        MlInk ground = ml_ink_of(ML_INK_FILL, (MlRole)(text->ink - ML_INK_ON));
        halo = (MlStroke){ .ink = ML_INK_BACKGROUND, .width = theme->halo };
        double rise = PLATE_RISE * text->type.size;
        MlForm plate = {
            .box = { item->box.x - PLATE_MARGIN,
                text->at.y - rise - PLATE_MARGIN,
                item->box.w + 2 * PLATE_MARGIN,
                rise + 2 * PLATE_MARGIN },
            .radius = PLATE_RADIUS,
        };
        if (theme->halo <= 0)
            painter->fill(painter, &plate, ground, PLATE_ALPHA, 0);
    }
    painter->text(painter, item, halo);
}

void
ml_paint_scene(const MlScene *scene, const MlTheme *theme, MlPainter *painter)
{
    if (!theme->transparent) {
        MlForm all = { .box = { 0, 0, scene->width, scene->height } };
        painter->fill(painter, &all, ML_INK_BACKGROUND, 1, 0);
    }
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (!ml_scene_shows(scene, item))
            continue;
        switch (item->kind) {
        case ML_ITEM_CELL:
            paint_cell(item, theme, painter);
            break;
        case ML_ITEM_AREA:
            paint_area(item, theme, painter);
            break;
        case ML_ITEM_RECT:
            paint_rect(item, painter);
            break;
        case ML_ITEM_PATH:
            paint_path(item, theme, painter);
            break;
        case ML_ITEM_TEXT:
            paint_text(item, theme, painter);
            break;
        case ML_ITEM_GROUP:
            painter->begin_group(painter, &item->group);
            break;
        case ML_ITEM_GROUP_END:
            painter->end_group(painter);
            break;
        }
    }
}

#include "diagram/logical_draw.h"

#include <math.h>

#include "base/error.h"
#include "base/language.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/furniture.h"
#include "diagram/label.h"
#include "diagram/logical_band.h"
#include "diagram/wording.h"

#define BYTES_HEADING 152.0 /* of the scale, in a kind's own room */
#define TEXT_INSET 12
#define DOTS_HALF 52
#define NUMBER_AIR 12  /* between numbers */
#define BYTES_AIR 34.0 /* of the byte map's heading, below the rule */
#define STUB 26
#define LINK_APART 11 /* of a link onward and one back, from the middle */
#define FRAME ((MlPen){ .ink = ML_INK_TEXT, .width = 2.5 })
#define MOST_TIGHT 8  /* groups, where fewer take less height */
#define COMFORT 900.0 /* px that a byte map of three rows of boxes is left */

/* --- boxes ------------------------------------------------------------------------------------ */

/* Above a place, and above the dots on both sides of it. */
static double
number_room(const MlLogicalBand *band, guint i)
{
    const MlLogicalLayout *layout = &band->layout;
    const MlLogicalPlace *place = ml_logical_place(layout, i);
    gboolean is_last = i + 1 == layout->begin[1];
    gboolean dots_follow =
        is_last ? layout->goes_on[0] : ml_logical_place(layout, i + 1)->after_dots;
    gboolean is_free = place->after_dots && (is_last || dots_follow);
    return place->width + (is_free ? 2 * DOTS_HALF - NUMBER_AIR : 0);
}

static void
draw_number(const MlLogicalBand *band, guint i)
{
    const MlLogical *logical = band->logical;
    const MlLogicalPlace *place = ml_logical_place(&band->layout, i);
    g_autofree char *count = ml_wording_count(place->box->number);
    g_autofree char *number = g_strdup_printf("[%s]", count);
    gboolean is_end = logical->has_last && place->box->group + 1 == logical->n_groups;
    ml_label(band->scene,
        (MlPoint){ band->x0 + place->x + place->width / 2, band->y[0] - ML_LOGICAL_NUMBER_RISE },
        ML_ANCHOR_MIDDLE,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        number_room(band, i),
        ML_LADDER(number, is_end ? _("[n − 1]") : NULL));
}

/* In the middle; beside the dot of a pointer to the left of it. */
static void
draw_text(MlScene *scene, const MlItem *item, MlType type, const MlLogicalCell *cell)
{
    if (cell->target == 0) {
        ml_label_cell(scene, item, 0, type, ML_LADDER(cell->text));
        return;
    }
    ml_label(scene,
        (MlPoint){
            item->box.x + TEXT_INSET, ml_label_baseline(item->box.y + item->box.h / 2, type) },
        ML_ANCHOR_START,
        type,
        ml_ink_of(ML_INK_ON, cell->role),
        item->box.w - TEXT_INSET,
        ML_LADDER(cell->text));
}

static void
draw_box(const MlLogicalBand *band, guint i)
{
    MlScene *scene = band->scene;
    const MlLogicalPlace *place = ml_logical_place(&band->layout, i);
    const MlLogicalBox *box = place->box;
    MlBox frame = { band->x0 + place->x, band->y[box->row], place->width, ML_LOGICAL_BOX_HEIGHT };
    for (guint k = 0; k < box->n_cells; k++) {
        const MlLogicalCell *cell = &box->cell[k];
        MlBox at = { frame.x + place->cell_x[k], frame.y, place->cell_width[k], frame.h };
        const MlItem *item = ml_scene_cell(scene,
            at,
            &(MlCell){
                .role = cell->role,
                .address = cell->address,
                .target = cell->target,
                .element = -1,
            });
        MlType type = cell->role == ML_ROLE_DATA ? ML_TYPE_CELL_DATA : ML_TYPE_CELL;
        if (cell->text != NULL)
            draw_text(scene, item, type, cell);
        if (cell->is_null)
            ml_block_draw_null(scene, at);
    }
    ml_scene_rect(scene, frame, FRAME, ML_INK_NONE);
    ml_scene_add_place(scene, box->address, 1, frame);
    if (box->row == 0 && box->is_element)
        draw_number(band, i);
}

/* Dots for what is left out to the left of a place, or behind the last of a row. */
static void
draw_dots(const MlLogicalBand *band)
{
    const MlLogicalLayout *layout = &band->layout;
    for (guint row = 0; row < band->logical->n_rows; row++) {
        double middle = band->y[row] + ML_LOGICAL_BOX_HEIGHT / 2;
        for (guint i = layout->begin[row]; i < layout->begin[row + 1]; i++) {
            const MlLogicalPlace *place = ml_logical_place(layout, i);
            const MlLogicalPlace *before = i > 0 ? ml_logical_place(layout, i - 1) : NULL;
            double right = place->x + place->width;
            if (place->after_dots)
                ml_furniture_dots(
                    band->scene, band->x0 + (before->x + before->width + place->x) / 2, middle);
            if (layout->goes_on[row] && i + 1 == layout->begin[row + 1])
                ml_furniture_dots(band->scene, band->x0 + right + DOTS_HALF, middle);
        }
    }
}

/* --- arrows ----------------------------------------------------------------------------------- */

/* Where a link to a neighbour runs: one onward and one back side by side. */
static double
link_y(const MlLogicalBand *band, const MlLogicalBox *box, gboolean is_back)
{
    double middle = band->y[box->row] + ML_LOGICAL_BOX_HEIGHT / 2;
    if (ml_logical_link(band->logical->walk, box->part, 1) < 0)
        return middle;
    return middle + (is_back ? LINK_APART : -LINK_APART);
}

static void
draw_sideways(const MlLogicalBand *band, const MlLogicalArrow *arrow, guint64 target)
{
    const MlLogicalPlace *from = ml_logical_place(&band->layout, arrow->from);
    double edge = band->x0 + from->x + (arrow->is_back ? 0 : from->width);
    double y = link_y(band, from->box, arrow->is_back);
    ml_arrow_sideways(band->scene,
        (MlPoint){ band->x0 + arrow->dot_x, y },
        edge,
        0,
        (MlPoint){ band->x0 + arrow->tip_x, y },
        target);
}

static void
draw_arrow(const MlLogicalBand *band, const MlLogicalArrow *arrow)
{
    const MlLogicalBox *from = ml_logical_place(&band->layout, arrow->from)->box;
    const MlLogicalBox *to = ml_logical_place(&band->layout, arrow->to)->box;
    if (arrow->is_sideways) {
        draw_sideways(band, arrow, to->address);
        return;
    }
    MlPoint dot = { band->x0 + arrow->dot_x, band->y[from->row] + ML_LOGICAL_BOX_HEIGHT / 2 };
    MlPoint tip = { band->x0 + arrow->tip_x, band->y[to->row] };
    double edge = band->y[from->row] + ML_LOGICAL_BOX_HEIGHT;
    double lane = edge + ml_logical_band_lane(arrow->lane);
    gboolean is_direct = band->layout.n_lanes[from->row] == 0 || dot.x == tip.x;
    MlItem *item = is_direct ? ml_arrow_down(band->scene, dot, edge, tip, to->address)
                             : ml_arrow_step(band->scene, dot, edge, lane, tip, to->address);
    if (from->cell[arrow->cell].role == ML_ROLE_INDEX)
        item->path.pen.ink = ml_ink_of(ML_INK_LINE, ML_ROLE_INDEX);
}

/* Of a link to a node that is not shown: its dot, and a line towards what is left out. */
static void
draw_stub(const MlLogicalBand *band, const MlLogicalPlace *place, gboolean is_back)
{
    guint cell = is_back ? 0 : place->box->n_cells - 1;
    double edge = band->x0 + place->x + (is_back ? 0 : place->width);
    double x = band->x0 + place->x + place->cell_x[cell] + place->cell_width[cell] / 2;
    double y = link_y(band, place->box, is_back);
    MlOutline *dot = ml_outline_new();
    MlOutline *line = ml_outline_new();
    ml_outline_add_circle(dot, x, y, ML_ARROW_DOT);
    ml_outline_move(line, x, y);
    ml_outline_line(line, edge + (is_back ? -STUB : STUB), y);
    MlInk ink = ml_ink_of(ML_INK_PATTERN, ML_ROLE_POINTER);
    MlPen pen = { .ink = ml_ink_of(ML_INK_LINE, ML_ROLE_POINTER), .width = ML_ARROW_WIDTH };
    ml_scene_path(band->scene, line, pen, ML_INK_NONE);
    ml_scene_path(band->scene, dot, (MlPen){ .ink = ML_INK_NONE }, ink);
}

static void
draw_stubs(const MlLogicalBand *band)
{
    const MlLogicalLayout *layout = &band->layout;
    for (guint i = 0; i < layout->places->len; i++) {
        const MlLogicalPlace *place = ml_logical_place(layout, i);
        gboolean is_cut_after =
            i + 1 < layout->places->len && ml_logical_place(layout, i + 1)->after_dots;
        if (ml_logical_link(band->logical->walk, place->box->part, 0) < 0 || place->box->row > 0)
            continue;
        if (is_cut_after)
            draw_stub(band, place, FALSE);
        if (place->after_dots && ml_logical_link(band->logical->walk, place->box->part, 1) >= 0)
            draw_stub(band, place, TRUE);
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
draw_labels(const MlLogicalBand *band)
{
    MlScene *scene = band->scene;
    ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, band->heading },
        ML_ANCHOR_START,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        ML_LOGICAL_HEADING);
    for (guint row = 0; row < band->logical->n_rows; row++) {
        double middle = band->y[row] + ML_LOGICAL_BOX_HEIGHT / 2;
        if (band->layout.begin[row] == band->layout.begin[row + 1])
            continue;
        ml_scene_text(scene,
            (MlPoint){ ML_SCENE_MARGIN, ml_label_baseline(middle, ML_TYPE_SMALL) },
            ML_ANCHOR_START,
            ML_TYPE_SMALL,
            ML_INK_MUTED,
            ml_logical_row_label(band->logical, row));
    }
    double y = scene->above + BYTES_HEADING;
    ml_furniture_rule(scene, band->bottom);
    ml_scene_text(scene,
        (MlPoint){ ML_SCENE_MARGIN, ml_label_baseline(y, ML_TYPE_ROW_NAME) },
        ML_ANCHOR_START,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        _("byte map"));
}

/* Of a list or an array the elements that the byte map shows; a table's slots stand one below the
 * other there, and side by side here, where there is room for more of them. */
static gboolean *
find_shown(const MlScene *scene, const MlLogical *logical)
{
    if (!logical->has_last)
        return NULL;
    gboolean *is_shown = g_new0(gboolean, logical->n_groups + 1);
    for (guint i = 0; i < logical->boxes->len; i++) {
        const MlLogicalBox *box = ml_logical_box(logical, i);
        if (box->row == 0 && ml_scene_find_place(scene, ML_VIEW_BYTES, box->address) != NULL)
            is_shown[box->group] = TRUE;
    }
    return is_shown;
}

void
ml_logical_draw(MlScene *scene, const MlLogical *logical)
{
    g_auto(MlLogicalBand) band = { 0 };
    g_autofree gboolean *is_shown = find_shown(scene, logical);
    guint step = scene->step;
    if (ml_logical_band_init(&band, scene, logical, is_shown)) {
        scene->view = ML_VIEW_LOGICAL;
        scene->step = ML_STEP_ALWAYS;
        ml_scene_group(scene, "logical-view", "boxes and pointers, not to scale");
        draw_labels(&band);
        for (guint i = 0; i < band.layout.places->len; i++)
            draw_box(&band, i);
        draw_dots(&band);
        draw_stubs(&band);
        for (guint i = 0; i < band.layout.arrows->len; i++)
            draw_arrow(&band, ml_logical_arrow(&band.layout, i));
        ml_scene_group_end(scene);
        scene->view = ML_VIEW_BYTES;
        scene->step = step;
    }
}

/* Px that the view takes; 0 where nothing fits. */
static double
height(MlScene *scene, const MlLogical *logical)
{
    g_auto(MlLogicalBand) band = { 0 };
    double taken = 0;
    if (ml_logical_band_init(&band, scene, logical, NULL))
        taken = band.bottom + BYTES_AIR - BYTES_HEADING;
    return taken;
}

/* Whether the byte map would be left less than any kind needs. */
static gboolean
is_tight(const MlScene *scene, double taken)
{
    return scene->height - taken < ML_SIZE_LEAST_HEIGHT;
}

gboolean
ml_logical_reserve(MlScene *scene, MlLogical *logical, GError **error)
{
    double taken = height(scene, logical);
    if (logical->n_rows == ML_LOGICAL_ROWS && scene->height - taken < COMFORT) {
        ml_logical_fold(logical);
        taken = height(scene, logical);
    }
    for (guint n = MIN(logical->n_groups, MOST_TIGHT); n > 1 && is_tight(scene, taken); n--) {
        logical->most = n;
        taken = height(scene, logical);
    }
    if (taken <= 0 || is_tight(scene, taken)) {
        return ml_fail(error,
            ML_ERROR_USAGE,
            "--logical: two views take a picture of %.0f px or more in height, and this one has "
            "%.0f; take --size a4 or column, and leave out --large",
            ceil((ML_SIZE_LEAST_HEIGHT + taken) * scene->zoom),
            scene->height * scene->zoom);
    }
    scene->above = taken;
    return TRUE;
}

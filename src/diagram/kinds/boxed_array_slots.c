#include <inttypes.h>
#include <math.h>

#include "base/language.h"
#include "diagram/block.h"
#include "diagram/furniture.h"
#include "diagram/kinds/boxed_array_layout.h"
#include "diagram/wording.h"

#define ADDRESS_RISE 19 /* of the address, above the middle of its slot */
#define LABEL_RISE 14   /* of what stands above the array */
#define TEXT_GAP 24
#define BESIDE_GAP 14
#define LINE_PITCH 36.0
#define DOTS_RISE 16
#define MORE_DROP 24
#define MORE_RISE 16 /* at least, above the lower edge */

static MlItem *
draw_cell(const MlBoxedLayout *layout, double x, double width, const MlCell *cell)
{
    MlBox box = { x, layout->rows.array_y, width, layout->rows.array_height };
    return ml_scene_cell(layout->scene, box, cell);
}

static void
label_above(const MlBoxedLayout *layout,
    const MlItem *cell,
    MlType type,
    MlInk ink,
    double max_width,
    const char *const *ladder)
{
    MlPoint at = { cell->box.x + cell->box.w / 2, cell->box.y - LABEL_RISE };
    ml_label(layout->scene, at, ML_ANCHOR_MIDDLE, type, ink, max_width, ladder);
}

static void
name_above(const MlBoxedLayout *layout, const MlItem *cell, const char *name)
{
    MlInk ink = ml_ink_of(ML_INK_LINE, cell->cell.role);
    label_above(layout, cell, ML_TYPE_FIELD, ink, cell->box.w, ML_LADDER(name));
}

static void
draw_slot(const MlBoxedLayout *layout, guint i)
{
    const MlBoxedSlot *drawn = &layout->slot[i];
    MlCell cell = {
        .role = ML_ROLE_POINTER,
        .bytes = ML_BOXED_SLOT_BYTES,
        .address = layout->view->array->address + ML_BOXED_SLOT_BYTES * drawn->index,
        .target = drawn->target,
        .element = (gint64)drawn->index,
    };
    const MlItem *slot = draw_cell(layout, layout->slot_x[i], layout->slot_width, &cell);
    g_autofree char *address = ml_block_address_label(cell.target, layout->boxes.digits);
    ml_label_cell(layout->scene, slot, -ADDRESS_RISE, ML_TYPE_ADDRESS, ML_LADDER(address));
    g_autofree char *count = ml_wording_count(drawn->index);
    g_autofree char *index = g_strdup_printf("[%s]", count);
    gboolean is_lonely = layout->is_elided && i == layout->n_slots - 1;
    double width = layout->slot_width * (is_lonely ? 2 : 1);
    label_above(layout, slot, ML_TYPE_SMALL, ML_INK_MUTED, width, ML_LADDER(index, _("[n − 1]")));
}

static void
draw_size_field(const MlBoxedLayout *layout)
{
    const MlWalk *walk = layout->view->boxes.walk;
    MlCell cell = {
        .role = ML_ROLE_ALLOCATOR,
        .bytes = (double)walk->field_bytes,
        .address = layout->view->array->address - walk->field_bytes,
        .element = -1,
    };
    const MlItem *field = draw_cell(layout, layout->array_x, layout->boxes.field_width, &cell);
    g_autofree char *size =
        g_strdup_printf("%" G_GUINT64_FORMAT, ml_block_bytes(walk, layout->view->array));
    ml_label_cell(layout->scene, field, 0, ML_TYPE_CELL, ML_LADDER(size));
    name_above(layout, field, _("size"));
}

/* A torn cell is too narrow for words: they stand to the right of it, in two lines. */
static void
draw_beside(const MlBoxedLayout *layout, const MlItem *cell, const char *amount)
{
    double x = cell->box.x + cell->box.w + BESIDE_GAP;
    double middle = cell->box.y + cell->box.h / 2;
    double room = layout->scene->width - ML_SCENE_MARGIN - x;
    MlInk ink = ml_ink_of(ML_INK_LINE, cell->cell.role);
    ml_label(layout->scene,
        (MlPoint){ x, ml_label_baseline(middle - LINE_PITCH / 2, ML_TYPE_FIELD) },
        ML_ANCHOR_START,
        ML_TYPE_FIELD,
        ink,
        room,
        ML_LADDER(_("rounding")));
    ml_label(layout->scene,
        (MlPoint){ x, ml_label_baseline(middle + LINE_PITCH / 2, ML_TYPE_SMALL) },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ink,
        room,
        ML_LADDER(amount));
}

/* Behind the last slot. */
static const MlItem *
draw_rounding(const MlBoxedLayout *layout)
{
    guint64 rounding = ml_boxed_layout_rounding(layout);
    gboolean is_torn = ml_boxed_layout_rounding_is_torn(layout);
    double x = layout->slot_x[layout->n_slots - 1] + layout->slot_width;
    MlCell cell = {
        .role = ML_ROLE_ALLOCATOR,
        .bytes = (double)rounding,
        .torn_right = is_torn,
        .element = -1,
    };
    double width = is_torn ? layout->torn_width : cell.bytes * layout->scene->byte_width;
    const MlItem *item = draw_cell(layout, x, width, &cell);
    g_autofree char *count = ml_wording_count(rounding);
    g_autofree char *amount = g_strconcat(count, _(" B"), NULL);
    if (!is_torn) {
        ml_label_cell(layout->scene, item, 0, ML_TYPE_CELL, ML_LADDER(amount));
        name_above(layout, item, _("rounding"));
        return item;
    }
    draw_beside(layout, item, amount);
    return item;
}

/* Around [x0, x1); open on the side where the block goes on. */
static void
draw_frame(
    const MlBoxedLayout *layout, double x0, double x1, gboolean left_open, gboolean right_open)
{
    double top = layout->rows.array_y;
    double bottom = top + layout->rows.array_height;
    MlOutline *frame = ml_outline_new();
    ml_outline_move(frame, x1, top);
    ml_outline_line(frame, x0, top);
    if (left_open)
        ml_outline_move(frame, x0, bottom);
    else
        ml_outline_line(frame, x0, bottom);
    ml_outline_line(frame, x1, bottom);
    if (!right_open)
        ml_outline_line(frame, x1, top);
    ml_scene_path(layout->scene, frame, ML_BLOCK_FRAME, ML_INK_NONE);
}

/* How many slots are left out, between two torn ones. */
static void
draw_undrawn(const MlBoxedLayout *layout, double from, double to)
{
    double middle = (from + to) / 2;
    double y = layout->rows.array_y + layout->rows.array_height / 2;
    MlCell torn = { .role = ML_ROLE_POINTER, .element = -1, .torn_right = TRUE };
    draw_cell(layout, from, layout->torn_width, &torn);
    torn = (MlCell){ .role = ML_ROLE_POINTER, .element = -1, .torn_left = TRUE };
    draw_cell(layout, to - layout->torn_width, layout->torn_width, &torn);
    g_autofree char *count = ml_wording_count(layout->view->boxes.walk->n - layout->n_slots);
    g_autofree char *more = g_strconcat(count, _(" more"), NULL);
    double drop = fmin(MORE_DROP, layout->rows.array_height / 2 - MORE_RISE);
    MlPoint at = { middle, ml_label_baseline(y + drop, ML_TYPE_SUBTITLE) };
    ml_furniture_dots(layout->scene, middle, y - DOTS_RISE);
    ml_label(layout->scene,
        at,
        ML_ANCHOR_MIDDLE,
        ML_TYPE_SUBTITLE,
        ML_INK_MUTED,
        to - from - 3 * layout->torn_width,
        ML_LADDER(more, count));
}

static void
draw_caption(const MlBoxedLayout *layout)
{
    const MlWalkSample *array = layout->view->array;
    const MlItem *name = ml_scene_text(layout->scene,
        (MlPoint){ layout->array_x, layout->rows.caption },
        ML_ANCHOR_START,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        layout->view->boxes.walk->parts[ML_BOXED_ARRAY].name);
    g_autofree char *count = ml_wording_count(array->request_bytes);
    g_autofree char *words = g_strdup_printf(_("one block of %s B"), count);
    MlPoint at = { name->box.x + name->box.w + TEXT_GAP, layout->rows.caption };
    double room = layout->scene->width - ML_SCENE_MARGIN - at.x;
    ml_label(
        layout->scene, at, ML_ANCHOR_START, ML_TYPE_NOTE, ML_INK_MUTED, room, ML_LADDER(words));
}

/* The slots with all that belongs to them: one piece, or two with something left out between. */
static void
draw_pieces(const MlBoxedLayout *layout)
{
    double end = layout->slot_x[layout->n_slots - 1] + layout->slot_width;
    gboolean end_open = ml_boxed_layout_rounding_is_torn(layout);
    if (ml_boxed_layout_rounding(layout) > 0) {
        const MlItem *rounding = draw_rounding(layout);
        end = rounding->box.x + rounding->box.w;
    }
    if (!layout->is_elided) {
        draw_frame(layout, layout->array_x, end, FALSE, end_open);
        return;
    }
    double from = layout->slot_x[layout->n_slots - 2] + layout->slot_width;
    double to = layout->slot_x[layout->n_slots - 1];
    draw_undrawn(layout, from, to);
    draw_frame(layout, layout->array_x, from + layout->torn_width, FALSE, TRUE);
    draw_frame(layout, to - layout->torn_width, end, TRUE, end_open);
}

void
ml_boxed_draw_array(const MlBoxedLayout *layout)
{
    const MlWalk *walk = layout->view->boxes.walk;
    const MlPart *part = &walk->parts[ML_BOXED_ARRAY];
    g_autofree char *name = g_strconcat(_("the "), part->name, NULL);
    ml_scene_step(layout->scene, ML_STEP_FIRST, name);
    if (layout->rows.caption > 0)
        draw_caption(layout);
    g_autofree char *title = g_strdup_printf(_("%s: %" PRIu64 " B, %" PRIu64 " pointers of %d B"),
        part->name,
        layout->view->array->request_bytes,
        walk->n,
        ML_BOXED_SLOT_BYTES);
    ml_scene_group(layout->scene, "array", title);
    if (walk->field_bytes > 0)
        draw_size_field(layout);
    for (guint i = 0; i < layout->n_slots; i++)
        draw_slot(layout, i);
    draw_pieces(layout);
    ml_scene_group_end(layout->scene);
}

#include "diagram/column.h"

#include <inttypes.h>

#include "base/language.h"
#include "diagram/block.h"
#include "diagram/furniture.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define MAX_ROUNDING_BYTES 24 /* drawn up to here */
#define TEXT_GAP 14
#define DOTS_WIDTH 58
#define EDGE_CLEAR 16

void
ml_column_begin(MlColumn *column,
    MlScene *scene,
    const MlWalk *walk,
    const MlWalkSample *block,
    guint digits,
    MlPoint at)
{
    const MlPart *part = &walk->parts[block->part];
    *column = (MlColumn){
        .scene = scene,
        .walk = walk,
        .block = block,
        .digits = digits,
        .step = scene->step,
        .x = at.x,
        .y = at.y,
        .width = part->stride * scene->byte_width,
        .top = at.y,
        .gap = ML_COLUMN_GAP_HEIGHT,
    };
    g_autofree char *id = g_strdup_printf("column-%u", block->part);
    g_autofree char *title =
        g_strdup_printf(_("%s: %" PRIu64 " B asked for"), part->name, block->request_bytes);
    ml_scene_group(scene, id, title);
    if (walk->field_bytes > 0) {
        g_autofree char *size = g_strdup_printf("%" G_GUINT64_FORMAT, ml_block_bytes(walk, block));
        double width = (double)walk->field_bytes * scene->byte_width;
        MlBox box = { at.x, at.y, width, ML_COLUMN_FIELD_HEIGHT };
        MlCell cell = {
            .role = ML_ROLE_ALLOCATOR,
            .bytes = (double)walk->field_bytes,
            .address = block->address - walk->field_bytes,
            .element = -1,
        };
        const MlItem *item = ml_scene_cell(scene, box, &cell);
        ml_label_cell(scene, item, 0, ML_TYPE_CELL, ML_LADDER(size));
        column->drawn[ML_ROLE_ALLOCATOR] += cell.bytes;
        column->y += ML_COLUMN_FIELD_HEIGHT;
    }
    column->body = column->y;
}

static void
draw_unused(MlColumn *column, guint64 element, MlBox box)
{
    const MlPart *part = &column->walk->parts[column->block->part];
    MlCell cell = {
        .role = ML_ROLE_UNUSED,
        .bytes = part->stride,
        .address = column->block->address + element * part->stride,
        .element = -1,
    };
    const MlItem *item = ml_scene_cell(column->scene, box, &cell);
    column->drawn[ML_ROLE_UNUSED] += part->stride;
    if (part->n_fields == 1 && part->fields[0].kind == ML_FIELD_POINTER)
        ml_label_cell(column->scene, item, 0, ML_TYPE_SMALL, ML_LADDER("NULL"));
}

MlBox
ml_column_add(MlColumn *column, guint64 element, gboolean is_used, double height)
{
    const MlPart *part = &column->walk->parts[column->block->part];
    MlBox row = { column->x, column->y, column->width, height };
    column->y += height;
    column->scene->step = column->step;
    if (!is_used) {
        draw_unused(column, element, row);
        return row;
    }
    uint64_t roles[ML_N_ROLES];
    ml_part_roles(part, part->stride, 1, roles);
    for (int role = 0; role < ML_N_ROLES; role++)
        column->drawn[role] += (double)roles[role];
    g_autoptr(GArray) cells =
        ml_block_element_cells(column->walk, column->block, element, column->digits);
    MlBox box = row;
    for (guint i = 0; i < cells->len; i++) {
        MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        gboolean is_beside = cell->role == ML_ROLE_INDEX || cell->target != 0;
        if (cells->len == 1 && is_beside)
            g_clear_pointer(&cell->label, g_free); /* its number or its arrow says it */
        box.w = (double)cell->bytes * column->scene->byte_width;
        ml_block_draw_cell(column->scene, cell, column->block->address, -1, box);
        box.x += box.w;
    }
    return row;
}

/* Around the piece that ends here; its first and last rows may be of another width. */
static void
draw_frame(const MlColumn *column, gboolean goes_on, double foot_width, double bottom)
{
    gboolean has_rows = column->y > column->top;
    double right = column->x + (has_rows ? column->width : foot_width);
    double head_right = column->x + (double)column->walk->field_bytes * column->scene->byte_width;
    double foot_right = column->x + foot_width;
    MlOutline *frame = ml_outline_new();
    if (column->is_open) {
        ml_outline_move(frame, right, column->top);
    } else {
        ml_outline_move(frame, column->x, column->top);
        if (column->body > column->top) {
            ml_outline_line(frame, head_right, column->top);
            ml_outline_line(frame, head_right, column->body);
        }
        ml_outline_line(frame, right, column->body);
    }
    ml_outline_line(frame, right, column->y);
    if (goes_on)
        ml_outline_move(frame, column->x, column->y);
    if (foot_width > 0) {
        ml_outline_line(frame, foot_right, column->y);
        ml_outline_line(frame, foot_right, bottom);
    }
    if (!goes_on)
        ml_outline_line(frame, column->x, bottom);
    ml_outline_line(frame, column->x, column->top);
    ml_scene_path(column->scene, frame, ML_BLOCK_FRAME, ML_INK_NONE);
}

static char *
more_words(guint64 n)
{
    g_autofree char *count = ml_wording_count(n);
    return g_strconcat(count, _(" more"), NULL);
}

void
ml_column_draw_more(MlScene *scene, MlPoint at, guint64 n)
{
    g_autofree char *more = more_words(n);
    double words = n > 0 ? ml_metrics_width(scene->metrics, more, ML_TYPE_NOTE) : 0;
    double room = scene->width - ML_SCENE_MARGIN - DOTS_WIDTH - TEXT_GAP - words;
    double x = n > 0 ? MIN(at.x, room) : at.x;
    ml_furniture_dots(scene, x + DOTS_WIDTH / 2.0, at.y);
    if (n > 0)
        ml_scene_text(scene,
            (MlPoint){ x + DOTS_WIDTH + TEXT_GAP, ml_label_baseline(at.y, ML_TYPE_NOTE) },
            ML_ANCHOR_START,
            ML_TYPE_NOTE,
            ML_INK_MUTED,
            more);
}

/* How far dots and words go to the right, so that in a low gap the frame's end touches none. */
static double
shift_to_clear_edge(const MlColumn *column, guint64 n)
{
    if (n == 0 || column->gap >= ML_COLUMN_GAP_HEIGHT)
        return 0;
    g_autofree char *more = more_words(n);
    double words = ml_metrics_width(column->scene->metrics, more, ML_TYPE_NOTE);
    double into_words = column->width - DOTS_WIDTH - TEXT_GAP;
    return into_words > -EDGE_CLEAR && into_words < words ? into_words + EDGE_CLEAR : 0;
}

void
ml_column_skip(MlColumn *column, guint64 n)
{
    column->scene->step = column->step;
    draw_frame(column, TRUE, 0, column->y);
    MlPoint at = { column->x + shift_to_clear_edge(column, n), column->y + column->gap / 2 };
    ml_column_draw_more(column->scene, at, n);
    column->y += column->gap;
    column->top = column->body = column->y;
    column->is_open = TRUE;
}

void
ml_column_break(MlColumn *column, MlPoint at)
{
    column->scene->step = column->step;
    draw_frame(column, TRUE, 0, column->y);
    column->x = at.x;
    column->y = column->top = column->body = at.y;
    column->is_open = TRUE;
}

static guint64
rounding_bytes(const MlWalkSample *block)
{
    guint64 rounding = block->usable_bytes - block->request_bytes;
    return rounding <= MAX_ROUNDING_BYTES ? rounding : 0;
}

double
ml_column_end_height(const MlWalk *walk, const MlWalkSample *block)
{
    return rounding_bytes(block) > 0 ? ML_COLUMN_FIELD_HEIGHT : 0;
}

void
ml_column_end(MlColumn *column)
{
    gboolean has_room = column->bottom <= 0 || column->y + ML_COLUMN_FIELD_HEIGHT <= column->bottom;
    guint64 rounding = has_room ? rounding_bytes(column->block) : 0;
    double width = (double)rounding * column->scene->byte_width;
    if (column->widest_foot > 0 && width > column->widest_foot)
        rounding = 0;
    double bottom = column->y;
    column->scene->step = column->step;
    if (rounding > 0) {
        MlBox box = { column->x, column->y, width, ML_COLUMN_FIELD_HEIGHT };
        MlCell cell = { .role = ML_ROLE_ALLOCATOR, .bytes = (double)rounding, .element = -1 };
        g_autofree char *label = g_strdup_printf(_("%" PRIu64 " B"), rounding);
        const MlItem *item = ml_scene_cell(column->scene, box, &cell);
        ml_label_cell(column->scene, item, 0, ML_TYPE_CELL, ML_LADDER(label));
        column->drawn[ML_ROLE_ALLOCATOR] += cell.bytes;
        bottom += ML_COLUMN_FIELD_HEIGHT;
    }
    if (column->y > column->top || rounding > 0)
        draw_frame(column, FALSE, rounding > 0 ? width : 0, bottom);
    ml_scene_group_end(column->scene);
}

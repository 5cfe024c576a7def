#include "diagram/block.h"

#include <inttypes.h>

#include "base/language.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define MIN_DIGITS 3
#define MAX_DIGITS 16
#define STROKE_INSET 6 /* of the stroke through an empty pointer, from the cell's corners */
#define STROKE_WIDTH 3
#define NAME_OVERHANG 6 /* px a field's name may stand out beyond its cell */
#define NAME_GAP 8
#define LAST_NAME_OVERHANG 48

static void
clear_cell(gpointer data)
{
    MlBlockCell *cell = data;
    g_free(cell->label);
    g_free(cell->short_label);
}

char *
ml_block_address_label(guint64 address, guint digits)
{
    guint64 mask = digits >= MAX_DIGITS ? G_MAXUINT64 : ((guint64)1 << 4 * digits) - 1;
    return g_strdup_printf("…%0*" G_GINT64_MODIFIER "x", (int)digits, address & mask);
}

static gboolean
are_distinct(const guint64 *addresses, guint n, guint digits)
{
    guint64 mask = ((guint64)1 << 4 * digits) - 1;
    for (guint i = 0; i < n; i++)
        for (guint k = i + 1; k < n; k++)
            if (addresses[i] != addresses[k] && ((addresses[i] ^ addresses[k]) & mask) == 0)
                return FALSE;
    return TRUE;
}

guint
ml_block_address_digits(const guint64 *addresses, guint n)
{
    guint digits = MIN_DIGITS;
    while (digits < MAX_DIGITS && !are_distinct(addresses, n, digits))
        digits++;
    return digits;
}

/* "999 999"; in a narrow cell a value's last digits, as of an address, as they tell it from its
 * neighbours; and of a count in a header how large it is: "333k". */
static void
label_number(MlBlockCell *cell, gint64 value)
{
    static const char prefixes[] = { 'k', 'M', 'G' };
    cell->label = g_strdup_printf("%" G_GINT64_FORMAT, value);
    if (value <= 999)
        return;
    if (cell->role != ML_ROLE_OBJECT_HEADER) {
        cell->short_label = g_strdup_printf("…%03" G_GINT64_FORMAT, value % 1000);
        return;
    }
    guint i = 0;
    for (value /= 1000; value > 999 && i + 1 < G_N_ELEMENTS(prefixes); value /= 1000)
        i++;
    cell->short_label = g_strdup_printf("%" G_GINT64_FORMAT "%c", value, prefixes[i]);
}

static void
label_field(MlBlockCell *cell,
    const MlWalk *walk,
    const MlWalkSample *block,
    guint64 element,
    guint field_number,
    guint digits)
{
    const MlField *field = &walk->parts[block->part].fields[field_number];
    gint64 value = 0;
    if (field->kind == ML_FIELD_TEXT) {
        cell->label = ml_walk_text(walk, block);
        return;
    }
    if (field->kind == ML_FIELD_TYPE && field->type_name != NULL) {
        cell->label = g_strdup(field->type_name);
        return;
    }
    if (!ml_walk_field(walk, block, element, field_number, &value))
        return;
    if (field->kind == ML_FIELD_INT) {
        label_number(cell, value);
        return;
    }
    cell->is_null = field->kind == ML_FIELD_POINTER && value == 0;
    if (cell->is_null)
        return;
    cell->label = ml_block_address_label((guint64)value, digits);
    if (field->kind == ML_FIELD_POINTER)
        cell->target = (guint64)value;
}

static MlBlockCell *
add_cell(GArray *cells, gint64 offset, guint64 bytes, MlRole role, const char *name)
{
    MlBlockCell cell = { .offset = offset, .bytes = bytes, .role = role, .name = name };
    g_array_append_val(cells, cell);
    return &g_array_index(cells, MlBlockCell, cells->len - 1);
}

static void
add_hole(GArray *cells, guint64 from, guint64 to)
{
    if (to > from)
        add_cell(cells, (gint64)from, to - from, ML_ROLE_PADDING, _("padding"));
}

static GArray *
new_cells(void)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(MlBlockCell));
    g_array_set_clear_func(cells, clear_cell);
    return cells;
}

/* The fields of one element that ends at @end. */
static void
add_fields(GArray *cells,
    const MlWalk *walk,
    const MlWalkSample *block,
    guint64 element,
    guint64 element_end,
    guint digits)
{
    const MlPart *part = &walk->parts[block->part];
    guint64 begin = element * part->stride;
    guint64 end = begin;
    guint64 text_bytes = part->text ? block->request_bytes - part->stride : 0;
    for (guint i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        guint64 bytes = field->kind == ML_FIELD_TEXT ? text_bytes : field->size;
        guint64 offset = begin + field->offset;
        add_hole(cells, end, offset);
        end = offset + bytes;
        if (bytes == 0)
            continue;
        MlBlockCell *cell = add_cell(cells, (gint64)offset, bytes, field->role, field->name);
        label_field(cell, walk, block, element, i, digits);
    }
    add_hole(cells, end, element_end);
}

GArray *
ml_block_element_cells(const MlWalk *walk, const MlWalkSample *block, guint64 element, guint digits)
{
    GArray *cells = new_cells();
    guint64 end = (element + 1) * walk->parts[block->part].stride;
    add_fields(cells, walk, block, element, end, digits);
    return cells;
}

GArray *
ml_block_cells(const MlWalk *walk, const MlWalkSample *block, guint digits)
{
    GArray *cells = new_cells();
    if (walk->field_bytes > 0) {
        gint64 before = -(gint64)walk->field_bytes;
        MlBlockCell *size =
            add_cell(cells, before, walk->field_bytes, ML_ROLE_ALLOCATOR, _("size"));
        label_number(size, (gint64)ml_block_bytes(walk, block));
    }
    add_fields(cells, walk, block, 0, block->request_bytes, digits);
    guint64 rounding = block->usable_bytes - block->request_bytes;
    if (rounding > 0) {
        gint64 offset = (gint64)block->request_bytes;
        MlBlockCell *cell = add_cell(cells, offset, rounding, ML_ROLE_ALLOCATOR, _("rounding"));
        cell->label = g_strdup_printf(_("%" PRIu64 " B"), rounding);
        cell->short_name = _("round");
    }
    return cells;
}

guint64
ml_block_bytes(const MlWalk *walk, const MlWalkSample *block)
{
    return walk->field_bytes + block->usable_bytes;
}

gboolean
ml_block_is_followed_by(const MlWalk *walk, const MlWalkSample *block, const MlWalkSample *next)
{
    return next->address == block->address + block->usable_bytes + walk->field_bytes;
}

void
ml_block_draw_null(MlScene *scene, MlBox cell)
{
    MlBox box = ml_box_inset(cell, STROKE_INSET);
    MlPen pen = { .ink = ml_ink_of(ML_INK_PATTERN, ML_ROLE_POINTER), .width = STROKE_WIDTH };
    MlOutline *stroke = ml_outline_new();
    ml_outline_move(stroke, box.x, box.y + box.h);
    ml_outline_line(stroke, box.x + box.w, box.y);
    ml_scene_path(scene, stroke, pen, ML_INK_NONE);
}

const MlItem *
ml_block_draw_cell(
    MlScene *scene, const MlBlockCell *cell, guint64 address, gint64 element, MlBox box)
{
    MlItem *item = ml_scene_cell(scene,
        box,
        &(MlCell){
            .role = cell->role,
            .bytes = (double)cell->bytes,
            .address = address + (guint64)cell->offset,
            .target = cell->target,
            .element = element,
        });
    gboolean is_before = cell->offset < 0;
    gboolean in_the_way = box.h < ML_BLOCK_HIGH && (cell->target != 0 || is_before);
    MlType type = cell->role == ML_ROLE_DATA ? ML_TYPE_CELL_DATA : ML_TYPE_CELL;
    if (!in_the_way)
        ml_label_cell(scene, item, 0, type, ML_LADDER(cell->label, cell->short_label));
    if (cell->is_null)
        ml_block_draw_null(scene, box);
    return item;
}

double
ml_block_draw(MlScene *scene,
    const MlWalk *walk,
    const MlWalkSample *block,
    guint digits,
    gint64 element,
    MlPoint at,
    double height)
{
    const char *part = walk->parts[block->part].name;
    double byte_0 = at.x + (double)walk->field_bytes * scene->byte_width;
    double width = (double)ml_block_bytes(walk, block) * scene->byte_width;
    g_autofree char *id =
        g_strdup_printf("block-%u-%" G_GUINT64_FORMAT, block->part, block->ordinal);
    g_autofree char *title =
        g_strdup_printf(_("%s: %" PRIu64 " B asked for, %" PRIu64 " B taken, at 0x%" PRIx64),
            part,
            block->request_bytes,
            ml_block_bytes(walk, block),
            block->address);
    g_autoptr(GArray) cells = ml_block_cells(walk, block, digits);
    ml_scene_group(scene, id, title);
    for (guint i = 0; i < cells->len; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        MlBox box = {
            .x = byte_0 + (double)cell->offset * scene->byte_width,
            .y = at.y,
            .w = (double)cell->bytes * scene->byte_width,
            .h = height,
        };
        ml_block_draw_cell(scene, cell, block->address, element, box);
    }
    ml_scene_rect(scene, (MlBox){ at.x, at.y, width, height }, ML_BLOCK_FRAME, ML_INK_NONE);
    ml_scene_group_end(scene);
    return byte_0;
}

/* In the middle under its cell, or to the right of what stands before it.  Returns: where the next
 * name may begin. */
static double
draw_name(MlScene *scene, const MlBlockCell *cell, MlBox under, double free_from, double free_to)
{
    const char *const names[] = { cell->name, cell->short_name, NULL };
    for (const char *const *name = names; *name != NULL; name++) {
        double width = ml_metrics_width(scene->metrics, *name, ML_TYPE_FIELD);
        double x = MAX(under.x + (under.w - width) / 2, free_from);
        if (x + width > free_to)
            continue;
        ml_scene_text(scene,
            (MlPoint){ x, under.y },
            ML_ANCHOR_START,
            ML_TYPE_FIELD,
            ml_ink_of(ML_INK_LINE, cell->role),
            *name);
        return x + width + NAME_GAP;
    }
    return free_from;
}

void
ml_block_draw_names(MlScene *scene, const GArray *cells, double x, double baseline)
{
    /* Where no size field leads, arrows land at a block's very ends. */
    gboolean has_field = cells->len > 0 && g_array_index(cells, MlBlockCell, 0).offset < 0;
    double free_from = x + (has_field ? -NAME_OVERHANG : NAME_OVERHANG);
    double last_overhang = has_field ? LAST_NAME_OVERHANG : -NAME_OVERHANG;
    for (guint i = 0; i < cells->len; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        gboolean is_last = i == cells->len - 1;
        MlBox under = { x, baseline, (double)cell->bytes * scene->byte_width, 0 };
        double overhang = is_last ? last_overhang : NAME_OVERHANG;
        double margin = scene->width - ML_SCENE_MARGIN + NAME_GAP;
        double free_to = MIN(x + under.w + overhang, margin);
        free_from = draw_name(scene, cell, under, free_from, free_to);
        x += under.w;
    }
}

#include "diagram/kinds/table_terminal.h"

#include "base/bar.h"
#include "base/language.h"
#include "diagram/kinds/table.h"
#include "diagram/kinds/table_sketch.h"
#include "diagram/sketch_strip.h"
#include "diagram/wording.h"
#include "render/figures.h"

#define MIN_COLUMNS 40

#define POINTER_STYLE (ML_STYLE_ROLE + (int)ML_ROLE_POINTER)

/* From a dot to the right, over the size field to byte 0. */
static void
draw_arrow(const MlTableSketch *sketch, int dot, int tip, int y, int style)
{
    ml_canvas_line(sketch->canvas, dot, y, tip, y);
    ml_canvas_text(sketch->canvas, dot, y, "•", style);
    ml_canvas_text(sketch->canvas, tip, y, ">", style);
}

/* The cells that an arrow from the left runs over: malloc's size field. */
static guint
before_byte_0(const GArray *cells)
{
    return cells->len > 0 && g_array_index(cells, MlBlockCell, 0).offset < 0 ? 1 : 0;
}

static void
draw_objects(const MlTableSketch *sketch, const MlTableEntry *entry, int y)
{
    const MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    for (guint k = 0; k < entry->n_objects; k++, y++) {
        const MlTableObject *object = &entry->object[k];
        const MlSketchGrid *grid = &sketch->grid[object->block->part];
        int dot = ml_table_sketch_x(sketch, entry) +
                  ml_sketch_grid_middle(holder, entry->cells, object->cell);
        int tip = sketch->objects_x + MAX(ml_table_sketch_tip(grid, object->cells), -1);
        ml_sketch_grid_draw(grid,
            sketch->canvas,
            object->cells,
            sketch->objects_x,
            y,
            before_byte_0(object->cells));
        draw_arrow(sketch, dot, tip, y, POINTER_STYLE);
    }
}

/* The lines of an entry below its first one have its bars; a pointer's dot is on the line of its
 * arrow. */
static void
draw_cells(const MlTableSketch *sketch, const MlTableEntry *entry, int y)
{
    const MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    int x = ml_table_sketch_x(sketch, entry);
    guint crossed = sketch->has_buckets && entry->depth == 0 ? before_byte_0(entry->cells) : 0;
    if (entry->n_objects > 0)
        crossed |= ~0u << entry->object[0].cell;
    ml_sketch_grid_draw(holder, sketch->canvas, entry->cells, x, y, crossed);
    for (int k = 1; k < ml_table_sketch_lines(sketch, entry) - (entry->depth > 0 ? 1 : 0); k++)
        ml_sketch_grid_bars(holder, sketch->canvas, x, y + k);
    if (entry->note != NULL)
        ml_canvas_text(sketch->canvas,
            x + ml_sketch_grid_columns(holder) + 1,
            y,
            entry->note,
            ML_CANVAS_PLAIN);
}

/* From a node's link down to byte 0 of the next one. */
static void
draw_link(const MlTableSketch *sketch, guint from)
{
    const MlTableEntry *entry = ml_table_entry(sketch->entries, from);
    const MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    int link = ml_table_sketch_link(sketch, entry);
    if (link < 0)
        return;
    int x =
        ml_table_sketch_x(sketch, entry) + ml_sketch_grid_middle(holder, entry->cells, (guint)link);
    int tip = sketch->y[from + 1] - 1;
    ml_canvas_line(sketch->canvas, x, sketch->y[from], x, tip);
    ml_canvas_text(sketch->canvas, x, tip, "v", POINTER_STYLE);
}

static void
draw_bucket(const MlTableSketch *sketch, guint i)
{
    const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
    int y = sketch->y[i];
    if (entry->depth > 0)
        return;
    if (entry->cells == NULL) {
        for (int k = 0; k < ML_TABLE_BUCKET; k++)
            ml_canvas_text(sketch->canvas,
                sketch->left + 1 + k,
                y,
                ml_bar_glyph(ML_ROLE_UNUSED, sketch->ascii),
                ML_STYLE_ROLE + (int)ML_ROLE_UNUSED);
        return;
    }
    const MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    int tip = sketch->x + ml_table_sketch_tip(holder, entry->cells);
    draw_arrow(sketch, sketch->left + 1 + ML_TABLE_BUCKET / 2, tip, y, POINTER_STYLE);
}

static void
draw_entry(const MlTableSketch *sketch, guint i)
{
    const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
    const MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    int y = sketch->y[i];
    if (entry->cells != NULL) {
        draw_cells(sketch, entry, y);
        draw_objects(sketch, entry, y);
    } else if (!sketch->has_buckets) {
        ml_sketch_grid_fill(holder, sketch->canvas, sketch->x, y, sketch->ascii);
    }
    if (sketch->has_buckets)
        draw_bucket(sketch, i);
    if (entry->label != NULL && !sketch->has_index)
        ml_canvas_text(sketch->canvas,
            sketch->left - 1 - ml_text_width(entry->label),
            y,
            entry->label,
            ML_CANVAS_PLAIN);
    if (i + 1 < sketch->n && ml_table_entry(sketch->entries, i + 1)->depth > 0)
        draw_link(sketch, i);
}

/* --- the index -------------------------------------------------------------------------------- */

/* Of the entries in use: the @k-th one, and the one whose slot is the @k-th by number. */
static void
find_kth(const MlTableSketch *sketch, guint k, guint *ret_kth, guint *ret_by_slot)
{
    guint n = 0;
    for (guint i = 0; i < sketch->n; i++) {
        const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
        guint before = 0;
        if (entry->cells == NULL)
            continue;
        if (n++ == k)
            *ret_kth = i;
        for (guint other = 0; other < sketch->n; other++) {
            const MlTableEntry *with = ml_table_entry(sketch->entries, other);
            before += with->cells != NULL && with->slot < entry->slot ? 1 : 0;
        }
        if (before == k)
            *ret_by_slot = i;
    }
}

static guint
count_used(const MlTableSketch *sketch)
{
    guint n = 0;
    for (guint i = 0; i < sketch->n; i++)
        n += ml_table_entry(sketch->entries, i)->cells != NULL ? 1 : 0;
    return n;
}

/* The slots that lead to the entries, in their own order; each arrow in a lane of its own. */
static void
draw_index(const MlTableSketch *sketch)
{
    int style = ML_STYLE_ROLE + (int)ML_ROLE_INDEX;
    guint n = count_used(sketch);
    for (guint k = 0; k < n; k++) {
        guint beside = 0;
        guint to = 0;
        find_kth(sketch, k, &beside, &to);
        const MlTableEntry *entry = ml_table_entry(sketch->entries, to);
        int y = sketch->y[beside] + 1;
        int dot = sketch->left + ML_TABLE_INDEX - 1;
        int lane = sketch->left + ML_TABLE_INDEX + 1 + ML_TABLE_LANE * (int)(to + 1);
        g_autofree char *number = ml_wording_count(entry->number);
        ml_canvas_post(sketch->canvas, sketch->left, y);
        ml_canvas_post(sketch->canvas, sketch->left + ML_TABLE_INDEX + 1, y);
        ml_canvas_text(sketch->canvas,
            sketch->left - 1 - ml_text_width(entry->label),
            y,
            entry->label,
            ML_CANVAS_PLAIN);
        ml_canvas_text(sketch->canvas, sketch->left + 2, y, number, ML_CANVAS_PLAIN);
        ml_canvas_line(sketch->canvas, dot, y, lane, y);
        ml_canvas_line(sketch->canvas, lane, y, lane, sketch->y[to]);
        ml_canvas_line(sketch->canvas, lane, sketch->y[to], sketch->x - 1, sketch->y[to]);
        ml_canvas_text(sketch->canvas, dot, y, "•", style);
        ml_canvas_text(sketch->canvas, sketch->x - 1, sketch->y[to], ">", style);
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

/* "bucket array: 1 048 576 of 8 B", beside the frame's upper line. */
static void
note_array(const MlTableSketch *sketch, guint part, guint64 n, int x)
{
    g_autofree char *count = ml_wording_count(n);
    const MlPart *array = &sketch->entries->walk->parts[part];
    g_autofree char *words =
        sketch->entries->is_split
            ? g_strdup_printf(_("%s slots, in an array for each of these"), count)
            : g_strdup_printf(_("%s: %s of %u B"), array->name, count, array->stride);
    ml_sketch_note(sketch->canvas, sketch->columns, x, 0, words);
}

static void
draw_heading(const MlTableSketch *sketch, int left, int right)
{
    const MlTableEntries *entries = sketch->entries;
    guint part = sketch->has_buckets ? 0 : entries->holder;
    note_array(sketch, part, entries->n_places, right + 2);
    if (sketch->has_index)
        ml_sketch_note(sketch->canvas, left - 1, ML_TABLE_INDENT, 0, entries->walk->parts[0].name);
}

/* The frame of the array that the lines are the elements of, or the buckets. */
static void
draw_frame(const MlTableSketch *sketch)
{
    const MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    int left = sketch->has_buckets ? sketch->left : sketch->x;
    int right = sketch->has_buckets ? left + ML_TABLE_BUCKET + 1
                                    : left + ml_sketch_grid_columns(holder) - 1;
    draw_heading(sketch, left, right);
    guint64 shown = ml_table_entry(sketch->entries, sketch->n - 1)->number + 1;
    gboolean goes_on = shown < sketch->entries->n_places;
    ml_canvas_line(sketch->canvas, left, 0, right, 0);
    ml_canvas_line(sketch->canvas, left, 0, left, 1);
    ml_canvas_line(sketch->canvas, right, 0, right, 1);
    for (int y = 1; y < sketch->n_lines; y++) {
        ml_canvas_post(sketch->canvas, left, y);
        ml_canvas_post(sketch->canvas, right, y);
    }
    if (!goes_on) {
        ml_canvas_line(sketch->canvas, left, sketch->n_lines, right, sketch->n_lines);
        ml_canvas_line(sketch->canvas, left, sketch->n_lines - 1, left, sketch->n_lines);
        ml_canvas_line(sketch->canvas, right, sketch->n_lines - 1, right, sketch->n_lines);
        return;
    }
    g_autofree char *count = ml_wording_count(sketch->entries->n_places - shown);
    g_autofree char *more = g_strdup_printf(_("... %s more"), count);
    ml_canvas_text(sketch->canvas, left + 1, sketch->n_lines, more, ML_CANVAS_PLAIN);
}

/* "key object, 48 B each:  \\ size  // refs  // type": what the cells of a part are. */
static void
append_key(const MlTableSketch *sketch,
    GString *text,
    const char *name,
    const MlSketchGrid *grid,
    const GArray *cells,
    int columns)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(pieces, g_strconcat(name, ":", NULL));
    for (guint i = 0; i < cells->len; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        g_autofree char *bar = ml_bar(cell->role, 1, sketch->ascii);
        if (ml_sketch_grid_x(grid, cells, i) < 0)
            continue;
        const char *cell_name = cell->short_name != NULL ? cell->short_name : cell->name;
        g_ptr_array_add(pieces, g_strconcat(bar, " ", cell_name, NULL));
    }
    g_ptr_array_add(pieces, NULL);
    g_autofree char *lines =
        ml_figure_flow((const char *const *)pieces->pdata, "  ", columns, ML_TABLE_INDENT);
    g_string_append(text, lines);
}

static void
append_keys(const MlTableSketch *sketch, GString *text, int columns)
{
    gboolean is_said[ML_MAX_PARTS] = { FALSE };
    const MlWalk *walk = sketch->entries->walk;
    guint holder = sketch->entries->holder;
    const char *name = sketch->entries->is_split ? _("slot") : walk->parts[holder].name;
    for (guint i = 0; i < sketch->n; i++) {
        const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
        if (entry->cells != NULL && !is_said[holder])
            append_key(sketch, text, name, &sketch->grid[holder], entry->cells, columns);
        is_said[holder] |= entry->cells != NULL;
        for (guint k = 0; k < entry->n_objects; k++) {
            guint part = entry->object[k].block->part;
            const GArray *cells = entry->object[k].cells;
            if (!is_said[part])
                append_key(
                    sketch, text, walk->parts[part].name, &sketch->grid[part], cells, columns);
            is_said[part] = TRUE;
        }
    }
}

static char *
draw(MlTableSketch *sketch, int columns)
{
    g_autoptr(MlCanvas) canvas = ml_canvas_new(columns, sketch->n_lines + 2);
    sketch->canvas = canvas;
    draw_frame(sketch);
    for (guint i = 0; i < sketch->n; i++)
        draw_entry(sketch, i);
    if (sketch->has_index)
        draw_index(sketch);
    g_autofree char *picture = ml_canvas_to_text(canvas, sketch->ascii);
    GString *text = g_string_new(picture);
    append_keys(sketch, text, columns);
    return g_string_free(text, FALSE);
}

static char *
sketch_or_words(MlTableSketch *sketch, const MlDiagramFacts *facts, gboolean ok, int columns)
{
    if (!ok || columns < MIN_COLUMNS || !ml_table_sketch_fit(sketch, columns)) {
        g_autofree char *words = ml_table_describe(facts);
        return ml_canvas_words(words, sketch->ascii, columns);
    }
    MlClaim claim;
    ml_table_claim(facts, &claim);
    g_autofree char *picture = draw(sketch, columns);
    g_autofree char *caption = ml_sketch_sum(facts, &claim, sketch->ascii, columns);
    return g_strconcat(picture, caption, NULL);
}

char *
ml_slots_sketch(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_auto(MlTableEntries) entries = { 0 };
    MlTableSketch sketch = { .entries = &entries, .ascii = ascii };
    gboolean ok = ml_table_entries_slots(&entries, facts);
    return sketch_or_words(&sketch, facts, ok, columns);
}

char *
ml_buckets_sketch(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_auto(MlTableEntries) entries = { 0 };
    MlTableSketch sketch = { .entries = &entries, .ascii = ascii, .has_buckets = TRUE };
    gboolean ok = ml_table_entries_buckets(&entries, facts);
    return sketch_or_words(&sketch, facts, ok, columns);
}

char *
ml_dict_sketch(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_auto(MlTableEntries) entries = { 0 };
    MlTableSketch sketch = { .entries = &entries, .ascii = ascii, .has_index = TRUE };
    gboolean ok = ml_table_entries_dict(&entries, facts);
    return sketch_or_words(&sketch, facts, ok, columns);
}

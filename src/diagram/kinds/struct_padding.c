/* Structs with a word a row and a byte a column: where the fields are, and the holes between. */
#include <inttypes.h>

#include "base/language.h"
#include "diagram/block.h"
#include "diagram/furniture.h"
#include "diagram/kinds/struct_padding_page.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define NOTE_DROP 40
#define NAMES_DROP 34
#define FOLD_GAP 96 /* between the two halves of a folded field */
#define LEAST_LETTERS 2

/* --- cells ------------------------------------------------------------------------------------ */

/* The name, or as much of it as there is room for. */
static void
draw_name(MlScene *scene, const MlItem *item, const char *name)
{
    MlType type;
    if (ml_struct_name_type(scene, name, item->box.w, &type)) {
        ml_label_cell(scene, item, 0, type, ML_LADDER(name));
        return;
    }
    for (glong letters = g_utf8_strlen(name, -1) - 1; letters >= LEAST_LETTERS; letters--) {
        g_autofree char *begin = g_utf8_substring(name, 0, letters);
        g_autofree char *cut = g_strconcat(begin, "…", NULL);
        if (ml_label_cell(scene, item, 0, ML_TYPE_SMALL, ML_LADDER(cut)) != NULL)
            return;
    }
}

static void
draw_hole(MlScene *scene, const MlItem *item, const char *words)
{
    g_autofree char *bytes = g_strdup_printf(_("%.0f B"), item->cell.bytes);
    gboolean is_hole = g_str_has_suffix(words, "hole");
    const char *brief = is_hole ? bytes : "\\0";
    ml_label_cell(scene, item, 0, ML_TYPE_FIELD, ML_LADDER(words, brief));
}

/* A long field in one row: how it begins, how it ends, and what it is. */
static void
draw_folded(const MlStructPage *page, guint i, const MlStructCell *cell, MlBox row)
{
    double half = (row.w - FOLD_GAP) / 2;
    MlCell torn = {
        .role = cell->role,
        .bytes = (double)cell->bytes / 2,
        .element = -1,
        .sum = i,
        .torn_right = TRUE,
    };
    MlBox left = { row.x, row.y, half, row.h };
    MlBox right = { row.x + row.w - half, row.y, half, row.h };
    const MlItem *begin = ml_scene_cell(page->scene, left, &torn);
    draw_name(page->scene, begin, cell->name);
    ml_furniture_dots(page->scene, row.x + row.w / 2, row.y + row.h / 2);
    const MlLayout *layout = page->facts->layouts[i];
    if (cell->bytes == 0 && layout->bytes > layout->tail_offset)
        return; /* what ends it is drawn by itself */
    torn.torn_right = FALSE;
    torn.torn_left = TRUE;
    const MlItem *end = ml_scene_cell(page->scene, right, &torn);
    g_autofree char *count = ml_struct_count(cell);
    if (cell->bytes > 0)
        ml_label_cell(page->scene, end, 0, ML_TYPE_SMALL, ML_LADDER(count));
}

static void
draw_cell(const MlStructPage *page, guint i, const MlStructCell *cell)
{
    double scale = page->scene->byte_width;
    const MlLayout *layout = page->facts->layouts[i];
    MlBox box = {
        ml_struct_page_x(page, i), ml_struct_page_y(page, cell->row), 0, page->row_height
    };
    if (cell->is_folded) {
        box.w = (double)layout->word_bytes * scale;
        draw_folded(page, i, cell, box);
        return;
    }
    MlCell drawn = { .role = cell->role, .bytes = (double)cell->bytes, .element = -1, .sum = i };
    box.x += (double)cell->column * scale;
    box.w = (double)cell->bytes * scale;
    const MlItem *item = ml_scene_cell(page->scene, box, &drawn);
    g_autofree char *hole = ml_struct_hole(layout, cell);
    if (cell->is_first && cell->name != NULL)
        draw_name(page->scene, item, cell->name);
    else if (cell->name == NULL)
        draw_hole(page->scene, item, hole);
}

/* --- around them ------------------------------------------------------------------------------ */

/* Bytes from the left edge to where a row ends. */
static guint64
row_end(const MlStructPage *page, guint i, guint row)
{
    guint64 end = 0;
    const MlStructGrid *grid = &page->panels[i].grid;
    for (guint k = 0; k < grid->cells->len; k++) {
        const MlStructCell *cell = ml_struct_cell(grid, k);
        guint64 right =
            cell->is_folded ? page->facts->layouts[i]->word_bytes : cell->column + cell->bytes;
        end = cell->row == row ? MAX(end, right) : end;
    }
    return end;
}

/* Along the right edges of all rows; one that is not full makes a step. */
static void
draw_frame(const MlStructPage *page, guint i)
{
    double x = ml_struct_page_x(page, i);
    guint n_rows = page->panels[i].grid.offsets->len;
    MlOutline *frame = ml_outline_new();
    ml_outline_move(frame, x, ml_struct_page_y(page, 0));
    for (guint row = 0; row < n_rows; row++) {
        double right = x + (double)row_end(page, i, row) * page->scene->byte_width;
        ml_outline_line(frame, right, ml_struct_page_y(page, row));
        ml_outline_line(frame, right, ml_struct_page_y(page, row + 1));
    }
    ml_outline_line(frame, x, ml_struct_page_y(page, n_rows));
    ml_outline_close(frame);
    ml_scene_path(page->scene, frame, ML_BLOCK_FRAME, ML_INK_NONE);
}

static void
draw_offsets(const MlStructPage *page, guint i)
{
    MlScene *scene = page->scene;
    const MlStructGrid *grid = &page->panels[i].grid;
    double x = ml_struct_page_x(page, i);
    for (guint row = 0; row < grid->offsets->len; row++) {
        g_autofree char *offset = ml_wording_count(g_array_index(grid->offsets, guint64, row));
        double middle = ml_struct_page_y(page, row) + page->row_height / 2;
        MlPoint at = { x - ML_STRUCT_OFFSET_GAP, ml_label_baseline(middle, ML_TYPE_ADDRESS) };
        ml_scene_text(scene, at, ML_ANCHOR_END, ML_TYPE_ADDRESS, ML_INK_MUTED, offset);
    }
    guint64 n_numbers = page->stance.numbers > 0 ? page->facts->layouts[i]->word_bytes : 0;
    for (guint64 byte = 0; byte < n_numbers; byte++) {
        g_autofree char *number = ml_wording_count(byte);
        MlPoint at = { x + ((double)byte + 0.5) * scene->byte_width, page->stance.numbers };
        ml_scene_text(scene, at, ML_ANCHOR_MIDDLE, ML_TYPE_ADDRESS, ML_INK_MUTED, number);
    }
}

/* What has no room in its cell. */
static void
draw_names(const MlStructPage *page, guint i)
{
    const MlStructPanel *panel = &page->panels[i];
    double y =
        ml_struct_page_y(page, panel->grid.offsets->len + (panel->grid.n_words > 0 ? 1 : 0)) +
        NAMES_DROP;
    for (guint k = 0; panel->names != NULL && k < panel->names->len; k++)
        ml_scene_text(page->scene,
            (MlPoint){ ml_struct_page_x(page, i), y + k * ML_STRUCT_NAMES_PITCH },
            ML_ANCHOR_START,
            ML_TYPE_SMALL,
            ML_INK_MUTED,
            g_ptr_array_index(panel->names, k));
}

/* "58 words more": counted, and not drawn. */
static void
draw_rest(const MlStructPage *page, guint i)
{
    const MlStructGrid *grid = &page->panels[i].grid;
    if (grid->n_words == 0)
        return;
    g_autofree char *count = ml_wording_count(grid->n_words);
    g_autofree char *words = g_strdup_printf(_("%s words more, not drawn"), count);
    double middle = ml_struct_page_y(page, grid->offsets->len) + page->row_height / 2;
    ml_label(page->scene,
        (MlPoint){ ml_struct_page_x(page, i), ml_label_baseline(middle, ML_TYPE_SMALL) },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        page->parts[i].width - page->offsets,
        ML_LADDER(words, _("not all is drawn")));
}

static void
draw_panel(const MlStructPage *page, guint i)
{
    const MlLayout *layout = page->facts->layouts[i];
    const MlStructPanel *panel = &page->panels[i];
    g_autofree char *id = g_strdup_printf("struct-%u", i);
    ml_scene_step(page->scene, ML_STEP_FIRST + i, panel->name);
    ml_scene_group(page->scene, id, panel->name);
    if (page->stance.heading > 0)
        ml_label(page->scene,
            (MlPoint){ ml_struct_page_x(page, i), page->stance.heading },
            ML_ANCHOR_START,
            ML_TYPE_ROW_NAME,
            ML_INK_TEXT,
            page->parts[i].width - page->offsets,
            ML_LADDER(panel->name, layout->title, layout->part));
    draw_offsets(page, i);
    for (guint k = 0; k < panel->grid.cells->len; k++)
        draw_cell(page, i, ml_struct_cell(&panel->grid, k));
    draw_frame(page, i);
    draw_rest(page, i);
    draw_names(page, i);
    ml_scene_group_end(page->scene);
}

/* The structs that there is no room for.  Returns: (transfer full) (nullable). */
static char *
note_words(const MlStructPage *page)
{
    if (page->n == page->facts->n_layouts)
        return NULL;
    GString *words = g_string_new(_("Not drawn, not counted: "));
    for (guint i = page->n; i < page->facts->n_layouts; i++) {
        g_autofree char *name = ml_struct_name(page->facts, i);
        g_autofree char *bytes = ml_wording_count(page->facts->layouts[i]->bytes);
        g_string_append_printf(words, _("%s%s, %s B"), i > page->n ? "; " : "", name, bytes);
    }
    return g_string_free(words, FALSE);
}

static char *
note_brief(const MlStructPage *page)
{
    guint n = page->facts->n_layouts - page->n;
    return g_strdup_printf(_("Not drawn, not counted: %u more %s"), n, P_("struct", "structs", n));
}

static void
draw_note(const MlStructPage *page)
{
    g_autofree char *words = note_words(page);
    g_autofree char *brief = note_brief(page);
    if (words == NULL || page->stance.note <= 0)
        return;
    ml_label(page->scene,
        (MlPoint){ ML_SCENE_MARGIN, ml_struct_page_bottom(page) + NOTE_DROP },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        page->scene->width - 2 * ML_SCENE_MARGIN,
        ML_LADDER(words, brief));
}

static void
draw_head(const MlStructPage *page)
{
    const MlLayout *first = page->facts->layouts[0];
    g_autofree char *title = ml_struct_title(page->facts);
    g_autofree char *rows = g_strdup_printf(
        _("a row is a word of %" PRIu64 " bytes, a column a byte"), first->word_bytes);
    g_autofree char *setup =
        g_strdup_printf(_("structs as the compiler lays them out on %s; %s"), first->machine, rows);
    g_autofree char *note = page->stance.note > 0 ? NULL : note_words(page);
    g_autofree char *brief = note_brief(page);
    ml_furniture_head(page->scene,
        ML_LADDER(title, _("Structs, byte by byte")),
        note != NULL ? ML_LADDER(note, brief) : ML_LADDER(setup, rows, _("a row is a word")),
        0);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    g_auto(MlStructPage) page;
    ml_struct_page_init(&page, scene, facts);
    draw_head(&page);
    for (guint i = 0; i < page.n; i++) {
        draw_panel(&page, i);
        for (int role = 0; role < ML_N_ROLES; role++)
            page.parts[i].claim.undrawn[role] = page.panels[i].grid.undrawn[role];
    }
    draw_note(&page);
    ml_caption_parts(scene, page.parts, page.n);
    return TRUE;
}

static const char *const examples[] = {
    "struct-array:members=as-written",
    "struct-array:members=largest-first",
    NULL,
};

const MlDiagramKind ml_diagram_kind_struct_padding = {
    .name = "struct-padding",
    .summary = "a struct with a word a row and a byte a column: its fields, and the holes between",
    .needs = ML_NEEDS_LAYOUTS,
    .examples = examples,
    .layout = layout,
    .describe = ml_struct_describe,
    .terminal = ml_struct_terminal,
};

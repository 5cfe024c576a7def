#include "diagram/kinds/struct_padding_page.h"

#include <math.h>
#include <string.h>

#include "base/language.h"
#include "diagram/lines.h"
#include "diagram/wording.h"

#define PANEL_LEAST 460
#define PANELS_APART 72
#define PANELS_APART_NARROW 40
#define NARROW 1500 /* px */
#define TALL 900    /* px of a scene in which things need not be crowded */
#define ROW_LEAST 36.0
#define ROW_MOST 96.0
#define ROWS_WANTED 5
#define BYTE_MOST 160.0
#define BODY_AIR 16
#define NAME_PADDING 4
#define NAMES_LINES 2
#define NOTE_ROOM 56

static const MlStructStance tall_stance = { 256, 306, 330, NOTE_ROOM };
static const MlStructStance low_stance = { 222, 258, 272, NOTE_ROOM };
static const MlStructStance crowded_stance = { 0, 0, 216, 0 }; /* under it a sum of many rows */

static gboolean
is_tall(const MlScene *scene)
{
    return scene->height >= TALL;
}

double
ml_struct_page_bottom(const MlStructPage *page)
{
    gboolean has_note = page->n < page->facts->n_layouts;
    return ml_caption_rule(page->scene) - BODY_AIR - (has_note ? page->stance.note : 0);
}

static guint
count_rows(const MlStructGrid *grid)
{
    return grid->offsets->len + (grid->n_words > 0 ? 1 : 0);
}

/* As many rows as the structs have, up to ROWS_WANTED. */
static guint
rows_wanted(const MlStructPage *page)
{
    guint rows = 1;
    for (guint i = 0; i < page->n; i++) {
        g_auto(MlStructGrid) grid = { .n_words = 0 };
        ml_struct_grid_init(&grid, page->facts->layouts[i], ROWS_WANTED);
        rows = MAX(rows, count_rows(&grid));
    }
    return rows;
}

/* So many structs side by side.  Returns: FALSE where there is no room for them. */
static gboolean
try_panels(MlStructPage *page, guint n)
{
    double room = page->scene->width - 2 * ML_SCENE_MARGIN;
    double apart = page->scene->width < NARROW ? PANELS_APART_NARROW : PANELS_APART;
    double width = (room - (n - 1) * apart) / n;
    page->n = n;
    for (guint i = 0; i < n; i++) {
        MlCaptionPart part = {
            .claim = { .divisor = 1 },
            .what = page->panels[i].what,
            .x = ML_SCENE_MARGIN + i * (width + apart),
            .width = width,
        };
        ml_struct_sum(page->facts->layouts[i], &part.claim.sum);
        page->parts[i] = part;
    }
    if (n == 1) {
        ml_caption_reserve_parts(page->scene, page->parts, n);
        if (ml_struct_page_bottom(page) - page->stance.rows < 2 * ROW_LEAST)
            page->stance = crowded_stance;
        return TRUE;
    }
    return width >= PANEL_LEAST && ml_caption_reserve_parts(page->scene, page->parts, n) &&
           ml_struct_page_bottom(page) - page->stance.rows >= rows_wanted(page) * ROW_LEAST;
}

static double
widest_offset(const MlStructPage *page)
{
    double width = 0;
    for (guint i = 0; i < page->n; i++) {
        g_autofree char *offset = ml_wording_count(page->facts->layouts[i]->bytes);
        width = fmax(width, ml_metrics_width(page->scene->metrics, offset, ML_TYPE_ADDRESS));
    }
    return ceil(width);
}

static guint64
widest_word(const MlStructPage *page)
{
    guint64 bytes = 1;
    for (guint i = 0; i < page->n; i++)
        bytes = MAX(bytes, page->facts->layouts[i]->word_bytes);
    return bytes;
}

/* Its sum counts what there always is. */
static void
name_panel(MlStructPanel *panel, const MlDiagramFacts *facts, guint i)
{
    const char *tail = facts->layouts[i]->tail;
    panel->name = ml_struct_name(facts, i);
    panel->what[0] = panel->name;
    panel->what[1] = "in all";
    if (tail == NULL)
        return;
    panel->without = g_strdup_printf(_("%s without its %s"), panel->name, tail);
    panel->what[0] = panel->without;
    panel->what[1] = panel->without + strlen(panel->name) + 1;
    panel->what[2] = "at least";
}

gboolean
ml_struct_name_type(MlScene *scene, const char *name, double width, MlType *ret_type)
{
    static const MlType types[] = {
        { .size = 30, .mono = TRUE },
        { .size = ML_TYPE_FLOOR, .mono = TRUE },
        { .size = ML_TYPE_FLOOR },
    };
    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        *ret_type = types[i];
        if (ml_metrics_width(scene->metrics, name, types[i]) <= width - 2 * NAME_PADDING)
            return TRUE;
    }
    return FALSE;
}

/* "32: balance, 33: left_child".  Returns: (transfer full) (nullable): NULL: all have room. */
static GPtrArray *
names_below(const MlStructPage *page, guint i)
{
    MlType type;
    const MlStructGrid *grid = &page->panels[i].grid;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint k = 0; k < grid->cells->len; k++) {
        const MlStructCell *cell = ml_struct_cell(grid, k);
        double width = (double)cell->bytes * page->scene->byte_width;
        if (!cell->is_first || cell->name == NULL || cell->is_folded ||
            ml_struct_name_type(page->scene, cell->name, width, &type))
            continue;
        guint64 offset = g_array_index(grid->offsets, guint64, cell->row) + cell->column;
        g_autofree char *number = ml_wording_count(offset);
        g_string_append_printf(
            names, "%s%s:\u00a0%s", names->len > 0 ? ", " : "", number, cell->name);
    }
    double width = page->parts[i].width - page->offsets;
    return names->len == 0
               ? NULL
               : ml_lines_wrap(page->scene->metrics, names->str, ML_TYPE_SMALL, width, NAMES_LINES);
}

/* As high as there is room for, with the names below if possible. */
static void
set_rows(MlStructPage *page, double height, guint rows)
{
    guint lines = 0;
    for (guint i = 0; i < page->n; i++) {
        MlStructPanel *panel = &page->panels[i];
        panel->names = names_below(page, i);
        lines = MAX(lines, panel->names != NULL ? panel->names->len : 0);
    }
    double left = height - lines * ML_STRUCT_NAMES_PITCH;
    gboolean has_room = left >= rows * ROW_LEAST;
    for (guint i = 0; i < page->n && !has_room; i++)
        g_clear_pointer(&page->panels[i].names, g_ptr_array_unref);
    page->row_height = fmin(floor((has_room ? left : height) / rows), ROW_MOST);
}

void
ml_struct_page_init(MlStructPage *page, MlScene *scene, const MlDiagramFacts *facts)
{
    *page = (MlStructPage){ .scene = scene, .facts = facts };
    guint n = MIN(page->facts->n_layouts, ML_STRUCT_MOST_PANELS);
    for (guint i = 0; i < n; i++)
        name_panel(&page->panels[i], page->facts, i);
    page->stance = is_tall(page->scene) ? tall_stance : low_stance;
    while (!try_panels(page, n))
        n--;
    page->offsets = widest_offset(page) + ML_STRUCT_OFFSET_GAP;
    double room = page->parts[0].width - page->offsets;
    page->scene->byte_width = fmin(floor(room / (double)widest_word(page)), BYTE_MOST);
    double height = ml_struct_page_bottom(page) - page->stance.rows;
    guint most = (guint)fmax(floor(height / ROW_LEAST), 2);
    guint rows = 1;
    for (guint i = 0; i < n; i++) {
        MlStructGrid *grid = &page->panels[i].grid;
        ml_struct_grid_init(grid, page->facts->layouts[i], most);
        rows = MAX(rows, count_rows(grid));
    }
    set_rows(page, height, rows);
}

double
ml_struct_page_x(const MlStructPage *page, guint i)
{
    return page->parts[i].x + page->offsets;
}

double
ml_struct_page_y(const MlStructPage *page, guint row)
{
    return page->stance.rows + row * page->row_height;
}

void
ml_struct_page_clear(MlStructPage *page)
{
    for (guint i = 0; i < ML_STRUCT_MOST_PANELS; i++) {
        g_free(page->panels[i].name);
        g_free(page->panels[i].without);
        ml_struct_grid_clear(&page->panels[i].grid);
        g_clear_pointer(&page->panels[i].names, g_ptr_array_unref);
    }
}

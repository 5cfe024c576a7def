/* Structs in characters: a word a row, a byte a few columns. */
#include "base/bar.h"
#include "base/language.h"
#include "base/text.h"
#include "diagram/canvas.h"
#include "diagram/kinds/struct_padding.h"
#include "diagram/sketch_strip.h"
#include "diagram/wording.h"

enum {
    MOST_ROWS = 12,
    MOST_BYTE_COLUMNS = 8,
    LEAST_BYTE_COLUMNS = 4, /* three letters and a line */
    LEFT_OF_OFFSET = 2,
    NUMBERS_ROWS = 1,
};

typedef struct {
    const MlLayout *layout;
    MlStructGrid grid;
    MlCanvas *canvas;
    int x; /* of the left line */
    int byte_columns;
    gboolean ascii;
} Sketch;

static int
offset_columns(const MlLayout *layout)
{
    g_autofree char *widest = ml_wording_count(layout->bytes);
    return ml_text_width(widest);
}

static int
byte_columns(const MlLayout *layout, int columns)
{
    int room = columns - LEFT_OF_OFFSET - offset_columns(layout) - 2;
    return MIN(room / (int)layout->word_bytes, MOST_BYTE_COLUMNS);
}

/* The text in the middle, cut where it is too long; holes are filled around it. */
static void
draw_text(const Sketch *sketch, const MlStructCell *cell, int x, int y, int room)
{
    g_autofree char *hole = ml_struct_hole(sketch->layout, cell);
    g_autofree char *count = cell->is_folded ? ml_struct_count(cell) : NULL;
    g_autofree char *folded = count != NULL ? g_strconcat(cell->name, " … ", count, NULL) : NULL;
    const char *ladder[] = { folded != NULL       ? folded
                             : cell->name != NULL ? cell->name
                                                  : hole,
        cell->name != NULL ? cell->name : _("hole") };
    const char *text = ml_text_width(ladder[0]) <= room ? ladder[0] : ladder[1];
    g_autofree char *cut = g_utf8_substring(text, 0, MIN(room, g_utf8_strlen(text, -1)));
    if (cell->name == NULL)
        for (int i = 0; i < room; i++)
            ml_canvas_text(sketch->canvas,
                x + i,
                y,
                ml_bar_glyph(ML_ROLE_PADDING, sketch->ascii),
                ML_STYLE_ROLE + ML_ROLE_PADDING);
    gboolean fits = cell->is_first && (cell->name != NULL || ml_text_width(text) < room);
    int at = x + (room - ml_text_width(cut)) / 2;
    if (fits)
        ml_canvas_text(sketch->canvas,
            at,
            y,
            cut,
            cell->name != NULL ? ML_STYLE_ROLE + (int)cell->role : ML_CANVAS_PLAIN);
}

static void
draw_cell(const Sketch *sketch, const MlStructCell *cell)
{
    guint64 last = cell->column + cell->bytes;
    if (cell->is_folded)
        last = sketch->layout->word_bytes;
    if (cell->is_folded && cell->bytes == 0)
        last -= sketch->layout->bytes - sketch->layout->tail_offset;
    int x0 = sketch->x + (int)cell->column * sketch->byte_columns;
    int x1 = sketch->x + (int)last * sketch->byte_columns;
    int y0 = NUMBERS_ROWS + 2 * (int)cell->row;
    ml_canvas_box(sketch->canvas, x0, y0, x1, y0 + 2);
    draw_text(sketch, cell, x0 + 1, y0 + 1, x1 - x0 - 1);
}

static void
draw_offsets(const Sketch *sketch)
{
    for (guint row = 0; row < sketch->grid.offsets->len; row++) {
        g_autofree char *offset =
            ml_wording_count(g_array_index(sketch->grid.offsets, guint64, row));
        int x = sketch->x - 1 - ml_text_width(offset);
        ml_canvas_text(sketch->canvas, x, NUMBERS_ROWS + 2 * (int)row + 1, offset, ML_STYLE_DIM);
    }
    for (guint64 byte = 0; byte < sketch->layout->word_bytes; byte++) {
        g_autofree char *number = ml_wording_count(byte);
        int x = sketch->x + (int)byte * sketch->byte_columns + sketch->byte_columns / 2;
        ml_canvas_text(sketch->canvas, x, 0, number, ML_STYLE_DIM);
    }
}

static void
draw_rest(const Sketch *sketch)
{
    guint rows = sketch->grid.offsets->len;
    if (sketch->grid.n_words == 0)
        return;
    g_autofree char *count = ml_wording_count(sketch->grid.n_words);
    g_autofree char *words = g_strdup_printf(_("%s words more"), count);
    ml_canvas_text(
        sketch->canvas, sketch->x + 1, NUMBERS_ROWS + 2 * (int)rows + 1, words, ML_STYLE_DIM);
}

static char *
draw(const MlLayout *layout, gboolean ascii, int columns)
{
    Sketch sketch = { .layout = layout, .ascii = ascii };
    ml_struct_grid_init(&sketch.grid, layout, MOST_ROWS);
    sketch.byte_columns = byte_columns(layout, columns);
    sketch.x = LEFT_OF_OFFSET + offset_columns(layout) + 1;
    int rows = (int)sketch.grid.offsets->len + (sketch.grid.n_words > 0 ? 1 : 0);
    sketch.canvas = ml_canvas_new(columns, NUMBERS_ROWS + 2 * rows + 1);
    for (guint i = 0; i < sketch.grid.cells->len; i++)
        draw_cell(&sketch, ml_struct_cell(&sketch.grid, i));
    draw_offsets(&sketch);
    draw_rest(&sketch);
    char *text = ml_canvas_to_text(sketch.canvas, ascii);
    ml_canvas_free(sketch.canvas);
    ml_struct_grid_clear(&sketch.grid);
    return text;
}

static void
append_struct(GString *text, const MlDiagramFacts *facts, guint i, gboolean ascii, int columns)
{
    const MlLayout *layout = facts->layouts[i];
    MlSum sum;
    ml_struct_sum(layout, &sum);
    g_autofree char *name = ml_struct_name(facts, i);
    g_autofree char *styled = ml_text_styled(ML_STYLE_BOLD, name);
    g_autofree char *head = ml_text_wrap(styled, columns, LEFT_OF_OFFSET);
    g_autofree char *picture = draw(layout, ascii, columns);
    g_autofree char *below = ml_sketch_sum_lines(&sum, ascii, columns);
    g_string_append_printf(text, "\n%s%s%s", head, picture, below);
}

char *
ml_struct_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    for (guint i = 0; i < facts->n_layouts; i++) {
        if (byte_columns(facts->layouts[i], columns) >= LEAST_BYTE_COLUMNS)
            continue;
        g_autofree char *words = ml_struct_describe(facts);
        return ml_canvas_words(words, ascii, columns);
    }
    g_autofree char *title = ml_struct_title(facts);
    g_autofree char *styled = ml_text_styled(ML_STYLE_BOLD, title);
    GString *text = g_string_new(NULL);
    g_autofree char *head = ml_canvas_words(styled, ascii, columns);
    g_string_append(text, head);
    for (guint i = 0; i < facts->n_layouts; i++)
        append_struct(text, facts, i, ascii, columns);
    return g_string_free(text, FALSE);
}

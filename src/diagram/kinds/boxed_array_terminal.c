#include <math.h>

#include "base/bar.h"
#include "base/number.h"
#include "diagram/canvas.h"
#include "diagram/kinds/boxed_array_sketch.h"

#define MIN_COLUMNS 40 /* below, a term of the sum no longer fits; words do */
#define SWATCH_CELLS 4
#define NOTE_GAP 3
#define SIGN_COLUMNS 5 /* "  +  " */

/* Rows from the top; the boxes follow the lanes in which arrows run. */
enum { ROW_TOP, ROW_SLOTS, ROW_BOTTOM, ROW_LANES };
enum { BELOW_TIP, BELOW_TOP, BELOW_CELLS, BELOW_BOTTOM, BELOW_NAMES, BELOW_BARS, N_BELOW };

static int
row_below_lanes(const MlBoxedSketch *sketch, int row)
{
    return ROW_LANES + sketch->n_lanes + row;
}

static void
draw_slots(const MlBoxedSketch *sketch, MlCanvas *canvas)
{
    int pointer_style = ML_STYLE_ROLE + ML_ROLE_POINTER;
    ml_canvas_text(canvas, 1, ROW_SLOTS, "a[]", ML_CANVAS_PLAIN);
    for (guint i = 0; i < sketch->n; i++) {
        int x = sketch->slot_x[i];
        guint64 target = sketch->element[i].box->address;
        g_autofree char *address = ml_block_address_label(target, sketch->digits);
        ml_canvas_box(canvas, x, ROW_TOP, x + sketch->slot_columns, ROW_BOTTOM);
        ml_canvas_text(canvas, x + 2, ROW_SLOTS, address, ML_CANVAS_PLAIN);
        ml_canvas_text(canvas, sketch->dot_x[i], ROW_SLOTS, "•", pointer_style);
    }
}

/* The array's lines end in the open on both sides of what is left out. */
static void
draw_undrawn_slots(const MlBoxedSketch *sketch, MlCanvas *canvas)
{
    guint last = sketch->n - 1;
    gboolean has_last = last > 0;
    int from = sketch->slot_x[has_last ? last - 1 : 0] + sketch->slot_columns;
    int to = has_last ? sketch->slot_x[last] : from + 2 * ML_SKETCH_TORN;
    static const int rows[] = { ROW_TOP, ROW_BOTTOM };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        ml_canvas_line(canvas, from, rows[i], from + ML_SKETCH_TORN, rows[i]);
        if (has_last)
            ml_canvas_line(canvas, to - ML_SKETCH_TORN, rows[i], to, rows[i]);
    }
    ml_canvas_text(canvas, (from + to) / 2 - 1, ROW_SLOTS, "...", ML_CANVAS_PLAIN);
}

static void
draw_arrow(const MlBoxedSketch *sketch, MlCanvas *canvas, guint i)
{
    int lane = ROW_LANES + sketch->lane[i];
    int tip_row = row_below_lanes(sketch, BELOW_TIP);
    ml_canvas_line(canvas, sketch->dot_x[i], ROW_SLOTS, sketch->dot_x[i], lane);
    ml_canvas_line(canvas, sketch->dot_x[i], lane, sketch->tip_x[i], lane);
    ml_canvas_line(canvas, sketch->tip_x[i], lane, sketch->tip_x[i], tip_row);
    ml_canvas_text(canvas, sketch->tip_x[i], tip_row, "v", ML_STYLE_ROLE + ML_ROLE_POINTER);
}

static void
draw_box(const MlBoxedSketch *sketch, MlCanvas *canvas, guint element)
{
    int top = row_below_lanes(sketch, BELOW_TOP);
    int bottom = row_below_lanes(sketch, BELOW_BOTTOM);
    int x = sketch->box_x[element];
    for (guint i = 0; i < sketch->n_cells; i++) {
        int columns = sketch->cell_columns[i];
        const MlBlockCell *cell = ml_boxed_sketch_cell(sketch, element, i);
        const char *label = ml_boxed_sketch_label(cell);
        int blanks = (columns - ml_text_width(label) + 1) / 2;
        int style = cell->role == ML_ROLE_DATA ? (int)ML_STYLE_BOLD : ML_CANVAS_PLAIN;
        ml_canvas_box(canvas, x, top, x + columns + 1, bottom);
        ml_canvas_text(canvas, x + 1 + blanks, row_below_lanes(sketch, BELOW_CELLS), label, style);
        x += columns + 1;
    }
}

/* Under the first box: what its cells are called, and what they are for. */
static void
draw_names(const MlBoxedSketch *sketch, MlCanvas *canvas, gboolean ascii)
{
    int x = sketch->box_x[0] + 1;
    int bars = row_below_lanes(sketch, BELOW_BARS);
    for (guint i = 0; i < sketch->n_cells; i++) {
        const MlBlockCell *cell = ml_boxed_sketch_cell(sketch, 0, i);
        const char *glyph = ml_bar_glyph(cell->role, ascii);
        ml_canvas_text(
            canvas, x, row_below_lanes(sketch, BELOW_NAMES), cell->name, ML_CANVAS_PLAIN);
        for (int k = 0; k < sketch->cell_columns[i]; k++)
            ml_canvas_text(canvas, x + k, bars, glyph, ML_STYLE_ROLE + (int)cell->role);
        x += sketch->cell_columns[i] + 1;
    }
}

/* What has no place in the picture itself stands beside it, where there is room. */
static void
draw_note(const MlBoxedSketch *sketch, MlCanvas *canvas, int x, int y, const char *words)
{
    if (x + ml_text_width(words) <= sketch->columns)
        ml_canvas_text(canvas, x, y, words, ML_CANVAS_PLAIN);
}

static void
draw_notes(const MlBoxedSketch *sketch, MlCanvas *canvas)
{
    const MlWalk *walk = sketch->view->walk;
    int after_array = sketch->slot_x[sketch->n - 1] + sketch->slot_columns + NOTE_GAP;
    int after_box = sketch->box_x[0] + sketch->box_columns + NOTE_GAP + 1;
    gboolean touch = ml_boxed_view_touch(sketch->view, sketch->element, sketch->n);
    g_autofree char *each = g_strdup_printf("%" G_GUINT64_FORMAT " B each%s",
        ml_block_bytes(walk, sketch->element[0].box),
        touch ? "; the blocks touch" : "");
    g_autofree char *n = ml_group_digits(walk->n, " ");
    g_autofree char *shown = g_strdup_printf("%u of %s elements shown", sketch->n, n);
    if (!sketch->is_elided || sketch->n > 1)
        draw_note(sketch, canvas, after_array, ROW_SLOTS, "8 B per element");
    draw_note(sketch, canvas, after_box, row_below_lanes(sketch, BELOW_NAMES), each);
    if (sketch->is_elided)
        draw_note(sketch, canvas, after_box, row_below_lanes(sketch, BELOW_BARS), shown);
}

static char *
draw(const MlBoxedSketch *sketch, gboolean ascii)
{
    guint last = sketch->n - 1;
    g_autoptr(MlCanvas) canvas = ml_canvas_new(sketch->columns, row_below_lanes(sketch, N_BELOW));
    draw_slots(sketch, canvas);
    if (sketch->is_elided)
        draw_undrawn_slots(sketch, canvas);
    for (guint i = 0; i < sketch->n; i++)
        draw_box(sketch, canvas, i);
    for (guint i = 0; i < sketch->n; i++)
        draw_arrow(sketch, canvas, i);
    if (sketch->is_elided && last > 0)
        ml_canvas_text(canvas,
            sketch->box_x[last] - (ML_SKETCH_DOTS + 3) / 2,
            row_below_lanes(sketch, BELOW_CELLS),
            "...",
            ML_CANVAS_PLAIN);
    draw_names(sketch, canvas, ascii);
    draw_notes(sketch, canvas);
    return ml_canvas_to_text(canvas, ascii);
}

static char *
term_text(const MlSum *sum, MlRole role, gboolean ascii)
{
    g_autofree char *bar = ml_bar(role, SWATCH_CELLS, ascii);
    g_autofree char *figure = ml_fixed(fabs(sum->printed[role]), sum->decimals);
    return g_strdup_printf("%s %s %s", bar, figure, ml_role_label(role));
}

/* "40 B  =  ████ 8 data  +  …", each further line beginning under the "=". */
static char *
draw_sum(const MlSum *sum, gboolean ascii, int columns)
{
    g_autofree char *total = ml_fixed(sum->printed_total, sum->decimals);
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "%*s%s B", ML_SKETCH_INDENT, "", total);
    int indent = ml_text_width(line->str);
    const char *sign = "=";
    GString *text = g_string_new(NULL);
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!ml_sum_shows(sum, (MlRole)role))
            continue;
        g_autofree char *term = term_text(sum, (MlRole)role, ascii);
        if (ml_text_width(line->str) + SIGN_COLUMNS + ml_text_width(term) > columns) {
            g_string_append_printf(text, "%s\n", line->str);
            g_string_printf(line, "%*s", indent, "");
        }
        g_string_append_printf(line, "  %s  %s", sign, term);
        sign = "+";
    }
    g_string_append_printf(text, "%s\n", line->str);
    return g_string_free(text, FALSE);
}

static char *
draw_caption(const MlBoxedSketch *sketch, gboolean ascii)
{
    MlClaim claim;
    ml_boxed_view_claim(sketch->view, sketch->n, &claim);
    g_autofree char *sum = draw_sum(&claim.sum, ascii, sketch->columns);
    g_autofree char *of_what = ml_boxed_view_of_what(sketch->view, &claim);
    const char *origin = ml_origin_id(sketch->view->ledger->origin);
    return g_strdup_printf("\n%s%*s%s, %s\n", sum, ML_SKETCH_INDENT, "", of_what, origin);
}

char *
ml_boxed_array_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    MlBoxedView view;
    g_auto(MlBoxedSketch) sketch = { 0 };
    if (!ml_boxed_view_init(&view, facts, NULL) || view.walk->n == 0 || columns < MIN_COLUMNS ||
        !ml_boxed_sketch_init(&sketch, &view, columns)) {
        g_autofree char *words = ml_boxed_array_describe(facts);
        return ml_text_wrap(words, columns, 0);
    }
    g_autofree char *picture = draw(&sketch, ascii);
    g_autofree char *caption = draw_caption(&sketch, ascii);
    return g_strconcat(picture, caption, NULL);
}

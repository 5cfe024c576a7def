#include "base/bar.h"
#include "base/number.h"
#include "diagram/block.h"
#include "diagram/canvas.h"
#include "diagram/kinds/boxed_array_view.h"

#include <math.h>

#define INDENT 3
#define ARRAY_X 6
#define CELL_COLUMNS 4 /* between two lines, at least */
#define GAP_COLUMNS 2  /* between blocks that do not touch */
#define DOTS_COLUMNS 9 /* where undrawn ones lie between */
#define TORN_COLUMNS 3 /* of a line that ends in the open */
#define SWATCH_CELLS 4
#define MAX_CELLS 16

/* Rows from the top; the boxes follow the lanes in which arrows run. */
enum { ROW_TOP, ROW_SLOTS, ROW_BOTTOM, ROW_LANES };
enum { BELOW_TIP, BELOW_TOP, BELOW_CELLS, BELOW_BOTTOM, BELOW_NAMES, BELOW_BARS, N_BELOW };

typedef struct {
    const MlBoxedView *view;
    int columns;
    gboolean ascii;
    gboolean is_elided;
    guint digits;
    guint n;
    MlBoxedElement element[ML_BOXED_MAX];
    GArray *cells[ML_BOXED_MAX]; /* of each box */
    int cell_columns[MAX_CELLS];
    int slot_x[ML_BOXED_MAX];
    int box_x[ML_BOXED_MAX];
    int lane[ML_BOXED_MAX];
    int n_lanes;
} Sketch;

static const MlBlockCell *
cell_of(const Sketch *sketch, guint box, guint i)
{
    return &g_array_index(sketch->cells[box], MlBlockCell, i);
}

static guint
n_cells(const Sketch *sketch)
{
    return MIN(sketch->cells[0]->len, MAX_CELLS);
}

/* What fits into a narrow cell. */
static const char *
cell_label(const MlBlockCell *cell)
{
    if (cell->label != NULL && ml_text_width(cell->label) <= CELL_COLUMNS)
        return cell->label;
    return cell->short_label != NULL ? cell->short_label : cell->label != NULL ? cell->label : "";
}

static int
slot_pitch(const Sketch *sketch)
{
    return (int)sketch->digits + 6; /* "│ …810 • " */
}

static int
dot_x(const Sketch *sketch, guint i)
{
    return sketch->slot_x[i] + (int)sketch->digits + 4;
}

/* Above the first column of byte 0. */
static int
tip_x(const Sketch *sketch, guint i)
{
    int field = sketch->view->walk->field_bytes > 0 ? sketch->cell_columns[0] + 1 : 0;
    return sketch->box_x[i] + field + 1;
}

static int
box_columns(const Sketch *sketch)
{
    int columns = 1;
    for (guint i = 0; i < n_cells(sketch); i++)
        columns += sketch->cell_columns[i] + 1;
    return columns;
}

/* --- how many fit, and where ------------------------------------------------------------------ */

static void
free_cells(Sketch *sketch)
{
    for (guint i = 0; i < ML_BOXED_MAX; i++)
        g_clear_pointer(&sketch->cells[i], g_array_unref);
}

/* A cell is as wide as the widest of what stands in it, and as its name; the last name may stand
 * under the line as well. */
static void
measure_cells(Sketch *sketch)
{
    for (guint i = 0; i < n_cells(sketch); i++) {
        gboolean is_last = i == n_cells(sketch) - 1;
        int name = ml_text_width(cell_of(sketch, 0, i)->name) - (is_last ? 1 : 0);
        sketch->cell_columns[i] = MAX(CELL_COLUMNS, name);
        for (guint box = 0; box < sketch->n; box++) {
            int label = ml_text_width(cell_label(cell_of(sketch, box, i)));
            sketch->cell_columns[i] = MAX(sketch->cell_columns[i], label);
        }
    }
}

static void
place(Sketch *sketch)
{
    const MlWalk *walk = sketch->view->walk;
    guint last = sketch->n - 1;
    int x = INDENT;
    for (guint i = 0; i < sketch->n; i++) {
        const MlWalkSample *before = i > 0 ? sketch->element[i - 1].box : NULL;
        if (sketch->is_elided && i == last && i > 0)
            x += DOTS_COLUMNS;
        else if (i > 0 && !ml_block_is_followed_by(walk, before, sketch->element[i].box))
            x += GAP_COLUMNS;
        sketch->box_x[i] = x;
        sketch->slot_x[i] = ARRAY_X + (int)i * slot_pitch(sketch);
        x += box_columns(sketch);
    }
    if (sketch->is_elided && last > 0) {
        int least = sketch->slot_x[last] + 2 * TORN_COLUMNS + TORN_COLUMNS;
        sketch->slot_x[last] = MAX(least, tip_x(sketch, last) - slot_pitch(sketch));
    }
}

static int
width(const Sketch *sketch)
{
    guint last = sketch->n - 1;
    int boxes = sketch->box_x[last] + box_columns(sketch);
    int array = sketch->slot_x[last] + slot_pitch(sketch) + 1;
    if (sketch->is_elided && last == 0)
        array += TORN_COLUMNS;
    return MAX(boxes, array);
}

/* Returns: FALSE where not even one box fits. */
static gboolean
fit(Sketch *sketch)
{
    sketch->digits = ml_boxed_view_digits(sketch->view);
    for (guint max = ML_BOXED_MAX; max > 0; max--) {
        free_cells(sketch);
        sketch->n = ml_boxed_view_pick(sketch->view, max, sketch->element);
        sketch->is_elided = sketch->n < sketch->view->walk->n;
        for (guint i = 0; i < sketch->n; i++)
            sketch->cells[i] =
                ml_block_cells(sketch->view->walk, sketch->element[i].box, sketch->digits);
        measure_cells(sketch);
        place(sketch);
        if (width(sketch) <= sketch->columns)
            return TRUE;
    }
    return FALSE;
}

/* Arrows that would run into each other take lanes of their own: of those to the right the later
 * ones run above, of those to the left below. */
static void
assign_lanes(Sketch *sketch)
{
    for (guint i = sketch->n; i-- > 0;) {
        gboolean meets = i + 1 < sketch->n && dot_x(sketch, i + 1) <= tip_x(sketch, i);
        sketch->lane[i] = meets ? sketch->lane[i + 1] + 1 : 0;
    }
    for (guint i = 1; i < sketch->n; i++)
        if (tip_x(sketch, i) <= dot_x(sketch, i - 1) && tip_x(sketch, i) < dot_x(sketch, i))
            sketch->lane[i] = sketch->lane[i - 1] + 1;
    for (guint i = 0; i < sketch->n; i++)
        sketch->n_lanes = MAX(sketch->n_lanes, sketch->lane[i] + 1);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void
draw_array(const Sketch *sketch, MlCanvas *canvas)
{
    int pitch = slot_pitch(sketch);
    ml_canvas_text(canvas, 1, ROW_SLOTS, "a[]", ML_CANVAS_PLAIN);
    for (guint i = 0; i < sketch->n; i++) {
        guint64 target = sketch->element[i].box->address;
        g_autofree char *address = ml_block_address_label(target, sketch->digits);
        int x = sketch->slot_x[i];
        ml_canvas_box(canvas, x, ROW_TOP, x + pitch, ROW_BOTTOM);
        ml_canvas_text(canvas, x + 2, ROW_SLOTS, address, ML_CANVAS_PLAIN);
        ml_canvas_text(canvas, dot_x(sketch, i), ROW_SLOTS, "•", ML_STYLE_ROLE + ML_ROLE_POINTER);
    }
    if (!sketch->is_elided)
        return;
    guint last = sketch->n - 1;
    int from = sketch->slot_x[last > 0 ? last - 1 : 0] + pitch;
    int to = last > 0 ? sketch->slot_x[last] : from + 2 * TORN_COLUMNS;
    ml_canvas_text(canvas, (from + to) / 2 - 1, ROW_SLOTS, "...", ML_CANVAS_PLAIN);
    for (int row = ROW_TOP; row <= ROW_BOTTOM; row += ROW_BOTTOM - ROW_TOP) {
        ml_canvas_line(canvas, from, row, from + TORN_COLUMNS, row);
        if (last > 0)
            ml_canvas_line(canvas, to - TORN_COLUMNS, row, to, row);
    }
}

static void
draw_arrow(const Sketch *sketch, MlCanvas *canvas, guint i)
{
    int lane = ROW_LANES + sketch->lane[i];
    int tip_row = ROW_LANES + sketch->n_lanes + BELOW_TIP;
    ml_canvas_line(canvas, dot_x(sketch, i), ROW_SLOTS, dot_x(sketch, i), lane);
    ml_canvas_line(canvas, dot_x(sketch, i), lane, tip_x(sketch, i), lane);
    ml_canvas_line(canvas, tip_x(sketch, i), lane, tip_x(sketch, i), tip_row);
    ml_canvas_text(canvas, tip_x(sketch, i), tip_row, "v", ML_STYLE_ROLE + ML_ROLE_POINTER);
}

static void
draw_box(const Sketch *sketch, MlCanvas *canvas, guint box)
{
    int base = ROW_LANES + sketch->n_lanes;
    int x = sketch->box_x[box];
    for (guint i = 0; i < n_cells(sketch); i++) {
        int columns = sketch->cell_columns[i];
        const MlBlockCell *cell = cell_of(sketch, box, i);
        const char *label = cell_label(cell);
        int before = (columns - ml_text_width(label) + 1) / 2;
        int style = cell->role == ML_ROLE_DATA ? (int)ML_STYLE_BOLD : ML_CANVAS_PLAIN;
        ml_canvas_box(canvas, x, base + BELOW_TOP, x + columns + 1, base + BELOW_BOTTOM);
        ml_canvas_text(canvas, x + 1 + before, base + BELOW_CELLS, label, style);
        x += columns + 1;
    }
}

/* Under the first box: what its cells are called, and what they are for. */
static void
draw_names(const Sketch *sketch, MlCanvas *canvas)
{
    int base = ROW_LANES + sketch->n_lanes;
    int x = sketch->box_x[0] + 1;
    for (guint i = 0; i < n_cells(sketch); i++) {
        const MlBlockCell *cell = cell_of(sketch, 0, i);
        int style = ML_STYLE_ROLE + (int)cell->role;
        ml_canvas_text(canvas, x, base + BELOW_NAMES, cell->name, ML_CANVAS_PLAIN);
        for (int k = 0; k < sketch->cell_columns[i]; k++)
            ml_canvas_text(
                canvas, x + k, base + BELOW_BARS, ml_bar_glyph(cell->role, sketch->ascii), style);
        x += sketch->cell_columns[i] + 1;
    }
}

/* Beside array and boxes, where there is room: what has no place in the picture itself. */
static void
draw_words(const Sketch *sketch, MlCanvas *canvas)
{
    const MlWalk *walk = sketch->view->walk;
    int base = ROW_LANES + sketch->n_lanes;
    int x = sketch->box_x[0] + box_columns(sketch) + 4;
    int after_array = sketch->slot_x[sketch->n - 1] + slot_pitch(sketch) + 3;
    gboolean touch = ml_boxed_view_touch(sketch->view, sketch->element, sketch->n);
    g_autofree char *each = g_strdup_printf("%" G_GUINT64_FORMAT " B each%s",
        ml_block_bytes(walk, sketch->element[0].box),
        touch ? "; the blocks touch" : "");
    g_autofree char *n = ml_group_digits(walk->n, " ");
    g_autofree char *shown = g_strdup_printf("%u of %s elements shown", sketch->n, n);
    struct {
        int x, y;
        const char *words;
    } notes[] = {
        { after_array, ROW_SLOTS, "8 B per element" },
        { x, base + BELOW_NAMES, each },
        { x, base + BELOW_BARS, sketch->is_elided ? shown : "" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(notes); i++)
        if (notes[i].x + ml_text_width(notes[i].words) <= sketch->columns &&
            !(sketch->is_elided && sketch->n == 1 && i == 0))
            ml_canvas_text(canvas, notes[i].x, notes[i].y, notes[i].words, ML_CANVAS_PLAIN);
}

static char *
draw(const Sketch *sketch)
{
    int rows = ROW_LANES + sketch->n_lanes + N_BELOW;
    int base = ROW_LANES + sketch->n_lanes;
    guint last = sketch->n - 1;
    g_autoptr(MlCanvas) canvas = ml_canvas_new(sketch->columns, rows);
    draw_array(sketch, canvas);
    for (guint i = 0; i < sketch->n; i++)
        draw_box(sketch, canvas, i);
    for (guint i = 0; i < sketch->n; i++)
        draw_arrow(sketch, canvas, i);
    if (sketch->is_elided && last > 0)
        ml_canvas_text(canvas,
            sketch->box_x[last] - (DOTS_COLUMNS + 3) / 2,
            base + BELOW_CELLS,
            "...",
            ML_CANVAS_PLAIN);
    draw_names(sketch, canvas);
    draw_words(sketch, canvas);
    return ml_canvas_to_text(canvas, sketch->ascii);
}

/* --- the sum ---------------------------------------------------------------------------------- */

static void
append_term(GString *text, const MlSum *sum, MlRole role, gboolean ascii)
{
    g_autofree char *bar = ml_bar(role, SWATCH_CELLS, ascii);
    g_autofree char *figure = ml_fixed(fabs(sum->printed[role]), sum->decimals);
    g_string_append_printf(text, "%s %s %s", bar, figure, ml_role_label(role));
}

/* "40 B  =  ████ 8 data  +  …", each further line beginning under the "=". */
static char *
draw_sum(const MlBoxedView *view, guint n_shown, gboolean ascii, int columns)
{
    MlClaim claim;
    ml_boxed_view_claim(view, n_shown, &claim);
    g_autofree char *total = ml_fixed(claim.sum.printed_total, claim.sum.decimals);
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "%*s%s B", INDENT, "", total);
    int indent = ml_text_width(line->str) + 2;
    const char *sign = "=";
    GString *text = g_string_new("\n");
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!ml_sum_shows(&claim.sum, (MlRole)role))
            continue;
        g_autoptr(GString) term = g_string_new(NULL);
        append_term(term, &claim.sum, (MlRole)role, ascii);
        if (ml_text_width(line->str) + 5 + ml_text_width(term->str) > columns) {
            g_string_append_printf(text, "%s\n", line->str);
            g_string_printf(line, "%*s", indent - 2, "");
        }
        g_string_append_printf(line, "  %s  %s", sign, term->str);
        sign = "+";
    }
    g_autofree char *of_what = ml_boxed_view_of_what(view, &claim);
    g_autofree char *words = ml_text_wrap(of_what, columns, INDENT);
    g_string_append_printf(text, "%s\n%s", line->str, words);
    return g_string_free(text, FALSE);
}

char *
ml_boxed_array_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    MlBoxedView view;
    Sketch sketch = { .view = &view, .columns = columns, .ascii = ascii };
    if (!ml_boxed_view_init(&view, facts, NULL) || view.walk->n == 0 || !fit(&sketch)) {
        g_autofree char *words = ml_boxed_array_describe(facts);
        free_cells(&sketch);
        return ml_text_wrap(words, columns, 0);
    }
    assign_lanes(&sketch);
    g_autofree char *picture = draw(&sketch);
    g_autofree char *sum = draw_sum(&view, sketch.n, ascii, columns);
    free_cells(&sketch);
    return g_strconcat(picture, sum, NULL);
}

#include "diagram/logical_sketch.h"

#include "diagram/canvas.h"
#include "diagram/logical_layout.h"
#include "diagram/logical_ways.h"
#include "diagram/wording.h"

#define INDENT 3
#define LABEL_GAP 2
#define DOT_ROOM 2
#define LABELS_FROM 70 /* columns */

/* Lines of a row of boxes. */
enum { LINE_TOP, LINE_CELLS, LINE_BOTTOM, BOX_LINES };

typedef struct {
    const MlLogical *logical;
    MlLogicalLayout layout;
    MlCanvas *canvas;
    int x0;
    int y[ML_LOGICAL_ROWS];
    int n_lines;
    gboolean
        joins[ML_LOGICAL_ROWS]; /* arrows down from this row join in the lanes of their boxes */
} Sketch;

static double
text_width(gpointer unused, const MlLogicalCell *cell)
{
    return ml_text_width(cell->text);
}

static int
label_columns(const MlLogical *logical, int columns)
{
    int width = 0;
    for (guint row = 0; row < logical->n_rows && columns >= LABELS_FROM; row++)
        width = MAX(width, ml_text_width(ml_logical_row_label(logical, row)) + LABEL_GAP);
    return width;
}

static gboolean
has_numbers(const Sketch *sketch)
{
    return ml_logical_place(&sketch->layout, 0)->box->is_element;
}

static gboolean
init(Sketch *sketch, const MlLogical *logical, int columns)
{
    *sketch = (Sketch){ .logical = logical };
    sketch->x0 = INDENT + label_columns(logical, columns);
    MlLogicalMeasure measure = {
        .text_width = text_width,
        .width = columns - sketch->x0 - 1,
        .least_cell = 4,
        .padding = 3,
        .dot_room = DOT_ROOM,
        .gap = 2,
        .link_gap = 4,
        .dots = 7,
        .tip_gap = 2,
        .is_square = TRUE,
        .widest_slot = 14,
    };
    if (!ml_logical_layout_init(&sketch->layout, logical, &measure, NULL))
        return FALSE;
    for (guint row = 0; row + 1 < logical->n_rows; row++)
        sketch->joins[row] = ml_logical_ways_join(&sketch->layout, &measure, row + 1);
    sketch->n_lines = has_numbers(sketch) ? 1 : 0;
    for (guint row = 0; row < logical->n_rows; row++) {
        sketch->y[row] = sketch->n_lines;
        sketch->n_lines += BOX_LINES;
        if (row + 1 < logical->n_rows)
            sketch->n_lines += (int)sketch->layout.n_lanes[row] + 1;
    }
    return TRUE;
}

static void
draw_cell(const Sketch *sketch, const MlLogicalCell *cell, int x, int width, int y)
{
    int text = cell->text != NULL ? ml_text_width(cell->text) : 0;
    int blanks = cell->target != 0 ? 1 : (width - 1 - text) / 2;
    int style = cell->role == ML_ROLE_DATA ? (int)ML_STYLE_BOLD : ML_CANVAS_PLAIN;
    ml_canvas_box(sketch->canvas, x, y + LINE_TOP, x + width, y + LINE_BOTTOM);
    if (cell->text != NULL)
        ml_canvas_text(sketch->canvas, x + 1 + blanks, y + LINE_CELLS, cell->text, style);
    if (cell->is_null)
        ml_canvas_text(sketch->canvas, x + width / 2, y + LINE_CELLS, "/", ML_CANVAS_PLAIN);
    if (cell->target != 0)
        ml_canvas_text(sketch->canvas,
            cell->text != NULL ? x + width - DOT_ROOM : x + width / 2,
            y + LINE_CELLS,
            "•",
            ML_STYLE_ROLE + (int)cell->role);
}

static void
draw_dots(const Sketch *sketch, int x, int y)
{
    ml_canvas_text(sketch->canvas, x, y + LINE_CELLS, "...", ML_CANVAS_PLAIN);
}

static void
draw_place(const Sketch *sketch, guint i)
{
    const MlLogicalPlace *place = ml_logical_place(&sketch->layout, i);
    int x = sketch->x0 + (int)place->x;
    int y = sketch->y[place->box->row];
    for (guint k = 0; k < place->box->n_cells; k++) {
        int from = x + (int)place->cell_x[k];
        int width = (int)(place->cell_x[k] + place->cell_width[k]) - (int)place->cell_x[k];
        draw_cell(sketch, &place->box->cell[k], from, width, y);
    }
    if (place->after_dots)
        draw_dots(sketch, x - 5, y);
    gboolean is_last = i + 1 == sketch->layout.begin[place->box->row + 1];
    if (is_last && sketch->layout.goes_on[place->box->row])
        draw_dots(sketch, x + (int)place->width + 3, y);
    if (place->box->row > 0 || !place->box->is_element)
        return;
    g_autofree char *count = ml_wording_count(place->box->number);
    g_autofree char *number = g_strdup_printf("[%s]", count);
    int room = (int)place->width + (place->after_dots ? 4 : 0);
    int left = x + ((int)place->width + 1 - ml_text_width(number)) / 2;
    if (ml_text_width(number) <= room)
        ml_canvas_text(sketch->canvas, MAX(left, sketch->x0), y - 1, number, ML_CANVAS_PLAIN);
}

/* --- arrows ----------------------------------------------------------------------------------- */

static void
draw_sideways(const Sketch *sketch, const MlLogicalArrow *arrow, int y)
{
    int dot = sketch->x0 + (int)arrow->dot_x;
    int tip = sketch->x0 + (int)arrow->tip_x + (arrow->is_back ? 1 : -1);
    int edge = dot + (arrow->is_back ? -1 : 1);
    ml_canvas_line(sketch->canvas, edge, y + LINE_CELLS, tip, y + LINE_CELLS);
    ml_canvas_text(sketch->canvas,
        tip,
        y + LINE_CELLS,
        arrow->is_back ? "<" : ">",
        ML_STYLE_ROLE + (int)ML_ROLE_POINTER);
}

static void
draw_down(const Sketch *sketch, const MlLogicalArrow *arrow, int y, int to_y)
{
    int dot = sketch->x0 + (int)arrow->dot_x;
    int tip = sketch->x0 + (int)arrow->tip_x;
    int lane = y + BOX_LINES + (int)arrow->lane;
    ml_canvas_line(sketch->canvas, dot, y + LINE_BOTTOM, dot, lane);
    ml_canvas_line(sketch->canvas, dot, lane, tip, lane);
    ml_canvas_line(sketch->canvas, tip, lane, tip, to_y - 1);
    ml_canvas_text(sketch->canvas, tip, to_y - 1, "v", ML_STYLE_ROLE + (int)ML_ROLE_POINTER);
}

static void
draw_arrow(const Sketch *sketch, const MlLogicalArrow *arrow)
{
    guint from = ml_logical_place(&sketch->layout, arrow->from)->box->row;
    guint to = ml_logical_place(&sketch->layout, arrow->to)->box->row;
    if (arrow->is_sideways)
        draw_sideways(sketch, arrow, sketch->y[from]);
    else
        draw_down(sketch, arrow, sketch->y[from], sketch->y[to]);
}

/* Where arrows join, what only crosses has to look otherwise: ASCII has one letter for both. */
static void
mark_crossing(const Sketch *sketch, const MlLogicalArrow *arrow, const MlLogicalArrow *other, int y)
{
    gboolean is_left = other->dot_x < other->tip_x;
    double from = is_left ? other->dot_x : other->tip_x;
    double to = is_left ? other->tip_x : other->dot_x;
    double x = other->lane < arrow->lane ? arrow->dot_x : arrow->tip_x;
    if (other->lane != arrow->lane && x > from && x < to)
        ml_canvas_text(sketch->canvas,
            sketch->x0 + (int)x,
            y + BOX_LINES + (int)other->lane,
            "|",
            ML_CANVAS_PLAIN);
}

static void
mark_crossings(const Sketch *sketch)
{
    for (guint i = 0; i < sketch->layout.arrows->len; i++)
        for (guint k = 0; k < sketch->layout.arrows->len; k++) {
            const MlLogicalArrow *arrow = ml_logical_arrow(&sketch->layout, i);
            const MlLogicalArrow *other = ml_logical_arrow(&sketch->layout, k);
            guint row = ml_logical_place(&sketch->layout, arrow->from)->box->row;
            if (!arrow->is_sideways && !other->is_sideways && sketch->joins[row] &&
                ml_logical_place(&sketch->layout, other->from)->box->row == row)
                mark_crossing(sketch, arrow, other, sketch->y[row]);
        }
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
draw(const Sketch *sketch, gboolean ascii)
{
    for (guint i = 0; i < sketch->layout.places->len; i++)
        draw_place(sketch, i);
    for (guint i = 0; i < sketch->layout.arrows->len; i++)
        draw_arrow(sketch, ml_logical_arrow(&sketch->layout, i));
    if (ascii)
        mark_crossings(sketch);
    for (guint row = 0; row < sketch->logical->n_rows && sketch->x0 > INDENT; row++)
        if (sketch->layout.begin[row] < sketch->layout.begin[row + 1])
            ml_canvas_text(sketch->canvas,
                INDENT,
                sketch->y[row] + LINE_CELLS,
                ml_logical_row_label(sketch->logical, row),
                ML_CANVAS_PLAIN);
}

char *
ml_logical_sketch(const MlLogical *logical, gboolean ascii, int columns)
{
    Sketch sketch;
    char *text;
    if (init(&sketch, logical, columns)) {
        g_autoptr(MlCanvas) canvas = ml_canvas_new(columns, sketch.n_lines + 1);
        sketch.canvas = canvas;
        draw(&sketch, ascii);
        text = ml_canvas_to_text(canvas, ascii);
    } else {
        g_autofree char *words = ml_logical_words(logical);
        text = ml_canvas_words(words, ascii, columns);
    }
    ml_logical_layout_clear(&sketch.layout);
    return text;
}

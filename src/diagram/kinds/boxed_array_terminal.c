#include "base/language.h"
#include "diagram/finding.h"
#include "diagram/kinds/boxed_array_sketch.h"
#include "diagram/kinds/logical_shapes.h"
#include "diagram/logical_sketch.h"

#define MIN_COLUMNS 40 /* below, a term of the sum no longer fits; words do */
#define NOTE_GAP 3

/* Rows from the top; the tips and the boxes follow the lanes in which arrows run. */
enum { ROW_TOP, ROW_SLOTS, ROW_BOTTOM, ROW_LANES };

static void
draw_slots(const MlBoxedSketch *sketch, MlCanvas *canvas)
{
    int pointer_style = ML_STYLE_ROLE + ML_ROLE_POINTER;
    ml_canvas_text(canvas, 1, ROW_SLOTS, "a[]", ML_CANVAS_PLAIN);
    for (guint i = 0; i < sketch->boxes.n; i++) {
        int x = sketch->slot_x[i];
        guint64 target = sketch->boxes.block[i].block->address;
        g_autofree char *address = ml_block_address_label(target, sketch->boxes.digits);
        ml_canvas_box(canvas, x, ROW_TOP, x + sketch->slot_columns, ROW_BOTTOM);
        ml_canvas_text(canvas, x + 2, ROW_SLOTS, address, ML_CANVAS_PLAIN);
        ml_canvas_text(canvas, sketch->dot_x[i], ROW_SLOTS, "•", pointer_style);
    }
}

/* The array's lines end in the open on both sides of what is left out. */
static void
draw_undrawn_slots(const MlBoxedSketch *sketch, MlCanvas *canvas)
{
    guint last = sketch->boxes.n - 1;
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
    int tip_row = ROW_LANES + sketch->n_lanes;
    ml_canvas_line(canvas, sketch->dot_x[i], ROW_SLOTS, sketch->dot_x[i], lane);
    ml_canvas_line(canvas, sketch->dot_x[i], lane, sketch->boxes.tip_x[i], lane);
    ml_canvas_line(canvas, sketch->boxes.tip_x[i], lane, sketch->boxes.tip_x[i], tip_row);
    ml_canvas_text(canvas, sketch->boxes.tip_x[i], tip_row, "v", ML_STYLE_ROLE + ML_ROLE_POINTER);
}

static char *
draw(const MlBoxedSketch *sketch, gboolean ascii, int columns)
{
    int row = ROW_LANES + sketch->n_lanes + 1;
    g_autoptr(MlCanvas) canvas = ml_canvas_new(columns, row + ML_SKETCH_ROWS);
    draw_slots(sketch, canvas);
    if (sketch->boxes.is_elided)
        draw_undrawn_slots(sketch, canvas);
    ml_sketch_strip_draw(&sketch->boxes, canvas, row);
    for (guint i = 0; i < sketch->boxes.n; i++)
        draw_arrow(sketch, canvas, i);
    ml_sketch_strip_draw_names(&sketch->boxes, canvas, row + ML_SKETCH_NAMES, columns, ascii);
    int after_array = sketch->slot_x[sketch->boxes.n - 1] + sketch->slot_columns + NOTE_GAP;
    if (!sketch->boxes.is_elided || sketch->boxes.n > 1)
        ml_sketch_note(canvas, columns, after_array, ROW_SLOTS, _("8 B per element"));
    return ml_canvas_to_text(canvas, ascii);
}

/* Boxes and pointers: of the bytes, the sum alone. */
static char *
draw_shared(const MlBoxedView *view, const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    MlClaim claim;
    g_autoptr(MlLogical) logical = ml_logical_pointer_array(facts);
    g_autofree char *picture = ml_logical_sketch(logical, ascii, columns);
    ml_run_claim(&view->boxes, facts->walk->n < ML_FINDING_FEW ? (guint)facts->walk->n : 0, &claim);
    g_autofree char *caption = ml_sketch_sum(facts, &claim, ascii, columns);
    return g_strconcat(picture, caption, NULL);
}

char *
ml_boxed_array_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    MlBoxedView view;
    MlClaim claim;
    g_auto(MlBoxedSketch) sketch = { 0 };
    if (!ml_boxed_view_init(&view, facts, NULL) || facts->walk->n == 0 || columns < MIN_COLUMNS ||
        (!view.is_shared && !ml_boxed_sketch_init(&sketch, &view, columns))) {
        g_autofree char *words = ml_boxed_array_describe(facts);
        return ml_canvas_words(words, ascii, columns);
    }
    if (view.is_shared)
        return draw_shared(&view, facts, ascii, columns);
    ml_run_claim(&view.boxes, sketch.boxes.n, &claim);
    g_autofree char *picture = draw(&sketch, ascii, columns);
    g_autofree char *caption = ml_sketch_sum(facts, &claim, ascii, columns);
    return g_strconcat(picture, caption, NULL);
}

#include "diagram/kinds/boxed_array_sketch.h"

#include "base/text.h"

#define ARRAY_X 6
#define CELL_COLUMNS 4 /* between two lines, at least */
#define GAP_COLUMNS 2  /* between blocks that do not touch */

const MlBlockCell *
ml_boxed_sketch_cell(const MlBoxedSketch *sketch, guint element, guint i)
{
    return &g_array_index(sketch->cells[element], MlBlockCell, i);
}

const char *
ml_boxed_sketch_label(const MlBlockCell *cell)
{
    if (cell->label == NULL)
        return "";
    gboolean is_long = ml_text_width(cell->label) > CELL_COLUMNS;
    return is_long && cell->short_label != NULL ? cell->short_label : cell->label;
}

void
ml_boxed_sketch_clear(MlBoxedSketch *sketch)
{
    for (guint i = 0; i < ML_BOXED_MAX; i++)
        g_clear_pointer(&sketch->cells[i], g_array_unref);
}

static void
pick(MlBoxedSketch *sketch, guint max)
{
    const MlWalk *walk = sketch->view->walk;
    ml_boxed_sketch_clear(sketch);
    sketch->n = ml_boxed_view_pick(sketch->view, max, sketch->element);
    sketch->is_elided = sketch->n < walk->n;
    sketch->n_cells = ML_SKETCH_MAX_CELLS;
    for (guint i = 0; i < sketch->n; i++) {
        sketch->cells[i] = ml_block_cells(walk, sketch->element[i].box, sketch->digits);
        sketch->n_cells = MIN(sketch->n_cells, sketch->cells[i]->len);
    }
}

/* A cell is as wide as the widest of what stands in it, and as its name; the last name may stand
 * under the line as well. */
static void
measure_cells(MlBoxedSketch *sketch)
{
    sketch->box_columns = 1;
    for (guint i = 0; i < sketch->n_cells; i++) {
        gboolean is_last = i == sketch->n_cells - 1;
        int name = ml_text_width(ml_boxed_sketch_cell(sketch, 0, i)->name) - (is_last ? 1 : 0);
        int columns = MAX(CELL_COLUMNS, name);
        for (guint k = 0; k < sketch->n; k++) {
            const char *label = ml_boxed_sketch_label(ml_boxed_sketch_cell(sketch, k, i));
            columns = MAX(columns, ml_text_width(label));
        }
        sketch->cell_columns[i] = columns;
        sketch->box_columns += columns + 1;
    }
}

static void
place_boxes(MlBoxedSketch *sketch)
{
    const MlWalk *walk = sketch->view->walk;
    int before_byte_0 = walk->field_bytes > 0 ? sketch->cell_columns[0] + 2 : 1;
    int x = ML_SKETCH_INDENT;
    for (guint i = 0; i < sketch->n; i++) {
        const MlWalkSample *before = i > 0 ? sketch->element[i - 1].box : NULL;
        gboolean is_after_undrawn = sketch->is_elided && i == sketch->n - 1;
        if (i > 0 && is_after_undrawn)
            x += ML_SKETCH_DOTS;
        else if (i > 0 && !ml_block_is_followed_by(walk, before, sketch->element[i].box))
            x += GAP_COLUMNS;
        sketch->box_x[i] = x;
        sketch->tip_x[i] = x + before_byte_0;
        x += sketch->box_columns;
    }
}

static void
place_slots(MlBoxedSketch *sketch)
{
    guint last = sketch->n - 1;
    sketch->slot_columns = (int)sketch->digits + 6; /* "│ …810 • " */
    for (guint i = 0; i < sketch->n; i++)
        sketch->slot_x[i] = ARRAY_X + (int)i * sketch->slot_columns;
    if (sketch->is_elided && last > 0) {
        int least = sketch->slot_x[last] + 3 * ML_SKETCH_TORN;
        sketch->slot_x[last] = MAX(least, sketch->tip_x[last] - sketch->slot_columns);
    }
    for (guint i = 0; i < sketch->n; i++)
        sketch->dot_x[i] = sketch->slot_x[i] + sketch->slot_columns - 2;
}

static int
width(const MlBoxedSketch *sketch)
{
    guint last = sketch->n - 1;
    int boxes = sketch->box_x[last] + sketch->box_columns;
    int array = sketch->slot_x[last] + sketch->slot_columns + 1;
    if (sketch->is_elided && last == 0)
        array += ML_SKETCH_TORN;
    return MAX(boxes, array);
}

/* Arrows that would run into each other take lanes of their own: of those to the right the later
 * ones run above, of those to the left below. */
static void
assign_lanes(MlBoxedSketch *sketch)
{
    for (guint i = sketch->n; i-- > 0;) {
        gboolean meets = i + 1 < sketch->n && sketch->dot_x[i + 1] <= sketch->tip_x[i] + 1;
        sketch->lane[i] = meets ? sketch->lane[i + 1] + 1 : 0;
    }
    for (guint i = 1; i < sketch->n; i++) {
        gboolean is_leftwards = sketch->tip_x[i] < sketch->dot_x[i];
        if (is_leftwards && sketch->tip_x[i] <= sketch->dot_x[i - 1] + 1)
            sketch->lane[i] = sketch->lane[i - 1] + 1;
    }
    for (guint i = 0; i < sketch->n; i++)
        sketch->n_lanes = MAX(sketch->n_lanes, sketch->lane[i] + 1);
}

gboolean
ml_boxed_sketch_init(MlBoxedSketch *sketch, const MlBoxedView *view, int columns)
{
    *sketch = (MlBoxedSketch){
        .view = view,
        .columns = columns,
        .digits = ml_boxed_view_digits(view),
    };
    for (guint max = ML_BOXED_MAX; max > 0; max--) {
        pick(sketch, max);
        measure_cells(sketch);
        place_boxes(sketch);
        place_slots(sketch);
        if (width(sketch) <= columns) {
            assign_lanes(sketch);
            return TRUE;
        }
    }
    return FALSE;
}

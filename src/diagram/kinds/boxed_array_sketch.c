#include "diagram/kinds/boxed_array_sketch.h"

#define ARRAY_X 6

void
ml_boxed_sketch_clear(MlBoxedSketch *sketch)
{
    ml_sketch_strip_clear(&sketch->boxes);
}

static void
place_slots(MlBoxedSketch *sketch)
{
    guint last = sketch->boxes.n - 1;
    sketch->slot_columns = (int)sketch->boxes.digits + 6; /* "│ …810 • " */
    for (guint i = 0; i < sketch->boxes.n; i++)
        sketch->slot_x[i] = ARRAY_X + (int)i * sketch->slot_columns;
    if (sketch->boxes.is_elided && last > 0) {
        int least = sketch->slot_x[last] + 3 * ML_SKETCH_TORN;
        sketch->slot_x[last] = MAX(least, sketch->boxes.tip_x[last] - sketch->slot_columns);
    }
    for (guint i = 0; i < sketch->boxes.n; i++)
        sketch->dot_x[i] = sketch->slot_x[i] + sketch->slot_columns - 2;
}

static int
array_width(const MlBoxedSketch *sketch)
{
    guint last = sketch->boxes.n - 1;
    int array = sketch->slot_x[last] + sketch->slot_columns + 1;
    if (sketch->boxes.is_elided && last == 0)
        array += ML_SKETCH_TORN;
    return array;
}

/* Arrows that would run into each other take lanes of their own: of those to the right the later
 * ones run above, of those to the left below. */
static void
assign_lanes(MlBoxedSketch *sketch)
{
    for (guint i = sketch->boxes.n; i-- > 0;) {
        gboolean meets =
            i + 1 < sketch->boxes.n && sketch->dot_x[i + 1] <= sketch->boxes.tip_x[i] + 1;
        sketch->lane[i] = meets ? sketch->lane[i + 1] + 1 : 0;
    }
    for (guint i = 1; i < sketch->boxes.n; i++) {
        gboolean is_leftwards = sketch->boxes.tip_x[i] < sketch->dot_x[i];
        if (is_leftwards && sketch->boxes.tip_x[i] <= sketch->dot_x[i - 1] + 1)
            sketch->lane[i] = sketch->lane[i - 1] + 1;
    }
    for (guint i = 0; i < sketch->boxes.n; i++)
        sketch->n_lanes = MAX(sketch->n_lanes, sketch->lane[i] + 1);
}

gboolean
ml_boxed_sketch_init(MlBoxedSketch *sketch, const MlBoxedView *view, int columns)
{
    *sketch = (MlBoxedSketch){ 0 };
    ml_sketch_strip_init(&sketch->boxes, &view->boxes, FALSE);
    for (guint max = ML_RUN_MAX; max > 0; max--) {
        int boxes_width = ml_sketch_strip_place(&sketch->boxes, max);
        place_slots(sketch);
        if (MAX(boxes_width, array_width(sketch)) <= columns) {
            assign_lanes(sketch);
            return TRUE;
        }
    }
    return FALSE;
}

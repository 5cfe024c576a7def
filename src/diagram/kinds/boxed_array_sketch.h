/* Where the things in the picture of a boxed array in characters are: how many elements fit, and
 * the columns of slots, boxes and arrows. */
#pragma once

#include "diagram/kinds/boxed_array_view.h"
#include "diagram/sketch_strip.h"

#define ML_SKETCH_TORN 3 /* columns of a line that ends in the open */

typedef struct {
    MlSketchStrip boxes;
    int slot_columns; /* from one line to the next */
    int slot_x[ML_RUN_MAX];
    int dot_x[ML_RUN_MAX]; /* where an arrow begins */
    int lane[ML_RUN_MAX];  /* the row in which an arrow runs sideways, from 0 on */
    int n_lanes;
} MlBoxedSketch;

/**
 * ml_boxed_sketch_init: fit as many elements into @columns as there is room for.
 * @view: (transfer none): of one element or more
 *
 * Returns: FALSE where not even one fits; clear the sketch all the same.
 */
gboolean ml_boxed_sketch_init(MlBoxedSketch *sketch, const MlBoxedView *view, int columns);
void ml_boxed_sketch_clear(MlBoxedSketch *sketch);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlBoxedSketch, ml_boxed_sketch_clear)

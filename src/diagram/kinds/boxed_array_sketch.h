/* Where the things in the picture of a boxed array in characters are: how many elements fit, and
 * the columns of slots, boxes and arrows. */
#pragma once

#include "diagram/block.h"
#include "diagram/kinds/boxed_array_view.h"

#define ML_SKETCH_MAX_CELLS 16
#define ML_SKETCH_INDENT 3
#define ML_SKETCH_DOTS 9 /* columns where undrawn boxes lie between */
#define ML_SKETCH_TORN 3 /* of a line that ends in the open */

typedef struct {
    const MlBoxedView *view;
    int columns;
    guint digits; /* of addresses */
    guint n;      /* elements drawn */
    gboolean is_elided;
    MlBoxedElement element[ML_BOXED_MAX];
    GArray *cells[ML_BOXED_MAX]; /* of each box: MlBlockCell */
    guint n_cells;               /* of a box */
    int cell_columns[ML_SKETCH_MAX_CELLS];
    int box_columns;  /* of a whole box, with its lines */
    int slot_columns; /* from one line to the next */
    int slot_x[ML_BOXED_MAX];
    int dot_x[ML_BOXED_MAX]; /* where an arrow begins */
    int box_x[ML_BOXED_MAX];
    int tip_x[ML_BOXED_MAX]; /* above the first column of byte 0 */
    int lane[ML_BOXED_MAX];  /* the row in which an arrow runs sideways, from 0 on */
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

/**
 * ml_boxed_sketch_cell: cell @i of the box of element @element.
 *
 * Returns: (transfer none).
 */
const MlBlockCell *ml_boxed_sketch_cell(const MlBoxedSketch *sketch, guint element, guint i);

/**
 * ml_boxed_sketch_label: what stands in a cell, cut to a few characters.
 *
 * Returns: (transfer none).
 */
const char *ml_boxed_sketch_label(const MlBlockCell *cell);

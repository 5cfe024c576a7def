/* Blocks of a run side by side, in characters. */
#pragma once

#include "diagram/block.h"
#include "diagram/canvas.h"
#include "diagram/run.h"

#define ML_SKETCH_MAX_CELLS 16
#define ML_SKETCH_INDENT 3
#define ML_SKETCH_DOTS 9 /* columns where undrawn blocks lie between */

typedef struct {
    const MlRun *run;
    gboolean by_address; /* left to right by address, else in the order of the run */
    guint digits;        /* of addresses */
    guint n;             /* blocks drawn */
    gboolean is_elided;
    MlRunBlock block[ML_RUN_MAX];
    guint order[ML_RUN_MAX];   /* left to right */
    GArray *cells[ML_RUN_MAX]; /* of each block: MlBlockCell */
    guint n_cells;             /* of a block */
    int cell_columns[ML_SKETCH_MAX_CELLS];
    int block_columns;     /* of a whole block, with its lines */
    int x[ML_RUN_MAX];     /* of the block's left line */
    int tip_x[ML_RUN_MAX]; /* the first column of byte 0 */
} MlSketchStrip;

/* Rows of a strip, from its first on. */
enum {
    ML_SKETCH_TOP,
    ML_SKETCH_CELLS,
    ML_SKETCH_BOTTOM,
    ML_SKETCH_NAMES,
    ML_SKETCH_BARS,
    ML_SKETCH_ROWS
};

/**
 * ml_sketch_strip_init: a strip of no blocks yet.
 * @run: (transfer none): of one block or more
 */
void ml_sketch_strip_init(MlSketchStrip *strip, const MlRun *run, gboolean by_address);
void ml_sketch_strip_clear(MlSketchStrip *strip);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlSketchStrip, ml_sketch_strip_clear)

/**
 * ml_sketch_strip_place: lay out as many as @max blocks.
 *
 * Returns: the columns it takes.
 */
int ml_sketch_strip_place(MlSketchStrip *strip, guint max);

/**
 * ml_sketch_strip_cell: cell @i of block @block.  ml_sketch_strip_cell_x: its first column.
 *
 * Returns: (transfer none).
 */
const MlBlockCell *ml_sketch_strip_cell(const MlSketchStrip *strip, guint block, guint i);
int ml_sketch_strip_cell_x(const MlSketchStrip *strip, guint block, guint i);

/**
 * ml_sketch_strip_draw: the blocks from @row on, and dots for those left out.
 * ml_sketch_strip_draw_names: what the cells of the leftmost one are called and what they are for,
 * and to the right of it what each takes; the two rows from @row on.
 */
void ml_sketch_strip_draw(const MlSketchStrip *strip, MlCanvas *canvas, int row);
void ml_sketch_strip_draw_names(
    const MlSketchStrip *strip, MlCanvas *canvas, int row, int columns, gboolean ascii);

/**
 * ml_sketch_note: text that is left out where there is no room for it.
 */
void ml_sketch_note(MlCanvas *canvas, int columns, int x, int y, const char *words);

/**
 * ml_sketch_sum_lines: "40 B  =  #### 8 data  +  …", each further line beginning under the "=".
 *
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_sketch_sum_lines(const MlSum *sum, gboolean ascii, int columns);

/**
 * ml_sketch_sum: the sum and what it is of, below the picture.
 *
 * Returns: (transfer full).
 */
char *ml_sketch_sum(const MlDiagramFacts *facts, const MlClaim *claim, gboolean ascii, int columns);

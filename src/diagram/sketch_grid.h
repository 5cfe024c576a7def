/* Blocks and elements of one kind one below the other, in characters: "│ 48 │ • │ 0 │", a line
 * each, their cells in columns. */
#pragma once

#include "diagram/block.h"
#include "diagram/canvas.h"

#define ML_SKETCH_GRID_COLUMNS 16

typedef struct {
    guint roles; /* bit 1 << MlRole: cells of these are shown */
    int padding; /* blanks on both sides of what stands in a cell */
    guint n;     /* columns */
    int width[ML_SKETCH_GRID_COLUMNS];
} MlSketchGrid;

/**
 * ml_sketch_grid_measure: make the columns wide enough for these cells, of MlBlockCell.
 */
void ml_sketch_grid_measure(MlSketchGrid *grid, const GArray *cells);

/**
 * ml_sketch_grid_columns: how wide a line is, both bars included.
 */
int ml_sketch_grid_columns(const MlSketchGrid *grid);

/**
 * ml_sketch_grid_x: where cell @i begins, after its bar; from the line's first column.
 * @cells: (transfer none): all of the line
 *
 * Returns: -1 where the cell is not shown.
 */
int ml_sketch_grid_x(const MlSketchGrid *grid, const GArray *cells, guint i);

/**
 * ml_sketch_grid_middle: the column in the middle of cell @i; where a pointer has its dot.
 */
int ml_sketch_grid_middle(const MlSketchGrid *grid, const GArray *cells, guint i);

/**
 * ml_sketch_grid_draw: a line of cells.
 * @crossed: bit 1 << i: an arrow runs over cell @i, which then has no text
 */
void ml_sketch_grid_draw(
    const MlSketchGrid *grid, MlCanvas *canvas, const GArray *cells, int x, int y, guint crossed);

/**
 * ml_sketch_grid_bars: a further line of the same cells, without what stands in them.
 * ml_sketch_grid_fill: a line of what is unused.
 */
void ml_sketch_grid_bars(const MlSketchGrid *grid, MlCanvas *canvas, int x, int y);
void ml_sketch_grid_fill(const MlSketchGrid *grid, MlCanvas *canvas, int x, int y, gboolean ascii);

/**
 * ml_sketch_grid_border: the line above the first one, or below the last.
 */
void ml_sketch_grid_border(
    const MlSketchGrid *grid, MlCanvas *canvas, int x, int y, gboolean below);

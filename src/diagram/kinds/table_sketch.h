/* Where things are in the picture of a table in characters: which entries, how much of each block,
 * and in which columns and lines. */
#pragma once

#include "diagram/kinds/table_entries.h"
#include "diagram/sketch_grid.h"

/* How much of each block is shown. */
typedef struct {
    guint holder, objects; /* roles */
    int padding;
    int gap; /* columns between a table and what is behind it */
} MlTableForm;

typedef struct {
    const MlTableEntries *entries;
    const MlTableForm *form;
    MlSketchGrid grid[ML_MAX_PARTS]; /* by part; the holder's holds its lines */
    gboolean has_buckets;
    gboolean has_index;
    gboolean ascii;
    int needed;  /* columns that it takes */
    int columns; /* that there are */
    guint n;     /* entries shown */
    int left;    /* of the table: after the labels */
    int x;       /* of the holder's first line of cells */
    int shift;   /* of a node further down its chain */
    int objects_x;
    int y[ML_WALK_HEAD * 2]; /* first line of each entry */
    int n_lines;
    MlCanvas *canvas;
} MlTableSketch;

/* Columns between the bars of a bucket, and of a slot of an index. */
#define ML_TABLE_BUCKET 5
#define ML_TABLE_INDEX 5
#define ML_TABLE_INDENT 3
#define ML_TABLE_LANE 2 /* columns from one arrow's way down to the next */

/**
 * ml_table_sketch_fit: show as much of as many entries as there is room for.
 * @sketch: its entries, has_buckets and has_index are set
 *
 * Returns: FALSE where @columns are too few.
 */
gboolean ml_table_sketch_fit(MlTableSketch *sketch, int columns);

/**
 * ml_table_sketch_lines: lines that an entry takes: one for each object behind it, one for an arrow
 * down to it; beside an index one for the slot, too.
 */
int ml_table_sketch_lines(const MlTableSketch *sketch, const MlTableEntry *entry);

/**
 * ml_table_sketch_link: the cell with the pointer to the next node; -1: there is none.
 */
int ml_table_sketch_link(const MlTableSketch *sketch, const MlTableEntry *entry);

/**
 * ml_table_sketch_x: the first column of an entry's cells.
 * ml_table_sketch_tip: the one before byte 0 of a block, from its first on: arrows end there.
 */
int ml_table_sketch_x(const MlTableSketch *sketch, const MlTableEntry *entry);
int ml_table_sketch_tip(const MlSketchGrid *grid, const GArray *cells);

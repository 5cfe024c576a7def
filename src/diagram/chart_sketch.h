/* Charts of bytes per element over n, in characters. */
#pragma once

#include "diagram/canvas.h"
#include "facts/series.h"

typedef struct {
    MlCanvas *canvas; /* owned */
    int x;            /* where the plot begins; its upper row is 0 */
    int columns, rows;
    double from, to; /* elements, at the plot's edges */
    double top;      /* bytes per element at its upper edge */
} MlChartSketch;

/**
 * ml_chart_sketch_init: an empty plot with its two axes; as ml_chart_init().
 * @columns: of the whole picture
 * @right_columns: kept free to the right of the plot
 * @ascii: axes in ASCII
 */
void ml_chart_sketch_init(MlChartSketch *sketch,
    guint64 from,
    guint64 to,
    double most,
    int columns,
    int right_columns,
    gboolean ascii);
void ml_chart_sketch_clear(MlChartSketch *sketch);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlChartSketch, ml_chart_sketch_clear)

/**
 * ml_chart_sketch_count: the n in the middle of a column of the plot, from 0.
 */
double ml_chart_sketch_count(const MlChartSketch *sketch, int column);

/**
 * ml_chart_sketch_row: how many rows of the plot, from below, so many bytes fill.
 */
int ml_chart_sketch_rows(const MlChartSketch *sketch, double bytes);

/**
 * ml_chart_sketch_put: a character in a column of the plot and in a row, from 0 below.
 */
void ml_chart_sketch_put(
    const MlChartSketch *sketch, int column, int row, const char *glyph, int style);

/**
 * ml_chart_sketch_mark: a character where so many bytes per element at n lie.
 */
void ml_chart_sketch_mark(
    const MlChartSketch *sketch, double n, double bytes, const char *glyph, int style);

/**
 * ml_chart_sketch_key: the entries of a key side by side; one that is wider than a line is wrapped.
 * @pieces: (element-type utf8): styled; a NULL is added
 *
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_chart_sketch_key(GPtrArray *pieces, int columns);

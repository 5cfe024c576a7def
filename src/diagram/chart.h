/* Charts of bytes per element over n: n on a logarithmic axis, bytes from 0. */
#pragma once

#include "diagram/scene.h"
#include "facts/series.h"

typedef struct {
    MlScene *scene;
    MlBox plot;
    double from, to; /* elements, at the plot's left and right edge */
    double top;      /* bytes per element at its upper edge */
    double step;     /* bytes from one grid line to the next */
} MlChart;

#define ML_CHART_DOT 8.0

/**
 * ml_chart_init: the plot between the margins.
 * @top: y of its upper edge
 * @from, @to: elements; where they are the same, the plot goes a little beyond
 * @most: the largest bytes per element
 * @right_room: px kept free to the right of the plot
 * @bottom: y at which the axis and its labels end
 */
void ml_chart_init(MlChart *chart,
    MlScene *scene,
    double top,
    guint64 from,
    guint64 to,
    double most,
    double right_room,
    double bottom);

double ml_chart_x(const MlChart *chart, double n);

/**
 * ml_chart_left, ml_chart_right: where a line begins and ends at point @i: at its n; one point
 * alone is a line through the whole plot.
 * @line: (element-type MlSeriesPoint)
 */
double ml_chart_left(const MlChart *chart, const GArray *line, guint i);
double ml_chart_right(const MlChart *chart, const GArray *line, guint i);
double ml_chart_y(const MlChart *chart, double bytes);

/**
 * ml_chart_grid: lines across, with their bytes on the left; to be drawn first.
 * ml_chart_axis: the axis of n below.
 */
void ml_chart_grid(const MlChart *chart);
void ml_chart_axis(const MlChart *chart);

/**
 * ml_chart_dot: something measured: a dot in a ring of the background.
 */
void ml_chart_dot(const MlChart *chart, double n, double bytes);

/**
 * ml_chart_mark: the same dot, anywhere in the picture.
 */
void ml_chart_mark(MlScene *scene, double x, double y);

/**
 * ml_chart_line: bytes over n along a line.
 * @points: (element-type MlSeriesPoint)
 * @bytes: what of a point
 */
void ml_chart_line(const MlChart *chart,
    const GArray *points,
    guint64 (*bytes)(const MlSeriesPoint *point),
    MlPen pen);

/**
 * ml_chart_measured: a dot for each point that was measured.
 */
void ml_chart_measured(const MlChart *chart, const MlSeries *series);

/* One entry of the key: how the line looks, and what it is. */
typedef struct {
    MlPen pen; /* without width: a dot */
    const char *words;
    const char *brief; /* (nullable): where there is too little room for all words */
} MlChartKey;

/**
 * ml_chart_head: title and subtitle, and the key: how to read the lines.  The key stands beside the
 * subtitle, or where there is no room, below it.
 * @title, @subtitle: (transfer none): wordings, longest first; NULL-terminated
 *
 * Returns: y at which the plot may begin.
 */
double ml_chart_head(MlScene *scene,
    const char *const *title,
    const char *const *subtitle,
    const MlChartKey *keys,
    guint n_keys);

/**
 * ml_chart_step: the distance of grid lines, a power of two of bytes, so that @most needs no more
 * than @n_lines.
 */
double ml_chart_step(double most, guint n_lines);

/**
 * ml_chart_figure: "0", "16", "0.25": a figure at a grid line.  Returns: (transfer full).
 */
char *ml_chart_figure(double bytes);

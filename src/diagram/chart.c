#include "diagram/chart.h"

#include <math.h>

#include "base/language.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define LEAST_LINES 2
#define MOST_LINES 6
#define LINES_APART 56 /* px between two grid lines, at least */
#define LABEL_GAP 20
#define TICK_LENGTH 10
#define LABEL_DROP 46
#define WORD_GAP 8
#define TICKS_APART 40 /* px between the labels of n, at least */
#define AXIS_ROOM 72   /* from the plot to what stands below its labels */
#define RING 3

/* --- measures --------------------------------------------------------------------------------- */

double
ml_chart_step(double most, guint n_lines)
{
    double step = 0.125;
    while (step * n_lines < most)
        step *= 2;
    return step;
}

char *
ml_chart_figure(double bytes)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (bytes == floor(bytes))
        return ml_wording_count((guint64)bytes);
    return g_strdup(g_ascii_formatd(text, sizeof text, "%g", bytes));
}

static char *
top_label(const MlChart *chart)
{
    g_autofree char *figure = ml_chart_figure(chart->top);
    return g_strconcat(figure, _(" B"), NULL);
}

static double
count_width(const MlChart *chart, double n)
{
    g_autofree char *label = ml_wording_count((guint64)n);
    return ml_metrics_width(chart->scene->metrics, label, ML_TYPE_SMALL);
}

void
ml_chart_init(MlChart *chart,
    MlScene *scene,
    double top,
    guint64 from,
    guint64 to,
    double most,
    double right_room,
    double bottom)
{
    *chart = (MlChart){ .scene = scene, .from = (double)from, .to = (double)to };
    if (from == to) {
        chart->from /= M_SQRT2;
        chart->to *= M_SQRT2;
    }
    double height = bottom - AXIS_ROOM - top;
    double lines = fmin(fmax(height / LINES_APART, LEAST_LINES), MOST_LINES);
    chart->step = ml_chart_step(most, (guint)lines);
    chart->top = fmax(ceil(most / chart->step), 1) * chart->step;
    g_autofree char *widest = top_label(chart);
    double labels = ml_metrics_width(scene->metrics, widest, ML_TYPE_SMALL);
    double first = count_width(chart, chart->from) / 2 + WORD_GAP +
                   ml_metrics_width(scene->metrics, _("n ="), ML_TYPE_SMALL);
    double x = ML_SCENE_MARGIN + fmax(labels + LABEL_GAP, first);
    double right = fmax(right_room, count_width(chart, chart->to) / 2);
    chart->plot = (MlBox){ x, top, scene->width - ML_SCENE_MARGIN - right - x, height };
}

double
ml_chart_x(const MlChart *chart, double n)
{
    double part = log(n / chart->from) / log(chart->to / chart->from);
    return chart->plot.x + part * chart->plot.w;
}

double
ml_chart_left(const MlChart *chart, const GArray *line, guint i)
{
    return line->len == 1 ? chart->plot.x
                          : ml_chart_x(chart, (double)g_array_index(line, MlSeriesPoint, i).n);
}

double
ml_chart_right(const MlChart *chart, const GArray *line, guint i)
{
    return line->len == 1 ? chart->plot.x + chart->plot.w : ml_chart_left(chart, line, i);
}

double
ml_chart_y(const MlChart *chart, double bytes)
{
    return chart->plot.y + chart->plot.h * (1 - bytes / chart->top);
}

/* --- frame ------------------------------------------------------------------------------------ */

void
ml_chart_grid(const MlChart *chart)
{
    MlOutline *grid = ml_outline_new();
    for (int i = 0; i * chart->step <= chart->top; i++) {
        double y = ml_chart_y(chart, i * chart->step);
        gboolean is_top = (i + 1) * chart->step > chart->top;
        g_autofree char *label = is_top ? top_label(chart) : ml_chart_figure(i * chart->step);
        MlPoint at = { chart->plot.x - LABEL_GAP, ml_label_baseline(y, ML_TYPE_SMALL) };
        ml_scene_text(chart->scene, at, ML_ANCHOR_END, ML_TYPE_SMALL, ML_INK_MUTED, label);
        ml_outline_move(grid, chart->plot.x, y);
        ml_outline_line(grid, chart->plot.x + chart->plot.w, y);
    }
    ml_scene_path(chart->scene, grid, (MlPen){ .ink = ML_INK_GRID, .width = 2 }, ML_INK_NONE);
}

/* Powers of which base have a label: of 10 where there are at least three, else of 2. */
static double
tick_base(const MlChart *chart)
{
    double powers = floor(log10(chart->to) + 1e-9) - ceil(log10(chart->from) - 1e-9) + 1;
    return powers >= 3 ? 10 : 2;
}

/* From one label to the next, in powers, so that they stand apart. */
static int
powers_apart(const MlChart *chart, double base)
{
    double one = chart->plot.w * log(base) / log(chart->to / chart->from);
    double room = count_width(chart, chart->to) + TICKS_APART;
    return (int)fmax(ceil(room / one), 1);
}

/* The figure under its tick; the first has "n =" before it. */
static void
label_count(const MlChart *chart, double n, gboolean is_first)
{
    g_autofree char *count = ml_wording_count((guint64)n);
    MlPoint at = { ml_chart_x(chart, n), chart->plot.y + chart->plot.h + LABEL_DROP };
    const MlItem *figure =
        ml_scene_text(chart->scene, at, ML_ANCHOR_MIDDLE, ML_TYPE_SMALL, ML_INK_MUTED, count);
    MlPoint before = { figure->box.x - WORD_GAP, at.y };
    if (is_first)
        ml_scene_text(chart->scene, before, ML_ANCHOR_END, ML_TYPE_SMALL, ML_INK_MUTED, _("n ="));
}

void
ml_chart_axis(const MlChart *chart)
{
    double bottom = chart->plot.y + chart->plot.h;
    double base = tick_base(chart);
    int apart = powers_apart(chart, base);
    int first = (int)ceil(log(chart->from) / log(base) - 1e-9);
    MlOutline *axis = ml_outline_new();
    ml_outline_move(axis, chart->plot.x, bottom);
    ml_outline_line(axis, chart->plot.x + chart->plot.w, bottom);
    for (int power = first; pow(base, power) <= chart->to * (1 + 1e-9); power++) {
        double n = pow(base, power);
        ml_outline_move(axis, ml_chart_x(chart, n), bottom);
        ml_outline_line(axis, ml_chart_x(chart, n), bottom + TICK_LENGTH);
        if ((power - first) % apart == 0)
            label_count(chart, n, power == first);
    }
    ml_scene_path(chart->scene, axis, (MlPen){ .ink = ML_INK_FAINT, .width = 2.5 }, ML_INK_NONE);
}

/* --- lines and dots --------------------------------------------------------------------------- */

void
ml_chart_mark(MlScene *scene, double x, double y)
{
    MlOutline *ring = ml_outline_new();
    MlOutline *dot = ml_outline_new();
    ml_outline_add_circle(ring, x, y, ML_CHART_DOT + RING);
    ml_outline_add_circle(dot, x, y, ML_CHART_DOT);
    ml_scene_path(scene, ring, (MlPen){ .ink = ML_INK_NONE }, ML_INK_BACKGROUND);
    ml_scene_path(scene, dot, (MlPen){ .ink = ML_INK_NONE }, ML_INK_TEXT);
}

void
ml_chart_dot(const MlChart *chart, double n, double bytes)
{
    ml_chart_mark(chart->scene, ml_chart_x(chart, n), ml_chart_y(chart, bytes));
}

void
ml_chart_line(const MlChart *chart,
    const GArray *points,
    guint64 (*bytes)(const MlSeriesPoint *point),
    MlPen pen)
{
    MlOutline *line = ml_outline_new();
    for (guint i = 0; i < points->len; i++) {
        const MlSeriesPoint *point = &g_array_index(points, MlSeriesPoint, i);
        double y = ml_chart_y(chart, (double)bytes(point) / (double)point->n);
        if (i == 0)
            ml_outline_move(line, ml_chart_left(chart, points, i), y);
        ml_outline_line(line, ml_chart_right(chart, points, i), y);
    }
    ml_scene_path(chart->scene, line, pen, ML_INK_NONE);
}

void
ml_chart_measured(const MlChart *chart, const MlSeries *series)
{
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        double n = (double)point->n;
        if (point->origin != ML_ORIGIN_MODEL)
            ml_chart_dot(chart, n, (double)ml_series_point_bytes(point) / n);
    }
}

#include "diagram/chart_sketch.h"

#include <math.h>
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "base/text.h"
#include "diagram/chart.h"
#include "render/figures.h"

enum {
    PLOT_ROWS = 16,
    GRID_LINES = 4,
    FRAME_ROWS = 2, /* axis and its labels */
    MIN_COLUMNS = 10,
    LABELS_APART = 2,
    KEY_INDENT = 2,
};

/* Labels on the left, each in the row that its bytes fill last. */
static void
draw_bytes(const MlChartSketch *sketch, double step)
{
    int width = sketch->x - 1;
    for (int i = 0; i * step <= sketch->top; i++) {
        gboolean is_top = (i + 1) * step > sketch->top;
        g_autofree char *figure = ml_chart_figure(i * step);
        g_auto(GStrv) groups = g_strsplit(figure, "\u202f", -1);
        g_autofree char *plain = g_strjoinv(" ", groups);
        g_autofree char *label = g_strconcat(plain, is_top ? _(" B") : "", NULL);
        int row = MAX(ml_chart_sketch_rows(sketch, i * step) - 1, 0);
        g_autofree char *padded = ml_text_pad(label, width, TRUE);
        ml_canvas_text(sketch->canvas, 0, sketch->rows - 1 - row, padded, ML_STYLE_DIM);
    }
}

static void
draw_counts(const MlChartSketch *sketch, gboolean ascii)
{
    int y = sketch->rows + 1;
    int free_from = 0;
    int first = (int)ceil(log10(sketch->from) - 1e-9);
    for (int power = first; pow(10, power) <= sketch->to * (1 + 1e-9); power++) {
        double part = log(pow(10, power) / sketch->from) / log(sketch->to / sketch->from);
        g_autofree char *count = ml_group_digits((guint64)llround(pow(10, power)), " ");
        g_autofree char *label = g_strconcat(power == first ? _("n = ") : "", count, NULL);
        int width = ml_text_width(label);
        int tick = sketch->x + (int)lround(part * (sketch->columns - 1));
        int x = tick - (power == first ? width - 1 - ml_text_width(count) / 2 : width / 2);
        x = CLAMP(x, 0, MAX(sketch->x + sketch->columns - width, 0));
        if (x < free_from)
            continue;
        ml_canvas_text(sketch->canvas, tick, y - 1, ascii ? "+" : "┴", ML_STYLE_DIM);
        ml_canvas_text(sketch->canvas, x, y, label, ML_STYLE_DIM);
        free_from = x + width + LABELS_APART;
    }
}

void
ml_chart_sketch_init(MlChartSketch *sketch,
    guint64 from,
    guint64 to,
    double most,
    int columns,
    int right_columns,
    gboolean ascii)
{
    double step = ml_chart_step(most, GRID_LINES);
    double top = fmax(ceil(most / step), 1) * step;
    g_autofree char *widest = ml_chart_figure(top);
    int labels = ml_text_width(widest) + 3;
    *sketch = (MlChartSketch){
        .x = labels + 1,
        .columns = MAX(columns - labels - 1 - right_columns, MIN_COLUMNS),
        .rows = PLOT_ROWS,
        .from = from < to ? (double)from : (double)from / M_SQRT2,
        .to = from < to ? (double)to : (double)to * M_SQRT2,
        .top = top,
        .canvas = ml_canvas_new(columns, PLOT_ROWS + FRAME_ROWS),
    };
    draw_bytes(sketch, step);
    for (int i = 0; i < sketch->columns; i++)
        ml_canvas_text(
            sketch->canvas, sketch->x + i, sketch->rows, ascii ? "-" : "─", ML_STYLE_DIM);
    draw_counts(sketch, ascii);
}

void
ml_chart_sketch_clear(MlChartSketch *sketch)
{
    g_clear_pointer(&sketch->canvas, ml_canvas_free);
}

double
ml_chart_sketch_count(const MlChartSketch *sketch, int column)
{
    double part = (double)column / MAX(sketch->columns - 1, 1);
    return sketch->from * pow(sketch->to / sketch->from, part);
}

int
ml_chart_sketch_rows(const MlChartSketch *sketch, double bytes)
{
    return (int)lround(bytes / sketch->top * sketch->rows);
}

void
ml_chart_sketch_put(const MlChartSketch *sketch, int column, int row, const char *glyph, int style)
{
    ml_canvas_text(sketch->canvas, sketch->x + column, sketch->rows - 1 - row, glyph, style);
}

void
ml_chart_sketch_mark(
    const MlChartSketch *sketch, double n, double bytes, const char *glyph, int style)
{
    double part = log(n / sketch->from) / log(sketch->to / sketch->from);
    int column = (int)lround(part * (sketch->columns - 1));
    int row = MAX(ml_chart_sketch_rows(sketch, bytes) - 1, 0);
    ml_chart_sketch_put(sketch, column, row, glyph, style);
}

char *
ml_chart_sketch_key(GPtrArray *pieces, int columns)
{
    g_ptr_array_add(pieces, NULL);
    g_autofree char *flow =
        ml_figure_flow((const char *const *)pieces->pdata, "   ", columns, KEY_INDENT);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(flow), "\n", -1);
    GString *key = g_string_new(NULL);
    for (guint i = 0; lines[i] != NULL; i++) {
        g_autofree char *wrapped = ml_text_wrap(lines[i], columns, KEY_INDENT);
        g_string_append_printf(key,
            "%s%s",
            ml_text_width(lines[i]) > columns ? wrapped : lines[i],
            ml_text_width(lines[i]) > columns ? "" : "\n");
    }
    return g_string_free(key, FALSE);
}

/* The saw-tooth in characters. */
#include "base/bar.h"
#include "base/language.h"
#include "diagram/chart_sketch.h"
#include "diagram/kinds/saw_tooth.h"
#include "diagram/kinds/series_view.h"

static void
draw_column(const MlChartSketch *sketch, const MlSeries *series, int column, gboolean ascii)
{
    MlSeriesPoint point = ml_series_at(series, ml_chart_sketch_count(sketch, column));
    double sum = 0;
    int row = 0;
    for (int role = 0; role < ML_N_ROLES; role++) {
        sum += (double)point.role_bytes[role] / (double)point.n;
        for (int end = ml_chart_sketch_rows(sketch, sum); row < end; row++)
            ml_chart_sketch_put(
                sketch, column, row, ml_bar_glyph((MlRole)role, ascii), ML_STYLE_ROLE + role);
    }
    int reserved =
        ml_chart_sketch_rows(sketch, (double)ml_series_reserved_bytes(&point) / (double)point.n);
    if (reserved > row)
        ml_chart_sketch_put(sketch, column, reserved - 1, "-", ML_STYLE_DIM);
}

static char *
key(const MlSeries *series, gboolean ascii, int columns)
{
    double bytes[ML_N_ROLES];
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    ml_series_average(series, bytes);
    for (int role = 0; role < ML_N_ROLES; role++) {
        g_autofree char *swatch = ml_bar((MlRole)role, 1, ascii);
        if (bytes[role] > 0)
            g_ptr_array_add(pieces, g_strconcat(swatch, " ", ml_role_label((MlRole)role), NULL));
    }
    if (ml_series_reserves(series))
        g_ptr_array_add(pieces, g_strdup(_("- reserved, not in RAM")));
    g_autofree char *how = ml_series_origin_words(series);
    if (ml_series_origin(series) != ML_ORIGIN_MODEL)
        g_ptr_array_add(pieces, g_strconcat(ascii ? "o " : "● ", how, NULL));
    return ml_chart_sketch_key(pieces, columns);
}

char *
ml_saw_tooth_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    const MlSeries *series = facts->series[0];
    const GArray *line = ml_series_line(series);
    g_auto(MlChartSketch) sketch = { 0 };
    ml_chart_sketch_init(&sketch,
        g_array_index(line, MlSeriesPoint, 0).n,
        g_array_index(line, MlSeriesPoint, line->len - 1).n,
        ml_series_most(series),
        columns,
        0,
        ascii);
    for (int column = 0; column < sketch.columns; column++)
        draw_column(&sketch, series, column, ascii);
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        double bytes = (double)ml_series_point_bytes(point) / (double)point->n;
        if (point->origin != ML_ORIGIN_MODEL)
            ml_chart_sketch_mark(
                &sketch, (double)point->n, bytes, ascii ? "o" : "●", ML_CANVAS_PLAIN);
    }
    g_autofree char *plain_title = ml_saw_tooth_title(series);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, plain_title);
    g_autofree char *picture = ml_canvas_to_text(sketch.canvas, ascii);
    g_autofree char *head = ml_text_wrap(title, columns, 0);
    g_autofree char *below = key(series, ascii, columns);
    return g_strconcat(head, "\n", picture, below, NULL);
}

#include "base/language.h"
#include "diagram/kinds/versus.h"

#include <math.h>

#include "base/text.h"
#include "diagram/chart_sketch.h"
#include "diagram/kinds/series_view.h"
#include "diagram/wording.h"

#define SAME 1.05 /* costs that differ by less are the same */

MlVersusRange
ml_versus_range(const MlDiagramFacts *facts)
{
    MlVersusRange range = { .from = G_MAXUINT64 };
    for (guint i = 0; i < facts->n_series; i++) {
        const GArray *line = ml_series_line(facts->series[i]);
        range.from = MIN(range.from, g_array_index(line, MlSeriesPoint, 0).n);
        range.to = MAX(range.to, g_array_index(line, MlSeriesPoint, line->len - 1).n);
        range.most = fmax(range.most, ml_series_most_held(facts->series[i]));
    }
    return range;
}

/* The mean of the model's line over log n. */
static double
mean(const MlSeries *series)
{
    double bytes[ML_N_ROLES];
    ml_series_average(series, bytes);
    return ml_sum_total(bytes);
}

/* The options of @series that @other does not have; empty: none. */
static char *
own_options(const MlSeries *series, const MlSeries *other)
{
    g_auto(GStrv) options = ml_series_options(series);
    g_auto(GStrv) others = ml_series_options(other);
    GString *own = g_string_new(NULL);
    for (guint i = 0; options[i] != NULL; i++)
        if (!g_strv_contains((const char *const *)others, options[i]))
            g_string_append_printf(own, "%s%s", own->len > 0 ? ", " : "", options[i]);
    return g_string_free(own, FALSE);
}

/* Two variants of one structure, told apart by their options. */
static char *
variants_title(const MlSeries *most, const MlSeries *least, const char *times)
{
    g_autofree char *name = ml_wording_a(most->title);
    g_autofree char *dear = own_options(most, least);
    g_autofree char *cheap = own_options(least, most);
    if (dear[0] == '\0')
        return g_strdup_printf(_("%s costs %s one with %s"), name, times, cheap);
    if (cheap[0] == '\0')
        return g_strdup_printf(_("%s with %s costs %s a plain one"), name, dear, times);
    return g_strdup_printf(_("%s with %s costs %s one with %s"), name, dear, times, cheap);
}

static char *
compare(const MlSeries *most, const MlSeries *least)
{
    double factor = ml_series_end(most) / ml_series_end(least);
    if (factor < SAME)
        return g_strdup(_("They cost the same per element"));
    g_autofree char *times = ml_wording_times(round(factor * 10) / 10);
    if (g_str_equal(most->title, least->title))
        return variants_title(most, least, times);
    g_autofree char *name = ml_wording_a(most->title);
    g_autofree char *other = ml_wording_a(least->title);
    other[0] = g_ascii_tolower(other[0]);
    return g_strdup_printf(_("%s costs %s %s"), name, times, other);
}

/* Of the dearest and the cheapest at the lines' right end, where the eye compares them. */
char *
ml_versus_title(const MlDiagramFacts *facts)
{
    const MlSeries *most = facts->series[0];
    const MlSeries *least = facts->series[0];
    for (guint i = 1; i < facts->n_series; i++) {
        if (ml_series_end(facts->series[i]) > ml_series_end(most))
            most = facts->series[i];
        if (ml_series_end(facts->series[i]) < ml_series_end(least))
            least = facts->series[i];
    }
    if (facts->n_series == 1) {
        g_autofree char *name = ml_wording_a(most->title);
        g_autofree char *words = ml_series_span_words(most);
        return g_strdup_printf(_("%s: %s per element"), name, words);
    }
    g_autofree char *comparison = compare(most, least);
    g_autofree char *n = ml_wording_count(ml_versus_range(facts).to);
    return g_strdup_printf(_("%s at n = %s"), comparison, n);
}

char *
ml_versus_origin(const MlDiagramFacts *facts)
{
    const MlSeries *worst = NULL;
    for (guint i = 0; i < facts->n_series; i++) {
        const MlSeries *series = facts->series[i];
        if (ml_series_origin(series) == ML_ORIGIN_MODEL)
            continue;
        if (worst == NULL || fabs(ml_series_worst(series)) > fabs(ml_series_worst(worst)))
            worst = series;
    }
    return worst != NULL ? ml_series_origin_words(worst) : NULL;
}

char *
ml_versus_describe(const MlDiagramFacts *facts)
{
    g_autofree char *title = ml_versus_title(facts);
    g_autofree char *setup = ml_series_setup(facts->series[0]);
    GString *words = g_string_new(NULL);
    g_string_printf(words, _("%s. Bytes per element: %s."), title, setup);
    for (guint i = 0; i < facts->n_series; i++) {
        const MlSeries *series = facts->series[i];
        g_autofree char *name = ml_series_title_words(series);
        g_autofree char *span = ml_series_span_words(series);
        g_autofree char *how = ml_series_origin_words(series);
        g_autofree char *average = ml_wording_amount(mean(series), 1);
        g_string_append_printf(
            words, _(" %s: %s, on average %s B (%s)."), name, span, average, how);
    }
    return g_string_free(words, FALSE);
}

/* --- in characters ---------------------------------------------------------------------------- */

static const char *const marks[] = { "●", "○", "◆", "◇", "▲", "△" };
static const char *const ascii_marks[] = { "o", "x", "*", "+", "#", "%" };

static const char *
mark(guint i, gboolean ascii)
{
    return (ascii ? ascii_marks : marks)[i % G_N_ELEMENTS(marks)];
}

/* The model as a trail of dots, its own mark where something was measured; of a model alone along
 * the whole line. */
static void
draw_line(const MlChartSketch *sketch, const MlSeries *series, const char *glyph, gboolean ascii)
{
    gboolean is_model = ml_series_origin(series) == ML_ORIGIN_MODEL;
    for (int column = 0; column < sketch->columns; column++) {
        double n = ml_chart_sketch_count(sketch, column);
        MlSeriesPoint point = ml_series_at(series, n);
        double bytes = (double)point.model_bytes / (double)point.n;
        ml_chart_sketch_mark(sketch,
            n,
            bytes,
            is_model ? glyph
            : ascii  ? "."
                     : "·",
            ML_CANVAS_PLAIN);
    }
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        double bytes = (double)ml_series_point_bytes(point) / (double)point->n;
        if (point->origin != ML_ORIGIN_MODEL)
            ml_chart_sketch_mark(sketch, (double)point->n, bytes, glyph, ML_CANVAS_PLAIN);
    }
}

static char *
key(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < facts->n_series; i++) {
        g_autofree char *name = ml_series_title_words(facts->series[i]);
        g_autofree char *span = ml_series_span_words(facts->series[i]);
        g_ptr_array_add(pieces, g_strdup_printf("%s %s %s", mark(i, ascii), name, span));
    }
    g_autofree char *how = ml_versus_origin(facts);
    if (how != NULL)
        g_ptr_array_add(pieces, g_strdup_printf(_("%s model; marks: %s"), ascii ? "." : "·", how));
    return ml_chart_sketch_key(pieces, columns);
}

char *
ml_versus_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    MlVersusRange range = ml_versus_range(facts);
    g_auto(MlChartSketch) sketch = { 0 };
    ml_chart_sketch_init(&sketch, range.from, range.to, range.most, columns, 0, ascii);
    for (guint i = facts->n_series; i-- > 0;)
        draw_line(&sketch, facts->series[i], mark(i, ascii), ascii);
    g_autofree char *plain_title = ml_versus_title(facts);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, plain_title);
    g_autofree char *head = ml_text_wrap(title, columns, 0);
    g_autofree char *picture = ml_canvas_to_text(sketch.canvas, ascii);
    g_autofree char *below = key(facts, ascii, columns);
    return g_strconcat(head, "\n", picture, below, NULL);
}

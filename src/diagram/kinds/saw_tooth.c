/* Bytes per element over n: areas by what the bytes are for, the model's line, measured dots. */
#include <math.h>
#include <string.h>

#include "base/language.h"
#include "diagram/caption.h"
#include "diagram/chart.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/kinds/saw_tooth.h"
#include "diagram/kinds/series_view.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define LEVEL 1e-6      /* px */
#define LEAST_PLOT 280  /* px for plot and axis */
#define LEGEND_RULE 182 /* px above the foot, as of LEGEND_MIDDLE */
#define LEGEND_MIDDLE 110

/* Of a build-up: the roles, one by one, then these. */
enum { STEP_MODEL = ML_STEP_FIRST + ML_N_ROLES, STEP_MEASURED };

/* --- areas ------------------------------------------------------------------------------------ */

/* Bytes per element of the roles up to and with @role. */
static double
stacked(const GArray *line, guint i, int role)
{
    const MlSeriesPoint *point = &g_array_index(line, MlSeriesPoint, i);
    guint64 bytes = 0;
    for (int r = 0; r <= role; r++)
        bytes += point->role_bytes[r];
    return (double)bytes / (double)point->n;
}

/* Draws on to (@x, @y); a level line is one line however many points lie on it. */
static void
draw_on(MlOutline *outline, double x, double y)
{
    guint n = outline->len;
    if (n == 0) {
        ml_outline_move(outline, x, y);
        return;
    }
    MlPoint last = ml_outline_seg(outline, n - 1)->to;
    gboolean is_level =
        n > 1 && fabs(last.y - y) < LEVEL && fabs(ml_outline_seg(outline, n - 2)->to.y - y) < LEVEL;
    if (last.x == x && last.y == y)
        return;
    if (is_level)
        g_array_set_size(outline, n - 1);
    ml_outline_line(outline, x, y);
}

/* Along the top to the right, and back along the top of what lies below; one point alone is a line
 * through the whole plot. */
static MlOutline *
band(const MlChart *chart, const GArray *line, int role)
{
    MlOutline *outline = ml_outline_new();
    for (guint i = 0; i < line->len; i++) {
        double y = ml_chart_y(chart, stacked(line, i, role));
        draw_on(outline, ml_chart_left(chart, line, i), y);
        draw_on(outline, ml_chart_right(chart, line, i), y);
    }
    for (guint i = line->len; i-- > 0;) {
        double y = ml_chart_y(chart, stacked(line, i, role - 1));
        draw_on(outline, ml_chart_right(chart, line, i), y);
        draw_on(outline, ml_chart_left(chart, line, i), y);
    }
    ml_outline_close(outline);
    return outline;
}

static gboolean
occurs(const GArray *line, int role)
{
    for (guint i = 0; i < line->len; i++)
        if (g_array_index(line, MlSeriesPoint, i).role_bytes[role] > 0)
            return TRUE;
    return FALSE;
}

static void
draw_areas(const MlChart *chart, const GArray *line)
{
    double byte_area = chart->plot.w * chart->plot.h / chart->top;
    guint step = ML_STEP_FIRST;
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!occurs(line, role))
            continue;
        g_autofree char *id = g_strdup_printf("area-%s", ml_role_id((MlRole)role));
        ml_scene_step(chart->scene, step++, ml_role_label((MlRole)role));
        ml_scene_group(chart->scene, id, ml_role_label((MlRole)role));
        ml_scene_area(chart->scene, band(chart, line, role), (MlRole)role, byte_area);
        ml_scene_group_end(chart->scene);
    }
}

/* --- the average ------------------------------------------------------------------------------ */

static void
set_sum(MlScene *scene, const MlSeries *series, MlCaptionSet set)
{
    double bytes[ML_N_ROLES];
    MlClaim claim = { .divisor = 1 };
    ml_series_average(series, bytes);
    ml_sum_round(bytes, &claim.sum);
    set(scene,
        &claim,
        ML_LADDER(
            _("per element, on average, model"), _("per element, on average"), _("on average")));
}

static void
draw_legend(MlScene *scene, const GArray *line)
{
    guint roles = 0;
    for (int role = 0; role < ML_N_ROLES; role++)
        roles |= occurs(line, role) ? 1u << role : 0;
    scene->step = ML_STEP_ALWAYS;
    ml_furniture_rule(scene, scene->height - LEGEND_RULE);
    ml_furniture_legend(scene, roles, ML_SCENE_MARGIN, scene->height - LEGEND_MIDDLE);
}

/* --- words ------------------------------------------------------------------------------------ */

/* Returns: y at which the plot may begin. */
static double
draw_head(MlScene *scene, const MlSeries *series)
{
    MlChartKey keys[3];
    guint n_keys = 0;
    keys[n_keys++] = (MlChartKey){ ML_SAW_TOOTH_MODEL, _("model"), NULL };
    if (ml_series_reserves(series))
        keys[n_keys++] =
            (MlChartKey){ ML_SAW_TOOTH_RESERVED, _("reserved, not in RAM"), _("reserved") };
    g_autofree char *how = ml_series_origin_words(series);
    if (ml_series_origin(series) != ML_ORIGIN_MODEL)
        keys[n_keys++] = (MlChartKey){ { 0 }, how, ml_origin_id(ml_series_origin(series)) };
    g_autofree char *title = ml_saw_tooth_title(series);
    g_autofree char *words = ml_series_title_words(series);
    g_autofree char *setup = ml_series_setup(series);
    g_autofree char *whole = g_strdup_printf("%s; %s", words, setup);
    g_autofree char *brief = g_strdup_printf("%s, %s", words, series->allocator);
    return ml_chart_head(scene,
        ML_LADDER(title, words, series->title),
        ML_LADDER(whole, brief, words),
        keys,
        n_keys);
}

static char *
describe(const MlDiagramFacts *facts)
{
    const MlSeries *series = facts->series[0];
    double bytes[ML_N_ROLES];
    MlSum sum;
    ml_series_average(series, bytes);
    ml_sum_round(bytes, &sum);
    g_autofree char *title = ml_saw_tooth_title(series);
    g_autofree char *name = ml_series_title_words(series);
    g_autofree char *setup = ml_series_setup(series);
    g_autofree char *how = ml_series_origin_words(series);
    g_autofree char *jumps = ml_saw_tooth_jumps(series);
    g_autofree char *total = ml_wording_amount(sum.printed_total, sum.decimals);
    GString *words = g_string_new(NULL);
    g_string_printf(
        words, _("%s. Bytes per element of the %s: %s; %s. %s"), title, name, setup, how, jumps);
    g_string_append_printf(words, _(" On average %s B"), total);
    ml_finding_add_terms(words, &sum);
    return g_string_free(words, FALSE);
}

/* --- the whole -------------------------------------------------------------------------------- */

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    const MlSeries *series = facts->series[0];
    const GArray *line = ml_series_line(series);
    guint64 from = g_array_index(line, MlSeriesPoint, 0).n;
    guint64 to = g_array_index(line, MlSeriesPoint, line->len - 1).n;
    MlChart chart;
    set_sum(scene, series, ml_caption_reserve);
    double top = draw_head(scene, series);
    double bottom = ml_caption_rule(scene);
    gboolean has_sum = bottom - top >= LEAST_PLOT; /* else what it is made of must do */
    if (!has_sum)
        bottom = scene->height - LEGEND_RULE;
    ml_chart_init(&chart, scene, top, from, to, ml_series_most(series), 0, bottom);
    scene->step = ML_STEP_ALWAYS;
    ml_chart_grid(&chart);
    draw_areas(&chart, line);
    ml_scene_step(scene, STEP_MODEL, _("the model"));
    if (ml_series_reserves(series))
        ml_chart_line(&chart, line, ml_series_reserved_bytes, ML_SAW_TOOTH_RESERVED);
    ml_chart_line(&chart, line, ml_series_model_bytes, ML_SAW_TOOTH_MODEL);
    scene->step = ML_STEP_ALWAYS;
    ml_chart_axis(&chart);
    ml_scene_step(scene, STEP_MEASURED, _("what was measured"));
    ml_chart_measured(&chart, series);
    if (has_sum)
        set_sum(scene, series, ml_caption_sum);
    else
        draw_legend(scene, line);
    return TRUE;
}

static const char *const examples[] = { "open-table", NULL };

const MlDiagramKind ml_diagram_kind_saw_tooth = {
    .name = "saw-tooth",
    .summary = "bytes per element as n grows, by what they are for: model and measured",
    .needs = ML_NEEDS_SERIES,
    .is_single = TRUE,
    .range = { .to = 1000000, .decades = 2, .measured = 15 },
    .examples = examples,
    .layout = layout,
    .describe = describe,
    .terminal = ml_saw_tooth_terminal,
};

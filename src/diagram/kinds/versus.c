/* Several structures over n: a line each, which is no role and has no role's colour. */
#include <math.h>
#include <string.h>

#include "base/language.h"
#include "diagram/chart.h"
#include "diagram/furniture.h"
#include "diagram/kinds/series_view.h"
#include "diagram/kinds/versus.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define FOOT 62      /* from the axis labels to the picture's edge */
#define NAME_RISE 11 /* of a name's middle, above that of the two lines of its label */
#define WORDS_DROP 29
#define LABEL_HEIGHT 76 /* name and figures */
#define NAME_HEIGHT 42  /* the name alone */
#define NAME_TYPE ((MlType){ .size = 30, .weight = ML_WEIGHT_SEMIBOLD })
#define LABEL_GAP 26
#define LEADER_GAP 6
#define LABEL_PART 0.32 /* of the scene's width, at most */

static const MlPen pens[] = {
    { .ink = ML_INK_TEXT, .width = 5 },
    { .ink = ML_INK_TEXT, .width = 4, .dashed = TRUE },
    { .ink = ML_INK_FAINT, .width = 5 },
    { .ink = ML_INK_FAINT, .width = 4, .dashed = TRUE },
    { .ink = ML_INK_TEXT, .width = 2.5 },
    { .ink = ML_INK_TEXT, .width = 2.5, .dashed = TRUE },
};

/* What stands at a line's end. */
typedef struct {
    const MlSeries *series;
    guint number; /* of its pen */
    char *name;
    char *words;
    gboolean is_brief; /* the name alone */
    double line_y;
    double y; /* of the label's middle */
} Label;

static void
clear_label(gpointer data)
{
    Label *label = data;
    g_free(label->name);
    g_free(label->words);
}

/* --- labels ----------------------------------------------------------------------------------- */

static int
compare_ends(gconstpointer a, gconstpointer b)
{
    double x = ml_series_end(((const Label *)a)->series);
    double y = ml_series_end(((const Label *)b)->series);
    return (x < y) - (x > y);
}

/* From the dearest down. */
static GArray *
make_labels(MlScene *scene, const MlDiagramFacts *facts, double *ret_width)
{
    GArray *labels = g_array_new(FALSE, TRUE, sizeof(Label));
    g_array_set_clear_func(labels, clear_label);
    *ret_width = 0;
    for (guint i = 0; i < facts->n_series; i++) {
        const MlSeries *series = facts->series[i];
        g_autofree char *whole = ml_series_title_words(series);
        double most = scene->width * LABEL_PART;
        gboolean fits = ml_metrics_width(scene->metrics, whole, NAME_TYPE) <= most;
        Label label = { .series = series, .number = i, .words = ml_series_span_words(series) };
        label.name = g_strdup(fits ? whole : series->title);
        *ret_width = fmax(*ret_width, ml_metrics_width(scene->metrics, label.name, NAME_TYPE));
        *ret_width = fmax(*ret_width, ml_metrics_width(scene->metrics, label.words, ML_TYPE_SMALL));
        g_array_append_val(labels, label);
    }
    g_array_sort(labels, compare_ends);
    return labels;
}

/* Each beside its line's end where there is room; else it moves down, and all that no longer fit
 * move up again from below.  Where they do not fit at all, names stand alone. */
static void
place_labels(const MlChart *chart, GArray *labels)
{
    gboolean is_brief = (labels->len - 1) * LABEL_HEIGHT > chart->plot.h - WORDS_DROP;
    double height = is_brief ? NAME_HEIGHT : LABEL_HEIGHT;
    double lowest = chart->plot.y + chart->plot.h - WORDS_DROP;
    double free_from = -INFINITY;
    for (guint i = 0; i < labels->len; i++) {
        Label *label = &g_array_index(labels, Label, i);
        label->is_brief = is_brief;
        label->line_y = ml_chart_y(chart, ml_series_end(label->series));
        label->y = fmax(label->line_y, free_from);
        free_from = label->y + height;
    }
    for (guint i = labels->len; i-- > 0;) {
        Label *label = &g_array_index(labels, Label, i);
        label->y = fmin(label->y, lowest);
        lowest = label->y - height;
    }
}

static void
draw_label(const MlChart *chart, const Label *label)
{
    MlScene *scene = chart->scene;
    double right = chart->plot.x + chart->plot.w;
    double x = right + LABEL_GAP;
    scene->step = ML_STEP_FIRST + label->number;
    if (fabs(label->y - label->line_y) > 1) {
        MlOutline *leader = ml_outline_new();
        ml_outline_move(leader, right + LEADER_GAP, label->line_y);
        ml_outline_line(leader, x - LEADER_GAP, label->y);
        ml_scene_path(scene, leader, (MlPen){ .ink = ML_INK_FAINT, .width = 2 }, ML_INK_NONE);
    }
    ml_scene_text(scene,
        (MlPoint){ x, ml_label_baseline(label->y - (label->is_brief ? 0 : NAME_RISE), NAME_TYPE) },
        ML_ANCHOR_START,
        NAME_TYPE,
        ML_INK_TEXT,
        label->name);
    if (label->is_brief)
        return;
    ml_scene_text(scene,
        (MlPoint){ x, label->y + WORDS_DROP },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        label->words);
}

/* --- the whole -------------------------------------------------------------------------------- */

/* Returns: y at which the plot may begin. */
static double
draw_head(MlScene *scene, const MlDiagramFacts *facts)
{
    MlChartKey keys[2] = { { { .ink = ML_INK_MUTED, .width = 4 }, _("model"), NULL } };
    guint n_keys = 1;
    g_autofree char *how = ml_versus_origin(facts);
    if (how != NULL)
        keys[n_keys++] = (MlChartKey){ { 0 }, how, _("measured") };
    g_autofree char *title = ml_versus_title(facts);
    g_autofree char *setup =
        g_strdup_printf(_("bytes per element as n grows, %s"), facts->series[0]->allocator);
    return ml_chart_head(scene,
        ML_LADDER(title, _("Bytes per element as n grows"), _("Bytes per element")),
        ML_LADDER(setup, _("bytes per element"), _("B/element")),
        keys,
        n_keys);
}

static void
draw_lines(const MlChart *chart, const MlDiagramFacts *facts)
{
    for (guint i = 0; i < facts->n_series; i++) {
        const MlSeries *series = facts->series[i];
        g_autofree char *id = g_strdup_printf("line-%u", i);
        g_autofree char *name = ml_series_title_words(series);
        ml_scene_step(chart->scene, ML_STEP_FIRST + i, name);
        ml_scene_group(chart->scene, id, name);
        ml_chart_line(chart, ml_series_line(series), ml_series_model_bytes, pens[i]);
        ml_chart_measured(chart, series);
        ml_scene_group_end(chart->scene);
    }
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    MlVersusRange range = ml_versus_range(facts);
    double width;
    g_autoptr(GArray) labels = make_labels(scene, facts, &width);
    MlChart chart;
    double top = draw_head(scene, facts);
    ml_chart_init(&chart,
        scene,
        top,
        range.from,
        range.to,
        range.most,
        width + LABEL_GAP,
        scene->height - FOOT);
    scene->step = ML_STEP_ALWAYS;
    ml_chart_grid(&chart);
    draw_lines(&chart, facts);
    scene->step = ML_STEP_ALWAYS;
    ml_chart_axis(&chart);
    place_labels(&chart, labels);
    for (guint i = 0; i < labels->len; i++)
        draw_label(&chart, &g_array_index(labels, Label, i));
    return TRUE;
}

/* As many lines as can be told apart. */
static guint
most(double width, double height)
{
    return G_N_ELEMENTS(pens);
}

static const char *const examples[] = {
    "compact-dict:values=boxed",
    "open-table",
    "boxed-array",
    "packed-array",
    NULL,
};

const MlDiagramKind ml_diagram_kind_versus = {
    .name = "versus",
    .summary = "bytes per element of several structures as n grows, a line each",
    .needs = ML_NEEDS_SERIES,
    .range = { .to = 1000000, .decades = 2, .measured = 9 },
    .examples = examples,
    .most = most,
    .layout = layout,
    .describe = ml_versus_describe,
    .terminal = ml_versus_terminal,
};

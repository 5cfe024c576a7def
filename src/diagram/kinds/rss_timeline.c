/* A column a step: what the process holds after it, its change, and the peak within. */
#include "diagram/kinds/rss_timeline.h"

#include <math.h>
#include <string.h>

#include "base/language.h"
#include "diagram/chart.h"
#include "diagram/furniture.h"
#include "diagram/kinds/rss_timeline_foot.h"
#include "diagram/label.h"
#include "diagram/lines.h"
#include "diagram/wording.h"

#define PLOT_TOP 240
#define PLOT_TOP_LOW 222
#define TALL 900        /* px of a scene in which things need not be crowded */
#define LINES_APART 100 /* px between two grid lines, at least */
#define AXIS_GAP 20
#define PITCH_LEAST 92
#define AXIS_ROOM 150    /* px that the axis takes at most, with its labels */
#define COLUMN_PART 0.92 /* of the pitch */
#define COLUMN_MOST 200.0
#define CAP 6
#define CHANGE_GAP 16
#define PEAK_PEN 2.5
#define LABEL_DROP 36
#define LABEL_PITCH 34
#define LABEL_LINES 3
#define FOOT_GAP 20
#define AIR 5   /* px around a figure */
#define SEEN 3  /* px from which on what is free and held is drawn */
#define LINE 40 /* px of a line of text in a column */

typedef struct {
    MlScene *scene;
    const MlTimeline *timeline;
    MlBox plot;
    double pitch;
    double byte_height; /* px of one byte */
    double step;        /* from one grid line to the next, in units */
    guint n_lines;
    MlType change_type;
    GPtrArray *labels; /* (element-type GPtrArray): the lines of each */
} Chart;

/* --- measures --------------------------------------------------------------------------------- */

static char *
axis_label(const Chart *chart, guint i)
{
    g_autofree char *amount = ml_wording_count((guint64)(i * chart->step));
    gboolean is_top = i == chart->n_lines;
    return g_strconcat(
        amount, is_top ? " " : "", is_top ? ml_timeline_unit(chart->timeline).name : "", NULL);
}

static double
column_width(const Chart *chart)
{
    return fmin(floor(chart->pitch * COLUMN_PART), COLUMN_MOST);
}

static double
column_x(const Chart *chart, guint i)
{
    return floor(chart->plot.x + (i + 0.5) * chart->pitch - column_width(chart) / 2);
}

static double
level_y(const Chart *chart, double bytes)
{
    return chart->plot.y + chart->plot.h - bytes * chart->byte_height;
}

static guint
wrap_labels(Chart *chart)
{
    guint most = 1;
    chart->labels = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < chart->timeline->steps->len; i++) {
        g_autofree char *label = ml_timeline_label(chart->timeline, i);
        GPtrArray *lines = ml_lines_wrap(
            chart->scene->metrics, label, ML_TYPE_FIELD, column_width(chart), LABEL_LINES);
        most = MAX(most, lines->len);
        g_ptr_array_add(chart->labels, lines);
    }
    return most;
}

/* The larger type, if all changes have room in it. */
static MlType
change_type(const Chart *chart)
{
    static const MlType large = { .size = 36, .weight = ML_WEIGHT_BOLD };
    for (guint i = 0; i < chart->timeline->steps->len; i++) {
        g_autofree char *change = ml_timeline_change(chart->timeline, i);
        if (ml_metrics_width(chart->scene->metrics, change, large) > column_width(chart))
            return ML_TYPE_FIELD;
    }
    return large;
}

static void
measure(Chart *chart)
{
    MlScene *scene = chart->scene;
    double units =
        (double)ml_timeline_peak(chart->timeline) / ml_timeline_unit(chart->timeline).bytes;
    double bottom = ml_timeline_foot_rule(scene) - FOOT_GAP;
    double top = scene->height < TALL ? PLOT_TOP_LOW : PLOT_TOP;
    double guessed = bottom - top - LABEL_DROP - LABEL_LINES * LABEL_PITCH;
    chart->step = ml_timeline_axis(chart->timeline, (guint)fmax(guessed / LINES_APART, 2));
    chart->n_lines = (guint)fmax(ceil(units / chart->step), 1);
    g_autofree char *widest = axis_label(chart, chart->n_lines);
    double labels = ml_metrics_width(scene->metrics, widest, ML_TYPE_SMALL);
    double x = ML_SCENE_MARGIN + ceil(labels) + AXIS_GAP;
    guint n = chart->timeline->steps->len;
    chart->plot = (MlBox){ x, top, scene->width - ML_SCENE_MARGIN - x, 0 };
    chart->pitch = chart->plot.w / n;
    guint lines = wrap_labels(chart);
    double axis = bottom - LABEL_DROP - (lines - 1) * LABEL_PITCH;
    chart->plot.h = floor(axis - top);
    chart->byte_height =
        chart->plot.h / (chart->n_lines * chart->step * ml_timeline_unit(chart->timeline).bytes);
    chart->change_type = change_type(chart);
}

/* --- frame ------------------------------------------------------------------------------------ */

static void
draw_grid(const Chart *chart)
{
    MlOutline *grid = ml_outline_new();
    double unit = ml_timeline_unit(chart->timeline).bytes;
    for (guint i = 0; i <= chart->n_lines; i++) {
        double y = level_y(chart, i * chart->step * unit);
        g_autofree char *label = axis_label(chart, i);
        MlPoint at = { chart->plot.x - AXIS_GAP, ml_label_baseline(y, ML_TYPE_SMALL) };
        ml_scene_text(chart->scene, at, ML_ANCHOR_END, ML_TYPE_SMALL, ML_INK_MUTED, label);
        ml_outline_move(grid, chart->plot.x, y);
        ml_outline_line(grid, chart->plot.x + chart->plot.w, y);
    }
    ml_scene_path(chart->scene, grid, (MlPen){ .ink = ML_INK_GRID, .width = 2 }, ML_INK_NONE);
}

static void
draw_axis(const Chart *chart)
{
    MlOutline *axis = ml_outline_new();
    double y = chart->plot.y + chart->plot.h;
    ml_outline_move(axis, chart->plot.x, y);
    ml_outline_line(axis, chart->plot.x + chart->plot.w, y);
    ml_scene_path(chart->scene, axis, (MlPen){ .ink = ML_INK_FAINT, .width = 2.5 }, ML_INK_NONE);
}

/* Whether a grid line runs through a text there. */
static gboolean
is_crossed(const Chart *chart, MlBox box)
{
    double unit = ml_timeline_unit(chart->timeline).bytes;
    for (guint i = 0; i <= chart->n_lines; i++) {
        double y = level_y(chart, i * chart->step * unit);
        if (y > box.y && y < box.y + box.h)
            return TRUE;
    }
    return FALSE;
}

/* A figure above a column; no grid line runs through it. */
static void
draw_figure(const Chart *chart, MlPoint at, MlType type, MlInk ink, const char *figure)
{
    MlExtent extent = ml_metrics_extent(chart->scene->metrics, figure, type);
    MlBox box = { at.x - extent.width / 2 - AIR,
        at.y - extent.above - AIR,
        extent.width + 2 * AIR,
        extent.above + extent.below + 2 * AIR };
    if (is_crossed(chart, box))
        ml_scene_rect(chart->scene, box, (MlPen){ .ink = ML_INK_NONE }, ML_INK_BACKGROUND);
    ml_scene_text(chart->scene, at, ML_ANCHOR_MIDDLE, type, ink, figure);
}

/* --- columns ---------------------------------------------------------------------------------- */

static gboolean
shows_held(const Chart *chart, const MlTimelineStep *step)
{
    return (double)step->held_bytes * chart->byte_height >= SEEN;
}

/* What is free and held, at the top of the column: its area is its bytes. */
static void
draw_held(const Chart *chart, const MlTimelineStep *step, MlBox box)
{
    MlOutline *outline = ml_outline_new();
    ml_outline_move(outline, box.x, box.y);
    ml_outline_line(outline, box.x + box.w, box.y);
    ml_outline_line(outline, box.x + box.w, box.y + box.h);
    ml_outline_line(outline, box.x, box.y + box.h);
    ml_outline_close(outline);
    ml_scene_area(chart->scene, outline, ML_ROLE_ALLOCATOR, box.w * chart->byte_height);
    g_autofree char *amount = ml_timeline_amount(chart->timeline, step->held_bytes);
    double middle = box.y + (box.h + CAP) / 2;
    gboolean has_two = box.h >= 3 * LINE;
    const char *const *words[] = { ML_LADDER(_("free, held"), _("held")), ML_LADDER(amount) };
    for (guint i = 0; i < (has_two ? 2u : 1u) && box.h >= LINE + CAP; i++) {
        double y = has_two ? middle + (i - 0.5) * LINE : middle;
        MlPoint at = { box.x + box.w / 2, ml_label_baseline(y, ML_TYPE_FIELD) };
        ml_label(chart->scene,
            at,
            ML_ANCHOR_MIDDLE,
            ML_TYPE_FIELD,
            ml_ink_of(ML_INK_ON, ML_ROLE_ALLOCATOR),
            box.w,
            words[i]);
    }
}

/* Returns: y of its upper edge. */
static double
draw_peak(const Chart *chart, guint i, MlBox column)
{
    const MlTimelineStep *step = ml_timeline_step(chart->timeline, i);
    double top = level_y(chart, (double)step->peak_bytes);
    MlBox box = { column.x, top, column.w, column.y - top };
    MlPen pen = { .ink = ML_INK_MUTED, .width = PEAK_PEN, .dashed = TRUE };
    ml_scene_rect(chart->scene, ml_box_inset(box, PEAK_PEN / 2), pen, ML_INK_NONE);
    g_autofree char *above = ml_timeline_above(chart->timeline, i);
    g_autofree char *words = g_strconcat(_("peak "), above, NULL);
    double room = box.w - 2 * (AIR + PEAK_PEN);
    gboolean is_long = ml_metrics_width(chart->scene->metrics, words, ML_TYPE_FIELD) > room;
    const char *shown = is_long ? above : words;
    MlPoint at = { box.x + box.w / 2, ml_label_baseline(top + box.h / 2, ML_TYPE_FIELD) };
    if (box.h >= LINE && ml_metrics_width(chart->scene->metrics, shown, ML_TYPE_FIELD) <= room)
        draw_figure(chart, at, ML_TYPE_FIELD, ML_INK_MUTED, shown);
    return top;
}

static void
draw_label(const Chart *chart, guint i, double middle)
{
    const GPtrArray *lines = g_ptr_array_index(chart->labels, i);
    double y = chart->plot.y + chart->plot.h + LABEL_DROP;
    for (guint k = 0; k < lines->len; k++)
        ml_scene_text(chart->scene,
            (MlPoint){ middle, y + k * LABEL_PITCH },
            ML_ANCHOR_MIDDLE,
            ML_TYPE_FIELD,
            ML_INK_TEXT,
            g_ptr_array_index(lines, k));
}

static void
draw_column(const Chart *chart, guint i)
{
    const MlTimelineStep *step = ml_timeline_step(chart->timeline, i);
    double y = level_y(chart, (double)step->rss_bytes);
    MlBox box = { column_x(chart, i), y, column_width(chart), chart->plot.y + chart->plot.h - y };
    MlBox held = box;
    double top = y;
    held.h = (double)step->held_bytes * chart->byte_height;
    MlPen none = { .ink = ML_INK_NONE };
    MlBox live = { box.x, y, box.w, box.h };
    if (shows_held(chart, step)) {
        live.y += held.h;
        live.h -= held.h;
    }
    if (live.h > 0)
        ml_scene_rect(chart->scene, live, none, ML_INK_GRID);
    if (shows_held(chart, step))
        draw_held(chart, step, held);
    if (ml_timeline_shows_peak(chart->timeline, i))
        top = draw_peak(chart, i, box);
    MlBox cap = { box.x, y - CAP / 2.0, box.w, CAP };
    ml_scene_rect(chart->scene, cap, none, ML_INK_TEXT);
    g_autofree char *change = ml_timeline_change(chart->timeline, i);
    draw_figure(chart,
        (MlPoint){ box.x + box.w / 2, top - CHANGE_GAP },
        chart->change_type,
        ML_INK_TEXT,
        change);
    draw_label(chart, i, box.x + box.w / 2);
}

static void
draw_step(const Chart *chart, guint i)
{
    g_autofree char *id = g_strdup_printf("step-%u", i);
    g_autofree char *label = ml_timeline_label(chart->timeline, i);
    g_autofree char *level =
        ml_timeline_amount(chart->timeline, ml_timeline_step(chart->timeline, i)->rss_bytes);
    g_autofree char *title =
        g_strdup_printf("%s: %s %s", label, level, ml_timeline_unit(chart->timeline).name);
    ml_scene_step(chart->scene, ML_STEP_FIRST + i, label);
    ml_scene_group(chart->scene, id, title);
    draw_column(chart, i);
    ml_scene_group_end(chart->scene);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
draw_head(const Chart *chart)
{
    g_autofree char *finding = ml_timeline_finding(chart->timeline);
    g_autofree char *setup = ml_timeline_setup(chart->timeline);
    g_autofree char *whole = g_strdup_printf(
        _("private pages in RAM (RSS) after each step, and the peak within it; %s"), setup);
    g_autofree char *brief = g_strdup_printf(_("RSS after each step; %s"), setup);
    ml_furniture_head(
        chart->scene, ML_LADDER(finding, ML_TIMELINE_TITLE), ML_LADDER(whole, brief, setup), 0);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    Chart chart = { .scene = scene, .timeline = facts->timeline };
    MlTimelineFoot foot = { .timeline = facts->timeline };
    measure(&chart);
    draw_head(&chart);
    ml_scene_step(scene, ML_STEP_ALWAYS, NULL);
    draw_grid(&chart);
    for (guint i = 0; i < chart.timeline->steps->len; i++) {
        draw_step(&chart, i);
        foot.has_held = foot.has_held || shows_held(&chart, ml_timeline_step(chart.timeline, i));
        foot.has_peak = foot.has_peak || ml_timeline_shows_peak(chart.timeline, i);
    }
    draw_axis(&chart);
    ml_timeline_foot_draw(scene, &foot);
    g_ptr_array_unref(chart.labels);
    return TRUE;
}

/* Each is built and freed; before and after that there are two steps more. */
static guint
most(double width, double height)
{
    guint steps = (guint)((width - 2 * ML_SCENE_MARGIN - AXIS_ROOM) / PITCH_LEAST);
    return steps / 2 - 1;
}

static const char *const examples[] = { "boxed-array", "open-table", "linked-list", NULL };

const MlDiagramKind ml_diagram_kind_rss_timeline = {
    .name = "rss-timeline",
    .summary = "what one process holds as structures are built and freed, step by step",
    .needs = ML_NEEDS_TIMELINE,
    .examples = examples,
    .most = most,
    .layout = layout,
    .describe = ml_timeline_describe,
    .terminal = ml_timeline_terminal,
};

/* The moments at which a structure takes more room: a bar of its blocks at each, to scale. */
#include "diagram/kinds/growth.h"

#include <math.h>

#include "base/language.h"
#include "diagram/caption.h"
#include "diagram/furniture.h"
#include "diagram/kinds/series_view.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define ROWS_TOP 216
#define PITCH 126.0
#define LEAST_PITCH 84.0   /* in a low room: as high as the words beside a bar */
#define BAR_PART (2.0 / 3) /* of the pitch; the rest is for what goes over to the next */
#define LEAST_AIR 8        /* between the last bar and the rule */
#define MOST_ROWS 5
#define LABEL_GAP 24
#define COUNT_GAP 28
#define LABEL_PART 0.36 /* of the scene's width, at most */
#define NAME_RISE 6
#define WORDS_DROP 30
#define MIN_CELL 2
#define NOTHING 0.005  /* bytes that no sum shows */
#define SPLIT_FROM 26  /* px of an element's cell, from which each is drawn by itself */
#define MAX_SPLIT 64   /* elements */
#define WHOLE_BELOW 50 /* elements; from here on the sum is one per element */
#define MOVE_INSET 4
#define MOVE_HEAD 9

typedef struct {
    MlScene *scene;
    const GArray *rows;
    double x, y;          /* of the first bar */
    double pitch, height; /* of bars */
    gboolean is_brief;
    gboolean splits;    /* each element is drawn by itself */
    double field_bytes; /* malloc's, before a block */
} Growth;

/* --- measures --------------------------------------------------------------------------------- */

/* In a narrow picture figures stand alone. */
static char *
capacity_words(const Growth *growth, const MlGrowthRow *row)
{
    g_autofree char *capacity = ml_wording_count(row->capacity);
    return g_strconcat(growth->is_brief ? "" : _("capacity "), capacity, NULL);
}

static char *
count_words(const Growth *growth, const MlGrowthRow *row)
{
    g_autofree char *count = ml_wording_count(row->n);
    return g_strconcat(growth->is_brief ? "" : _("n = "), count, NULL);
}

static char *
bytes_words(const Growth *growth, const MlGrowthRow *row)
{
    return growth->is_brief ? ml_growth_brief(row) : ml_growth_words(row);
}

static double
label_width(const Growth *growth, const MlGrowthRow *row)
{
    g_autofree char *capacity = capacity_words(growth, row);
    g_autofree char *words = bytes_words(growth, row);
    double width = ml_metrics_width(growth->scene->metrics, capacity, ML_TYPE_ROW_NAME);
    return fmax(width, ml_metrics_width(growth->scene->metrics, words, ML_TYPE_SMALL));
}

static double
widest_label(const Growth *growth)
{
    double width = 0;
    for (guint i = 0; i < growth->rows->len; i++)
        width = fmax(width, label_width(growth, ml_growth_row(growth->rows, i)));
    return width;
}

/* Only what has the same bytes for each element can be drawn element by element. */
static gboolean
is_plain(const MlGrowthRow *row)
{
    double others = row->total - row->bytes[ML_ROLE_DATA] - row->bytes[ML_ROLE_UNUSED] -
                    row->bytes[ML_ROLE_ALLOCATOR];
    double element = row->bytes[ML_ROLE_DATA] / (double)row->n;
    double spare = (double)(row->capacity - row->n) * element;
    return others <= 0 && fabs(row->bytes[ML_ROLE_UNUSED] - spare) < 0.5;
}

static void
measure(Growth *growth)
{
    MlScene *scene = growth->scene;
    double counts = 0;
    growth->is_brief = widest_label(growth) > scene->width * LABEL_PART;
    for (guint i = 0; i < growth->rows->len; i++) {
        g_autofree char *count = count_words(growth, ml_growth_row(growth->rows, i));
        counts = fmax(counts, ml_metrics_width(scene->metrics, count, ML_TYPE_ROW_NAME));
    }
    growth->x = ceil(ML_SCENE_MARGIN + counts + COUNT_GAP);
    growth->splits = TRUE;
    double width = INFINITY;
    for (guint i = 0; i < growth->rows->len; i++) {
        const MlGrowthRow *row = ml_growth_row(growth->rows, i);
        double right = scene->width - ML_SCENE_MARGIN - LABEL_GAP - label_width(growth, row);
        width = fmin(width, (right - growth->x) / (row->total + row->absent));
        growth->splits = growth->splits && is_plain(row) && row->capacity <= MAX_SPLIT;
    }
    scene->byte_width = width >= 1 ? fmin(floor(width), 12) : width;
    const MlGrowthRow *last = ml_growth_row(growth->rows, growth->rows->len - 1);
    double element = last->bytes[ML_ROLE_DATA] / (double)last->n;
    growth->splits = growth->splits && element * scene->byte_width >= SPLIT_FROM;
    double room = ml_caption_rule(scene) - ROWS_TOP;
    growth->y = ROWS_TOP + fmax(room - growth->rows->len * growth->pitch, 0) / 2;
    growth->y = fmin(growth->y, ml_caption_rule(scene) - growth->height - LEAST_AIR);
}

/* --- bars ------------------------------------------------------------------------------------- */

static const MlItem *
draw_cell(const Growth *growth, double x, double y, MlCell cell)
{
    double width = cell.bytes * growth->scene->byte_width;
    cell.is_least = width < MIN_CELL;
    cell.element = -1;
    return ml_scene_cell(
        growth->scene, (MlBox){ x, y, fmax(width, MIN_CELL), growth->height }, &cell);
}

/* Elements or free places one by one.  Returns: x of the end. */
static double
draw_each(const Growth *growth, double x, double y, MlCell cell, guint64 n)
{
    g_autofree char *longest = ml_wording_count(n - 1);
    double width = cell.bytes / (double)n * growth->scene->byte_width;
    gboolean is_numbered =
        cell.role == ML_ROLE_DATA &&
        ml_metrics_width(growth->scene->metrics, longest, ML_TYPE_CELL_DATA) <= width - 8;
    cell.bytes /= (double)n;
    for (guint64 i = 0; i < n; i++) {
        const MlItem *item = draw_cell(growth, x, y, cell);
        g_autofree char *value = ml_wording_count(i);
        if (is_numbered)
            ml_label_cell(growth->scene, item, 0, ML_TYPE_CELL_DATA, ML_LADDER(value));
        x += item->box.w;
    }
    return x;
}

/* What the sum is of: all the bytes, or those of one element. */
static double
divisor(const MlGrowthRow *row)
{
    return row->n < WHOLE_BELOW ? 1 : (double)row->n;
}

/* What is drawn of a role, and counted: 0 where it would neither be seen nor change the sum. */
static double
drawn_bytes(const Growth *growth, const MlGrowthRow *row, int role)
{
    double bytes = row->bytes[role];
    gboolean is_seen = bytes * growth->scene->byte_width >= MIN_CELL;
    return is_seen || bytes >= NOTHING * divisor(row) ? bytes : 0;
}

/* By role, in the roles' order.  Returns:
 * x of the end. */
static double
draw_roles(const Growth *growth, const MlGrowthRow *row, double y, gboolean is_last)
{
    double x = growth->x;
    for (int role = 0; role < ML_N_ROLES; role++) {
        double bytes = drawn_bytes(growth, row, role);
        MlCell cell = { .role = (MlRole)role, .bytes = bytes, .aside = !is_last };
        if (bytes > 0)
            x += draw_cell(growth, x, y, cell)->box.w;
    }
    return x;
}

/* One block as it lies in memory: malloc's field, the elements, room for more, rounding.
 * Returns: x of the end. */
static double
draw_block(const Growth *growth, const MlGrowthRow *row, double y, gboolean is_last)
{
    double x = growth->x;
    double field = fmin(growth->field_bytes, row->bytes[ML_ROLE_ALLOCATOR]);
    MlCell own = { .role = ML_ROLE_ALLOCATOR, .bytes = field, .aside = !is_last };
    MlCell data = { ML_ROLE_DATA, .bytes = row->bytes[ML_ROLE_DATA], .aside = !is_last };
    MlCell spare = { ML_ROLE_UNUSED, .bytes = row->bytes[ML_ROLE_UNUSED], .aside = !is_last };
    if (field > 0)
        x += draw_cell(growth, x, y, own)->box.w;
    x = draw_each(growth, x, y, data, row->n);
    if (row->capacity > row->n)
        x = draw_each(growth, x, y, spare, row->capacity - row->n);
    own.bytes = row->bytes[ML_ROLE_ALLOCATOR] - field;
    if (own.bytes > 0)
        x += draw_cell(growth, x, y, own)->box.w;
    MlBox frame = { growth->x, y, x - growth->x, growth->height };
    ml_scene_rect(growth->scene, frame, (MlPen){ .ink = ML_INK_TEXT, .width = 3.5 }, ML_INK_NONE);
    return x;
}

/* Returns: x of the end. */
static double
draw_bar(const Growth *growth, const MlGrowthRow *row, double y, gboolean is_last)
{
    double x =
        growth->splits ? draw_block(growth, row, y, is_last) : draw_roles(growth, row, y, is_last);
    double absent = row->absent * growth->scene->byte_width;
    if (absent < 2 * MIN_CELL)
        return x;
    MlPen pen = {
        .ink = ml_ink_of(ML_INK_LINE, ML_ROLE_UNUSED), .width = MIN_CELL, .dashed = TRUE
    };
    MlBox box = { x, y, absent, growth->height };
    ml_scene_rect(growth->scene, ml_box_inset(box, pen.width), pen, ML_INK_NONE);
    return x + absent;
}

static void
draw_labels(const Growth *growth, const MlGrowthRow *row, double right, double y)
{
    MlScene *scene = growth->scene;
    double middle = y + growth->height / 2.0;
    double x = right + LABEL_GAP;
    g_autofree char *count = count_words(growth, row);
    g_autofree char *capacity = capacity_words(growth, row);
    g_autofree char *words = bytes_words(growth, row);
    ml_scene_text(scene,
        (MlPoint){ growth->x - COUNT_GAP, ml_label_baseline(middle, ML_TYPE_ROW_NAME) },
        ML_ANCHOR_END,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        count);
    ml_scene_text(scene,
        (MlPoint){ x, middle - NAME_RISE },
        ML_ANCHOR_START,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        capacity);
    ml_scene_text(scene,
        (MlPoint){ x, middle + WORDS_DROP },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        words);
}

/* What was there goes over into the new room. */
static void
draw_move(const Growth *growth, const MlGrowthRow *from, double y)
{
    double width = from->total * growth->scene->byte_width;
    double height = growth->pitch - growth->height - 2 * MOVE_INSET;
    MlBox box = { growth->x, y + growth->height + MOVE_INSET, width, height };
    ml_scene_rect(growth->scene, box, (MlPen){ .ink = ML_INK_NONE }, ML_INK_GRID);
    double middle = box.x + width / 2;
    double tip = box.y + height - MOVE_INSET;
    MlOutline *head = ml_outline_new();
    ml_outline_move(head, middle, tip);
    ml_outline_line(head, middle - MOVE_HEAD, tip - 2 * MOVE_HEAD);
    ml_outline_line(head, middle + MOVE_HEAD, tip - 2 * MOVE_HEAD);
    ml_outline_close(head);
    ml_scene_path(growth->scene, head, (MlPen){ .ink = ML_INK_NONE }, ML_INK_MUTED);
}

static void
draw_row(const Growth *growth, guint i)
{
    const MlGrowthRow *row = ml_growth_row(growth->rows, i);
    double y = growth->y + i * growth->pitch;
    gboolean is_last = i + 1 == growth->rows->len;
    g_autofree char *id = g_strdup_printf("moment-%u", i);
    g_autofree char *count = count_words(growth, row);
    ml_scene_step(growth->scene, ML_STEP_FIRST + i, count);
    ml_scene_group(growth->scene, id, count);
    double right = draw_bar(growth, row, y, is_last);
    draw_labels(growth, row, right, y);
    ml_scene_step(growth->scene, ML_STEP_FIRST + i + 1, NULL); /* goes on to the next */
    if (!is_last && ml_growth_row(growth->rows, i + 1)->capacity > row->capacity)
        draw_move(growth, row, y);
    ml_scene_group_end(growth->scene);
}

/* --- the whole -------------------------------------------------------------------------------- */

/* What the last row takes, set by ml_caption_sum(), or by ml_caption_reserve(), which has no
 * drawing to go by yet: it counts all there is. */
static void
set_sum(MlScene *scene, const Growth *drawn, const MlGrowthRow *last, MlCaptionSet set)
{
    MlClaim claim = { .divisor = divisor(last) };
    double bytes[ML_N_ROLES];
    for (int role = 0; role < ML_N_ROLES; role++) {
        double of_role = drawn != NULL ? drawn_bytes(drawn, last, role) : last->bytes[role];
        bytes[role] = of_role / claim.divisor;
    }
    ml_sum_round(bytes, &claim.sum);
    g_autofree char *n = ml_wording_count(last->n);
    g_autofree char *capacity = ml_wording_count(last->capacity);
    g_autofree char *whole = g_strdup_printf(_("%s elements, capacity %s"), n, capacity);
    g_autofree char *each = g_strdup_printf(_("per element at n = %s"), n);
    set(scene,
        &claim,
        last->n < WHOLE_BELOW ? ML_LADDER(whole, _("in all")) : ML_LADDER(each, _("per element")));
}

static void
reserve_sum(MlScene *scene, const MlSeries *series)
{
    g_autoptr(GArray) last = ml_growth_rows(series, 1);
    set_sum(scene, NULL, ml_growth_row(last, 0), ml_caption_reserve);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    const MlSeries *series = facts->series[0];
    reserve_sum(scene, series);
    double room = ml_caption_rule(scene) - ROWS_TOP;
    g_autoptr(GArray) all = ml_growth_rows(series, MOST_ROWS);
    g_autoptr(GArray) rows =
        ml_growth_rows(series, CLAMP((guint)(room / LEAST_PITCH), 1, MOST_ROWS));
    const MlAllocator *allocator = ml_allocator_find(series->allocator);
    Growth growth = { .scene = scene, .rows = rows };
    growth.pitch = CLAMP(floor(room / rows->len), LEAST_PITCH, PITCH);
    growth.height = growth.pitch * BAR_PART;
    growth.field_bytes = allocator != NULL ? (double)allocator->field_bytes : 0;
    measure(&growth);
    g_autofree char *title = ml_growth_title(series, all);
    g_autofree char *name = ml_series_title_words(series);
    g_autofree char *setup = g_strdup_printf(
        _("%s, filled one by one: the moments it grows; %s, model"), name, series->allocator);
    ml_furniture_title(scene,
        ML_LADDER(title, _("Full? It takes more room"), _("More room")),
        ML_LADDER(
            setup, _("filled one by one: the moments it grows; model"), _("the moments it grows")));
    if (scene->byte_width >= 1)
        ml_furniture_scale(scene);
    for (guint i = 0; i < rows->len; i++)
        draw_row(&growth, i);
    set_sum(scene, &growth, ml_growth_row(rows, rows->len - 1), ml_caption_sum);
    return TRUE;
}

static const char *const examples[] = { "growing-array", NULL };

const MlDiagramKind ml_diagram_kind_growth = {
    .name = "growth",
    .summary = "the moments at which a structure takes more room, to scale",
    .needs = ML_NEEDS_SERIES,
    .is_single = TRUE,
    .range = { .growths = 2 },
    .examples = examples,
    .check = ml_growth_check,
    .layout = layout,
    .describe = ml_growth_describe,
    .terminal = ml_growth_terminal,
};

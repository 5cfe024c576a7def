/* The ledger as bars: a bar a structure, to scale, by what the bytes are for. */
#include <math.h>
#include <string.h>

#include "diagram/axis.h"
#include "diagram/furniture.h"
#include "diagram/kinds/ledger.h"
#include "diagram/wording.h"

#define BARS_TOP 216
#define PITCH_MAX 136
#define PITCH_WORDS 76 /* name and words of a row still stand apart */
#define PITCH_MIN 40   /* names alone do */
#define PITCH_TWO 64   /* and two bars with figures in the upper one */
#define UPPER_PART 0.6
#define BARS_APART 3
#define BAR_PART 0.667 /* of the pitch */
#define BAR_PART_LOW 0.85
#define RULE_ABOVE_FOOT 182
#define LEGEND_ABOVE_FOOT 110
#define AXIS_ROOM 72 /* from the axis to the rule */
#define LABEL_GAP 28
#define TOTAL_GAP 20
#define FACTOR_GAP 18
#define LABEL_PART 0.3 /* of the scene's width, at most */
#define NAME_RISE 5    /* baseline of a row's name above the bar's middle */
#define WORDS_DROP 29
#define MIN_CELL 2 /* px: a thinner cell would be a smear */

typedef struct {
    MlScene *scene;
    const GArray *rows;
    double x; /* where the bars begin */
    double y;
    double pitch;
    gboolean has_words; /* under the names */
    gboolean below;     /* what was measured, under the model */
    double axis_y;
    double longest; /* bytes */
} Chart;

/* --- measures --------------------------------------------------------------------------------- */

static double
row_extent(const MlLedgerRow *row)
{
    /* A negative unexplained part is a notch inside what the model says. */
    return row->total - fmin(row->sum.bytes[ML_ROLE_UNEXPLAINED], 0);
}

/* What stands to the right of a bar. */
static double
figures_width(const Chart *chart, const MlLedgerRow *row)
{
    MlMetrics *metrics = chart->scene->metrics;
    double width = TOTAL_GAP + ml_metrics_width(metrics, row->total_text, ML_TYPE_BAR_TOTAL);
    if (row->factor_text[0] != '\0')
        width += FACTOR_GAP + ml_metrics_width(metrics, row->factor_text, ML_TYPE_SUBTITLE);
    if (row->unexplained[0] != '\0')
        width += FACTOR_GAP + ml_metrics_width(metrics, row->unexplained, ML_TYPE_ROW_NAME);
    return width;
}

/* The words under a row's name that its column has room for; "" where there are none. */
static const char *
words_that_fit(const Chart *chart, const MlLedgerRow *row)
{
    double most = chart->has_words ? chart->scene->width * LABEL_PART : 0;
    const char *ladder[] = { row->words, row->particulars };
    for (guint i = 0; i < G_N_ELEMENTS(ladder) && ladder[i] != NULL; i++)
        if (ml_metrics_width(chart->scene->metrics, ladder[i], ML_TYPE_SMALL) <= most)
            return ladder[i];
    return "";
}

static double
labels_width(const Chart *chart)
{
    MlMetrics *metrics = chart->scene->metrics;
    double width = 0;
    for (guint i = 0; i < chart->rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(chart->rows, i);
        const char *words = words_that_fit(chart, row);
        width = fmax(width, ml_metrics_width(metrics, row->name, ML_TYPE_ROW_NAME));
        width = fmax(width, ml_metrics_width(metrics, words, ML_TYPE_SMALL));
    }
    return ceil(width);
}

/* As wide as all rows allow; a whole number of px where that is possible. */
static double
byte_width(const Chart *chart)
{
    double room = chart->scene->width - ML_SCENE_MARGIN - chart->x;
    double width = INFINITY;
    for (guint i = 0; i < chart->rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(chart->rows, i);
        if (row_extent(row) > 0)
            width = fmin(width, (room - figures_width(chart, row)) / row_extent(row));
    }
    if (!isfinite(width))
        return 1;
    return width >= 1 ? floor(width) : width;
}

static double
room_for_bars(double height)
{
    return height - RULE_ABOVE_FOOT - AXIS_ROOM - BARS_TOP;
}

guint
ml_ledger_most(double height, gboolean below)
{
    return (guint)floor(room_for_bars(height) / (below ? PITCH_TWO : PITCH_MIN));
}

static void
measure(Chart *chart)
{
    double room = room_for_bars(chart->scene->height);
    chart->pitch = fmin(PITCH_MAX, room / chart->rows->len);
    chart->has_words = chart->pitch >= PITCH_WORDS;
    chart->y = BARS_TOP + (room - chart->pitch * chart->rows->len) / 2;
    chart->axis_y = chart->y + chart->pitch * chart->rows->len;
    chart->x = ML_SCENE_MARGIN + labels_width(chart) + LABEL_GAP;
    for (guint i = 0; i < chart->rows->len; i++)
        chart->longest = fmax(chart->longest, row_extent(ml_ledger_row(chart->rows, i)));
    chart->scene->byte_width = byte_width(chart);
}

/* --- bars ------------------------------------------------------------------------------------- */

static void
draw_notch(const Chart *chart, double x, double y, double height, double bytes)
{
    double width = -bytes * chart->scene->byte_width;
    if (width < 1)
        return;
    MlPen pen = {
        .ink = ml_ink_of(ML_INK_LINE, ML_ROLE_UNEXPLAINED),
        .width = width > 4 ? 2.5 : 1,
        .dashed = TRUE,
    };
    MlBox box = { x - width, y, width, height };
    ml_scene_rect(chart->scene, ml_box_inset(box, pen.width / 2), pen, ML_INK_NONE);
}

/* Returns: x of the end. */
static double
draw_bar(const Chart *chart, const MlLedgerRow *row, double y, double height)
{
    double x = chart->x;
    for (int role = 0; role < ML_N_ROLES; role++) {
        double bytes = row->sum.bytes[role];
        double width = bytes * chart->scene->byte_width;
        if (role == ML_ROLE_UNEXPLAINED && chart->below)
            continue;
        if (role == ML_ROLE_UNEXPLAINED && bytes < 0) {
            draw_notch(chart, x, y, height, bytes);
            continue;
        }
        double least = role == ML_ROLE_UNEXPLAINED ? 1 : MIN_CELL;
        if (width >= least) {
            MlCell cell = { .role = (MlRole)role, .bytes = bytes, .element = -1 };
            const MlItem *item = ml_scene_cell(chart->scene, (MlBox){ x, y, width, height }, &cell);
            g_autofree char *figure = ml_wording_amount(row->sum.printed[role], row->sum.decimals);
            ml_label_cell(chart->scene, item, 0, ML_TYPE_ROW_NAME, ML_LADDER(figure));
        }
        x += width;
    }
    return x;
}

/* What the model said and was there, and what is unexplained.  Returns: x of the end. */
static double
draw_measured(const Chart *chart, const MlLedgerRow *row, double y, double height)
{
    double scale = chart->scene->byte_width;
    double unexplained = row->sum.bytes[ML_ROLE_UNEXPLAINED];
    double model = (row->total - unexplained) * scale;
    double said = fmax(model + fmin(unexplained, 0) * scale, 0);
    if (said >= MIN_CELL)
        ml_scene_rect(chart->scene,
            (MlBox){ chart->x, y, said, height },
            (MlPen){ .ink = ML_INK_NONE },
            ML_INK_MUTED);
    if (unexplained < 0)
        draw_notch(chart, chart->x + model, y, height, unexplained);
    if (unexplained * scale >= 1) {
        MlCell cell = { .role = ML_ROLE_UNEXPLAINED, .bytes = unexplained, .element = -1 };
        MlBox box = { chart->x + model, y, unexplained * scale, height };
        ml_scene_cell(chart->scene, box, &cell);
    }
    return chart->x + model + fmax(unexplained, 0) * scale;
}

/* One bar, or the model's with the measured one under it.  Returns: x of the end. */
static double
draw_bars(const Chart *chart, const MlLedgerRow *row, double y, double height)
{
    if (!chart->below)
        return draw_bar(chart, row, y, height);
    double upper = round(height * UPPER_PART);
    double lower_y = y + upper + BARS_APART;
    double model_end = draw_bar(chart, row, y, upper);
    return fmax(model_end, draw_measured(chart, row, lower_y, y + height - lower_y));
}

static double
draw_figure(const Chart *chart, double x, double middle, MlType type, MlInk ink, const char *text)
{
    if (text[0] == '\0')
        return x;
    MlPoint at = { x, ml_label_baseline(middle, ML_TYPE_BAR_TOTAL) };
    const MlItem *item = ml_scene_text(chart->scene, at, ML_ANCHOR_START, type, ink, text);
    return x + item->box.w + FACTOR_GAP;
}

static void
draw_row_label(const Chart *chart, const MlLedgerRow *row, double middle)
{
    double baseline =
        chart->has_words ? middle - NAME_RISE : ml_label_baseline(middle, ML_TYPE_ROW_NAME);
    MlPoint name_at = { chart->x - LABEL_GAP, baseline };
    MlPoint words_at = { chart->x - LABEL_GAP, middle + WORDS_DROP };
    const char *words = words_that_fit(chart, row);
    ml_scene_text(chart->scene, name_at, ML_ANCHOR_END, ML_TYPE_ROW_NAME, ML_INK_TEXT, row->name);
    if (words[0] != '\0')
        ml_scene_text(chart->scene, words_at, ML_ANCHOR_END, ML_TYPE_SMALL, ML_INK_MUTED, words);
}

static void
draw_row(const Chart *chart, guint i)
{
    const MlLedgerRow *row = ml_ledger_row(chart->rows, i);
    double height = round(chart->pitch * (chart->has_words ? BAR_PART : BAR_PART_LOW));
    double y = chart->y + i * chart->pitch;
    double middle = y + height / 2;
    g_autofree char *id = g_strdup_printf("bar-%u", i);
    g_autofree char *title = g_strdup_printf("%s: %s", row->name, row->total_text);
    ml_scene_step(chart->scene, ML_STEP_FIRST + i, row->name);
    ml_scene_group(chart->scene, id, title);
    draw_row_label(chart, row, middle);
    double x = draw_bars(chart, row, y, height) + TOTAL_GAP;
    x = draw_figure(chart, x, middle, ML_TYPE_BAR_TOTAL, ML_INK_TEXT, row->total_text);
    x = draw_figure(chart, x, middle, ML_TYPE_SUBTITLE, ML_INK_MUTED, row->factor_text);
    gboolean is_zero = strcmp(row->unexplained, ML_WORDING_ZERO) == 0;
    MlInk ink = is_zero ? ML_INK_MUTED : ml_ink_of(ML_INK_LINE, ML_ROLE_UNEXPLAINED);
    draw_figure(chart, x, middle, ML_TYPE_ROW_NAME, ink, row->unexplained);
    ml_scene_group_end(chart->scene);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
draw_legend(const Chart *chart)
{
    guint roles = 0;
    for (guint i = 0; i < chart->rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(chart->rows, i);
        for (int role = 0; role < ML_N_ROLES; role++)
            if (fabs(row->sum.bytes[role]) * chart->scene->byte_width >= MIN_CELL)
                roles |= 1u << role;
        if (ml_ledger_is_measured(row->ledger))
            roles |= 1u << ML_ROLE_UNEXPLAINED;
    }
    chart->scene->step = ML_STEP_ALWAYS;
    ml_furniture_rule(chart->scene, chart->scene->height - RULE_ABOVE_FOOT);
    ml_furniture_legend(
        chart->scene, roles, ML_SCENE_MARGIN, chart->scene->height - LEGEND_ABOVE_FOOT);
}

void
ml_ledger_layout(const GArray *rows,
    MlScene *scene,
    const char *const *title,
    const char *const *subtitle,
    gboolean below)
{
    Chart chart = { .scene = scene, .rows = rows, .below = below };
    measure(&chart);
    ml_furniture_head(scene, title, subtitle, 0);
    for (guint i = 0; i < rows->len; i++)
        draw_row(&chart, i);
    scene->step = ML_STEP_ALWAYS;
    ml_axis_bytes(scene, chart.x, chart.axis_y, chart.longest);
    draw_legend(&chart);
}

static char *
setup_and_factors(const GArray *rows)
{
    g_autofree char *setup = ml_ledger_rows_setup(rows);
    g_autofree char *factors = ml_ledger_rows_factors(rows);
    return g_strconcat(setup, factors, NULL);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    g_autofree char *finding = ml_ledger_rows_title(rows);
    g_autofree char *setup = ml_ledger_rows_setup(rows);
    g_autofree char *subtitle = setup_and_factors(rows);
    ml_ledger_layout(
        rows, scene, ML_LADDER(finding, ML_LEDGER_PLAIN_TITLE), ML_LADDER(subtitle, setup), FALSE);
    return TRUE;
}

static guint
most(double width, double height)
{
    return ml_ledger_most(height, FALSE);
}

static char *
describe(const MlDiagramFacts *facts)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    g_autofree char *title = ml_ledger_rows_title(rows);
    return ml_ledger_rows_words(rows, title);
}

static char *
terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    g_autofree char *title = ml_ledger_rows_title(rows);
    g_autofree char *subtitle = setup_and_factors(rows);
    return ml_ledger_terminal(rows, title, subtitle, FALSE, ascii, columns);
}

static const char *const examples[] = {
    "packed-array",
    "linked-list",
    "double-list",
    "boxed-array",
    "chained-table",
    "compact-dict",
    NULL,
};

const MlDiagramKind ml_diagram_kind_ledger = {
    .name = "ledger",
    .summary = "a bar a structure, to scale: bytes per element by what they are for",
    .needs = ML_NEEDS_LEDGERS,
    .examples = examples,
    .most = most,
    .layout = layout,
    .describe = describe,
    .terminal = terminal,
};

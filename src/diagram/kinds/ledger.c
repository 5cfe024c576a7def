/* The ledger as bars: a bar a structure, to scale, by what the bytes are for. */
#include <math.h>

#include "base/error.h"
#include "diagram/furniture.h"
#include "diagram/kinds/ledger_rows.h"
#include "diagram/wording.h"

#define BARS_TOP 216
#define PITCH 102      /* of the bars, where there is room */
#define PITCH_MIN 76   /* name and words of a row still stand apart */
#define BAR_PART 0.667 /* of the pitch */
#define RULE_ABOVE_FOOT 182
#define LEGEND_ABOVE_FOOT 110
#define AXIS_ROOM 76 /* from the axis to the rule */
#define LABEL_GAP 28
#define TOTAL_GAP 20
#define FACTOR_GAP 18
#define LABEL_PART 0.42 /* of the scene's width, at most */
#define NAME_RISE 5     /* baseline of a row's name above the bar's middle */
#define WORDS_DROP 29
#define MIN_CELL 2 /* px: a thinner cell would be a smear */
#define TICK_ROOM 88
#define TICK_LENGTH 10
#define TICK_LABEL_DROP 42
#define AXIS_WIDTH 2.5

typedef struct {
    MlScene *scene;
    const GArray *rows;
    double x; /* where the bars begin */
    double pitch;
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

static double
labels_width(const Chart *chart)
{
    double width = 0;
    for (guint i = 0; i < chart->rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(chart->rows, i);
        width = fmax(width, ml_metrics_width(chart->scene->metrics, row->name, ML_TYPE_ROW_NAME));
        width = fmax(width, ml_metrics_width(chart->scene->metrics, row->words, ML_TYPE_SMALL));
    }
    return fmin(ceil(width), chart->scene->width * LABEL_PART);
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

static gboolean
measure(Chart *chart, GError **error)
{
    double axis_bottom = chart->scene->height - RULE_ABOVE_FOOT - AXIS_ROOM;
    double room = axis_bottom - BARS_TOP;
    guint most = (guint)floor(room / PITCH_MIN);
    if (chart->rows->len > most) {
        g_set_error(error,
            ML_ERROR,
            ML_ERROR_USAGE,
            "ledger: %u structures do not fit into one picture; draw at most %u",
            chart->rows->len,
            most);
        return FALSE;
    }
    chart->pitch = fmin(PITCH, room / chart->rows->len);
    chart->axis_y = BARS_TOP + chart->pitch * chart->rows->len;
    chart->x = ML_SCENE_MARGIN + labels_width(chart) + LABEL_GAP;
    for (guint i = 0; i < chart->rows->len; i++)
        chart->longest = fmax(chart->longest, row_extent(ml_ledger_row(chart->rows, i)));
    chart->scene->byte_width = byte_width(chart);
    return TRUE;
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
    double x = chart->x - LABEL_GAP;
    double room = x - ML_SCENE_MARGIN;
    ml_label(chart->scene,
        (MlPoint){ x, middle - NAME_RISE },
        ML_ANCHOR_END,
        ML_TYPE_ROW_NAME,
        ML_INK_TEXT,
        room,
        ML_LADDER(row->name));
    ml_label(chart->scene,
        (MlPoint){ x, middle + WORDS_DROP },
        ML_ANCHOR_END,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        room,
        ML_LADDER(row->words, row->ledger->element));
}

static void
draw_row(const Chart *chart, guint i)
{
    const MlLedgerRow *row = ml_ledger_row(chart->rows, i);
    double height = round(chart->pitch * BAR_PART);
    double y = BARS_TOP + i * chart->pitch;
    double middle = y + height / 2;
    g_autofree char *id = g_strdup_printf("bar-%u", i);
    g_autofree char *title = g_strdup_printf("%s: %s", row->name, row->total_text);
    ml_scene_group(chart->scene, id, title);
    draw_row_label(chart, row, middle);
    double x = draw_bar(chart, row, y, height) + TOTAL_GAP;
    x = draw_figure(chart, x, middle, ML_TYPE_BAR_TOTAL, ML_INK_TEXT, row->total_text);
    x = draw_figure(chart, x, middle, ML_TYPE_SUBTITLE, ML_INK_MUTED, row->factor_text);
    MlInk red = ml_ink_of(ML_INK_LINE, ML_ROLE_UNEXPLAINED);
    draw_figure(chart, x, middle, ML_TYPE_ROW_NAME, red, row->unexplained);
    ml_scene_group_end(chart->scene);
}

/* --- axis and legend -------------------------------------------------------------------------- */

/* The smallest power of two of bytes whose ticks' labels stand apart. */
static double
tick_step(const Chart *chart)
{
    double step = 1;
    while (step * chart->scene->byte_width < TICK_ROOM)
        step *= 2;
    return step;
}

static void
draw_axis(const Chart *chart)
{
    double scale = chart->scene->byte_width;
    MlOutline *axis = ml_outline_new();
    ml_outline_move(axis, chart->x, chart->axis_y);
    ml_outline_line(axis, chart->x + chart->longest * scale, chart->axis_y);
    for (double bytes = 0; bytes <= chart->longest; bytes += tick_step(chart)) {
        double x = chart->x + bytes * scale;
        g_autofree char *amount = ml_wording_amount(bytes, 0);
        g_autofree char *zero = g_strdup("0" ML_THIN_SPACE "B");
        ml_outline_move(axis, x, chart->axis_y);
        ml_outline_line(axis, x, chart->axis_y + TICK_LENGTH);
        ml_scene_text(chart->scene,
            (MlPoint){ x, chart->axis_y + TICK_LABEL_DROP },
            ML_ANCHOR_MIDDLE,
            ML_TYPE_SMALL,
            ML_INK_MUTED,
            bytes > 0 ? amount : zero);
    }
    MlPen pen = { .ink = ML_INK_FAINT, .width = AXIS_WIDTH };
    ml_scene_path(chart->scene, axis, pen, ML_INK_NONE);
}

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
    ml_furniture_rule(chart->scene, chart->scene->height - RULE_ABOVE_FOOT);
    ml_furniture_legend(chart->scene, roles, chart->scene->height - LEGEND_ABOVE_FOOT);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    Chart chart = { .scene = scene, .rows = rows };
    g_autofree char *title = ml_ledger_rows_title(rows);
    g_autofree char *subtitle = ml_ledger_rows_subtitle(rows);
    ml_furniture_title(scene, title, ML_LADDER(subtitle));
    if (!measure(&chart, error))
        return FALSE;
    for (guint i = 0; i < rows->len; i++)
        draw_row(&chart, i);
    draw_axis(&chart);
    draw_legend(&chart);
    return TRUE;
}

static char *
describe(const MlDiagramFacts *facts)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    g_autofree char *title = ml_ledger_rows_title(rows);
    g_autofree char *subtitle = ml_ledger_rows_subtitle(rows);
    g_autoptr(GString) words = g_string_new(NULL);
    g_string_printf(words, "%s. Bars: %s.", title, subtitle);
    for (guint i = 0; i < rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(rows, i);
        g_string_append_printf(words, " %s (%s): %s", row->name, row->words, row->total_text);
        const char *before = " = ";
        for (int role = 0; role < ML_N_ROLES; role++) {
            if (!ml_sum_shows(&row->sum, (MlRole)role) || role == ML_ROLE_UNEXPLAINED)
                continue;
            g_autofree char *term = ml_wording_amount(row->sum.printed[role], row->sum.decimals);
            g_string_append_printf(words, "%s%s %s", before, term, ml_role_label((MlRole)role));
            before = " + ";
        }
        if (row->unexplained[0] != '\0')
            g_string_append_printf(words, ", unexplained %s", row->unexplained);
        g_string_append_c(words, '.');
    }
    return g_string_free(g_steal_pointer(&words), FALSE);
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
    .layout = layout,
    .describe = describe,
};

#include "render/times_text.h"

#include "base/number.h"
#include "render/figures.h"

enum { INDENT = 2 };

typedef struct {
    int name; /* 0: in a line of its own */
    int time;
    int spread;
    int faults;
    const char *faults_heading;
} Columns;

static const Columns wide = { 27, 11, 9, 13, "page faults" };
static const Columns narrow = { 0, 10, 8, 9, "faults" };

static const Columns *
choose_columns(int columns)
{
    int needed = INDENT + wide.name + 2 * wide.time + wide.spread + wide.faults;
    return needed <= columns ? &wide : &narrow;
}

static void
append_cells(GString *text, const Columns *columns, const char *const cells[4])
{
    ml_figure_cell(text, cells[0], columns->time, TRUE);
    ml_figure_cell(text, cells[1], columns->time, TRUE);
    ml_figure_cell(text, cells[2], columns->spread, TRUE);
    ml_figure_cell(text, cells[3], columns->faults, TRUE);
    g_string_append_c(text, '\n');
}

/* "36.1 ms", "0.18 s", "42 ns". */
static char *
duration(double seconds)
{
    static const struct {
        double unit;
        const char *name;
    } units[] = { { 1, "s" }, { 1e-3, "ms" }, { 1e-6, "µs" }, { 1e-9, "ns" } };
    gsize i = 0;
    while (i + 1 < G_N_ELEMENTS(units) && seconds < units[i].unit)
        i++;
    double value = seconds / units[i].unit;
    g_autofree char *digits = ml_fixed(value, value < 10 ? 2 : 1);
    return g_strconcat(digits, " ", units[i].name, NULL);
}

static void
append_row(GString *text, const Columns *columns, const MlTime *time, const char *label)
{
    g_autofree char *total = duration(time->seconds);
    g_autofree char *each =
        time->count > 0 ? duration(time->seconds / (double)time->count) : g_strdup("–");
    g_autofree char *percent =
        ml_fixed(time->seconds > 0 ? 100 * time->spread_seconds / time->seconds : 0, 0);
    g_autofree char *spread = g_strconcat(percent, " %", NULL);
    g_autofree char *faults = ml_group_digits(time->page_faults, " ");
    ml_figure_cell(text, "", INDENT, FALSE);
    ml_figure_cell(text, label, columns->name, FALSE);
    if (columns->name == 0) {
        g_string_append_c(text, '\n');
        ml_figure_cell(text, "", INDENT, FALSE);
    }
    append_cells(text, columns, (const char *const[]){ total, each, spread, faults });
}

static void
append_heading(GString *text, const Columns *columns)
{
    ml_figure_cell(text, "", INDENT + columns->name, FALSE);
    append_cells(
        text, columns, (const char *const[]){ "time", "each", "spread", columns->faults_heading });
}

/* What the page faults of the first build took, at the price of one here. */
static char *
fault_text(const MlTimes *times, int columns)
{
    const MlTime *build = &times->time[ML_TIME_BUILD];
    double faults = (double)build->page_faults * times->fault_seconds;
    g_autofree char *price = duration(times->fault_seconds);
    g_autofree char *sum = duration(faults);
    g_autofree char *percent = ml_fixed(build->seconds > 0 ? 100 * faults / build->seconds : 0, 0);
    g_autofree char *one = g_strdup_printf("a page fault takes %s here;", price);
    gboolean is_less = faults <= build->seconds;
    g_autofree char *all = is_less ? g_strdup_printf("those of the first build are %s,", sum)
                                   : g_strdup("that many would outlast");
    g_autofree char *share = is_less ? g_strdup_printf("%s %% of it", percent)
                                     : g_strdup("the first build: its own were cheaper");
    g_autofree char *runs = g_strdup_printf("(medians of %u fresh processes)", times->repeats);
    g_autofree char *joined = g_strjoin(" ", all, share, NULL);
    const char *broken[] = { one, all, share, runs, NULL };
    const char *whole[] = { one, joined, runs, NULL };
    const char *none[] = { one, runs, NULL };
    const char *const *pieces = choose_columns(columns) == &narrow ? broken : whole;
    if (build->page_faults == 0)
        pieces = none;
    return ml_figure_flow(pieces, " ", columns, INDENT);
}

/* Look-ups of which there are fewer than elements: each takes long. */
static char *
cut_text(const MlLedger *ledger, int columns)
{
    const MlTime *time = ledger->times.time;
    guint64 in_order = time[ML_TIME_LOOK_UP].count;
    guint64 at_random = time[ML_TIME_LOOK_UP_RANDOM].count;
    if (in_order >= ledger->n && at_random >= ledger->n)
        return g_strdup("");
    g_autofree char *first = ml_group_digits(in_order, " ");
    g_autofree char *second = ml_group_digits(at_random, " ");
    g_autofree char *looked = g_strdup_printf("looked up: %s in order,", first);
    g_autofree char *random = g_strdup_printf("%s at random", second);
    const char *const pieces[] = { looked, random, NULL };
    return ml_figure_flow(pieces, " ", columns, INDENT);
}

char *
ml_times_table(const MlLedger *ledger, int columns)
{
    const MlTimes *times = &ledger->times;
    if (times->repeats == 0)
        return g_strdup("");
    GString *text = g_string_new(NULL);
    const Columns *chosen = choose_columns(columns);
    append_heading(text, chosen);
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++)
        append_row(text, chosen, &times->time[kind], ml_time_label(kind));
    g_autofree char *faults = fault_text(times, columns);
    g_autofree char *cut = cut_text(ledger, columns);
    g_string_append_printf(text, "\n%s%s", faults, cut);
    return g_string_free(text, FALSE);
}

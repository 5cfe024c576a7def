#include "render/times_text.h"

#include "base/number.h"
#include "render/figures.h"

enum { INDENT = 2, NAME_COLUMNS = 27, TIME_COLUMNS = 11, SPREAD_COLUMNS = 9, FAULT_COLUMNS = 13 };

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
append_row(GString *text, const MlTime *time, const char *label)
{
    g_autofree char *total = duration(time->seconds);
    g_autofree char *each =
        time->count > 0 ? duration(time->seconds / (double)time->count) : g_strdup("–");
    g_autofree char *percent =
        ml_fixed(time->seconds > 0 ? 100 * time->spread_seconds / time->seconds : 0, 0);
    g_autofree char *spread = g_strconcat(percent, " %", NULL);
    g_autofree char *faults = ml_group_digits(time->page_faults, " ");
    ml_figure_cell(text, "", INDENT, FALSE);
    ml_figure_cell(text, label, NAME_COLUMNS, FALSE);
    ml_figure_cell(text, total, TIME_COLUMNS, TRUE);
    ml_figure_cell(text, each, TIME_COLUMNS, TRUE);
    ml_figure_cell(text, spread, SPREAD_COLUMNS, TRUE);
    ml_figure_cell(text, faults, FAULT_COLUMNS, TRUE);
    g_string_append_c(text, '\n');
}

static void
append_heading(GString *text)
{
    ml_figure_cell(text, "", INDENT + NAME_COLUMNS, FALSE);
    ml_figure_cell(text, "time", TIME_COLUMNS, TRUE);
    ml_figure_cell(text, "each", TIME_COLUMNS, TRUE);
    ml_figure_cell(text, "spread", SPREAD_COLUMNS, TRUE);
    ml_figure_cell(text, "page faults", FAULT_COLUMNS, TRUE);
    g_string_append_c(text, '\n');
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
    g_autofree char *all =
        faults > build->seconds
            ? g_strdup("that many would outlast the first build: its own were cheaper")
            : g_strdup_printf("those of the first build are %s, %s %% of it", sum, percent);
    g_autofree char *runs = g_strdup_printf("(medians of %u fresh processes)", times->repeats);
    const char *pieces[] = { one, all, runs, NULL };
    if (build->page_faults == 0) {
        pieces[1] = runs;
        pieces[2] = NULL;
    }
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
    g_autofree char *text = g_strdup_printf("looked up: %s in order, %s at random", first, second);
    const char *const pieces[] = { text, NULL };
    return ml_figure_flow(pieces, " ", columns, INDENT);
}

char *
ml_times_table(const MlLedger *ledger, int columns)
{
    const MlTimes *times = &ledger->times;
    if (times->repeats == 0)
        return g_strdup("");
    GString *text = g_string_new(NULL);
    append_heading(text);
    for (MlTimeKind kind = 0; kind < ML_N_TIMES; kind++)
        append_row(text, &times->time[kind], ml_time_label(kind));
    g_autofree char *faults = fault_text(times, columns);
    g_autofree char *cut = cut_text(ledger, columns);
    g_string_append_printf(text, "\n%s%s", faults, cut);
    return g_string_free(text, FALSE);
}

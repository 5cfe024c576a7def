#include "render/compare_text.h"

#include "base/bar.h"
#include "base/number.h"
#include "base/text.h"
#include "render/figures.h"

enum {
    NUMBER_COLUMNS = 10,
    FACTOR_COLUMNS = 8,
    TOTAL_COLUMNS = 16,
};

typedef struct {
    const MlLedger *const *ledgers;
    guint n_ledgers;
    const MlTableSettings *settings;
    GString *text;
    int name_columns;
    int bar_room;
    double largest; /* bytes per element */
} Comparison;

static guint64
role_bytes(const MlLedger *ledger, MlRole role)
{
    MlPair pair = ml_ledger_role(ledger, role);
    return ml_ledger_is_measured(ledger) ? pair.measured : pair.model;
}

static void
append_bar(const Comparison *comparison, const MlLedger *ledger)
{
    int used = 0;
    double sum = 0;
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        double bytes = ml_ledger_per_element(ledger, (double)role_bytes(ledger, role));
        if (!(bytes > 0))
            continue;
        sum += bytes;
        int end = ml_figure_bar_cells(sum, comparison->largest, comparison->bar_room);
        g_autofree char *bar = ml_bar(role, end - used, comparison->settings->ascii);
        g_string_append(comparison->text, bar);
        used = MAX(used, end);
    }
}

static void
append_row(const Comparison *comparison, const MlLedger *ledger, double base)
{
    GString *text = comparison->text;
    double per_element = ml_ledger_per_element(ledger, (double)ml_ledger_bytes(ledger));
    g_autofree char *name = ml_figure_name(ledger);
    g_autofree char *number = ml_fixed(per_element, 2);
    g_autofree char *factor = ml_fixed(per_element / base, 2);
    g_autofree char *factor_cell = g_strconcat(factor, "×", NULL);
    g_autofree char *total = ml_group_digits(ml_ledger_bytes(ledger), " ");
    g_string_append(text, "  ");
    ml_figure_cell(text, name, comparison->name_columns, FALSE);
    ml_figure_cell(text, number, NUMBER_COLUMNS, TRUE);
    ml_figure_cell(text, factor_cell, FACTOR_COLUMNS, TRUE);
    ml_figure_cell(text, total, TOTAL_COLUMNS, TRUE);
    if (ml_ledger_is_measured(ledger)) {
        g_autofree char *unexplained = ml_figure_signed(ml_ledger_unexplained(ledger));
        ml_figure_cell(text, unexplained, NUMBER_COLUMNS + 2, TRUE);
    }
    g_string_append(text, "  ");
    if (comparison->bar_room > 0)
        append_bar(comparison, ledger);
    g_string_append_c(text, '\n');
}

static void
append_heading(const Comparison *comparison)
{
    GString *text = comparison->text;
    g_string_append(text, "  ");
    ml_figure_cell(text, "", comparison->name_columns, FALSE);
    ml_figure_cell(text, "per elem.", NUMBER_COLUMNS, TRUE);
    ml_figure_cell(text, "factor", FACTOR_COLUMNS, TRUE);
    gboolean is_measured = ml_ledger_is_measured(comparison->ledgers[0]);
    ml_figure_cell(text, is_measured ? "measured" : "model", TOTAL_COLUMNS, TRUE);
    if (is_measured)
        ml_figure_cell(text, "unexplained", NUMBER_COLUMNS + 2, TRUE);
    g_string_append_c(text, '\n');
}

static void
append_legend(const Comparison *comparison)
{
    g_string_append(comparison->text, "\n  ");
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        guint64 bytes = 0;
        for (guint i = 0; i < comparison->n_ledgers; i++)
            bytes += role_bytes(comparison->ledgers[i], role);
        if (bytes == 0)
            continue;
        g_autofree char *swatch = ml_bar(role, 2, comparison->settings->ascii);
        g_string_append_printf(comparison->text, "%s %s   ", swatch, ml_role_label(role));
    }
    g_string_append_c(comparison->text, '\n');
}

char *
ml_compare_table(const MlLedger *const *ledgers,
    guint n_ledgers,
    double base_per_element,
    const MlTableSettings *settings)
{
    Comparison comparison = {
        .ledgers = ledgers,
        .n_ledgers = n_ledgers,
        .settings = settings,
        .text = g_string_new(NULL),
    };
    for (guint i = 0; i < n_ledgers; i++) {
        g_autofree char *name = ml_figure_name(ledgers[i]);
        comparison.name_columns = MAX(comparison.name_columns, ml_text_width(name));
        comparison.largest = MAX(comparison.largest,
            ml_ledger_per_element(ledgers[i], (double)ml_ledger_bytes(ledgers[i])));
    }
    int fixed = 2 + comparison.name_columns + NUMBER_COLUMNS + FACTOR_COLUMNS + TOTAL_COLUMNS + 2 +
                (ml_ledger_is_measured(ledgers[0]) ? NUMBER_COLUMNS + 2 : 0);
    comparison.bar_room = CLAMP(settings->columns - fixed, 0, 60);
    append_heading(&comparison);
    for (guint i = 0; i < n_ledgers; i++)
        append_row(&comparison, ledgers[i], base_per_element);
    if (comparison.bar_room > 0)
        append_legend(&comparison);
    return g_string_free(comparison.text, FALSE);
}

#include "render/compare_text.h"

#include "base/bar.h"
#include "base/number.h"
#include "base/text.h"
#include "render/figures.h"

enum {
    NUMBER_COLUMNS = 10,
    FACTOR_COLUMNS = 8,
    TOTAL_COLUMNS = 16,
    UNEXPLAINED_COLUMNS = 12,
    SHORT_NAME = 16,     /* every structure's name without options */
    ENOUGH_FOR_BAR = 16, /* cells beside the figures; else the bar stands below them */
};

typedef struct {
    const MlLedger *const *ledgers;
    guint n_ledgers;
    const MlTableSettings *settings;
    GString *text;
    int name_columns;   /* before the figures; a longer name stands on a line of its own */
    int bar_room;       /* cells for the longest bar */
    gboolean bar_below; /* on a line of its own */
    gboolean unexplained_below;
    double largest;           /* bytes per element */
    gboolean names_allocator; /* rows differ in it */
} Comparison;

/* "boxed-array", or "boxed-array  jemalloc" where that is what differs. */
static char *
row_name(const Comparison *comparison, const MlLedger *ledger)
{
    g_autofree char *name = ml_figure_name(ledger);
    if (!comparison->names_allocator)
        return g_steal_pointer(&name);
    return g_strconcat(name, "  ", ledger->allocator, NULL);
}

static guint64
role_bytes(const MlLedger *ledger, MlRole role)
{
    MlPair pair = ml_ledger_role(ledger, role);
    return ml_ledger_is_measured(ledger) ? pair.measured : pair.model;
}

static void
append_bar(const Comparison *comparison, const MlLedger *ledger)
{
    double bytes[ML_N_ROLES];
    for (MlRole role = 0; role < ML_N_ROLES; role++)
        bytes[role] = ml_ledger_per_element(ledger, (double)role_bytes(ledger, role));
    g_string_append(comparison->text, comparison->bar_below ? "\n    " : "  ");
    ml_figure_stack(comparison->text,
        bytes,
        comparison->largest,
        comparison->bar_room,
        comparison->settings->ascii);
}

static void
append_unexplained(const Comparison *comparison, const MlLedger *ledger)
{
    if (!ml_ledger_is_measured(ledger))
        return;
    g_autofree char *cell = ml_figure_signed(ml_ledger_unexplained(ledger));
    if (comparison->unexplained_below)
        g_string_append_printf(
            comparison->text, "\n    %s %s", ml_role_label(ML_ROLE_UNEXPLAINED), cell);
    else
        ml_figure_cell(comparison->text, cell, UNEXPLAINED_COLUMNS, TRUE);
}

static void
append_row(const Comparison *comparison, const MlLedger *ledger, double base)
{
    GString *text = comparison->text;
    double per_element = ml_ledger_per_element(ledger, (double)ml_ledger_bytes(ledger));
    g_autofree char *name = row_name(comparison, ledger);
    g_autofree char *number = ml_fixed(per_element, 2);
    g_autofree char *factor = ml_fixed(per_element / base, 2);
    const char *times = comparison->settings->ascii ? "x" : "×";
    g_autofree char *factor_cell = g_strconcat(factor, ledger->n > 0 ? times : "", NULL);
    g_autofree char *total = ml_group_digits(ml_ledger_bytes(ledger), " ");
    g_string_append_printf(text, "  %s", name);
    int used = ml_text_width(name);
    if (used > comparison->name_columns) {
        g_string_append(text, "\n  ");
        used = 0;
    }
    ml_figure_cell(text, "", comparison->name_columns - used, FALSE);
    ml_figure_cell(text, number, NUMBER_COLUMNS, TRUE);
    ml_figure_cell(text, factor_cell, FACTOR_COLUMNS, TRUE);
    ml_figure_cell(text, total, TOTAL_COLUMNS, TRUE);
    append_unexplained(comparison, ledger);
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
    if (is_measured && !comparison->unexplained_below)
        ml_figure_cell(text, "unexplained", UNEXPLAINED_COLUMNS, TRUE);
    g_string_append_c(text, '\n');
}

static gboolean
occurs(const Comparison *comparison, MlRole role)
{
    for (guint i = 0; i < comparison->n_ledgers; i++)
        if (role_bytes(comparison->ledgers[i], role) > 0)
            return TRUE;
    return FALSE;
}

static void
append_legend(const Comparison *comparison)
{
    int used = comparison->settings->columns; /* as if a line were full: the first begins one */
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        if (!occurs(comparison, role))
            continue;
        g_autofree char *swatch = ml_bar(role, 2, comparison->settings->ascii);
        g_autofree char *entry = g_strdup_printf("  %s %s", swatch, ml_role_label(role));
        int width = ml_text_width(entry);
        if (used + width > comparison->settings->columns) {
            g_string_append_c(comparison->text, '\n');
            used = 0;
        }
        g_string_append(comparison->text, entry);
        used += width;
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
    for (guint i = 1; i < n_ledgers; i++)
        comparison.names_allocator |= !g_str_equal(ledgers[i]->allocator, ledgers[0]->allocator);
    for (guint i = 0; i < n_ledgers; i++) {
        g_autofree char *name = row_name(&comparison, ledgers[i]);
        comparison.name_columns = MAX(comparison.name_columns, ml_text_width(name));
        comparison.largest = MAX(comparison.largest,
            ml_ledger_per_element(ledgers[i], (double)ml_ledger_bytes(ledgers[i])));
    }
    int figures = NUMBER_COLUMNS + FACTOR_COLUMNS + TOTAL_COLUMNS;
    comparison.unexplained_below = settings->columns < 2 + figures + UNEXPLAINED_COLUMNS;
    if (ml_ledger_is_measured(ledgers[0]) && !comparison.unexplained_below)
        figures += UNEXPLAINED_COLUMNS;
    int name_room = settings->columns - figures - 2;
    if (comparison.name_columns > name_room)
        comparison.name_columns = CLAMP(name_room, 0, SHORT_NAME);
    int fixed = 2 + comparison.name_columns + figures + 2;
    comparison.bar_below = settings->columns - fixed < ENOUGH_FOR_BAR;
    comparison.bar_room = MIN(settings->columns - (comparison.bar_below ? 4 : fixed), 60);
    comparison.bar_room = MAX(comparison.bar_room, 1);
    append_heading(&comparison);
    for (guint i = 0; i < n_ledgers; i++)
        append_row(&comparison, ledgers[i], base_per_element);
    append_legend(&comparison);
    return g_string_free(comparison.text, FALSE);
}

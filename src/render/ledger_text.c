#include "render/ledger_text.h"

#include "base/bar.h"
#include "base/number.h"
#include "base/text.h"
#include "render/figures.h"

enum {
    INDENT = 2,
    GAP = 2,
    LABEL_COLUMNS = 16,
    ELEMENT_COLUMNS = 9,
    BYTES_COLUMNS = 16,
    PERCENT_COLUMNS = 9, /* "-100.00 %" */
    LEAST_BAR = 4,
    MOST_BAR = 40,
};

typedef struct {
    const MlLedger *ledger;
    const MlTableSettings *settings;
    GString *text;
    int indent;
    int label_columns;
    int element_columns; /* 0: left out */
    int bar_room;        /* cells for the longest bar; 0: left out */
    int bytes_columns;
    gboolean has_model; /* beside what was measured */
    double largest;     /* bytes of the longest bar */
} Table;

/* --- columns ---------------------------------------------------------------------------------- */

static int
table_columns(const Table *table)
{
    int columns = table->indent + table->label_columns + table->element_columns;
    columns += table->bar_room > 0 ? GAP + table->bar_room : 0;
    columns += table->has_model ? table->bytes_columns : 0;
    return columns + (ml_ledger_is_measured(table->ledger) ? table->bytes_columns : 0);
}

static int
widest_label(const Table *table)
{
    int widest = ml_text_width(ml_role_label(ML_ROLE_UNEXPLAINED));
    for (guint i = 0; table->settings->by_part && i < table->ledger->n_parts; i++)
        widest = MAX(widest, ml_text_width(table->ledger->parts[i].name));
    for (MlRole role = 0; !table->settings->by_part && role < ML_N_ROLES; role++)
        widest = MAX(widest, ml_text_width(ml_role_label(role)));
    return widest;
}

static int
widest_figure(const MlLedger *ledger)
{
    guint64 largest = MAX(ledger->model_bytes, ml_ledger_bytes(ledger));
    g_autofree char *digits = ml_group_digits(largest, " ");
    return MAX(ml_text_width(digits), PERCENT_COLUMNS);
}

/* What is least needed goes first, until the table fits. */
static void
choose_columns(Table *table)
{
    int columns = table->settings->columns;
    table->indent = INDENT;
    table->label_columns = LABEL_COLUMNS;
    table->element_columns = ELEMENT_COLUMNS;
    table->bytes_columns = MAX(BYTES_COLUMNS, GAP + widest_figure(table->ledger));
    table->has_model = TRUE;
    int room = MIN(columns - table_columns(table) - GAP, MOST_BAR);
    table->bar_room = room >= LEAST_BAR ? room : 0;
    if (table_columns(table) <= columns)
        return;
    table->indent = 0;
    table->element_columns = 0;
    table->label_columns = widest_label(table);
    table->bytes_columns = GAP + widest_figure(table->ledger);
    if (table_columns(table) > columns && ml_ledger_is_measured(table->ledger))
        table->has_model = FALSE;
}

/* --- cells ------------------------------------------------------------------------------------ */

static guint64
shown(const Table *table, MlPair pair)
{
    return ml_ledger_is_measured(table->ledger) ? pair.measured : pair.model;
}

static void
begin_row(const Table *table, const char *label)
{
    ml_figure_cell(table->text, "", table->indent, FALSE);
    ml_figure_cell(table->text, label, table->label_columns, FALSE);
}

static void
append_bytes(const Table *table, guint64 bytes)
{
    g_autofree char *digits = ml_group_digits(bytes, " ");
    ml_figure_cell(table->text, digits, table->bytes_columns, TRUE);
}

static void
append_per_element(const Table *table, double bytes)
{
    if (table->element_columns == 0)
        return;
    g_autofree char *cell = ml_fixed(ml_ledger_per_element(table->ledger, bytes), 2);
    ml_figure_cell(table->text, cell, table->element_columns, TRUE);
}

/* A part's bar is made of its roles; a role's bar of itself. */
static void
append_bar(const Table *table, const MlPair roles[ML_N_ROLES])
{
    if (table->bar_room == 0)
        return;
    double bytes[ML_N_ROLES];
    for (int role = 0; role < ML_N_ROLES; role++)
        bytes[role] = (double)shown(table, roles[role]);
    g_string_append(table->text, "  ");
    int used = ml_figure_stack(
        table->text, bytes, table->largest, table->bar_room, table->settings->ascii);
    ml_figure_cell(table->text, "", table->bar_room - used, FALSE);
}

static void
append_row(const Table *table, const char *label, MlPair sum, const MlPair roles[ML_N_ROLES])
{
    begin_row(table, label);
    append_per_element(table, (double)shown(table, sum));
    append_bar(table, roles);
    if (table->has_model)
        append_bytes(table, sum.model);
    if (ml_ledger_is_measured(table->ledger))
        append_bytes(table, sum.measured);
    g_string_append_c(table->text, '\n');
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
append_role_rows(const Table *table)
{
    for (MlRole role = 0; role < ML_ROLE_UNEXPLAINED; role++) {
        MlPair sum = ml_ledger_role(table->ledger, role);
        if (sum.model == 0 && sum.measured == 0)
            continue;
        MlPair roles[ML_N_ROLES] = { [0] = { 0 } };
        roles[role] = sum;
        append_row(table, ml_role_label(role), sum, roles);
    }
}

static void
append_part_rows(const Table *table)
{
    for (guint i = 0; i < table->ledger->n_parts; i++) {
        const MlLedgerPart *part = &table->ledger->parts[i];
        MlPair sum = ml_ledger_part_total(part);
        if (sum.model > 0 || sum.measured > 0)
            append_row(table, part->name, sum, part->role);
    }
}

static double
longest(const Table *table)
{
    double longest = 0;
    if (table->settings->by_part) {
        for (guint i = 0; i < table->ledger->n_parts; i++)
            longest =
                MAX(longest, (double)shown(table, ml_ledger_part_total(&table->ledger->parts[i])));
    } else {
        for (MlRole role = 0; role < ML_N_ROLES; role++)
            longest = MAX(longest, (double)shown(table, ml_ledger_role(table->ledger, role)));
    }
    return longest;
}

static void
append_heading(const Table *table)
{
    gboolean is_recorded = table->ledger->origin == ML_ORIGIN_RECORDED;
    begin_row(table, "");
    if (table->element_columns > 0)
        ml_figure_cell(table->text, "per elem.", table->element_columns, TRUE);
    if (table->bar_room > 0)
        ml_figure_cell(table->text, "", GAP + table->bar_room, FALSE);
    if (table->has_model)
        ml_figure_cell(table->text, "model", table->bytes_columns, TRUE);
    if (ml_ledger_is_measured(table->ledger))
        ml_figure_cell(
            table->text, is_recorded ? "recorded" : "measured", table->bytes_columns, TRUE);
    g_string_append_c(table->text, '\n');
}

static void
append_rule(const Table *table)
{
    ml_figure_cell(table->text, "", table->indent, FALSE);
    for (int i = table->indent; i < table_columns(table); i++)
        g_string_append(table->text, table->settings->ascii ? "-" : "─");
    g_string_append_c(table->text, '\n');
}

static void
append_sum(const Table *table)
{
    const MlPair none[ML_N_ROLES] = { [0] = { 0 } };
    MlPair sum = {
        .model = table->ledger->model_bytes,
        .measured = (guint64)MAX(table->ledger->measured_bytes, 0),
    };
    append_row(table, "held in RAM", sum, none);
}

/* Measured as shipped: what pinned settings would have given back. */
static void
append_held_back(const Table *table)
{
    g_autofree char *cell = ml_figure_signed(table->ledger->held_back_bytes);
    begin_row(table, "held back");
    append_per_element(table, (double)table->ledger->held_back_bytes);
    if (table->bar_room > 0)
        ml_figure_cell(table->text, "", GAP + table->bar_room, FALSE);
    if (table->has_model)
        ml_figure_cell(table->text, "", table->bytes_columns, TRUE);
    ml_figure_cell(table->text, cell, table->bytes_columns, TRUE);
    g_string_append_c(table->text, '\n');
}

/* The difference, with its sign; where it is far from nothing, as a bar, too. */
static void
append_unexplained(const Table *table)
{
    gint64 bytes = ml_ledger_unexplained(table->ledger);
    g_autofree char *percent = ml_percent((double)bytes, (double)table->ledger->model_bytes);
    g_autofree char *cell = ml_figure_signed(bytes);
    begin_row(table, ml_role_label(ML_ROLE_UNEXPLAINED));
    append_per_element(table, (double)bytes);
    if (table->bar_room > 0) {
        double magnitude = bytes < 0 ? -(double)bytes : (double)bytes;
        int cells = table->largest > 0 ? (int)(magnitude / table->largest * table->bar_room) : 0;
        g_autofree char *bar =
            ml_bar(ML_ROLE_UNEXPLAINED, MIN(cells, table->bar_room), table->settings->ascii);
        g_string_append(table->text, "  ");
        ml_figure_cell(table->text, bar, table->bar_room, FALSE);
    }
    if (table->has_model)
        ml_figure_cell(table->text, percent, table->bytes_columns, TRUE);
    ml_figure_cell(table->text, cell, table->bytes_columns, TRUE);
    g_string_append_c(table->text, '\n');
    if (!table->has_model) {
        begin_row(table, "");
        ml_figure_cell(table->text, percent, table->bytes_columns, TRUE);
        g_string_append_c(table->text, '\n');
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

char *
ml_ledger_table(const MlLedger *ledger, const MlTableSettings *settings)
{
    Table table = { .ledger = ledger, .settings = settings, .text = g_string_new(NULL) };
    choose_columns(&table);
    table.largest = longest(&table);

    append_heading(&table);
    if (settings->by_part)
        append_part_rows(&table);
    else
        append_role_rows(&table);
    append_rule(&table);
    append_sum(&table);
    if (ledger->held_back_bytes != 0)
        append_held_back(&table);
    if (ml_ledger_is_measured(ledger))
        append_unexplained(&table);
    return g_string_free(table.text, FALSE);
}

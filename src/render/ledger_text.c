#include "render/ledger_text.h"

#include "base/bar.h"
#include "base/number.h"
#include "base/text.h"
#include "render/figures.h"

enum {
    LABEL_COLUMNS = 16,
    ELEMENT_COLUMNS = 9,
    BYTES_COLUMNS = 16,
    NARROW = 64, /* below, the totals stand without bars */
};

typedef struct {
    const MlLedger *ledger;
    const MlTableSettings *settings;
    GString *text;
    int bar_room;   /* cells for the longest bar */
    double largest; /* bytes of the longest bar */
} Table;

static guint64
shown(const Table *table, MlPair pair)
{
    return ml_ledger_is_measured(table->ledger) ? pair.measured : pair.model;
}

/* --- cells ------------------------------------------------------------------------------------ */

static void
append_bytes(GString *text, guint64 bytes)
{
    g_autofree char *digits = ml_group_digits(bytes, " ");
    ml_figure_cell(text, digits, BYTES_COLUMNS, TRUE);
}

static void
append_per_element(const Table *table, double bytes)
{
    g_autofree char *cell = ml_fixed(ml_ledger_per_element(table->ledger, bytes), 2);
    ml_figure_cell(table->text, cell, ELEMENT_COLUMNS, TRUE);
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
    g_string_append(table->text, "  ");
    ml_figure_cell(table->text, label, LABEL_COLUMNS, FALSE);
    append_per_element(table, (double)shown(table, sum));
    append_bar(table, roles);
    append_bytes(table->text, sum.model);
    if (ml_ledger_is_measured(table->ledger))
        append_bytes(table->text, sum.measured);
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
    g_string_append(table->text, "  ");
    ml_figure_cell(table->text, "", LABEL_COLUMNS, FALSE);
    ml_figure_cell(table->text, "per elem.", ELEMENT_COLUMNS, TRUE);
    if (table->bar_room > 0)
        ml_figure_cell(table->text, "", table->bar_room + 2, FALSE);
    ml_figure_cell(table->text, "model", BYTES_COLUMNS, TRUE);
    if (ml_ledger_is_measured(table->ledger))
        ml_figure_cell(table->text,
            table->ledger->origin == ML_ORIGIN_RECORDED ? "recorded" : "measured",
            BYTES_COLUMNS,
            TRUE);
    g_string_append_c(table->text, '\n');
}

static void
append_rule(const Table *table)
{
    int columns = LABEL_COLUMNS + ELEMENT_COLUMNS + BYTES_COLUMNS;
    columns += table->bar_room > 0 ? table->bar_room + 2 : 0;
    columns += ml_ledger_is_measured(table->ledger) ? BYTES_COLUMNS : 0;
    g_string_append(table->text, "  ");
    for (int i = 0; i < columns; i++)
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

/* The difference, with its sign; where it is far from nothing, as a bar, too. */
static void
append_unexplained(const Table *table)
{
    gint64 bytes = ml_ledger_unexplained(table->ledger);
    g_autofree char *percent = ml_percent((double)bytes, (double)table->ledger->model_bytes);
    g_autofree char *cell = ml_figure_signed(bytes);
    g_string_append(table->text, "  ");
    ml_figure_cell(table->text, ml_role_label(ML_ROLE_UNEXPLAINED), LABEL_COLUMNS, FALSE);
    append_per_element(table, (double)bytes);
    if (table->bar_room > 0) {
        double magnitude = bytes < 0 ? -(double)bytes : (double)bytes;
        int cells = table->largest > 0 ? (int)(magnitude / table->largest * table->bar_room) : 0;
        g_autofree char *bar =
            ml_bar(ML_ROLE_UNEXPLAINED, MIN(cells, table->bar_room), table->settings->ascii);
        g_string_append(table->text, "  ");
        ml_figure_cell(table->text, bar, table->bar_room, FALSE);
    }
    ml_figure_cell(table->text, percent, BYTES_COLUMNS, TRUE);
    ml_figure_cell(table->text, cell, BYTES_COLUMNS, TRUE);
    g_string_append_c(table->text, '\n');
}

/* --- the whole -------------------------------------------------------------------------------- */

char *
ml_ledger_line(const MlLedger *ledger)
{
    if (!ml_ledger_is_measured(ledger))
        return g_strdup("");
    g_autofree char *used = ml_fixed((double)ledger->measured_bytes / (1024.0 * 1024.0), 2);
    guint64 above = ledger->peak_bytes > (guint64)ledger->measured_bytes
                        ? ledger->peak_bytes - (guint64)ledger->measured_bytes
                        : 0;
    g_autofree char *peak = ml_fixed((double)above / (1024.0 * 1024.0), 2);
    g_autofree char *total = ml_fixed((double)ledger->total_rss_bytes / (1024.0 * 1024.0), 2);
    g_autofree char *seconds = ml_fixed(ledger->seconds, 3);
    return g_strdup_printf(
        "used %s MiB RAM in %s s, peaked %s MiB above current, total RAM usage %s MiB\n",
        used,
        seconds,
        peak,
        total);
}

char *
ml_ledger_table(const MlLedger *ledger, const MlTableSettings *settings)
{
    Table table = { .ledger = ledger, .settings = settings, .text = g_string_new(NULL) };
    int fixed = 2 + LABEL_COLUMNS + ELEMENT_COLUMNS + 2 + BYTES_COLUMNS +
                (ml_ledger_is_measured(ledger) ? BYTES_COLUMNS : 0);
    table.bar_room = settings->columns >= NARROW ? MIN(settings->columns - fixed, 40) : 0;
    if (table.bar_room < 4)
        table.bar_room = 0;
    table.largest = longest(&table);

    append_heading(&table);
    if (settings->by_part)
        append_part_rows(&table);
    else
        append_role_rows(&table);
    append_rule(&table);
    append_sum(&table);
    if (ml_ledger_is_measured(ledger))
        append_unexplained(&table);
    return g_string_free(table.text, FALSE);
}

char *
ml_ledger_opened(const MlLedger *ledger)
{
    static const char *const names[] = { "size fields", "rounding", "stock" };
    gboolean is_measured = ml_ledger_is_measured(ledger);
    guint64 sums[G_N_ELEMENTS(names)] = { 0 };
    guint64 total = 0;
    for (guint i = 0; i < ledger->n_parts; i++) {
        const MlLedgerPart *part = &ledger->parts[i];
        const MlPair *pairs[] = { &part->field, &part->rounding, &part->stock };
        for (guint k = 0; k < G_N_ELEMENTS(names); k++) {
            sums[k] += is_measured ? pairs[k]->measured : pairs[k]->model;
            total += is_measured ? pairs[k]->measured : pairs[k]->model;
        }
    }
    if (total == 0)
        return g_strdup("");
    g_autofree char *whole = ml_group_digits(total, " ");
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "  %s %s =", ml_role_label(ML_ROLE_ALLOCATOR), whole);
    const char *sign = " ";
    for (guint k = 0; k < G_N_ELEMENTS(names); k++) {
        g_autofree char *digits = ml_group_digits(sums[k], " ");
        if (sums[k] == 0)
            continue;
        g_string_append_printf(text, "%s%s %s", sign, names[k], digits);
        sign = " + ";
    }
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}

#include "diagram/kinds/ledger_rows.h"

#include <math.h>
#include <string.h>

#include "base/language.h"
#include "diagram/wording.h"
#include "structure/registry.h"

#define DATA_BYTES 8
#define ALMOST_ONE 1.01
#define FEW_ELEMENTS 100 /* below, pages and stock outweigh what the structure takes */

static void
clear_row(gpointer data)
{
    MlLedgerRow *row = data;
    g_free(row->name);
    g_free(row->words);
    g_free(row->particulars);
    g_free(row->total_text);
    g_free(row->factor_text);
    g_free(row->unexplained);
}

/* Of an unknown structure no option is. */
static gboolean
is_default(const MlLedger *ledger, const MlFactOption *option)
{
    const MlStructure *structure = ml_structure_find(ledger->structure);
    for (gsize i = 0; structure != NULL && i < structure->n_options; i++) {
        const MlOptionSpec *spec = &structure->options[i];
        const char *first = spec->text_default != NULL ? spec->text_default : spec->choices[0];
        if (strcmp(spec->name, option->name) == 0)
            return strcmp(first, option->value) == 0;
    }
    return FALSE;
}

/* Whether a ledger of the same structure was made with another value. */
static gboolean
varies(const MlDiagramFacts *facts, const MlLedger *ledger, guint option)
{
    for (guint i = 0; i < facts->n_ledgers; i++) {
        const MlLedger *other = facts->ledgers[i];
        if (strcmp(other->structure, ledger->structure) == 0 && option < other->options.count &&
            strcmp(other->options.option[option].value, ledger->options.option[option].value) != 0)
            return TRUE;
    }
    return FALSE;
}

static void
append_options(GString *words, const MlDiagramFacts *facts, const MlLedger *ledger)
{
    for (guint i = 0; i < ledger->options.count; i++) {
        const MlFactOption *option = &ledger->options.option[i];
        if (!is_default(ledger, option) || varies(facts, ledger, i))
            g_string_append_printf(words, ", %s=%s", option->name, option->value);
    }
}

/* What one has to know of this ledger to tell it from the others: ", box=bare, model". */
static char *
particulars(const MlDiagramFacts *facts, const MlLedger *ledger)
{
    gboolean n = FALSE;
    gboolean allocator = FALSE;
    gboolean origin = FALSE;
    for (guint i = 0; i < facts->n_ledgers; i++) {
        const MlLedger *other = facts->ledgers[i];
        n = n || other->n != ledger->n;
        allocator = allocator || strcmp(other->allocator, ledger->allocator) != 0;
        origin = origin || other->origin != ledger->origin;
    }
    GString *words = g_string_new(NULL);
    append_options(words, facts, ledger);
    g_autofree char *count = ml_wording_count(ledger->n);
    if (n)
        g_string_append_printf(words, _(", n = %s"), count);
    if (allocator)
        g_string_append_printf(words, ", %s", ledger->allocator);
    if (origin)
        g_string_append_printf(words, ", %s", ml_origin_id(ledger->origin));
    return g_string_free(words, FALSE);
}

static void
add_row(GArray *rows, const MlDiagramFacts *facts, const MlLedger *ledger)
{
    double bytes[ML_N_ROLES];
    ml_sum_resident(ledger, bytes);
    for (int role = 0; role < ML_N_ROLES && ledger->n > 0; role++)
        bytes[role] /= (double)ledger->n;
    MlLedgerRow row = { .ledger = ledger, .total = ml_sum_total(bytes) };
    ml_sum_round(bytes, &row.sum);
    g_autofree char *amount = ml_wording_amount(row.sum.printed_total, row.sum.decimals);
    row.name = g_strdup(ledger->title);
    g_autofree char *particular = particulars(facts, ledger);
    row.words = g_strconcat(ledger->element, particular, NULL);
    if (particular[0] != '\0')
        row.particulars = g_strdup(particular + strlen(", "));
    row.total_text = g_strconcat(amount, _(" B"), NULL);
    row.unexplained = ml_ledger_is_measured(ledger)
                          ? ml_wording_signed(bytes[ML_ROLE_UNEXPLAINED], 1)
                          : g_strdup("");
    g_array_append_val(rows, row);
}

static gboolean
is_packed_of_8(const MlLedger *ledger)
{
    return strcmp(ledger->structure, "packed-array") == 0 && ledger->n > 0 &&
           (ledger->options.count == 0 || strcmp(ledger->options.option[0].value, "8") == 0);
}

const MlLedgerRow *
ml_ledger_rows_packed(const GArray *rows)
{
    for (guint i = 0; i < rows->len; i++)
        if (is_packed_of_8(ml_ledger_row(rows, i)->ledger))
            return ml_ledger_row(rows, i);
    return NULL;
}

GArray *
ml_ledger_rows(const MlDiagramFacts *facts)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(MlLedgerRow));
    g_array_set_clear_func(rows, clear_row);
    for (guint i = 0; i < facts->n_ledgers; i++)
        add_row(rows, facts, facts->ledgers[i]);
    const MlLedgerRow *packed = ml_ledger_rows_packed(rows);
    double unit = packed != NULL && packed->total > 0 ? packed->total : DATA_BYTES;
    for (guint i = 0; i < rows->len; i++) {
        MlLedgerRow *row = &g_array_index(rows, MlLedgerRow, i);
        if (row != packed && row->ledger->n > 0)
            row->factor = row->total / unit;
        row->factor_text = row->factor > 0 ? ml_wording_factor(row->factor) : g_strdup("");
    }
    return rows;
}

static const MlLedgerRow *
dearest(const GArray *rows)
{
    const MlLedgerRow *most = ml_ledger_row(rows, 0);
    for (guint i = 1; i < rows->len; i++)
        if (ml_ledger_row(rows, i)->total > most->total)
            most = ml_ledger_row(rows, i);
    return most;
}

/* Whether no other row comes near. */
static gboolean
stands_out(const GArray *rows, const MlLedgerRow *most)
{
    for (guint i = 0; i < rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(rows, i);
        if (row != most && row->total * ALMOST_ONE >= most->total)
            return FALSE;
    }
    return TRUE;
}

char *
ml_ledger_rows_title(const GArray *rows)
{
    const MlLedgerRow *most = dearest(rows);
    const MlLedgerRow *packed = ml_ledger_rows_packed(rows);
    g_autofree char *name = ml_wording_a(most->name);
    if (most->ledger->n < FEW_ELEMENTS)
        return g_strdup(ML_LEDGER_PLAIN_TITLE);
    if (packed != NULL && most->factor > ALMOST_ONE) {
        g_autofree char *times = ml_wording_times(most->factor);
        return g_strdup_printf(_("%s takes %s a packed array"), name, times);
    }
    if (rows->len > 1 && stands_out(rows, most))
        return g_strdup_printf(_("%s takes most: %s per element"), name, most->total_text);
    double data = most->sum.bytes[ML_ROLE_DATA];
    if (rows->len == 1 && most->total > data * ALMOST_ONE) {
        g_autofree char *times = ml_wording_times(most->total / data);
        return g_strdup_printf(_("%s takes %s its data"), name, times);
    }
    return g_strdup(ML_LEDGER_PLAIN_TITLE);
}

char *
ml_ledger_rows_setup(const GArray *rows)
{
    const MlLedger *first = ml_ledger_row(rows, 0)->ledger;
    gboolean same_n = TRUE;
    gboolean same_origin = TRUE;
    for (guint i = 1; i < rows->len; i++) {
        const MlLedger *ledger = ml_ledger_row(rows, i)->ledger;
        same_n = same_n && ledger->n == first->n;
        same_origin = same_origin && ledger->origin == first->origin;
    }
    g_autofree char *count = ml_wording_count(first->n);
    g_autofree char *at_n = g_strconcat(_(" at n = "), count, NULL);
    return g_strdup_printf("%s%s, %s",
        same_n && first->n == 0 ? _("bytes") : _("bytes per element"),
        same_n ? at_n : "",
        same_origin ? ml_origin_id(first->origin) : _("model and measured"));
}

char *
ml_ledger_rows_factors(const GArray *rows)
{
    gboolean any = FALSE;
    for (guint i = 0; i < rows->len; i++)
        any = any || ml_ledger_row(rows, i)->factor > 0;
    if (!any)
        return g_strdup("");
    gboolean has_packed = ml_ledger_rows_packed(rows) != NULL;
    return g_strdup_printf(
        _("; factors over %s"), has_packed ? _("the packed array") : _("8 B of data"));
}

static void
append_row_words(GString *words, const MlLedgerRow *row)
{
    const char *before = " = ";
    g_string_append_printf(words, " %s (%s): %s", row->name, row->words, row->total_text);
    for (int role = 0; role < ML_ROLE_UNEXPLAINED; role++) {
        if (!ml_sum_shows(&row->sum, (MlRole)role))
            continue;
        g_autofree char *term = ml_wording_amount(row->sum.printed[role], row->sum.decimals);
        g_string_append_printf(words, "%s%s %s", before, term, ml_role_label((MlRole)role));
        before = " + ";
    }
    if (row->unexplained[0] != '\0')
        g_string_append_printf(words, _(", unexplained %s"), row->unexplained);
    g_string_append_c(words, '.');
}

char *
ml_ledger_rows_words(const GArray *rows, const char *title)
{
    g_autofree char *setup = ml_ledger_rows_setup(rows);
    GString *words = g_string_new(NULL);
    g_string_printf(words, _("%s. Bars: %s."), title, setup);
    for (guint i = 0; i < rows->len; i++)
        append_row_words(words, ml_ledger_row(rows, i));
    return g_string_free(words, FALSE);
}

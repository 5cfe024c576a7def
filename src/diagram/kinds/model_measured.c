/* Model and measurement: under each bar of the model, what the process took. */
#include <math.h>

#include "base/error.h"
#include "base/language.h"
#include "diagram/kinds/ledger.h"

#define FEW_ELEMENTS 100 /* below, a page is much */
#define PLAIN_TITLE "What the model says, and what the process took"
#define PERCENT 100.0

static gboolean
check(const MlDiagramFacts *facts, GError **error)
{
    for (guint i = 0; i < facts->n_ledgers; i++)
        if (!ml_ledger_is_measured(facts->ledgers[i]))
            return ml_fail(error,
                ML_ERROR_USAGE,
                "model-measured: %s was not measured; draw it without --model",
                facts->ledgers[i]->title);
    return TRUE;
}

/* The largest difference, as a share of what the model says. */
static double
worst_share(const GArray *rows)
{
    double worst = 0;
    for (guint i = 0; i < rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(rows, i);
        double unexplained = row->sum.bytes[ML_ROLE_UNEXPLAINED];
        double model = row->total - unexplained;
        if (model > 0)
            worst = fmax(worst, fabs(unexplained) / model);
    }
    return worst;
}

static char *
finding(const GArray *rows)
{
    char percent[G_ASCII_DTOSTR_BUF_SIZE];
    double worst = worst_share(rows);
    if (ml_ledger_row(rows, 0)->ledger->n < FEW_ELEMENTS)
        return g_strdup(PLAIN_TITLE);
    if (worst <= 0)
        return g_strdup(_("Model and measurement agree to the byte"));
    g_ascii_formatd(percent, sizeof percent, "%.1f", ceil(worst * PERCENT * 10) / 10);
    return g_strdup_printf(_("Model and measurement differ by at most %s\u202f%%"), percent);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    g_autofree char *title = finding(rows);
    g_autofree char *setup = ml_ledger_rows_setup(rows);
    g_autofree char *subtitle =
        g_strconcat(setup, _("; upper bar: model, lower: growth in RAM"), NULL);
    ml_ledger_layout(rows, scene, ML_LADDER(title, PLAIN_TITLE), ML_LADDER(subtitle, setup), TRUE);
    return TRUE;
}

static guint
most(double width, double height)
{
    return ml_ledger_most(height, TRUE);
}

static char *
describe(const MlDiagramFacts *facts)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    g_autofree char *title = finding(rows);
    return ml_ledger_rows_words(rows, title);
}

static char *
terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_autoptr(GArray) rows = ml_ledger_rows(facts);
    g_autofree char *title = finding(rows);
    g_autofree char *setup = ml_ledger_rows_setup(rows);
    return ml_ledger_terminal(rows, title, setup, TRUE, ascii, columns);
}

static const char *const examples[] = { "packed-array", "boxed-array", "compact-dict", NULL };

const MlDiagramKind ml_diagram_kind_model_measured = {
    .name = "model-measured",
    .summary = "for each structure two bars: what the model says, and what the process took",
    .needs = ML_NEEDS_LEDGERS,
    .examples = examples,
    .most = most,
    .check = check,
    .layout = layout,
    .describe = describe,
    .terminal = terminal,
};

#include "cli/ledger_output.h"

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/output.h"
#include "render/figures.h"

char *ml_by_text;

gboolean
ml_ledger_settings(MlTableSettings *ret_settings, GError **error)
{
    gboolean by_part = g_strcmp0(ml_by_text, "part") == 0;
    if (ml_by_text != NULL && !by_part && !g_str_equal(ml_by_text, "role")) {
        g_autofree char *quoted = ml_text_quote(ml_by_text);
        return ml_fail(error, ML_ERROR_USAGE, "--by takes 'role' or 'part', not %s", quoted);
    }
    *ret_settings = (MlTableSettings){
        .columns = ml_output_columns(),
        .ascii = ml_output_ascii(),
        .by_part = by_part,
    };
    return TRUE;
}

char *
ml_ledger_title(const MlLedger *ledger, const char *malloc_name)
{
    g_autofree char *name = ml_figure_name(ledger);
    g_autofree char *bold = ml_text_styled(ML_STYLE_BOLD, name);
    g_autofree char *count = ml_group_digits(ledger->n, " ");
    return g_strdup_printf("%s   n = %s   malloc: %s", bold, count, malloc_name);
}

gboolean
ml_output_ledgers(const GPtrArray *ledgers, GError **error)
{
    if (ledgers->len == 1)
        return ml_output_json(ml_ledger_to_json(ledgers->pdata[0]), error);
    json_t *array = json_array();
    for (guint i = 0; i < ledgers->len; i++)
        json_array_append_new(array, ml_ledger_to_json(ledgers->pdata[i]));
    return ml_output_json(array, error);
}

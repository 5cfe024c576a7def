#include "cli/ledger_output.h"

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/output.h"
#include "render/figures.h"

enum { LABEL_COLUMNS = 13 };

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
ml_ledger_title(const MlLedger *ledger, const char *malloc_name, const char *remark, int columns)
{
    g_autofree char *name = ml_figure_name(ledger);
    g_autofree char *bold = ml_text_styled(ML_STYLE_BOLD, name);
    g_autofree char *digits = ml_group_digits(ledger->n, " ");
    g_autofree char *count = g_strconcat("n = ", digits, NULL);
    g_autofree char *allocator = g_strconcat("malloc: ", malloc_name, NULL);
    const char *const pieces[] = { bold, count, allocator, remark, NULL };
    return ml_figure_flow(pieces, "   ", columns, 0);
}

char *
ml_ledger_held(const char *label, guint64 bytes, const char *remark, int columns)
{
    g_autofree char *held = ml_figure_held(bytes);
    g_auto(GStrv) units = g_strsplit(held, " = ", -1);
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    if (label != NULL)
        g_ptr_array_add(pieces, ml_text_pad(label, LABEL_COLUMNS, FALSE));
    for (guint i = 0; units[i] != NULL; i++)
        g_ptr_array_add(pieces, g_strconcat(i > 0 ? "= " : "", units[i], NULL));
    if (remark != NULL)
        g_ptr_array_add(pieces, g_strconcat("  ", remark, NULL));
    g_ptr_array_add(pieces, NULL);
    return ml_figure_flow((const char *const *)pieces->pdata, " ", columns, 2);
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

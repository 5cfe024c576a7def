#include "render/ledger_text.h"

#include "base/number.h"
#include "render/figures.h"

char *
ml_ledger_line(const MlLedger *ledger, int columns)
{
    if (!ml_ledger_is_measured(ledger))
        return g_strdup("");
    gint64 above = MAX((gint64)ledger->peak_bytes - ledger->measured_bytes, 0);
    guint64 largest = MAX(ledger->total_rss_bytes, (guint64)MAX(ledger->measured_bytes, 0));
    const char *name;
    double unit = ml_bytes_unit(MAX(largest, (guint64)above), &name);
    g_autofree char *used = ml_fixed((double)ledger->measured_bytes / unit, 2);
    g_autofree char *seconds = ml_fixed(ledger->seconds, 3);
    g_autofree char *peak = ml_fixed((double)above / unit, 2);
    g_autofree char *total = ml_fixed((double)ledger->total_rss_bytes / unit, 2);
    g_autofree char *first = g_strdup_printf("used %s %s RAM in %s s,", used, name, seconds);
    const char *least = ledger->peak_is_exact ? "" : "at least ";
    g_autofree char *second = g_strdup_printf("peaked %s%s %s above current,", least, peak, name);
    g_autofree char *third = g_strdup_printf("total RAM usage %s %s", total, name);
    const char *const pieces[] = { first, second, third, NULL };
    return ml_figure_flow(pieces, " ", columns, 0);
}

/* One term of the sum, over all parts. */
static guint64
sum_term(const MlLedger *ledger, gsize offset)
{
    guint64 sum = 0;
    for (guint i = 0; i < ledger->n_parts; i++) {
        const MlPair *pair = G_STRUCT_MEMBER_P(&ledger->parts[i], offset);
        sum += ml_ledger_is_measured(ledger) ? pair->measured : pair->model;
    }
    return sum;
}

char *
ml_ledger_opened(const MlLedger *ledger, int columns)
{
    static const struct {
        const char *name;
        gsize offset;
    } terms[] = {
        { "size fields", G_STRUCT_OFFSET(MlLedgerPart, field) },
        { "rounding", G_STRUCT_OFFSET(MlLedgerPart, rounding) },
        { "stock", G_STRUCT_OFFSET(MlLedgerPart, stock) },
    };
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    guint64 total = 0;
    g_ptr_array_add(pieces, NULL); /* the total, known at the end */
    for (gsize k = 0; k < G_N_ELEMENTS(terms); k++) {
        guint64 bytes = sum_term(ledger, terms[k].offset);
        g_autofree char *digits = ml_group_digits(bytes, " ");
        if (bytes > 0)
            g_ptr_array_add(
                pieces, g_strdup_printf("%s %s %s", total > 0 ? "+" : "=", terms[k].name, digits));
        total += bytes;
    }
    if (total == 0)
        return g_strdup("");
    g_autofree char *digits = ml_group_digits(total, " ");
    pieces->pdata[0] = g_strdup_printf("%s %s", ml_role_label(ML_ROLE_ALLOCATOR), digits);
    g_ptr_array_add(pieces, NULL);
    return ml_figure_flow((const char *const *)pieces->pdata, " ", columns, 2);
}

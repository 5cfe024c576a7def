#include "render/attribution_text.h"

#include "base/number.h"
#include "base/text.h"
#include "render/figures.h"

enum { INDENT = 2, NAME_COLUMNS = 42, BYTES_COLUMNS = 16 };

/* Where columns are few, the figure stands below its name. */
static void
append_row(GString *text, int columns, const char *name, guint64 bytes)
{
    int name_columns = MIN(NAME_COLUMNS, columns - INDENT - BYTES_COLUMNS);
    g_autofree char *digits = ml_group_digits(bytes, " ");
    ml_figure_cell(text, "", INDENT, FALSE);
    ml_figure_cell(text, name, MAX(name_columns, 0), FALSE);
    if (ml_text_width(name) > name_columns) {
        g_string_append_c(text, '\n');
        ml_figure_cell(text, "", INDENT + MAX(name_columns, 0), FALSE);
    }
    ml_figure_cell(text, digits, BYTES_COLUMNS, TRUE);
    g_string_append_c(text, '\n');
}

static char *
pages_text(const MlAttribution *attribution)
{
    g_autofree char *new_pages = ml_group_digits(attribution->n_new, " ");
    g_autofree char *vanished = ml_group_digits(attribution->n_vanished, " ");
    if (attribution->n_vanished == 0)
        return g_strdup_printf("new pages: %s", new_pages);
    return g_strdup_printf("new pages: %s, vanished: %s", new_pages, vanished);
}

/* What no live block owns, of all that is new. */
static char *
remainder_text(const MlLedger *ledger, int columns)
{
    const MlAttribution *attribution = &ledger->attribution;
    guint64 remainder = attribution->free + attribution->allocator_only + attribution->unattributed;
    guint64 whole = attribution->n_new * ledger->environment.page_bytes;
    g_autofree char *digits = ml_group_digits(remainder, " ");
    g_autofree char *percent = ml_fixed(whole > 0 ? 100 * (double)remainder / (double)whole : 0, 2);
    g_autofree char *owner = g_strdup_printf("no live block owns %s B", digits);
    g_autofree char *share = g_strdup_printf("of the new pages, %s %%;", percent);
    g_autofree char *memo_digits = ml_group_digits(attribution->already_resident, " ");
    g_autofree char *memo = g_strdup_printf("%s B of blocks lie on pages", memo_digits);
    const char *const pieces[] = { owner, share, memo, "that were there before", NULL };
    return ml_figure_flow(pieces, " ", columns, INDENT);
}

char *
ml_attribution_table(const MlLedger *ledger, int columns)
{
    if (!ml_ledger_is_measured(ledger))
        return g_strdup("");
    const MlAttribution *attribution = &ledger->attribution;
    if (!attribution->is_known)
        return g_strdup("  who owns which page is unknown: the pages could not be read\n");
    guint64 page_bytes = ledger->environment.page_bytes;
    GString *text = g_string_new(NULL);
    g_autofree char *pages = pages_text(attribution);
    append_row(text, columns, "live blocks: asked for", attribution->owned);
    append_row(text, columns, "live blocks: size fields and rounding", attribution->allocator);
    append_row(text, columns, "free space beside live blocks", attribution->free);
    append_row(text, columns, "pages of the allocator alone", attribution->allocator_only);
    if (attribution->unattributed > 0)
        append_row(
            text, columns, "unattributed: stack, data of libraries", attribution->unattributed);
    append_row(text, columns, pages, attribution->n_new * page_bytes);
    g_autofree char *remainder = remainder_text(ledger, columns);
    g_string_append_c(text, '\n');
    g_string_append(text, remainder);
    return g_string_free(text, FALSE);
}

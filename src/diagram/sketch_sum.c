#include <math.h>

#include "base/bar.h"
#include "base/language.h"
#include "base/number.h"
#include "diagram/finding.h"
#include "diagram/sketch_strip.h"

#define SWATCH_CELLS 4
#define SIGN_COLUMNS 5 /* "  +  " */

/* As the ledger in the terminal has it. */
static char *
figure_text(double bytes, int decimals)
{
    return decimals == 0 ? ml_group_digits((guint64)llround(bytes), " ")
                         : ml_fixed(bytes, decimals);
}

static char *
term_text(const MlSum *sum, MlRole role, gboolean ascii)
{
    g_autofree char *bar = ml_bar(role, SWATCH_CELLS, ascii);
    g_autofree char *figure = figure_text(fabs(sum->printed[role]), sum->decimals);
    return g_strdup_printf("%s %s %s", bar, figure, ml_role_label(role));
}

char *
ml_sketch_sum_lines(const MlSum *sum, gboolean ascii, int columns)
{
    g_autofree char *total = figure_text(sum->printed_total, sum->decimals);
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, _("%*s%s B"), ML_SKETCH_INDENT, "", total);
    int indent = ml_text_width(line->str);
    const char *sign = "=";
    GString *text = g_string_new(NULL);
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!ml_sum_shows(sum, (MlRole)role))
            continue;
        g_autofree char *term = term_text(sum, (MlRole)role, ascii);
        if (ml_text_width(line->str) + SIGN_COLUMNS + ml_text_width(term) > columns) {
            g_string_append_printf(text, "%s\n", line->str);
            g_string_printf(line, "%*s", indent, "");
        }
        g_string_append_printf(line, "  %s  %s", sign, term);
        sign = "+";
    }
    g_string_append_printf(text, "%s\n", line->str);
    return g_string_free(text, FALSE);
}

char *
ml_sketch_sum(const MlDiagramFacts *facts, const MlClaim *claim, gboolean ascii, int columns)
{
    g_autofree char *sum = ml_sketch_sum_lines(&claim->sum, ascii, columns);
    g_autofree char *of_what = ml_finding_of_what(facts->walk, claim);
    const char *origin = ml_origin_id(facts->ledgers[0]->origin);
    return g_strdup_printf("\n%s%*s%s, %s\n", sum, ML_SKETCH_INDENT, "", of_what, origin);
}

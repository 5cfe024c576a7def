#include "diagram/wording.h"

#include <math.h>
#include <string.h>

#include "base/language.h"
#include "base/number.h"

#define MINUS "\u2212"
#define WHOLE_WITHIN 0.05
#define ALMOST 0.01 /* 4.96 times may be called five times; 4.9 may not */

char *
ml_wording_count(guint64 count)
{
    return ml_group_digits(count, ML_THIN_SPACE);
}

char *
ml_wording_amount(double amount, int decimals)
{
    if (isnan(amount))
        return g_strdup("–");
    double unit = decimals == 1 ? 0.1 : 1;
    const char *sign = amount <= -unit / 2 ? MINUS : "";
    double size = fabs(amount);
    if (decimals == 0 || fabs(size - round(size)) < WHOLE_WITHIN) {
        g_autofree char *whole = ml_wording_count((guint64)llround(size));
        return g_strconcat(sign, whole, NULL);
    }
    g_autofree char *figure = ml_fixed(size, decimals);
    return g_strconcat(sign, figure, NULL);
}

char *
ml_wording_signed(double amount, int decimals)
{
    g_autofree char *figure = ml_wording_amount(amount, decimals);
    if (strcmp(figure, "0") == 0)
        return g_strdup(ML_WORDING_ZERO);
    return g_strconcat(amount > 0 ? "+" : "", figure, NULL);
}

char *
ml_wording_factor(double factor)
{
    g_autofree char *figure = ml_wording_amount(factor, 1);
    return g_strconcat(figure, "×", NULL);
}

char *
ml_wording_times(double factor)
{
    static const char *const words[] = {
        [2] = N_("twice"),
        [3] = N_("three times"),
        [4] = N_("four times"),
        [5] = N_("five times"),
        [6] = N_("six times"),
        [7] = N_("seven times"),
        [8] = N_("eight times"),
        [9] = N_("nine times"),
        [10] = N_("ten times"),
    };
    double whole = round(factor);
    g_autofree char *figure = ml_wording_amount(factor, 1);
    gboolean is_whole = fabs(factor / whole - 1) < ALMOST || strchr(figure, '.') == NULL;
    if (whole >= 2 && whole <= 10 && is_whole)
        return g_strdup(_(words[(int)whole]));
    return g_strconcat(figure, _(" times"), NULL);
}

char *
ml_wording_a(const char *noun)
{
    const char *article = strchr("aeio", noun[0]) != NULL ? _("An ") : _("A ");
    return g_strconcat(article, noun, NULL);
}

char *
ml_wording_origin(const MlLedger *ledger)
{
    if (!ml_ledger_is_measured(ledger))
        return g_strdup(ml_origin_id(ledger->origin));
    g_autofree char *amount = ml_wording_signed((double)ml_ledger_unexplained(ledger), 0);
    return g_strdup_printf(_("%s, unexplained %s B"), ml_origin_id(ledger->origin), amount);
}

#include "base/quantity.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"

#define UNITS "units are B, kB, MB, GB, KiB, MiB, GiB and B/elem"

static const struct {
    const char *name;
    double bytes;
} units[] = {
    { "B", 1 },
    { "kB", 1e3 },
    { "MB", 1e6 },
    { "GB", 1e9 },
    { "TB", 1e12 },
    { "KiB", 0x1p10 },
    { "MiB", 0x1p20 },
    { "GiB", 0x1p30 },
    { "TiB", 0x1p40 },
    { "KB", 1e3 },
    { "byte", 1 },
    { "bytes", 1 },
};

static const char *const element_words[] = { "elem", "element", "entry", NULL };

/* One sort of blank, one sort of minus, none around. */
static char *
normalise(const char *text)
{
    static const char *const from[] = { "\t", "\u00a0", "\u2009", "\u202f", "\u2212" };
    static const char *const to[] = { " ", " ", " ", " ", "-" };
    g_autoptr(GString) normal = g_string_new(text);

    for (gsize i = 0; i < G_N_ELEMENTS(from); i++)
        g_string_replace(normal, from[i], to[i], 0);
    return g_strdup(g_strstrip(normal->str));
}

static gsize
count_digits(const char *at)
{
    return strspn(at, "0123456789");
}

/* @how: what is wrong; the examples follow it */
static gboolean
refuse_with(const char *text, const char *how, const char *examples, GError **error)
{
    g_autofree char *why = g_strconcat(how, examples, NULL);
    return ml_refuse(error, text, why);
}

/* "40,009,728" and "38,2": says how to write what is meant. */
static gboolean
refuse_commas(const char *text, const char *examples, GError **error)
{
    gsize n_commas = 0, n_groups = 0;
    g_autofree char *grouped = g_strdelimit(g_strdup(text), ",", ' ');
    g_autofree char *pointed = g_strdelimit(g_strdup(text), ",", '.');
    g_autofree char *why = NULL;

    for (const char *c = strchr(text, ','); c != NULL; c = strchr(c + 1, ',')) {
        n_commas++;
        n_groups += count_digits(c + 1) == 3;
    }
    if (n_commas == 1 && n_groups == 1)
        why = g_strdup_printf("has a comma; write %s or %s", grouped, pointed);
    else if (n_commas == n_groups)
        why = g_strdup_printf("has commas; write %s", grouped);
    else if (n_commas == 1)
        why = g_strdup_printf("has a comma; write %s", pointed);
    else
        why = g_strconcat("has commas; write ", examples, NULL);
    return ml_refuse(error, text, why);
}

/* Whole digits, parted by '_' or in groups of three by a blank. */
static const char *
scan_whole(const char *at, GString *plain)
{
    gsize run = count_digits(at), first = run;

    while (run > 0) {
        g_string_append_len(plain, at, (gssize)run);
        at += run;
        run = 0;
        if (*at == '_')
            run = count_digits(at + 1);
        else if (*at == ' ' && first <= 3 && count_digits(at + 1) == 3)
            run = 3;
        at += run > 0;
    }
    return at;
}

/* The number at the beginning, as g_ascii_strtod() takes it.  Returns: what follows it. */
static const char *
scan_number(const char *at, GString *plain)
{
    if (*at == '-' || *at == '+')
        g_string_append_c(plain, *at++);
    at = scan_whole(at, plain);
    if (*at == '.') {
        gsize length = 1 + count_digits(at + 1);
        g_string_append_len(plain, at, (gssize)length);
        at += length;
    }
    if (*at == 'e' || *at == 'E') {
        gsize sign = at[1] == '-' || at[1] == '+' ? 1 : 0;
        gsize n_digits = count_digits(at + 1 + sign);
        if (n_digits > 0) {
            g_string_append_len(plain, at, (gssize)(1 + sign + n_digits));
            at += 1 + sign + n_digits;
        }
    }
    return at;
}

static gboolean
parse_number(const char *text,
    const char *examples,
    const char **ret_rest,
    double *ret_number,
    GError **error)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    const char *rest = scan_number(text, plain);

    if (*text == '\0')
        return refuse_with(text, "is empty; write ", examples, error);
    if (strpbrk(plain->str, "0123456789") == NULL || *rest == '.' || *rest == '_')
        return refuse_with(text, "is not a number; write ", examples, error);
    if (g_ascii_tolower(*rest) == 'x')
        return refuse_with(text, "is hexadecimal; write it in tens: ", examples, error);
    if (g_ascii_isdigit(rest[strspn(rest, " ")]))
        return ml_refuse(
            error, text, "has blanks that do not part groups of three; write 40 009 728");
    errno = 0;
    double number = g_ascii_strtod(plain->str, NULL);
    if (!isfinite(number))
        return ml_refuse(error, text, "is too large");
    if (errno == ERANGE)
        return ml_refuse(error, text, "is too near to 0");
    *ret_rest = rest;
    *ret_number = number;
    return TRUE;
}

static gboolean
find_factor(const char *text, const char *unit, double *ret_factor, GError **error)
{
    const char *names[G_N_ELEMENTS(units) + 1] = { NULL };

    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        names[i] = units[i].name;
        if (strcmp(unit, units[i].name) == 0) {
            *ret_factor = units[i].bytes;
            return TRUE;
        }
    }
    g_autofree char *quoted = ml_text_quote(unit);
    g_autofree char *near = ml_suggest_phrase(unit, names);
    g_autofree char *why = g_strdup_printf("has an unknown unit, %s%s; " UNITS, quoted, near);
    return ml_refuse(error, text, why);
}

/* The words after the number: none, "MB", or "B per elem". */
static gboolean
parse_unit(
    const char *text, const char *examples, char **words, MlQuantity *quantity, GError **error)
{
    guint n_words = g_strv_length(words);

    if (n_words == 0)
        return TRUE;
    if (!find_factor(text, words[0], &quantity->factor, error))
        return FALSE;
    quantity->unit = n_words == 1 ? ML_UNIT_BYTES : ML_UNIT_BYTES_PER_ELEMENT;
    if (n_words == 1)
        return TRUE;
    if (strcmp(words[1], "per") != 0)
        return refuse_with(text, "has two units; write one: ", examples, error);
    if (n_words == 3 && g_strv_contains(element_words, words[2]))
        return TRUE;
    return ml_refuse(error, text, "can only be per element; write 112 B/elem");
}

static char **
split_words(const char *text)
{
    g_autoptr(GString) spaced = g_string_new(text);
    g_string_replace(spaced, "/", " per ", 0);
    char **words = g_strsplit(spaced->str, " ", -1);
    guint kept = 0;

    for (guint i = 0; words[i] != NULL; i++) {
        if (*words[i] == '\0')
            g_free(words[i]);
        else
            words[kept++] = words[i];
    }
    words[kept] = NULL;
    return words;
}

gboolean
ml_quantity_parse(const char *text, const char *examples, MlQuantity *ret_quantity, GError **error)
{
    g_autofree char *normal = normalise(text);
    MlQuantity quantity = { .unit = ML_UNIT_NONE, .factor = 1 };
    const char *rest = NULL;

    if (strchr(normal, ',') != NULL)
        return refuse_commas(normal, examples, error);
    if (!parse_number(normal, examples, &rest, &quantity.number, error))
        return FALSE;
    g_auto(GStrv) words = split_words(rest);
    if (!parse_unit(normal, examples, words, &quantity, error))
        return FALSE;
    if (!isfinite(quantity.number * quantity.factor))
        return ml_refuse(error, normal, "is too large");
    *ret_quantity = quantity;
    return TRUE;
}

double
ml_quantity_bytes(const MlQuantity *quantity)
{
    return quantity->number * quantity->factor;
}

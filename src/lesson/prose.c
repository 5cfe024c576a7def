#include "lesson/prose.h"

#include <string.h>

#include "base/text.h"

#define MAX_DIGITS 2
#define CODE_STYLE (ML_MARK_BASE + ML_STYLE_CODE)
#define ALLOWED_AFTER "n = "

/* Where what is no prose ends: code, or a formula; @at itself where it is prose. */
static const char *
skip_other(const char *at)
{
    const char *end = NULL;
    if (*at == ML_MARK_BEGIN && at[1] == CODE_STYLE)
        end = strchr(at, ML_MARK_END);
    else if (g_str_has_prefix(at, "{{"))
        end = strstr(at, "}}");
    return end != NULL ? end + 1 : at;
}

/* "40 009 728" is one number. */
static const char *
skip_number(const char *at, guint *ret_digits)
{
    *ret_digits = 0;
    while (g_ascii_isdigit(*at) || (*ret_digits > 0 && *at == ' ' && g_ascii_isdigit(at[1]) &&
                                       g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3])))
        *ret_digits += g_ascii_isdigit(*at++) ? 1 : 0;
    return at;
}

char *
ml_prose_find_number(const char *text)
{
    for (const char *at = text; *at != '\0';) {
        const char *after = skip_other(at);
        guint digits;
        if (after != at) {
            at = after;
            continue;
        }
        if (!g_ascii_isdigit(*at)) {
            at++;
            continue;
        }
        after = skip_number(at, &digits);
        gsize before = (gsize)(at - text), allowed = strlen(ALLOWED_AFTER);
        gboolean is_n = before >= allowed && g_str_has_prefix(at - allowed, ALLOWED_AFTER);
        if (digits > MAX_DIGITS && !is_n)
            return g_strndup(at, (gsize)(after - at));
        at = after;
    }
    return NULL;
}

static gboolean
is_in_name(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* Whether @word stands at @at, and is no part of a longer name. */
static gboolean
stands_at(const char *cell, const char *at, const char *word)
{
    gboolean is_name = is_in_name(*word);
    if (!g_str_has_prefix(at, word))
        return FALSE;
    return !is_name || ((at == cell || !is_in_name(at[-1])) && !is_in_name(at[strlen(word)]));
}

const char *
ml_prose_find_foreign(const char *cell)
{
    static const char *const foreign[] = { "..", "~=", "#", "local", "function", "end" };
    char quote = '\0';

    for (const char *at = cell; *at != '\0'; at++) {
        if (quote != '\0' || *at == '"' || *at == '\'') {
            quote = quote == '\0' ? *at : *at == quote ? '\0' : quote;
            continue;
        }
        for (gsize i = 0; i < G_N_ELEMENTS(foreign); i++)
            if (stands_at(cell, at, foreign[i]))
                return foreign[i];
    }
    return NULL;
}

#include "script/habit.h"

#include <string.h>

#include "script/scan.h"

#define EXAMPLE_COUNT "1000000"

static gboolean
is_code(const guint8 *kinds, gsize from, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (kinds[from + i] != ML_SCAN_CODE)
            return FALSE;
    return TRUE;
}

/* The line that @at stands on, up to it, or from it on; without blanks around. */
static char *
line_before(const char *source, gsize at)
{
    gsize from = at;

    while (from > 0 && source[from - 1] != '\n' && source[from - 1] != ';')
        from--;
    return g_strstrip(g_strndup(source + from, at - from));
}

static char *
code_after(const char *source, const guint8 *kinds, gsize at)
{
    gsize end = at;

    while (
        source[end] != '\0' && strchr("\n;", source[end]) == NULL && kinds[end] != ML_SCAN_COMMENT)
        end++;
    return g_strstrip(g_strndup(source + at, end - at));
}

/* --- operators -------------------------------------------------------------------------------- */

static char *
find_operator(const char *source, const guint8 *kinds, gsize at)
{
    static const struct {
        const char *typed;
        const char *answer;
    } operators[] = {
        { "!=", "write ~=" },
        { "**", "write ^ for a power, as in 2^20" },
        { "&&", "write and" },
        { "||", "write or" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(operators); i++)
        if (g_str_has_prefix(source + at, operators[i].typed) && is_code(kinds, at, 2))
            return g_strdup(operators[i].answer);
    return NULL;
}

/* "a += 1", "a++" */
static char *
find_assignment(const char *source, const guint8 *kinds, gsize at)
{
    char operator= source[at];

    if (strchr("+-*/%", operator) == NULL || !is_code(kinds, at, 2))
        return NULL;
    gboolean counts = operator== '+' && source[at + 1] == '+';
    if (source[at + 1] != '=' && !counts)
        return NULL;
    g_autofree char *name = line_before(source, at);
    g_autofree char *amount = counts ? g_strdup("1") : code_after(source, kinds, at + 2);
    if (*name == '\0' || *amount == '\0')
        return NULL;
    return g_strdup_printf("write %s = %s %c %s", name, name, operator, amount);
}

/* --- lists and dicts -------------------------------------------------------------------------- */

/* The bracket that closes the one at @open; the length of the source where there is none. */
static gsize
find_close(const char *source, const guint8 *kinds, gsize open)
{
    gsize at = open, depth = 0;

    for (; source[at] != '\0'; at++) {
        if (kinds[at] != ML_SCAN_CODE)
            continue;
        if (strchr("[{(", source[at]) != NULL)
            depth++;
        else if (strchr("]})", source[at]) != NULL && --depth == 0)
            break;
    }
    return at;
}

/* "… for x in y …", and not a loop of ours, which has a "do". */
static gboolean
is_comprehension(const char *source, const guint8 *kinds, gsize from, gsize to)
{
    for (gsize at = from + 1; at + 4 < to; at++) {
        if (!g_str_has_prefix(source + at, "for ") || !is_code(kinds, at, 3) ||
            ml_scan_is_name(source[at - 1]))
            continue;
        g_autofree char *rest = g_strndup(source + at, to - at);
        return strstr(rest, " in ") != NULL && strstr(rest, " do") == NULL;
    }
    return FALSE;
}

/* What stands in "range(…)" where that is one plain figure. */
static char *
find_count(const char *source, gsize from, gsize to)
{
    g_autofree char *inner = g_strndup(source + from, to - from);
    const char *range = strstr(inner, "range(");
    gsize length = range != NULL ? strspn(range + 6, "0123456789e*") : 0;

    return length > 0 && range[6 + length] == ')' ? g_strndup(range + 6, length)
                                                  : g_strdup(EXAMPLE_COUNT);
}

/* "a = [i for i in range(10)]", "a = [1, 2]", "{i: 2*i for i in range(10)}" */
static char *
find_literal(const char *source, const guint8 *kinds, gsize at)
{
    gboolean is_list = source[at] == '[';

    if ((!is_list && source[at] != '{') || kinds[at] != ML_SCAN_CODE)
        return NULL;
    gsize close = find_close(source, kinds, at);
    g_autofree char *before = line_before(source, at);
    gboolean is_value = *before != '\0' && strchr("=(", before[strlen(before) - 1]) != NULL;
    if (!is_comprehension(source, kinds, at, close) && !(is_list && is_value))
        return NULL;
    g_autofree char *count = find_count(source, at, close);
    return g_strdup_printf("cells build C structures: %s %s(%s)",
        g_str_has_suffix(before, "=") ? before : "a =",
        is_list ? "boxed_array" : "compact_dict",
        count);
}

/* --- C types ---------------------------------------------------------------------------------- */

static const char *const c_types[] = {
    "int",
    "char",
    "short",
    "long",
    "unsigned",
    "float",
    "double",
    "size_t",
    "int8_t",
    "int16_t",
    "int32_t",
    "int64_t",
    "uint8_t",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "struct",
    "void",
    NULL,
};

/* "sizeof(int)", "sizeof(struct box)" */
static char *
find_sizeof(const char *source, const guint8 *kinds, gsize at)
{
    if (!g_str_has_prefix(source + at, "sizeof(") || !is_code(kinds, at, 7))
        return NULL;
    const char *type = source + at + strlen("sizeof(");
    gsize word = 0;
    while (ml_scan_is_name(type[word]))
        word++;
    g_autofree char *first = g_strndup(type, word);
    if (!g_strv_contains(c_types, first))
        return NULL;
    return g_strdup_printf(
        "sizeof takes a structure; for C types: ctype(\"%.*s\")", (int)strcspn(type, ")\n"), type);
}

/* --- signs that no keyboard line of Lua has --------------------------------------------------- */

static char *
find_foreign(const char *source, const guint8 *kinds, gsize at)
{
    static const struct {
        const char *signs;
        const char *answer;
    } known[] = {
        { "“”„‘’«»", "write straight quotes, as in \"text\"" },
        { "−–—", "write - for minus" },
        { "×·", "write * for times" },
        { "≠", "write ~=" },
        { "\u00a0\u2009\u202f", "write a plain blank" },
    };
    gunichar sign = g_utf8_get_char_validated(source + at, -1);

    if ((guchar)source[at] < 0x80)
        return NULL;
    for (gsize i = 0; sign < 0x110000 && i < G_N_ELEMENTS(known); i++)
        if (g_utf8_strchr(known[i].signs, -1, sign) != NULL)
            return g_strdup(known[i].answer);
    return g_strdup("names are made of a to z, 0 to 9 and _");
}

/* --- all -------------------------------------------------------------------------------------- */

char *
ml_habit_find(const char *source, const guint8 *kinds, gsize *ret_offset)
{
    char *(*const finders[])(const char *, const guint8 *, gsize) = {
        find_operator,
        find_assignment,
        find_literal,
        find_sizeof,
        find_foreign,
    };
    for (gsize at = 0; source[at] != '\0'; at++) {
        if (kinds[at] != ML_SCAN_CODE)
            continue;
        for (gsize i = 0; i < G_N_ELEMENTS(finders); i++) {
            char *answer = finders[i](source, kinds, at);
            if (answer == NULL)
                continue;
            *ret_offset = at;
            return answer;
        }
    }
    return NULL;
}

const char *
ml_habit_name(const char *name)
{
    static const struct {
        const char *typed;
        const char *answer;
    } names[] = {
        { "True", "write true" },
        { "False", "write false" },
        { "None", "write nil" },
        { "NULL", "write nil" },
        { "null", "write nil" },
        { "list", "cells build C structures: boxed_array(" EXAMPLE_COUNT ")" },
        { "range", "cells build C structures: boxed_array(" EXAMPLE_COUNT ")" },
        { "dict", "cells build C structures: compact_dict(" EXAMPLE_COUNT ")" },
        { "malloc", "cells build C structures: packed_array(" EXAMPLE_COUNT ")" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(names[i].typed, name))
            return names[i].answer;
    return g_strv_contains(c_types, name) ? "for C types: ctype(\"int\")" : NULL;
}

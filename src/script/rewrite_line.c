#include "script/rewrite_line.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "script/scan.h"

static gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static gsize
skip_blanks(const MlRewriteLine *line, gsize at)
{
    while (at < line->end && is_blank(line->text[at]))
        at++;
    return at;
}

static gsize
skip_name(const MlRewriteLine *line, gsize at)
{
    if (at < line->end && g_ascii_isdigit(line->text[at]))
        return at;
    while (at < line->end && ml_scan_is_name(line->text[at]))
        at++;
    return at;
}

/* The Lua that replaces the line so far is @prefix, of which the first @keep bytes are the line's;
 * the line's own text goes on at @at. */
static void
begin_with(MlRewriteLine *line, gsize keep, gsize at, const char *prefix)
{
    gsize start = line->lua->len;
    for (gsize i = start; i > 0 && line->lua->str[i - 1] != '\n'; i--)
        start = i - 1;
    g_string_append(line->lua, prefix);
    gsize here = line->lua->len - start;
    MlColumnShift shift = {
        .line = line->number,
        .keep = (guint)keep,
        .from = (guint)here + 1,
        .by = (guint)(here - MIN(here, at)),
    };
    g_array_append_val(line->shifts, shift);
}

static void
append_rest(MlRewriteLine *line)
{
    gsize at = line->end;

    if (at < line->length && line->kinds[at] == ML_SCAN_COMMENT)
        g_string_append_c(line->lua, ' ');
    for (; at < line->length && line->kinds[at] != ML_SCAN_COMMENT; at++)
        g_string_append_c(line->lua, line->text[at]);
    if (at < line->length)
        g_string_append_printf(line->lua, "--%.*s", (int)(line->length - at), line->text + at);
}

/* --- magics ----------------------------------------------------------------------------------- */

/* The options of a magic: each a letter behind '-', and for n and r a figure. */
static gsize
skip_options(const MlRewriteLine *line, gsize at)
{
    for (;;) {
        gsize next = skip_blanks(line, at);
        if (next + 1 >= line->end || line->text[next] != '-')
            return at;
        char letter = line->text[next + 1];
        gsize value = skip_blanks(line, next + 2);
        gsize digits = value;
        while (digits < line->end && g_ascii_isdigit(line->text[digits]))
            digits++;
        if (letter == 'o' && (value > next + 2 || value == line->end))
            at = next + 2;
        else if ((letter == 'n' || letter == 'r') && digits > value)
            at = digits;
        else
            return at;
    }
}

/* Whether the code is a statement `b = …` and not an expression. */
static gboolean
is_assignment(const MlRewriteLine *line, gsize at)
{
    int depth = 0;

    for (; at < line->end; at++) {
        if (line->kinds[at] != ML_SCAN_CODE)
            continue;
        if (strchr("([{", line->text[at]) != NULL)
            depth++;
        else if (strchr(")]}", line->text[at]) != NULL)
            depth--;
        else if (depth == 0 && strchr("~<>=", line->text[at]) != NULL && line->text[at + 1] == '=')
            at++;
        else if (depth == 0 && line->text[at] == '=')
            return TRUE;
    }
    return FALSE;
}

static gboolean
check_magic(const MlRewriteLine *line, gsize at, const char *sign, const char *name, GError **error)
{
    if (g_strv_contains(line->magics, name))
        return TRUE;
    g_autofree char *near = ml_suggest_phrase(name, line->magics);
    g_autofree char *all = g_strjoinv(", %", (char **)(guintptr)line->magics);
    *line->place = (MlCellPlace){ .line = line->number, .column = (guint)at + 1 };
    return ml_fail(error, ML_ERROR_USAGE, "unknown %s%s%s; there are %%%s", sign, name, near, all);
}

/* "%name code", from the % at @at on. */
static gboolean
rewrite_magic(MlRewriteLine *line, gsize at, GError **error)
{
    gsize name_end = skip_name(line, at + 1);
    g_autofree char *name = g_strndup(line->text + at + 1, name_end - at - 1);

    if (!check_magic(line, at, "%", name, error))
        return FALSE;
    gsize options_end = g_str_equal(name, "timeit") ? skip_options(line, name_end) : name_end;
    gsize code = skip_blanks(line, options_end);
    g_autofree char *options = g_strndup(line->text + name_end, options_end - name_end);
    g_autofree char *prefix = g_strdup_printf("%.*s_ENV[\"%%%s\"](\"%s\", function() %s",
        (int)at,
        line->text,
        name,
        options,
        is_assignment(line, code) ? "" : "return ");
    begin_with(line, at, code, prefix);
    g_string_append_len(line->lua, line->text + code, (gssize)(line->end - code));
    g_string_append(line->lua, " end)");
    append_rest(line);
    return TRUE;
}

/* "%%name" on the first line: what follows is its function; `end)` closes it below the cell. */
static gboolean
rewrite_cell_magic(MlRewriteLine *line, gsize at, GError **error)
{
    gsize name_end = skip_name(line, at + 2);
    g_autofree char *name = g_strndup(line->text + at + 2, name_end - at - 2);
    g_autofree char *options = g_strndup(line->text + name_end, line->end - name_end);

    if (!check_magic(line, at, "%%", name, error))
        return FALSE;
    if (skip_options(line, name_end) != line->end) {
        *line->place = (MlCellPlace){ .line = line->number, .column = (guint)name_end + 1 };
        return ml_fail(
            error, ML_ERROR_USAGE, "%%%%%s stands alone on its line, but for -n, -r and -o", name);
    }
    g_string_append_printf(
        line->lua, "return _ENV[\"%%%s\"](\"%s\", function()", name, g_strstrip(options));
    append_rest(line);
    return TRUE;
}

/* --- the other lines -------------------------------------------------------------------------- */

/* "x?"  Returns: whether it was one. */
static gboolean
rewrite_help(MlRewriteLine *line)
{
    gsize name_end = skip_name(line, line->begin);

    if (name_end == line->begin || name_end + 1 != line->end || line->text[name_end] != '?')
        return FALSE;
    g_autofree char *name = g_strndup(line->text + line->begin, name_end - line->begin);
    g_string_append_printf(
        line->lua, "%.*s_ENV[\"?\"](\"%s\")", (int)line->begin, line->text, name);
    append_rest(line);
    return TRUE;
}

/* "del a, b"  Returns: whether it was one. */
static gboolean
rewrite_del(MlRewriteLine *line)
{
    gsize word = skip_name(line, line->begin);
    gsize first = skip_blanks(line, word);
    gsize at = first, name_end;

    if (word - line->begin != 3 || strncmp(line->text + line->begin, "del", 3) != 0 ||
        first == word)
        return FALSE;
    while ((name_end = skip_name(line, at)) > at) {
        at = skip_blanks(line, name_end);
        if (at == line->end) {
            g_string_append_printf(line->lua,
                "%.*sdel(%.*s)",
                (int)line->begin,
                line->text,
                (int)(line->end - first),
                line->text + first);
            append_rest(line);
            return TRUE;
        }
        if (line->text[at] != ',')
            return FALSE;
        at = skip_blanks(line, at + 1);
    }
    return FALSE;
}

/* Where a % begins a magic on this line; the line's length where it does not. */
static gsize
find_magic(const MlRewriteLine *line)
{
    gsize at = line->begin;
    gsize name_end = skip_name(line, at);

    if (name_end > at) {
        at = skip_blanks(line, name_end);
        if (at == line->end || line->text[at] != '=')
            return line->length;
        at = skip_blanks(line, at + 1);
    }
    gboolean found = at + 1 < line->end && line->text[at] == '%' &&
                     (g_ascii_isalpha(line->text[at + 1]) || line->text[at + 1] == '%');
    return found ? at : line->length;
}

/* Finds where the code of a line begins and ends. */
static void
measure_line(MlRewriteLine *line)
{
    line->begin = 0;
    while (line->begin < line->length && is_blank(line->text[line->begin]))
        line->begin++;
    line->end = line->length;
    while (line->end > line->begin &&
           (is_blank(line->text[line->end - 1]) || line->kinds[line->end - 1] == ML_SCAN_COMMENT))
        line->end--;
    line->has_code = line->begin < line->end && line->kinds[line->begin] == ML_SCAN_CODE;
}

gboolean
ml_rewrite_line(MlRewriteLine *line, gboolean *is_whole, GError **error)
{
    measure_line(line);
    gsize magic = line->has_code ? find_magic(line) : line->length;

    if (magic < line->length && line->text[magic + 1] != '%')
        return rewrite_magic(line, magic, error);
    if (magic == line->begin && magic < line->length && line->number == 1) {
        *is_whole = TRUE;
        return rewrite_cell_magic(line, magic, error);
    }
    if (magic < line->length) {
        *line->place = (MlCellPlace){ .line = line->number, .column = (guint)magic + 1 };
        return ml_fail(error,
            ML_ERROR_USAGE,
            "%%%% stands at the beginning of a cell; for one line, write %%");
    }
    if (line->has_code && (rewrite_help(line) || rewrite_del(line)))
        return TRUE;
    for (gsize i = 0; i < line->length; i++) {
        gboolean begins = line->kinds[i] == ML_SCAN_COMMENT && line->text[i] != '-' &&
                          (i == 0 || line->kinds[i - 1] != ML_SCAN_COMMENT);
        if (begins && strchr("#/", line->text[i]) != NULL)
            g_string_append_c(line->lua, '-');
        g_string_append_c(line->lua, begins && strchr("#/", line->text[i]) ? '-' : line->text[i]);
    }
    return TRUE;
}

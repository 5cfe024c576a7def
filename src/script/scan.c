#include "script/scan.h"

#include <string.h>

gboolean
ml_scan_is_name(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* The bytes of a long bracket, "[[…]]" or "[==[…]==]"; 0 where @at is none; all that is left where
 * it is not closed. */
static gsize
long_bracket(const char *at)
{
    gsize level = *at == '[' ? strspn(at + 1, "=") : 0;

    if (*at != '[' || at[1 + level] != '[')
        return 0;
    g_autofree char *equals = g_strnfill(level, '=');
    g_autofree char *close = g_strdup_printf("]%s]", equals);
    const char *end = strstr(at + level + 2, close);
    return end != NULL ? (gsize)(end - at) + level + 2 : strlen(at);
}

static gsize
quoted(const char *at)
{
    gsize length = 1;

    while (at[length] != '\0' && at[length] != '\n' && at[length] != *at)
        length += at[length] == '\\' && at[length + 1] != '\0' ? 2 : 1;
    return at[length] == *at ? length + 1 : length;
}

static gboolean
begins_line(const char *source, const char *at)
{
    while (at > source && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at == source || at[-1] == '\n';
}

static gsize
comment(const char *source, const char *at)
{
    if (at[0] == '-' && at[1] == '-') {
        gsize length = long_bracket(at + 2);
        return length > 0 ? length + 2 : strcspn(at, "\n");
    }
    if (at[0] == '#' && strchr(" \t\n#", at[1]) != NULL)
        return strcspn(at, "\n");
    if (at[0] == '/' && at[1] == '/' && begins_line(source, at))
        return strcspn(at, "\n");
    return 0;
}

guint8 *
ml_scan_cell(const char *source)
{
    guint8 *kinds = g_malloc0(strlen(source) + 1);

    for (const char *at = source; *at != '\0';) {
        MlScanKind kind = ML_SCAN_COMMENT;
        gsize length = comment(source, at);
        if (length == 0) {
            kind = ML_SCAN_STRING;
            length = *at == '"' || *at == '\'' ? quoted(at) : long_bracket(at);
        }
        if (length == 0) {
            kind = ML_SCAN_CODE;
            length = 1;
        }
        memset(kinds + (at - source), (int)kind, length);
        at += length;
    }
    return kinds;
}

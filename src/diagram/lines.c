#include "diagram/lines.h"

#include <string.h>

/* As much of it as fits. */
static char *
cut(MlMetrics *metrics, const char *text, MlType type, double width)
{
    if (ml_metrics_width(metrics, text, type) <= width)
        return g_strdup(text);
    for (glong letters = g_utf8_strlen(text, -1) - 1; letters > 0; letters--) {
        g_autofree char *begin = g_utf8_substring(text, 0, letters);
        char *shown = g_strconcat(g_strchomp(begin), "…", NULL);
        if (ml_metrics_width(metrics, shown, type) <= width)
            return shown;
        g_free(shown);
    }
    return g_strdup("…");
}

/* Bytes up to where a line may end: behind a word, or behind a hyphen in it. */
static gsize
piece_length(const char *text)
{
    gsize length = strcspn(text, " -");
    return length + (text[length] == '-' ? 1 : 0);
}

/* Bytes of the line that begins here. */
static gsize
line_length(MlMetrics *metrics, const char *text, MlType type, double width)
{
    gsize length = piece_length(text);
    while (text[length] != '\0') {
        gsize blanks = strspn(text + length, " ");
        gsize longer = length + blanks + piece_length(text + length + blanks);
        g_autofree char *line = g_strndup(text, longer);
        if (ml_metrics_width(metrics, line, type) > width)
            return length;
        length = longer;
    }
    return length;
}

GPtrArray *
ml_lines_wrap(MlMetrics *metrics, const char *words, MlType type, double width, guint most)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    const char *rest = words;
    do {
        gboolean is_last = lines->len + 1 == most;
        gsize length = is_last ? strlen(rest) : line_length(metrics, rest, type, width);
        g_autofree char *line = g_strndup(rest, length);
        g_ptr_array_add(lines, cut(metrics, line, type, width));
        rest += length;
        rest += strspn(rest, " ");
    } while (*rest != '\0');
    return lines;
}

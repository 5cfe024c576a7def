#include "base/head.h"

#include <string.h>

#include "base/error.h"

#define FENCE "---"

static void
free_line(gpointer data)
{
    MlHeadLine *line = data;
    g_free(line->key);
    g_free(line->value);
    g_free(line);
}

static gboolean
add_line(GPtrArray *lines, const char *name, guint number, char *text, GError **error)
{
    char *colon = strchr(text, ':');
    gboolean is_point = g_str_has_prefix(text, "- ");

    if (*text == '\0')
        return TRUE;
    if (!is_point && colon == NULL)
        return ml_fail(
            error, ML_ERROR_INPUT, "%s:%u: write 'key: value', or '- a point'", name, number);
    MlHeadLine *line = g_new0(MlHeadLine, 1);
    line->line = number;
    line->key = is_point ? NULL : g_strchomp(g_strndup(text, (gsize)(colon - text)));
    line->value = g_strdup(g_strchug(is_point ? text + 2 : colon + 1));
    g_ptr_array_add(lines, line);
    return TRUE;
}

GPtrArray *
ml_head_read(
    const char *name, const char *text, const char **ret_body, guint *ret_body_line, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(free_line);

    for (guint number = 1; *text != '\0'; number++) {
        gsize length = strcspn(text, "\n");
        g_autofree char *line = g_strstrip(g_strndup(text, length));
        gboolean is_fence = g_str_equal(line, FENCE);
        text += length + (text[length] == '\n');
        if (number == 1 && !is_fence)
            break;
        if (number > 1 && is_fence) {
            *ret_body = text;
            *ret_body_line = number + 1;
            return g_steal_pointer(&lines);
        }
        if (number > 1 && !add_line(lines, name, number, line, error))
            return NULL;
    }
    ml_fail(error, ML_ERROR_INPUT, "%s:1: the file begins with '---', 'title: …' and '---'", name);
    return NULL;
}

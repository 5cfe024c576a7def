#include "lesson/front_matter.h"

#include <string.h>

#include "base/suggest.h"
#include "base/text.h"

#define MAX_MINUTES 600

static const char *const keys[] = { "title", "minutes", "objectives", "exercise", NULL };

/* What another file or a command is called by: no path can hide in it. */
static gboolean
is_plain_name(const char *text)
{
    return *text != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text);
}

static gboolean
set_key(MlLesson *lesson, guint line, const char *key, const char *value, GError **error)
{
    guint64 minutes;
    if (g_str_equal(key, "title")) {
        g_free(lesson->title);
        lesson->title = g_strdup(value);
    } else if (g_str_equal(key, "minutes")) {
        if (!g_ascii_string_to_unsigned(value, 10, 1, MAX_MINUTES, &minutes, NULL))
            return ml_lesson_fail(error, lesson->path, line, "minutes is a whole number, as in 12");
        lesson->minutes = (guint)minutes;
    } else if (g_str_equal(key, "exercise")) {
        if (!is_plain_name(value))
            return ml_lesson_fail(
                error, lesson->path, line, "exercise is a folder's name: small letters, digits, -");
        g_free(lesson->exercise);
        lesson->exercise = g_strdup(value);
    } else if (!g_str_equal(key, "objectives")) {
        g_autofree char *quoted = ml_text_quote(key);
        g_autofree char *hint = ml_suggest_phrase(key, keys);
        return ml_lesson_fail(error, lesson->path, line, "unknown key %s%s", quoted, hint);
    } else if (*value != '\0') {
        return ml_lesson_fail(
            error, lesson->path, line, "objectives stand below, each on a line behind '- '");
    }
    return TRUE;
}

static gboolean
read_line(MlLesson *lesson, guint line, char *text, GError **error)
{
    g_strstrip(text);
    if (*text == '\0')
        return TRUE;
    if (g_str_has_prefix(text, "- ")) {
        g_ptr_array_add(lesson->objectives, g_strstrip(g_strdup(text + 2)));
        return TRUE;
    }
    char *colon = strchr(text, ':');
    if (colon == NULL)
        return ml_lesson_fail(error, lesson->path, line, "write 'key: value', or '- an objective'");
    *colon = '\0';
    return set_key(lesson, line, g_strchomp(text), g_strchug(colon + 1), error);
}

gboolean
ml_front_matter_read(MlLesson *lesson, char *const *lines, guint *ret_body_line, GError **error)
{
    if (lines[0] == NULL || !g_str_equal(lines[0], "---"))
        return ml_lesson_fail(
            error, lesson->path, 1, "a lesson begins with '---', 'title: …' and '---'");
    guint i = 1;
    for (; lines[i] != NULL && !g_str_equal(lines[i], "---"); i++) {
        g_autofree char *text = g_strdup(lines[i]);
        if (!read_line(lesson, i + 1, text, error))
            return FALSE;
    }
    if (lines[i] == NULL)
        return ml_lesson_fail(error, lesson->path, 1, "front matter without its closing '---'");
    if (lesson->title == NULL || *lesson->title == '\0')
        return ml_lesson_fail(error, lesson->path, 1, "front matter without 'title: …'");
    *ret_body_line = i + 1;
    return TRUE;
}

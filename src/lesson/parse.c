#include "lesson/lesson.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "lesson/blocks.h"
#include "lesson/front_matter.h"

#define MAX_LINE_BYTES 4096

/* U+E000 and U+E001 stand in for expressions while Markdown is read. */
static gboolean
is_reserved(const char *line)
{
    return strstr(line, "\ue000") != NULL || strstr(line, "\ue001") != NULL;
}

/* What could move the cursor, or be read as what it is not. */
static gboolean
check_lines(const char *path, char *const *lines, GError **error)
{
    for (guint i = 0; lines[i] != NULL; i++) {
        gsize length = strlen(lines[i]);
        if (length > MAX_LINE_BYTES)
            return ml_lesson_fail(error,
                path,
                i + 1,
                "a line of %" G_GSIZE_FORMAT " bytes; at most %d",
                length,
                MAX_LINE_BYTES);
        if (strchr(lines[i], '\t') != NULL)
            return ml_lesson_fail(error, path, i + 1, "a tab; write blanks");
        g_autofree char *clean = ml_text_clean(lines[i]);
        if (!g_str_equal(clean, lines[i]) || is_reserved(lines[i]))
            return ml_lesson_fail(error, path, i + 1, "a control character; take it out");
    }
    return TRUE;
}

static MlLesson *
new_lesson(const char *path)
{
    MlLesson *lesson = g_new0(MlLesson, 1);
    lesson->path = g_strdup(path);
    lesson->name = g_path_get_basename(path);
    if (g_str_has_suffix(lesson->name, ".md"))
        lesson->name[strlen(lesson->name) - strlen(".md")] = '\0';
    lesson->number = (guint)g_ascii_strtoull(lesson->name, NULL, 10);
    lesson->objectives = g_ptr_array_new_with_free_func(g_free);
    lesson->screens = g_ptr_array_new();
    return lesson;
}

/* @wants_screens: whether to read more than the front matter */
static MlLesson *
read_lesson(const char *path, const char *text, gboolean wants_screens, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(MlLesson) lesson = new_lesson(path);
    guint body_line;

    if (!check_lines(path, lines, error) ||
        !ml_front_matter_read(lesson, lines, &body_line, error) ||
        (wants_screens && !ml_blocks_read(lesson, lines, body_line, error)))
        return NULL;
    return g_steal_pointer(&lesson);
}

MlLesson *
ml_lesson_parse(const char *path, const char *text, GError **error)
{
    return read_lesson(path, text, TRUE, error);
}

MlLesson *
ml_lesson_load(const char *path, GError **error)
{
    g_autofree char *text = ml_file_read(path, ML_LESSON_MAX_BYTES, error);
    return text != NULL ? read_lesson(path, text, TRUE, error) : NULL;
}

MlLesson *
ml_lesson_load_head(const char *path, GError **error)
{
    g_autofree char *text = ml_file_read(path, ML_LESSON_MAX_BYTES, error);
    return text != NULL ? read_lesson(path, text, FALSE, error) : NULL;
}

#include "lesson/lesson.h"

#include <stdarg.h>

#include "base/error.h"

void
ml_lesson_free(MlLesson *lesson)
{
    if (lesson == NULL)
        return;
    g_free(lesson->path);
    g_free(lesson->name);
    g_free(lesson->title);
    g_free(lesson->exercise);
    g_ptr_array_unref(lesson->objectives);
    g_ptr_array_unref(lesson->screens);
    g_free(lesson);
}

gboolean
ml_lesson_fail(GError **error, const char *path, guint line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return ml_fail(error, ML_ERROR_INPUT, "%s:%u: %s", path, line, what);
}

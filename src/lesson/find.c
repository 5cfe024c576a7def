#include "lesson/find.h"

#include <string.h>

#include "base/error.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "base/text.h"

#define FOLDER "lessons"
#define SUFFIX ".md"

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A lesson's file begins with its number. */
static GPtrArray *
list_paths(GError **error)
{
    g_autofree char *folder = ml_path_data(FOLDER);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &cause);
    if (dir == NULL) {
        ml_path_data_missing(folder, "lessons", cause, error);
        return NULL;
    }
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_ascii_isdigit(*name) && g_str_has_suffix(name, SUFFIX))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, compare_names);
    return paths;
}

GPtrArray *
ml_lessons_list(GError **error)
{
    g_autoptr(GPtrArray) lessons = g_ptr_array_new_with_free_func((GDestroyNotify)ml_lesson_free);
    g_autoptr(GPtrArray) paths = list_paths(error);

    for (guint i = 0; paths != NULL && i < paths->len; i++) {
        MlLesson *lesson = ml_lesson_load_head(paths->pdata[i], error);
        if (lesson == NULL)
            return NULL;
        g_ptr_array_add(lessons, lesson);
    }
    return paths != NULL ? g_steal_pointer(&lessons) : NULL;
}

/* The name without its number: "a-million-integers". */
static const char *
bare_name(const char *name)
{
    const char *dash = strchr(name, '-');
    return dash != NULL ? dash + 1 : name;
}

static gboolean
is_named(const MlLesson *lesson, const char *typed)
{
    guint64 number;
    if (g_ascii_string_to_unsigned(typed, 10, 0, G_MAXUINT, &number, NULL))
        return lesson->number == number;
    return g_str_equal(lesson->name, typed) || g_str_equal(bare_name(lesson->name), typed);
}

/* With any of the name's words: "01-a", "a-mill", "million". */
static gboolean
begins_so(const MlLesson *lesson, const char *typed)
{
    for (const char *word = lesson->name; word != NULL && *typed != '\0';) {
        if (g_str_has_prefix(word, typed))
            return TRUE;
        const char *dash = strchr(word, '-');
        word = dash != NULL ? dash + 1 : NULL;
    }
    return FALSE;
}

static gboolean
refuse(const GPtrArray *lessons, const char *typed, guint n_begin, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < lessons->len; i++)
        g_ptr_array_add(
            names, (char *)(guintptr)bare_name(((const MlLesson *)lessons->pdata[i])->name));
    g_ptr_array_add(names, NULL);
    g_autofree char *quoted = ml_text_quote(typed);
    if (n_begin > 1)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "%u lessons begin with %s: type more of the name, or its number",
            n_begin,
            quoted);
    g_autofree char *hint = ml_suggest_phrase(typed, (const char *const *)names->pdata);
    return ml_fail(
        error, ML_ERROR_USAGE, "no lesson %s%s: 'memlab lesson list' shows them", quoted, hint);
}

static const MlLesson *
choose(const GPtrArray *lessons, const char *typed, GError **error)
{
    const MlLesson *beginning = NULL;
    guint n_begin = 0;

    for (guint i = 0; i < lessons->len; i++) {
        const MlLesson *lesson = lessons->pdata[i];
        if (is_named(lesson, typed))
            return lesson;
        if (begins_so(lesson, typed)) {
            beginning = lesson;
            n_begin++;
        }
    }
    if (n_begin != 1)
        refuse(lessons, typed, n_begin, error);
    return n_begin == 1 ? beginning : NULL;
}

MlLesson *
ml_lessons_find(const char *name, GError **error)
{
    if (strchr(name, G_DIR_SEPARATOR) != NULL || g_str_has_suffix(name, SUFFIX))
        return ml_lesson_load(name, error);
    g_autoptr(GPtrArray) lessons = ml_lessons_list(error);
    const MlLesson *found = lessons != NULL ? choose(lessons, name, error) : NULL;
    return found != NULL ? ml_lesson_load(found->path, error) : NULL;
}

MlLesson *
ml_lessons_after(const MlLesson *lesson)
{
    g_autoptr(GPtrArray) lessons = ml_lessons_list(NULL);

    for (guint i = 0; lessons != NULL && i < lessons->len; i++) {
        const MlLesson *other = lessons->pdata[i];
        if (other->number > lesson->number)
            return g_ptr_array_steal_index(lessons, i);
    }
    return NULL;
}

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "base/text.h"
#include "exercise/exercise.h"

#define FOLDER "exercises"
#define FILE_NAME "exercise.md"
#define MAX_BYTES ((gsize)1 << 20)

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **
ml_exercise_names(GError **error)
{
    g_autofree char *folder = ml_path_data(FOLDER);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &cause);
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    if (dir == NULL) {
        ml_path_data_missing(folder, "exercises", cause, error);
        return NULL;
    }
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, FILE_NAME, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

/* The name that is meant.  Returns: (transfer none) (nullable). */
static const char *
choose(char **names, const char *typed, GError **error)
{
    const char *chosen = NULL;
    guint n_begin = 0;

    if (g_strv_contains((const char *const *)names, typed))
        return typed;
    for (guint i = 0; names[i] != NULL; i++) {
        if (*typed == '\0' || !g_str_has_prefix(names[i], typed))
            continue;
        chosen = names[i];
        n_begin++;
    }
    if (n_begin == 1)
        return chosen;
    g_autofree char *quoted = ml_text_quote(typed);
    g_autofree char *near = ml_suggest_phrase(typed, (const char *const *)names);
    if (n_begin > 1)
        ml_fail(error,
            ML_ERROR_USAGE,
            "%u exercises begin with %s; type more of the name",
            n_begin,
            quoted);
    else
        ml_fail(error,
            ML_ERROR_USAGE,
            "no exercise is called %s%s; see 'memlab exercise list'",
            quoted,
            near);
    return NULL;
}

MlExercise *
ml_exercise_find(const char *name, GError **error)
{
    g_auto(GStrv) names = ml_exercise_names(error);
    const char *chosen = names != NULL ? choose(names, name, error) : NULL;

    if (chosen == NULL)
        return NULL;
    g_autofree char *path = ml_path_data(FOLDER);
    g_autofree char *file = g_build_filename(path, chosen, FILE_NAME, NULL);
    g_autofree char *shown = g_build_filename(FOLDER, chosen, FILE_NAME, NULL);
    g_autofree char *text = ml_file_read(file, MAX_BYTES, error);
    return text != NULL ? ml_exercise_parse(chosen, shown, text, error) : NULL;
}

/* memlab lesson check: whether lessons still hold. */
#include "base/error.h"
#include "cli/lesson_commands.h"
#include "cli/output.h"
#include "lesson/check.h"
#include "lesson/find.h"

/* Returns: FALSE where the terminal takes no more (@error). */
static gboolean
check_one(const char *name, guint *n_bad, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(MlLesson) lesson = ml_lessons_find(name, &cause);
    g_autoptr(GPtrArray) findings =
        lesson != NULL ? ml_lesson_check(lesson) : g_ptr_array_new_with_free_func(g_free);

    if (lesson == NULL)
        g_ptr_array_add(findings, g_strdup(cause->message));
    for (guint i = 0; i < findings->len; i++)
        ml_message("%s", (const char *)findings->pdata[i]);
    *n_bad += findings->len > 0 ? 1 : 0;
    g_autofree char *line =
        g_strdup_printf("%s  %s\n", findings->len == 0 ? "ok    " : "faulty", name);
    return ml_output(line, error);
}

static int
run(char **arguments, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    guint n_bad = 0;

    for (guint i = 0; arguments[i] != NULL; i++)
        g_ptr_array_add(names, g_strdup(arguments[i]));
    if (names->len == 0) {
        g_autoptr(GPtrArray) lessons = ml_lessons_list(error);
        if (lessons == NULL)
            return ML_ERROR_SURROUNDINGS;
        for (guint i = 0; i < lessons->len; i++)
            g_ptr_array_add(names, g_strdup(((const MlLesson *)lessons->pdata[i])->name));
    }
    for (guint i = 0; i < names->len; i++)
        if (!check_one(names->pdata[i], &n_bad, error))
            return ML_ERROR_SURROUNDINGS;
    return n_bad > 0 ? ML_ERROR_INPUT : 0;
}

const MlCommand ml_lesson_check_command = {
    .name = "check",
    .summary = "whether lessons still hold: prose, cells, keys, screens",
    .arguments = "[NAME | FILE.md]…",
    .examples = "memlab lesson check                    # all of them\n"
                "memlab lesson check my-lesson.md",
    .run = run,
};

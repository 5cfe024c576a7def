/* memlab lesson: list, run, check, reset. */
#include "base/error.h"
#include "base/paths.h"
#include "base/text.h"
#include "cli/lesson_commands.h"
#include "cli/output.h"
#include "lesson/find.h"

#define PROGRESS_FILE "progress.json"
#define TITLE_COLUMNS 40

/* --- what the subcommands share ------------------------------------------------------------------
 */

gboolean
ml_lesson_expect_end(char **arguments, GError **error)
{
    return arguments[0] == NULL || ml_refuse(error, arguments[0], "is one word too many");
}

MlProgress *
ml_lesson_load_progress(void)
{
    g_autofree char *path = ml_path_state(PROGRESS_FILE);
    g_autofree char *notice = NULL;
    MlProgress *progress = ml_progress_load(path, &notice);
    if (notice != NULL)
        ml_message("%s", notice);
    return progress;
}

/* --- list ------------------------------------------------------------------------------------- */

static gboolean
print_lesson(const MlLesson *lesson, const MlProgress *progress, GError **error)
{
    guint screen = ml_progress_screen(progress, lesson->name);
    g_autofree char *title = ml_text_pad(lesson->title, TITLE_COLUMNS, FALSE);
    g_autofree char *place = screen > 0 ? g_strdup_printf("screen %u", screen + 1)
                             : ml_progress_is_finished(progress, lesson->name) ? g_strdup("done")
                                                                               : g_strdup("");
    g_autofree char *line =
        g_strdup_printf("%2u  %s %3u min   %s", lesson->number, title, lesson->minutes, place);
    g_autofree char *text = g_strconcat(g_strchomp(line), "\n", NULL);
    return ml_output(text, error);
}

static int
run_list(char **arguments, GError **error)
{
    g_autoptr(GPtrArray) lessons = ml_lessons_list(error);
    g_autoptr(MlProgress) progress = ml_lesson_load_progress();

    if (!ml_lesson_expect_end(arguments, error))
        return ML_ERROR_USAGE;
    for (guint i = 0; lessons != NULL && i < lessons->len; i++)
        if (!print_lesson(lessons->pdata[i], progress, error))
            return ML_ERROR_SURROUNDINGS;
    return 0;
}

static const MlCommand list_command = {
    .name = "list",
    .summary = "the lessons there are, and how far you are in each",
    .arguments = "",
    .examples = "memlab lesson list",
    .run = run_list,
};

/* --- reset ------------------------------------------------------------------------------------ */

static int
run_reset(char **arguments, GError **error)
{
    g_autoptr(MlProgress) progress = ml_lesson_load_progress();

    if (!ml_lesson_expect_end(arguments, error))
        return ML_ERROR_USAGE;
    ml_progress_reset(progress);
    return ml_progress_save(progress, error) ? 0 : ML_ERROR_SURROUNDINGS;
}

static const MlCommand reset_command = {
    .name = "reset",
    .summary = "forget your place and your predictions, in all lessons",
    .arguments = "",
    .examples = "memlab lesson reset",
    .run = run_reset,
};

static const MlCommand *const subcommands[] = {
    &list_command,
    &ml_lesson_run_command,
    &ml_lesson_check_command,
    &reset_command,
    NULL,
};

const MlCommand ml_command_lesson = {
    .name = "lesson",
    .summary = "lessons: predict, see, explain",
    .examples = "memlab lesson run       # begin, or go on where you were\n"
                "memlab lesson list      # what there is",
    .subcommands = subcommands,
};

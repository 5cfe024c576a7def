/* memlab lesson run: on the terminal screen by screen, else straight through. */
#include <unistd.h>

#include "base/error.h"
#include "cli/lesson_commands.h"
#include "cli/lesson_terminal.h"
#include "cli/output.h"
#include "exercise/answers.h"
#include "lesson/find.h"
#include "lesson/play.h"
#include "lesson/straight.h"

static gboolean no_input;
static char *answers_path;
static int from_screen;

/* The lesson that was left in the middle; else the one after the last; else the first. */
static MlLesson *
choose_lesson(const MlProgress *progress, GError **error)
{
    const char *last = ml_progress_lesson(progress);
    g_autoptr(MlLesson) lesson = last != NULL ? ml_lessons_find(last, NULL) : NULL;

    if (lesson == NULL)
        return ml_lessons_find("1", error);
    if (ml_progress_screen(progress, last) > 0)
        return g_steal_pointer(&lesson);
    if (!ml_progress_is_finished(progress, last))
        return g_steal_pointer(&lesson);
    g_autoptr(MlLesson) after = ml_lessons_after(lesson);
    return ml_lessons_find(after != NULL ? after->name : "1", error);
}

/* From 0.  @kept: where it was left */
static gboolean
choose_screen(const MlLesson *lesson, guint kept, guint *ret_screen, GError **error)
{
    guint n_screens = lesson->screens->len;

    if (from_screen < 0 || (guint)from_screen > n_screens)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "--from %d: '%s' has the screens 1 to %u",
            from_screen,
            lesson->title,
            n_screens);
    *ret_screen = from_screen > 0 ? (guint)from_screen - 1 : MIN(kept, n_screens - 1);
    return TRUE;
}

static gboolean
write_output(gpointer data, const char *text, GError **error)
{
    return ml_output(text, error);
}

/* An answer that is not there is a question skipped; one that nobody asked for is a fault. */
static gboolean
tell_faults(MlAnswerSheet *sheet, GPtrArray *asked, GError **error)
{
    for (guint i = 0; i < asked->len; i++)
        if (!g_hash_table_contains(sheet->given, asked->pdata[i]))
            g_hash_table_insert(sheet->given, g_strdup(asked->pdata[i]), g_strdup(""));
    g_ptr_array_add(asked, NULL);
    ml_answer_sheet_check(sheet, (const char *const *)asked->pdata);
    for (guint i = 0; i < sheet->faults->len; i++)
        ml_message("%s", (const char *)sheet->faults->pdata[i]);
    return sheet->faults->len == 0 || ml_fail(error,
                                          ML_ERROR_INPUT,
                                          "%s: %u of its lines were not used",
                                          sheet->name,
                                          sheet->faults->len);
}

static gboolean
run_straight(const MlLesson *lesson, GError **error)
{
    g_autoptr(GPtrArray) asked = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(MlAnswerSheet) sheet =
        answers_path != NULL ? ml_answer_sheet_read(answers_path, error) : NULL;
    MlStraight straight = {
        .columns = ml_output_columns(),
        .ascii = ml_output_ascii(),
        .answers = sheet != NULL ? sheet->given : NULL,
        .asked = asked,
        .write = write_output,
    };
    if ((answers_path != NULL && sheet == NULL) ||
        !choose_screen(lesson, 0, &straight.from, error) ||
        !ml_lesson_run_straight(lesson, &straight, error))
        return FALSE;
    return sheet == NULL || tell_faults(sheet, asked, error);
}

static gboolean
play_on_screen(
    const MlLesson *lesson, guint from, MlProgress *progress, MlPlayed *played, GError **error)
{
    gboolean ascii = ml_output_ascii();
    g_autoptr(MlScreen) screen = ml_screen_open(STDIN_FILENO, stdout, ascii, error);
    if (screen == NULL)
        return FALSE;
    MlLessonUi ui = ml_lesson_terminal(screen, ascii);
    return ml_lesson_play(lesson, from, progress, &ui, played, error);
}

/* What is to be said once the terminal is the shell's again. */
static int
after_play(
    const MlLesson *lesson, const MlProgress *progress, const MlPlayed *played, GError **error)
{
    if (played->warning != NULL)
        ml_message("%s", played->warning);
    if (played->end == ML_PLAY_FINISHED && lesson->exercise != NULL) {
        const char *words[] = { "exercise", "show", lesson->exercise };
        return ml_command_dispatch(G_N_ELEMENTS(words), (char **)(guintptr)words, error);
    }
    if (played->end == ML_PLAY_LEFT && !ml_progress_is_finished(progress, lesson->name)) {
        g_autofree char *text =
            g_strdup_printf("'memlab lesson run' goes on with \"%s\", screen %u of %u.\n",
                lesson->title,
                played->screen + 1,
                lesson->screens->len);
        return ml_output(text, error) ? 0 : ML_ERROR_SURROUNDINGS;
    }
    return 0;
}

/* Lesson after lesson, as they are chosen. */
static int
play(MlLesson *first, MlProgress *progress, GError **error)
{
    g_autoptr(MlLesson) lesson = first;

    for (;;) {
        g_auto(MlPlayed) played = { 0 };
        guint from;
        if (!choose_screen(lesson, ml_progress_screen(progress, lesson->name), &from, error) ||
            !play_on_screen(lesson, from, progress, &played, error))
            return ML_ERROR_USAGE;
        if (played.end != ML_PLAY_OTHER)
            return after_play(lesson, progress, &played, error);
        g_autofree char *number = g_strdup_printf("%u", played.other);
        MlLesson *other = ml_lessons_find(number, error);
        if (other == NULL)
            return ML_ERROR_USAGE;
        ml_lesson_free(lesson);
        lesson = other;
        from_screen = 0;
    }
}

static int
run(char **arguments, GError **error)
{
    gboolean is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    g_autoptr(MlProgress) progress = ml_lesson_load_progress();

    if (arguments[0] != NULL && !ml_lesson_expect_end(arguments + 1, error))
        return ML_ERROR_USAGE;
    g_autoptr(MlLesson) lesson = arguments[0] != NULL ? ml_lessons_find(arguments[0], error)
                                                      : choose_lesson(progress, error);
    if (lesson == NULL)
        return ML_ERROR_USAGE;
    if (is_terminal && !no_input && answers_path == NULL)
        return play(g_steal_pointer(&lesson), progress, error);
    return run_straight(lesson, error) ? 0 : ML_ERROR_INPUT;
}

static const GOptionEntry options[] = {
    { "from", 0, 0, G_OPTION_ARG_INT, &from_screen, "begin with this screen", "K" },
    { "no-input", 0, 0, G_OPTION_ARG_NONE, &no_input, "straight through, as plain text", NULL },
    { "answers",
        0,
        0,
        G_OPTION_ARG_FILENAME,
        &answers_path,
        "the same, with answers: lines of 'question-id = answer'",
        "FILE" },
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

const MlCommand ml_lesson_run_command = {
    .name = "run",
    .summary = "take a lesson; alone, go on where you were",
    .arguments = "[NAME | NUMBER | FILE.md]",
    .examples = "memlab lesson run                      # go on, or begin with lesson 1\n"
                "memlab lesson run 1 --from 3           # from its third screen on\n"
                "memlab lesson run million --no-input   # straight through, as text",
    .notes = "Without a terminal a lesson runs straight through. Your place and your predictions\n"
             "are kept in $XDG_STATE_HOME/memlab, and nowhere else.",
    .options = options,
    .run = run,
};

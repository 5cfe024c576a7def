/* memlab exercise: list, show, check, hint, solution. */
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/exercise_ask.h"
#include "cli/output.h"
#include "exercise/grade.h"

#define NAME_COLUMNS 22

/* --- what they have in common ----------------------------------------------------------------- */

static MlTableSettings
table_settings(void)
{
    return (MlTableSettings){ .columns = ml_output_columns(), .ascii = ml_output_ascii() };
}

static gboolean
refuse_extra(char **arguments, guint most, GError **error)
{
    guint n_arguments = g_strv_length(arguments);
    return n_arguments <= most || ml_refuse(error, arguments[most], "is one word too many");
}

/* The exercise that the first word names, its questions asked. */
static MlSitting *
open_exercise(char **arguments, GError **error)
{
    if (arguments[0] == NULL) {
        ml_fail(error, ML_ERROR_USAGE, "which exercise? 'memlab exercise list' shows their names");
        return NULL;
    }
    MlExercise *exercise = ml_exercise_find(arguments[0], error);
    return exercise != NULL ? ml_sitting_new(exercise, error) : NULL;
}

/* --- list ------------------------------------------------------------------------------------- */

static int
run_list(char **arguments, GError **error)
{
    g_auto(GStrv) names = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!refuse_extra(arguments, 0, error) || (names = ml_exercise_names(error)) == NULL)
        return ML_ERROR_USAGE;
    for (guint i = 0; names[i] != NULL; i++) {
        g_autoptr(MlExercise) exercise = ml_exercise_find(names[i], error);
        if (exercise == NULL)
            return ML_ERROR_INPUT;
        g_autofree char *name = ml_text_pad(exercise->name, NAME_COLUMNS, FALSE);
        g_string_append_printf(text, "%s  %s", name, exercise->title);
        if (exercise->minutes > 0)
            g_string_append_printf(text, "   %u min", exercise->minutes);
        g_string_append_c(text, '\n');
    }
    return ml_output(text->str, error) ? 0 : ML_ERROR_SURROUNDINGS;
}

static const MlCommand list_command = {
    .name = "list",
    .summary = "the exercises there are",
    .arguments = "",
    .examples = "memlab exercise list",
    .run = run_list,
};

/* --- show ------------------------------------------------------------------------------------- */

static char *
show(MlSitting *sitting, GError **error)
{
    const MlTableSettings settings = table_settings();
    const MlExercise *exercise = ml_sitting_exercise(sitting);
    const GPtrArray *questions = ml_sitting_questions(sitting);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, exercise->title);
    g_autofree char *statement = ml_sitting_statement(sitting, &settings, error);
    g_autoptr(GString) text = g_string_new(NULL);

    if (statement == NULL)
        return NULL;
    g_string_append_printf(text, "%s\n\n%s", title, statement);
    for (guint i = 0; i < questions->len; i++) {
        g_autofree char *prompt = ml_sitting_prompt(sitting, questions->pdata[i], &settings, error);
        if (prompt == NULL)
            return NULL;
        g_string_append_printf(text, "\n%s", prompt);
    }
    g_string_append_printf(text,
        "\nTo answer here:     memlab exercise check %s\n"
        "or from a file:     memlab exercise check %s ANSWERS\n"
        "                    with lines such as 'total = 120 MB'\n",
        exercise->name,
        exercise->name);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static int
run_show(char **arguments, GError **error)
{
    g_autoptr(MlSitting) sitting = NULL;

    if (!refuse_extra(arguments, 1, error) || (sitting = open_exercise(arguments, error)) == NULL)
        return ML_ERROR_USAGE;
    g_autofree char *text = show(sitting, error);
    return text != NULL && ml_output(text, error) ? 0 : ML_ERROR_SURROUNDINGS;
}

static const MlCommand show_command = {
    .name = "show",
    .summary = "the task and its questions",
    .arguments = "NAME",
    .examples = "memlab exercise show dict-versus-list",
    .run = run_show,
};

/* --- check ------------------------------------------------------------------------------------ */

static gboolean all;

static int
check_all(GError **error)
{
    g_auto(GStrv) names = ml_exercise_names(error);
    int status = 0;

    for (guint i = 0; names != NULL && names[i] != NULL; i++) {
        g_autoptr(GError) wrong = NULL;
        g_autoptr(MlSitting) sitting = open_exercise(&names[i], &wrong);
        if (sitting == NULL || !ml_sitting_check(sitting, &wrong)) {
            ml_message("%s", wrong->message);
            status = MAX(status, ml_error_status(wrong));
            continue;
        }
        g_autofree char *line = g_strdup_printf("%s: %u questions, keys and bands are well\n",
            names[i],
            ml_sitting_questions(sitting)->len);
        if (!ml_output(line, error))
            return ML_ERROR_SURROUNDINGS;
    }
    return status;
}

static int
report(MlSitting *sitting, MlAnswerSheet *sheet, GError **error)
{
    g_autoptr(MlGrade) grade = ml_grade_new(sitting, sheet, error);
    if (grade == NULL)
        return ML_ERROR_SURROUNDINGS;
    g_autofree char *text = ml_grade_text(grade, ml_output_columns());
    gboolean ok = ml_output_json_wanted ? ml_output_json(ml_grade_to_json(grade, sheet), error)
                                        : ml_output(text, error);
    if (!ok)
        return ML_ERROR_SURROUNDINGS;
    for (guint i = 0; i < sheet->faults->len; i++)
        ml_message("%s", (const char *)sheet->faults->pdata[i]);
    if (sheet->faults->len > 0)
        return ML_ERROR_INPUT;
    return grade->passed ? 0 : ML_ERROR_WRONG;
}

static int
ask_here(MlSitting *sitting, GError **error)
{
    const MlTableSettings settings = table_settings();
    gboolean passed;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || ml_output_json_wanted) {
        ml_fail(error,
            ML_ERROR_USAGE,
            "whose answers? name a file of lines 'question-id = answer', or - for standard input");
        return ML_ERROR_USAGE;
    }
    if (!ml_exercise_ask(sitting, &settings, &passed, error))
        return ML_ERROR_SURROUNDINGS;
    return passed ? 0 : ML_ERROR_WRONG;
}

static int
run_check(char **arguments, GError **error)
{
    g_autoptr(MlSitting) sitting = NULL;

    if (!refuse_extra(arguments, all ? 0 : 2, error))
        return ML_ERROR_USAGE;
    if (all)
        return check_all(error);
    if ((sitting = open_exercise(arguments, error)) == NULL)
        return ML_ERROR_USAGE;
    if (arguments[1] == NULL)
        return ask_here(sitting, error);
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_read(arguments[1], error);
    return sheet != NULL ? report(sitting, sheet, error) : ML_ERROR_INPUT;
}

static const GOptionEntry check_options[] = {
    { "all",
        0,
        0,
        G_OPTION_ARG_NONE,
        &all,
        "check the exercises themselves: every key computes, no bands overlap",
        NULL },
    ML_OUTPUT_JSON_OPTION,
    { NULL },
};

static const MlCommand check_command = {
    .name = "check",
    .summary = "check answers: asked here, or from a file",
    .arguments = "NAME [ANSWERS] | --all",
    .examples = "memlab exercise check dict-versus-list               # answer here\n"
                "memlab exercise check dict-versus-list answers.txt   # lines 'total = 120 MB'\n"
                "memlab exercise check dict-versus-list - --json < answers.txt",
    .notes = "Exit status: 0 passed, 1 not passed, 3 where the answers file has faults\n"
             "(the answers that can be read are marked all the same).",
    .options = check_options,
    .run = run_check,
};

/* --- hint, solution --------------------------------------------------------------------------- */

static int
run_hint(char **arguments, GError **error)
{
    g_autoptr(MlSitting) sitting = NULL;
    guint64 number = 1;

    if (!refuse_extra(arguments, 3, error) || (sitting = open_exercise(arguments, error)) == NULL)
        return ML_ERROR_USAGE;
    if (arguments[1] == NULL) {
        ml_fail(error,
            ML_ERROR_USAGE,
            "a hint for which question? write 'memlab exercise hint "
            "%s QUESTION'",
            arguments[0]);
        return ML_ERROR_USAGE;
    }
    if (arguments[2] != NULL &&
        !g_ascii_string_to_unsigned(arguments[2], 10, 1, G_MAXUINT, &number, NULL)) {
        ml_refuse(error, arguments[2], "is no number of a hint; the first is 1");
        return ML_ERROR_USAGE;
    }
    const MlQuestion *question = ml_sitting_question(sitting, arguments[1], error);
    g_autofree char *hint =
        question != NULL ? ml_sitting_hint(sitting, question, (guint)number - 1, error) : NULL;
    if (hint == NULL)
        return ML_ERROR_USAGE;
    g_autofree char *text = ml_text_wrap(hint, ml_output_columns(), 0);
    return ml_output(text, error) ? 0 : ML_ERROR_SURROUNDINGS;
}

static const MlCommand hint_command = {
    .name = "hint",
    .summary = "a hint for one question; the first, or number K",
    .arguments = "NAME QUESTION [K]",
    .examples = "memlab exercise hint dict-versus-list total\n"
                "memlab exercise hint dict-versus-list total 2",
    .run = run_hint,
};

static int
run_solution(char **arguments, GError **error)
{
    g_autoptr(MlSitting) sitting = NULL;
    const MlTableSettings settings = table_settings();

    if (!refuse_extra(arguments, 1, error) || (sitting = open_exercise(arguments, error)) == NULL)
        return ML_ERROR_USAGE;
    g_autofree char *text = ml_sitting_solution(sitting, &settings, error);
    return text != NULL && ml_output(text, error) ? 0 : ML_ERROR_SURROUNDINGS;
}

static const GOptionEntry solution_options[] = {
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

static const MlCommand solution_command = {
    .name = "solution",
    .summary = "the solution, measured on this machine",
    .arguments = "NAME",
    .examples = "memlab exercise solution dict-versus-list",
    .options = solution_options,
    .run = run_solution,
};

/* --- all -------------------------------------------------------------------------------------- */

static const MlCommand *const subcommands[] = {
    &list_command,
    &show_command,
    &check_command,
    &hint_command,
    &solution_command,
    NULL,
};

const MlCommand ml_command_exercise = {
    .name = "exercise",
    .summary = "predict, then let your answers be checked",
    .examples = "memlab exercise show dict-versus-list\n"
                "memlab exercise check dict-versus-list answers.txt",
    .subcommands = subcommands,
};

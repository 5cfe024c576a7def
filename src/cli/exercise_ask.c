#include "cli/exercise_ask.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/output.h"

#define INDENT 4

typedef struct {
    MlSitting *sitting;
    const MlTableSettings *settings;
    MlAnswerSheet *sheet;
    gboolean at_end; /* of the input */
} Dialogue;

static gboolean
say(const Dialogue *dialogue, const char *text, GError **error)
{
    g_autofree char *wrapped = ml_text_wrap(text, MIN(dialogue->settings->columns, 80), INDENT);
    return ml_output(wrapped, error);
}

/* One line that was typed; "" at the end of the input. */
static char *
read_line(Dialogue *dialogue, GError **error)
{
    char *line = NULL;
    size_t size = 0;

    if (!ml_output("  > ", error) || fflush(stdout) != 0)
        return NULL;
    ssize_t length = getline(&line, &size, stdin);
    dialogue->at_end = length < 0;
    char *typed = g_strndup(line != NULL ? line : "", length > 0 ? (gsize)length : 0);
    free(line);
    if (dialogue->at_end && !ml_output("\n", error))
        g_clear_pointer(&typed, g_free);
    return typed != NULL ? g_strstrip(typed) : NULL;
}

static gboolean
show_hint(Dialogue *dialogue, const MlQuestion *question, guint *n_hints, GError **error)
{
    g_autoptr(GError) none = NULL;
    g_autofree char *hint = ml_sitting_hint(dialogue->sitting, question, *n_hints, &none);

    if (hint == NULL && !g_error_matches(none, ML_ERROR, ML_ERROR_USAGE)) {
        g_propagate_error(error, g_steal_pointer(&none));
        return FALSE;
    }
    *n_hints += hint != NULL ? 1 : 0;
    return say(dialogue, hint != NULL ? hint : "There are no more hints.", error);
}

/* Answers one line.  @done: (out): whether the question is over */
static gboolean
answer(Dialogue *dialogue,
    const MlQuestion *question,
    const char *typed,
    guint *n_hints,
    gboolean *done,
    GError **error)
{
    g_auto(MlVerdict) verdict = { 0 };

    *done = *typed == '\0';
    if (*done)
        return TRUE;
    if (g_str_equal(typed, "h"))
        return show_hint(dialogue, question, n_hints, error);
    if (!ml_sitting_judge(dialogue->sitting, question, typed, &verdict, error) ||
        !say(dialogue, verdict.feedback, error))
        return FALSE;
    if (verdict.kind == ML_VERDICT_MALFORMED)
        return TRUE;
    g_hash_table_insert(dialogue->sheet->given, g_strdup(question->id), g_strdup(typed));
    *done = verdict.kind == ML_VERDICT_RIGHT;
    return *done || say(dialogue, "Answer again, or press Enter to go on.", error);
}

static gboolean
ask(Dialogue *dialogue, const MlQuestion *question, GError **error)
{
    g_autofree char *prompt =
        ml_sitting_prompt(dialogue->sitting, question, dialogue->settings, error);
    gboolean done = FALSE;
    guint n_hints = 0;

    if (prompt == NULL || !ml_output(prompt, error))
        return FALSE;
    while (!done && !dialogue->at_end) {
        g_autofree char *typed = read_line(dialogue, error);
        if (typed == NULL || !answer(dialogue, question, typed, &n_hints, &done, error))
            return FALSE;
    }
    return ml_output("\n", error);
}

static gboolean
summarise(const Dialogue *dialogue, gboolean *ret_passed, GError **error)
{
    g_autoptr(MlGrade) grade = ml_grade_new(dialogue->sitting, dialogue->sheet, error);
    if (grade == NULL)
        return FALSE;
    g_autofree char *sum = ml_grade_sum(grade);
    *ret_passed = grade->passed;
    return ml_output(sum, error);
}

gboolean
ml_exercise_ask(
    MlSitting *sitting, const MlTableSettings *settings, gboolean *ret_passed, GError **error)
{
    const GPtrArray *questions = ml_sitting_questions(sitting);
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_parse("answers", "");
    Dialogue dialogue = { .sitting = sitting, .settings = settings, .sheet = sheet };
    g_autofree char *statement = ml_sitting_statement(sitting, settings, error);

    if (statement == NULL || !ml_output(statement, error) ||
        !ml_output("\n  h shows a hint, Enter alone goes on.\n\n", error))
        return FALSE;
    for (guint i = 0; i < questions->len && !dialogue.at_end; i++)
        if (!ask(&dialogue, questions->pdata[i], error))
            return FALSE;
    return summarise(&dialogue, ret_passed, error);
}

#include <math.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "exercise/private.h"

MlSitting *
ml_sitting_new(MlExercise *exercise, GError **error)
{
    g_autoptr(MlSitting) sitting = g_new0(MlSitting, 1);

    sitting->exercise = exercise;
    sitting->session = ml_session_new();
    sitting->script = ml_script_new(sitting->session);
    if (!ml_sitting_run_cells(sitting, exercise->statement, ML_BLOCK_ASK, error))
        return NULL;
    sitting->questions = ml_questions_take(sitting->script, error);
    if (sitting->questions == NULL)
        return NULL;
    if (sitting->questions->len == 0) {
        ml_fail(
            error, ML_ERROR_INPUT, "%s: asks nothing; write a 'memlab ask' cell", exercise->path);
        return NULL;
    }
    return g_steal_pointer(&sitting);
}

void
ml_sitting_free(MlSitting *sitting)
{
    if (sitting == NULL)
        return;
    g_clear_pointer(&sitting->questions, g_ptr_array_unref);
    ml_script_free(sitting->script);
    ml_session_free(sitting->session);
    ml_exercise_free(sitting->exercise);
    g_free(sitting);
}

gboolean
ml_sitting_run_cells(MlSitting *sitting, const GPtrArray *blocks, MlBlockKind kind, GError **error)
{
    for (guint i = 0; i < blocks->len; i++) {
        const MlExerciseBlock *block = blocks->pdata[i];
        g_auto(MlCellResult) result = { 0 };
        if (block->kind != kind)
            continue;
        if (!ml_script_run_cell(sitting->script,
                block->text,
                sitting->exercise->path,
                block->line,
                TRUE,
                &result,
                error))
            return FALSE;
    }
    return TRUE;
}

gboolean
ml_sitting_prepare(MlSitting *sitting, GError **error)
{
    if (!sitting->has_keys)
        sitting->has_keys =
            ml_sitting_run_cells(sitting, sitting->exercise->statement, ML_BLOCK_KEY, error);
    return sitting->has_keys;
}

const MlExercise *
ml_sitting_exercise(const MlSitting *sitting)
{
    return sitting->exercise;
}

const GPtrArray *
ml_sitting_questions(const MlSitting *sitting)
{
    return sitting->questions;
}

const MlQuestion *
ml_sitting_question(const MlSitting *sitting, const char *id, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (guint i = 0; i < sitting->questions->len; i++) {
        const MlQuestion *question = sitting->questions->pdata[i];
        if (g_str_equal(question->id, id))
            return question;
        g_ptr_array_add(ids, question->id);
    }
    g_ptr_array_add(ids, NULL);
    g_autofree char *quoted = ml_text_quote(id);
    g_autofree char *near = ml_suggest_phrase(id, (const char *const *)ids->pdata);
    g_autofree char *all = g_strjoinv(", ", (char **)ids->pdata);
    ml_fail(error,
        ML_ERROR_USAGE,
        "%s has no question %s%s; it has %s",
        sitting->exercise->name,
        quoted,
        near,
        all);
    return NULL;
}

guint64
ml_sitting_n(MlSitting *sitting)
{
    double n;
    return ml_script_number(sitting->script, "n", &n, NULL) && n > 0 ? (guint64)n : 0;
}

gboolean
ml_sitting_key(MlSitting *sitting, const MlQuestion *question, double *ret_key, GError **error)
{
    return ml_sitting_prepare(sitting, error) &&
           ml_question_key(question, sitting->script, ret_key, error);
}

gboolean
ml_sitting_judge(MlSitting *sitting,
    const MlQuestion *question,
    const char *answer,
    MlVerdict *ret_verdict,
    GError **error)
{
    if (!ml_sitting_prepare(sitting, error) ||
        !ml_question_judge(question, sitting->script, answer, ret_verdict, error))
        return FALSE;
    if (ret_verdict->kind == ML_VERDICT_OTHER && question->other == NULL &&
        question->hints->len == 0 && sitting->exercise->hints->len > 0) {
        char *hint = ml_sitting_hint(sitting, question, 0, error);
        g_free(ret_verdict->feedback);
        ret_verdict->feedback = hint;
        return hint != NULL;
    }
    return TRUE;
}

char *
ml_sitting_hint(MlSitting *sitting, const MlQuestion *question, guint i, GError **error)
{
    const GPtrArray *hints = question->hints->len > 0 ? question->hints : sitting->exercise->hints;

    if (i >= hints->len) {
        ml_fail(error,
            ML_ERROR_USAGE,
            "'%s' has %u hints; there is no number %u",
            question->id,
            hints->len,
            i + 1);
        return NULL;
    }
    if (!ml_sitting_prepare(sitting, error))
        return NULL;
    return ml_question_say(
        question, sitting->script, hints->pdata[i], (double)NAN, (double)NAN, error);
}

gboolean
ml_sitting_check(MlSitting *sitting, GError **error)
{
    const MlTableSettings settings = { .columns = 80 };

    if (!ml_sitting_prepare(sitting, error))
        return FALSE;
    for (guint i = 0; i < sitting->questions->len; i++)
        if (!ml_question_check_bands(sitting->questions->pdata[i], sitting->script, error))
            return FALSE;
    for (guint i = 0; i < sitting->exercise->hints->len; i++) {
        g_autofree char *hint =
            ml_script_interpolate(sitting->script, sitting->exercise->hints->pdata[i], error);
        if (hint == NULL)
            return FALSE;
    }
    g_autofree char *statement = ml_sitting_statement(sitting, &settings, error);
    g_autofree char *solution =
        statement != NULL ? ml_sitting_solution(sitting, &settings, error) : NULL;
    return solution != NULL;
}

#include "base/error.h"
#include "exercise/private.h"

static void
free_wrong(gpointer data)
{
    MlWrongModel *wrong = data;
    g_free(wrong->id);
    g_free(wrong->value);
    g_free(wrong->say);
    g_free(wrong);
}

static void
free_choice(gpointer data)
{
    MlAnswerChoice *choice = data;
    g_free(choice->text);
    g_free(choice->say);
    g_free(choice);
}

void
ml_question_free(MlQuestion *question)
{
    if (question == NULL)
        return;
    g_free(question->id);
    g_free(question->where);
    g_free(question->prompt);
    g_free(question->unit);
    g_free(question->key);
    g_free(question->right);
    g_free(question->close);
    g_free(question->other);
    g_ptr_array_unref(question->wrong);
    g_ptr_array_unref(question->choices);
    g_ptr_array_unref(question->hints);
    g_array_unref(question->at);
    g_free(question);
}

MlQuestion *
ml_question_new(void)
{
    MlQuestion *question = g_new0(MlQuestion, 1);

    question->wrong = g_ptr_array_new_with_free_func(free_wrong);
    question->choices = g_ptr_array_new_with_free_func(free_choice);
    question->hints = g_ptr_array_new_with_free_func(g_free);
    question->at = g_array_new(FALSE, FALSE, sizeof(double));
    return question;
}

void
ml_verdict_clear(MlVerdict *verdict)
{
    g_clear_pointer(&verdict->wrong_id, g_free);
    g_clear_pointer(&verdict->feedback, g_free);
}

const char *
ml_verdict_id(MlVerdictKind kind)
{
    static const char *const ids[] = {
        [ML_VERDICT_RIGHT] = "right",
        [ML_VERDICT_UNIT] = "unit",
        [ML_VERDICT_WRONG] = "wrong",
        [ML_VERDICT_CLOSE] = "close",
        [ML_VERDICT_OTHER] = "other",
        [ML_VERDICT_MALFORMED] = "malformed",
        [ML_VERDICT_SKIPPED] = "skipped",
    };
    return ids[kind];
}

static const MlQuestion *
find(const GPtrArray *questions, const char *id)
{
    for (guint i = 0; i < questions->len; i++) {
        const MlQuestion *question = questions->pdata[i];
        if (g_str_equal(question->id, id))
            return question;
    }
    return NULL;
}

GPtrArray *
ml_questions_take(MlScript *script, GError **error)
{
    g_autoptr(GPtrArray) asked = ml_script_take_asked(script);
    g_autoptr(GPtrArray) questions =
        g_ptr_array_new_with_free_func((GDestroyNotify)ml_question_free);

    for (guint i = 0; i < asked->len; i++) {
        const MlAsked *table = asked->pdata[i];
        if (g_str_equal(table->verb, "show"))
            continue;
        g_autoptr(MlQuestion) question = ml_question_from_asked(table, error);
        if (question == NULL)
            return NULL;
        const MlQuestion *other = find(questions, question->id);
        if (other != NULL) {
            ml_fail(error,
                ML_ERROR_INPUT,
                "%s: question '%s' is there already, at %s",
                question->where,
                question->id,
                other->where);
            return NULL;
        }
        g_ptr_array_add(questions, g_steal_pointer(&question));
    }
    return g_steal_pointer(&questions);
}

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "exercise/private.h"

/* --- formulas and texts ----------------------------------------------------------------------- */

static void
name_question(const MlQuestion *question, GError **error)
{
    g_prefix_error(error, "%s: question '%s': ", question->where, question->id);
}

gboolean
ml_question_value(const MlQuestion *question,
    MlScript *script,
    const char *formula,
    double *ret_value,
    GError **error)
{
    double old_n = 0;

    if (question->n > 0)
        old_n = ml_script_set_number(script, "n", (double)question->n);
    gboolean ok = ml_script_number(script, formula, ret_value, error);
    if (question->n > 0)
        ml_script_set_number(script, "n", old_n);
    if (!ok)
        name_question(question, error);
    return ok;
}

char *
ml_question_say(const MlQuestion *question,
    MlScript *script,
    const char *text,
    double you,
    double key,
    GError **error)
{
    if (text == NULL)
        return g_strdup("");
    ml_script_set_number(script, "you", you);
    ml_script_set_number(script, "key", key);
    char *filled = ml_script_interpolate(script, text, error);
    if (filled == NULL)
        name_question(question, error);
    return filled;
}

/* --- the key ---------------------------------------------------------------------------------- */

gboolean
ml_question_right_choice(
    const MlQuestion *question, MlScript *script, int *ret_choice, GError **error)
{
    double key, nearest = INFINITY;

    for (guint i = 0; i < question->choices->len; i++) {
        const MlAnswerChoice *choice = question->choices->pdata[i];
        if (!choice->right)
            continue;
        *ret_choice = (int)i;
        return TRUE;
    }
    if (!ml_question_value(question, script, question->key, &key, error))
        return FALSE;
    for (guint i = 0; i < question->choices->len; i++) {
        const MlAnswerChoice *choice = question->choices->pdata[i];
        double distance = fabs(choice->value - key);
        if (distance >= nearest)
            continue;
        nearest = distance;
        *ret_choice = (int)i;
    }
    return TRUE;
}

gboolean
ml_question_key(const MlQuestion *question, MlScript *script, double *ret_key, GError **error)
{
    int right;

    if (question->kind == ML_QUESTION_FORMULA)
        return ml_formula_value(
            question, script, question->key, question->at->len - 1, ret_key, error);
    if (question->key != NULL)
        return ml_question_value(question, script, question->key, ret_key, error);
    if (!ml_question_right_choice(question, script, &right, error))
        return FALSE;
    *ret_key = ((const MlAnswerChoice *)question->choices->pdata[right])->value;
    return TRUE;
}

/* --- answers ---------------------------------------------------------------------------------- */

/* Not an error of ours: to be asked again. */
gboolean
ml_verdict_malformed(MlVerdict *verdict, const char *message)
{
    verdict->kind = ML_VERDICT_MALFORMED;
    verdict->feedback = g_strdup(message);
    return TRUE;
}

const char *
ml_question_other_text(const MlQuestion *question)
{
    if (question->other != NULL)
        return question->other;
    return question->hints->len > 0 ? question->hints->pdata[0] : "That is not it.";
}

static gboolean
judge_number(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    GError **error)
{
    g_autofree char *text = NULL;

    if (question->kind == ML_QUESTION_FORMULA) {
        if (!ml_formula_judge(question, script, answer, verdict, &text, error))
            return FALSE;
    } else if (!ml_number_read(question, script, answer, verdict, error)) {
        return FALSE;
    }
    if (verdict->kind == ML_VERDICT_MALFORMED)
        return TRUE;
    if (question->kind == ML_QUESTION_NUMBER &&
        !ml_number_judge(question, script, answer, verdict, &text, error))
        return FALSE;
    verdict->feedback =
        ml_question_say(question, script, text, verdict->answer, verdict->key, error);
    return verdict->feedback != NULL;
}

/* --- choices ---------------------------------------------------------------------------------- */

/* "b", "B", "b)".  Returns: -1 for anything else. */
static int
read_letter(const char *answer, guint n_choices)
{
    g_autofree char *letter = g_ascii_strdown(answer, -1);

    g_strstrip(letter);
    gsize length = strlen(letter);
    if (length == 2 && strchr(").", letter[1]) != NULL)
        length = 1;
    int choice = letter[0] - 'a';
    return length == 1 && choice >= 0 && choice < (int)n_choices ? choice : -1;
}

static gboolean
judge_choice(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    GError **error)
{
    int right, choice = read_letter(answer, question->choices->len);

    if (choice < 0) {
        g_autofree char *quoted = ml_text_quote(answer);
        g_autofree char *message = g_strdup_printf(
            "%s is none of the letters a to %c", quoted, 'a' + (int)question->choices->len - 1);
        return ml_verdict_malformed(verdict, message);
    }
    if (!ml_question_right_choice(question, script, &right, error))
        return FALSE;
    const MlAnswerChoice *chosen = question->choices->pdata[choice];
    gboolean is_right = choice == right;
    const char *text = chosen->say;
    if (text == NULL && is_right)
        text = question->right != NULL ? question->right : "Right.";
    else if (text == NULL)
        text = ml_question_other_text(question);
    verdict->kind = is_right ? ML_VERDICT_RIGHT : ML_VERDICT_WRONG;
    verdict->credit = is_right ? 1 : 0;
    verdict->choice = choice;
    verdict->answer = chosen->value;
    verdict->wrong_id = is_right ? NULL : g_strdup_printf("%c", 'a' + choice);
    verdict->feedback =
        ml_question_say(question, script, text, verdict->answer, verdict->key, error);
    return verdict->feedback != NULL;
}

/* --- both ------------------------------------------------------------------------------------- */

static gboolean
judge(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    GError **error)
{
    g_autofree char *typed = g_strstrip(g_strdup(answer));

    if (!ml_question_key(question, script, &verdict->key, error))
        return FALSE;
    if (*typed == '\0') {
        verdict->kind = ML_VERDICT_SKIPPED;
        verdict->feedback = g_strdup("No answer.");
        return TRUE;
    }
    return question->kind == ML_QUESTION_CHOICE
               ? judge_choice(question, script, typed, verdict, error)
               : judge_number(question, script, typed, verdict, error);
}

gboolean
ml_question_judge(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *ret_verdict,
    GError **error)
{
    MlVerdict verdict = { .answer = NAN, .key = NAN, .choice = -1 };

    if (!judge(question, script, answer, &verdict, error)) {
        ml_verdict_clear(&verdict);
        return FALSE;
    }
    *ret_verdict = verdict;
    return TRUE;
}

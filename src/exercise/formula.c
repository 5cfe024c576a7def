#include <math.h>

#include "base/error.h"
#include "exercise/private.h"

/* Formulas in n are the same where they are the same at every n that they are tried at. */

#define SAME_WITHIN 1e-9 /* what arithmetic in another order may leave */

gboolean
ml_formula_value(const MlQuestion *question,
    MlScript *script,
    const char *formula,
    guint i,
    double *ret_value,
    GError **error)
{
    double old_n = ml_script_set_number(script, "n", g_array_index(question->at, double, i));
    gboolean ok = ml_question_value(question, script, formula, ret_value, error);

    ml_script_set_number(script, "n", old_n);
    return ok;
}

/* Whether an author's formula has these values. */
static gboolean
is_same(const MlQuestion *question,
    MlScript *script,
    const char *formula,
    const double *values,
    gboolean *ret_same,
    GError **error)
{
    double value;

    *ret_same = TRUE;
    for (guint i = 0; i < question->at->len && *ret_same; i++) {
        if (!ml_formula_value(question, script, formula, i, &value, error))
            return FALSE;
        *ret_same = fabs(values[i] - value) <= SAME_WITHIN * fabs(value);
    }
    return TRUE;
}

static gboolean
find_wrong(const MlQuestion *question,
    MlScript *script,
    const double *values,
    const MlWrongModel **ret_wrong,
    GError **error)
{
    gboolean is_it = FALSE;

    *ret_wrong = NULL;
    for (guint i = 0; i < question->wrong->len && !is_it; i++) {
        const MlWrongModel *wrong = question->wrong->pdata[i];
        if (!is_same(question, script, wrong->value, values, &is_it, error))
            return FALSE;
        if (is_it)
            *ret_wrong = wrong;
    }
    return TRUE;
}

gboolean
ml_formula_match(const MlQuestion *question,
    MlScript *script,
    const double *values,
    MlVerdict *verdict,
    char **ret_text,
    GError **error)
{
    const MlWrongModel *wrong = NULL;
    gboolean is_right;

    if (!is_same(question, script, question->key, values, &is_right, error) ||
        (!is_right && !find_wrong(question, script, values, &wrong, error)))
        return FALSE;
    if (is_right) {
        verdict->kind = ML_VERDICT_RIGHT;
        verdict->credit = 1;
        *ret_text = g_strdup(question->right != NULL ? question->right : "Right.");
    } else if (wrong != NULL) {
        verdict->kind = ML_VERDICT_WRONG;
        verdict->wrong_id = g_strdup(wrong->id);
        *ret_text = g_strdup(wrong->say);
    } else {
        verdict->kind = ML_VERDICT_OTHER;
        *ret_text = g_strdup(ml_question_other_text(question));
    }
    return TRUE;
}

gboolean
ml_formula_judge(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    char **ret_text,
    GError **error)
{
    guint n_values = question->at->len;
    g_autofree double *values = g_new(double, n_values);
    g_autoptr(GError) wrong = NULL;

    *ret_text = NULL;
    for (guint i = 0; i < n_values; i++) {
        double n = g_array_index(question->at, double, i);
        if (ml_script_answer(script, answer, n, &values[i], &wrong))
            continue;
        verdict->kind = ML_VERDICT_MALFORMED;
        verdict->feedback = g_strdup_printf("%s; write a formula in n, as in 8*n", wrong->message);
        return TRUE;
    }
    verdict->answer = values[n_values - 1];
    return ml_formula_match(question, script, values, verdict, ret_text, error);
}

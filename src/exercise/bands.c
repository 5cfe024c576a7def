#include <math.h>

#include "base/error.h"
#include "base/number.h"
#include "exercise/private.h"

/* Whether an answer could be taken for two things at once.  `close` lies around the right figure
 * and between the others by intention: it is tried after them. */

#define SAME_WITHIN 0.001 /* two wrong models of a prediction that nobody could tell apart */

typedef struct {
    const char *name;
    double figure;
    double share;
} Band;

static gboolean
overlap(const Band *a, const Band *b)
{
    return fabs(a->figure - b->figure) <= a->share * fabs(a->figure) + b->share * fabs(b->figure);
}

static gboolean
refuse_pair(const MlQuestion *question, const Band *a, const Band *b, GError **error)
{
    g_autofree char *a_figure = ml_fixed(a->figure, question->per_element ? 2 : 0);
    g_autofree char *b_figure = ml_fixed(b->figure, question->per_element ? 2 : 0);

    return ml_fail(error,
        ML_ERROR_INPUT,
        "%s: question '%s': an answer can be both '%s' (%s, ±%g %%) and '%s' (%s, ±%g %%)",
        question->where,
        question->id,
        a->name,
        a_figure,
        a->share * 100,
        b->name,
        b_figure,
        b->share * 100);
}

static gboolean
check_pairs(const MlQuestion *question, const GArray *bands, GError **error)
{
    for (guint i = 0; i < bands->len; i++)
        for (guint k = i + 1; k < bands->len; k++)
            if (overlap(&g_array_index(bands, Band, i), &g_array_index(bands, Band, k)))
                return refuse_pair(question,
                    &g_array_index(bands, Band, i),
                    &g_array_index(bands, Band, k),
                    error);
    return TRUE;
}

static void
add_band(GArray *bands, const char *name, double figure, double share)
{
    Band band = { name, figure, share };
    g_array_append_val(bands, band);
}

static gboolean
check_number(const MlQuestion *question, MlScript *script, double key, GError **error)
{
    g_autoptr(GArray) bands = g_array_new(FALSE, FALSE, sizeof(Band));
    double factor, figure;
    /* A prediction's wrong models may lie near each other: the nearest one is meant. */
    double share = question->is_prediction ? SAME_WITHIN / 2 : question->bands.wrong;

    add_band(bands, "right", key, question->bands.right);
    for (guint i = 0; key > 0 && question->bands.unit > 0 && (factor = ml_unit_factor(i)) > 0; i++)
        add_band(bands, "unit", key * factor, question->bands.unit);
    for (guint i = 0; i < question->wrong->len; i++) {
        const MlWrongModel *wrong = question->wrong->pdata[i];
        if (!ml_question_value(question, script, wrong->value, &figure, error))
            return FALSE;
        add_band(bands, wrong->id, figure, share);
    }
    return check_pairs(question, bands, error);
}

/* Whether no two of the formulas are the same at every n. */
static gboolean
check_formulas(const MlQuestion *question, MlScript *script, GError **error)
{
    for (guint i = 0; i <= question->wrong->len; i++) {
        const MlWrongModel *wrong = i > 0 ? question->wrong->pdata[i - 1] : NULL;
        g_auto(MlVerdict) verdict = { 0 };
        g_autofree char *text = NULL;
        g_autofree double *values = g_new(double, question->at->len);
        const char *formula = wrong != NULL ? wrong->value : question->key;
        for (guint k = 0; k < question->at->len; k++)
            if (!ml_formula_value(question, script, formula, k, &values[k], error))
                return FALSE;
        if (!ml_formula_match(question, script, values, &verdict, &text, error))
            return FALSE;
        if (g_strcmp0(verdict.wrong_id, wrong != NULL ? wrong->id : NULL) != 0)
            return ml_fail(error,
                ML_ERROR_INPUT,
                "%s: question '%s': '%s' is the same as '%s' at every n",
                question->where,
                question->id,
                wrong->id,
                verdict.wrong_id != NULL ? verdict.wrong_id : "right");
    }
    return TRUE;
}

/* Whether every text's formulas can be filled in. */
static gboolean
check_texts(const MlQuestion *question, MlScript *script, double key, GError **error)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();

    g_ptr_array_add(texts, question->prompt);
    g_ptr_array_add(texts, question->right);
    g_ptr_array_add(texts, question->close);
    g_ptr_array_add(texts, question->other);
    for (guint i = 0; i < question->wrong->len; i++)
        g_ptr_array_add(texts, ((const MlWrongModel *)question->wrong->pdata[i])->say);
    for (guint i = 0; i < question->choices->len; i++) {
        const MlAnswerChoice *choice = question->choices->pdata[i];
        g_ptr_array_add(texts, choice->text);
        g_ptr_array_add(texts, choice->say);
    }
    for (guint i = 0; i < question->hints->len; i++)
        g_ptr_array_add(texts, question->hints->pdata[i]);
    for (guint i = 0; i < texts->len; i++) {
        g_autofree char *filled =
            ml_question_say(question, script, texts->pdata[i], key, key, error);
        if (filled == NULL)
            return FALSE;
    }
    return TRUE;
}

gboolean
ml_question_check_bands(const MlQuestion *question, MlScript *script, GError **error)
{
    double key;
    int right;

    if (!ml_question_key(question, script, &key, error) ||
        !check_texts(question, script, key, error))
        return FALSE;
    if (question->kind == ML_QUESTION_FORMULA)
        return check_formulas(question, script, error);
    return question->kind == ML_QUESTION_CHOICE
               ? ml_question_right_choice(question, script, &right, error)
               : check_number(question, script, key, error);
}

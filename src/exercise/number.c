#include <math.h>

#include "base/quantity.h"
#include "base/text.h"
#include "exercise/private.h"

/* Answers that are numbers: how they are read, and which band they lie in. */

#define HALF 0.5

/* Of the sort that is asked for, none of them near to an answer. */
static const char *
choose_examples(const MlQuestion *question)
{
    if (question->is_plain)
        return "2.5 or 112";
    return question->per_element ? "112, 37.5 or 112 B/elem" : ML_QUANTITY_SIZES;
}

/* Whether a figure is meant for each element: who is asked for bytes per element and says "40 B"
 * does not mean 40 B for all of them. */
static gboolean
is_per_element(const MlQuestion *question, const MlQuantity *quantity, double n)
{
    if (quantity->unit == ML_UNIT_BYTES_PER_ELEMENT)
        return TRUE;
    if (quantity->unit == ML_UNIT_BYTES && quantity->factor > 1)
        return FALSE;
    return question->per_element && quantity->number < n;
}

gboolean
ml_number_read(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    GError **error)
{
    g_autoptr(GError) wrong = NULL;
    MlQuantity quantity;
    double n = (double)question->n;

    if (!ml_quantity_parse(answer, choose_examples(question), &quantity, &wrong))
        return ml_verdict_malformed(verdict, wrong->message);
    if (quantity.number < 0)
        return ml_verdict_malformed(verdict, "the answer is not below 0");
    if (question->is_plain && quantity.unit != ML_UNIT_NONE)
        return ml_verdict_malformed(verdict, "this is a number without a unit, as in 2.5");
    verdict->answer = ml_quantity_bytes(&quantity);
    if (question->is_plain || (!question->per_element && quantity.unit == ML_UNIT_NONE))
        return TRUE;
    if (n < 1 && !ml_question_value(question, script, "n", &n, error))
        return FALSE;
    gboolean is_each = is_per_element(question, &quantity, n);
    if (is_each && !question->per_element)
        verdict->answer *= n;
    if (!is_each && question->per_element)
        verdict->answer /= n;
    return TRUE;
}

static gboolean
is_within(double answer, double figure, double share)
{
    return fabs(answer - figure) <= share * fabs(figure);
}

double
ml_unit_factor(guint i)
{
    int power = (int)i - 1 - ML_MAX_POWER;

    if (i < 2)
        return i == 0 ? 1 / ML_MIB_PER_MB : ML_MIB_PER_MB;
    power += power >= 0 ? 1 : 0;
    return power <= ML_MAX_POWER ? pow(10, power) : 0;
}

/* The right figure with a wrong unit.  Returns: the factor, or 0. */
static double
find_unit_slip(const MlQuestion *question, const MlVerdict *verdict)
{
    double factor;

    for (guint i = 0; (factor = ml_unit_factor(i)) > 0; i++)
        if (question->bands.unit > 0 &&
            is_within(verdict->answer, verdict->key * factor, question->bands.unit))
            return factor;
    return 0;
}

static char *
describe_unit_slip(const char *answer, double factor)
{
    g_autofree char *quoted = ml_text_quote(answer);

    if (factor == 1 / ML_MIB_PER_MB)
        return g_strdup("The digits are right, the unit is not: this is MiB, of 1 048 576 B each. "
                        "MB are the smaller unit, so there are more of them.");
    if (factor == ML_MIB_PER_MB)
        return g_strdup("The digits are right, the unit is not: this is MB, of 1 000 000 B each. "
                        "MiB are the larger unit, so there are fewer of them.");
    return g_strdup_printf("The digits are right, but %s is %s by a power of ten. Which unit is it "
                           "in: B, kB, MB, or B/elem?",
        quoted,
        factor > 1 ? "too much" : "too little");
}

/* The wrong model nearest to the answer, within its band; NULL where there is none. */
static gboolean
find_wrong(const MlQuestion *question,
    MlScript *script,
    const MlVerdict *verdict,
    const MlWrongModel **ret_wrong,
    GError **error)
{
    double nearest = INFINITY, figure;

    *ret_wrong = NULL;
    for (guint i = 0; i < question->wrong->len; i++) {
        const MlWrongModel *wrong = question->wrong->pdata[i];
        if (!ml_question_value(question, script, wrong->value, &figure, error))
            return FALSE;
        double distance = fabs(verdict->answer - figure) / fabs(figure);
        if (distance >= nearest || !is_within(verdict->answer, figure, question->bands.wrong))
            continue;
        nearest = distance;
        *ret_wrong = wrong;
    }
    return TRUE;
}

/* Which band the answer lies in.  @ret_text: (out) (transfer full): what to say, formulas open */
gboolean
ml_number_judge(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    char **ret_text,
    GError **error)
{
    const MlWrongModel *wrong = NULL;
    double slip = find_unit_slip(question, verdict);

    if (is_within(verdict->answer, verdict->key, question->bands.right)) {
        verdict->kind = ML_VERDICT_RIGHT;
        verdict->credit = 1;
        *ret_text = g_strdup(question->right != NULL ? question->right : "Right.");
        return TRUE;
    }
    if (slip > 0) {
        verdict->kind = ML_VERDICT_UNIT;
        *ret_text = describe_unit_slip(answer, slip);
        return TRUE;
    }
    if (!find_wrong(question, script, verdict, &wrong, error))
        return FALSE;
    if (wrong != NULL) {
        verdict->kind = ML_VERDICT_WRONG;
        verdict->wrong_id = g_strdup(wrong->id);
        *ret_text = g_strdup(wrong->say);
    } else if (is_within(verdict->answer, verdict->key, question->bands.close)) {
        verdict->kind = ML_VERDICT_CLOSE;
        verdict->credit = HALF;
        *ret_text = g_strdup(
            question->close != NULL ? question->close : "Close. Which term is the difference?");
    } else {
        verdict->kind = ML_VERDICT_OTHER;
        *ret_text = g_strdup(ml_question_other_text(question));
    }
    return TRUE;
}

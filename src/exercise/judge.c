#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/quantity.h"
#include "base/text.h"
#include "exercise/private.h"

#define HALF 0.5

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

    if (question->key != NULL)
        return ml_question_value(question, script, question->key, ret_key, error);
    if (!ml_question_right_choice(question, script, &right, error))
        return FALSE;
    *ret_key = ((const MlAnswerChoice *)question->choices->pdata[right])->value;
    return TRUE;
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Not an error of ours: to be asked again. */
static gboolean
is_malformed(MlVerdict *verdict, const char *message)
{
    verdict->kind = ML_VERDICT_MALFORMED;
    verdict->feedback = g_strdup(message);
    return TRUE;
}

static gboolean
read_number(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    GError **error)
{
    g_autoptr(GError) wrong = NULL;
    MlQuantity quantity;
    double n = (double)question->n;

    if (!ml_quantity_parse(answer, &quantity, &wrong))
        return is_malformed(verdict, wrong->message);
    if (quantity.number < 0)
        return is_malformed(verdict, "the answer is not below 0");
    if (question->is_plain && quantity.unit != ML_UNIT_NONE)
        return is_malformed(verdict, "this is a number without a unit, as in 2.5");
    verdict->answer = ml_quantity_bytes(&quantity);
    gboolean in_elements = quantity.unit == ML_UNIT_BYTES_PER_ELEMENT;
    if (quantity.unit == ML_UNIT_NONE || in_elements == question->per_element)
        return TRUE;
    if (n < 1 && !ml_question_value(question, script, "n", &n, error))
        return FALSE;
    verdict->answer *= in_elements ? n : 1 / n;
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

static const char *
other_text(const MlQuestion *question)
{
    if (question->other != NULL)
        return question->other;
    return question->hints->len > 0 ? question->hints->pdata[0] : "That is not it.";
}

/* Which band the answer lies in.  @ret_text: (out) (transfer full): what to say, formulas open */
static gboolean
find_band(const MlQuestion *question,
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
        *ret_text = g_strdup(other_text(question));
    }
    return TRUE;
}

static gboolean
judge_number(const MlQuestion *question,
    MlScript *script,
    const char *answer,
    MlVerdict *verdict,
    GError **error)
{
    g_autofree char *text = NULL;

    if (!read_number(question, script, answer, verdict, error))
        return FALSE;
    if (verdict->kind == ML_VERDICT_MALFORMED)
        return TRUE;
    if (!find_band(question, script, answer, verdict, &text, error))
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
        return is_malformed(verdict, message);
    }
    if (!ml_question_right_choice(question, script, &right, error))
        return FALSE;
    const MlAnswerChoice *chosen = question->choices->pdata[choice];
    gboolean is_right = choice == right;
    const char *text = chosen->say;
    if (text == NULL && is_right)
        text = question->right != NULL ? question->right : "Right.";
    else if (text == NULL)
        text = other_text(question);
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

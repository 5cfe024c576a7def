#include "exercise/grade.h"

#include <math.h>

#include "base/number.h"
#include "base/text.h"

#define INDENT 4

static void
free_graded(gpointer data)
{
    MlGraded *graded = data;
    ml_verdict_clear(&graded->verdict);
    g_free(graded);
}

void
ml_grade_free(MlGrade *grade)
{
    if (grade == NULL)
        return;
    g_ptr_array_unref(grade->graded);
    g_free(grade);
}

static void
check_ids(MlSitting *sitting, MlAnswerSheet *sheet)
{
    const GPtrArray *questions = ml_sitting_questions(sitting);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (guint i = 0; i < questions->len; i++)
        g_ptr_array_add(ids, ((const MlQuestion *)questions->pdata[i])->id);
    g_ptr_array_add(ids, NULL);
    ml_answer_sheet_check(sheet, (const char *const *)ids->pdata);
}

MlGrade *
ml_grade_new(MlSitting *sitting, MlAnswerSheet *sheet, GError **error)
{
    const GPtrArray *questions = ml_sitting_questions(sitting);
    g_autoptr(MlGrade) grade = g_new0(MlGrade, 1);

    grade->exercise = ml_sitting_exercise(sitting);
    grade->n = ml_sitting_n(sitting);
    grade->graded = g_ptr_array_new_with_free_func(free_graded);
    grade->passed = TRUE;
    check_ids(sitting, sheet);
    for (guint i = 0; i < questions->len; i++) {
        MlGraded *graded = g_new0(MlGraded, 1);
        graded->question = questions->pdata[i];
        g_ptr_array_add(grade->graded, graded);
        const char *answer = g_hash_table_lookup(sheet->given, graded->question->id);
        if (!ml_sitting_judge(
                sitting, graded->question, answer != NULL ? answer : "", &graded->verdict, error))
            return NULL;
        if (graded->verdict.kind == ML_VERDICT_MALFORMED)
            ml_answer_sheet_fault(sheet, graded->question->id, graded->verdict.feedback);
        grade->credit += graded->verdict.credit;
        grade->passed = grade->passed && graded->verdict.kind == ML_VERDICT_RIGHT;
    }
    return g_steal_pointer(&grade);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *
graded_to_json(const MlGraded *graded)
{
    const MlVerdict *verdict = &graded->verdict;
    json_t *json = json_pack("{s:s, s:b, s:f, s:s, s:s}",
        "id",
        graded->question->id,
        "correct",
        verdict->kind == ML_VERDICT_RIGHT,
        "credit",
        verdict->credit,
        "feedback",
        verdict->feedback,
        "verdict",
        ml_verdict_id(verdict->kind));

    if (verdict->kind == ML_VERDICT_WRONG)
        json_object_set_new(json, "wrong", json_string(verdict->wrong_id));
    if (isfinite(verdict->answer))
        json_object_set_new(json, "answer", json_real(verdict->answer));
    return json;
}

json_t *
ml_grade_to_json(const MlGrade *grade, const MlAnswerSheet *sheet)
{
    json_t *questions = json_array(), *faults = json_array();

    for (guint i = 0; i < grade->graded->len; i++)
        json_array_append_new(questions, graded_to_json(grade->graded->pdata[i]));
    for (guint i = 0; i < sheet->faults->len; i++)
        json_array_append_new(faults, json_string(sheet->faults->pdata[i]));
    return json_pack("{s:s, s:s, s:I, s:b, s:f, s:i, s:o, s:o}",
        "schema",
        "memlab.result.1",
        "exercise",
        grade->exercise->name,
        "n",
        (json_int_t)grade->n,
        "passed",
        grade->passed,
        "credit",
        grade->credit,
        "of",
        (int)grade->graded->len,
        "questions",
        questions,
        "faults",
        faults);
}

/* --- text ------------------------------------------------------------------------------------- */

static const char *
mark(const MlVerdict *verdict)
{
    static const char *const marks[] = {
        [ML_VERDICT_RIGHT] = "right",
        [ML_VERDICT_UNIT] = "the unit",
        [ML_VERDICT_WRONG] = "not yet",
        [ML_VERDICT_CLOSE] = "close",
        [ML_VERDICT_OTHER] = "not yet",
        [ML_VERDICT_MALFORMED] = "cannot be read; not marked",
        [ML_VERDICT_SKIPPED] = "no answer",
    };
    return marks[verdict->kind];
}

char *
ml_grade_sum(const MlGrade *grade)
{
    int decimals = grade->credit == floor(grade->credit) ? 0 : 1;
    g_autofree char *credit = ml_fixed(grade->credit, decimals);

    return g_strdup_printf(
        "%s of %u: %s\n", credit, grade->graded->len, grade->passed ? "passed" : "not passed");
}

char *
ml_grade_text(const MlGrade *grade, int columns)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < grade->graded->len; i++) {
        const MlGraded *graded = grade->graded->pdata[i];
        g_autofree char *id = ml_text_styled(ML_STYLE_BOLD, graded->question->id);
        g_autofree char *said = ml_text_wrap(graded->verdict.feedback, columns, INDENT);
        gboolean says_more = graded->verdict.kind != ML_VERDICT_SKIPPED;
        g_string_append_printf(
            text, "  %s: %s\n%s\n", id, mark(&graded->verdict), says_more ? said : "");
    }
    g_autofree char *sum = ml_grade_sum(grade);
    g_string_append(text, sum);
    return g_string_free(text, FALSE);
}

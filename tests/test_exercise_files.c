#include "ml_test.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "exercise/grade.h"

#define N_STYLES 4

static MlSitting *
sit(const char *name)
{
    g_autoptr(GError) error = NULL;
    MlExercise *exercise = ml_exercise_find(name, &error);
    MlSitting *sitting = exercise != NULL ? ml_sitting_new(exercise, &error) : NULL;
    if (sitting == NULL)
        fail_msg("%s: %s", name, error->message);
    return sitting;
}

/* What is said to an answer that is typed. */
static char *
say(MlSitting *sitting, const MlQuestion *question, const char *answer, MlVerdict *ret_verdict)
{
    g_autoptr(GError) error = NULL;
    if (!ml_sitting_judge(sitting, question, answer, ret_verdict, &error))
        fail_msg("%s: %s", question->id, error->message);
    return ret_verdict->feedback;
}

static void
every_exercise_is_sound(void **state)
{
    g_auto(GStrv) names = ml_exercise_names(NULL);
    assert_non_null(names);
    assert_true(g_strv_length(names) >= 2);
    for (guint i = 0; names[i] != NULL; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(MlSitting) sitting = sit(names[i]);
        if (!ml_sitting_check(sitting, &error))
            fail_msg("%s: %s", names[i], error->message);
    }
}

/* A figure with a few digits, as a person would type it. */
static char *
type_figure(const MlQuestion *question, double figure, double n, guint style)
{
    char number[64];

    if (question->is_plain)
        return g_strdup(g_ascii_formatd(number, sizeof number, "%.3g", figure));
    double total = question->per_element ? figure * n : figure;
    const struct {
        double value;
        const char *format, *unit;
    } styles[N_STYLES] = {
        { total / n, "%.4g", " B/elem" },
        { total / 1e6, "%.4g", " MB" },
        { total / 0x1p20, "%.4g", " MiB" },
        { total, "%.0f", " B" },
    };
    g_ascii_formatd(number, sizeof number, styles[style].format, styles[style].value);
    return g_strconcat(number, styles[style].unit, NULL);
}

/* @wrong_id: (nullable): NULL where the figure is the key */
static void
check_own_feedback(
    MlSitting *sitting, const MlQuestion *question, double figure, const char *wrong_id)
{
    for (guint style = 0; style < N_STYLES; style++) {
        g_auto(MlVerdict) verdict = { 0 };
        g_autofree char *answer =
            type_figure(question, figure, (double)ml_sitting_n(sitting), style);
        say(sitting, question, answer, &verdict);
        gboolean is_right = verdict.kind == ML_VERDICT_RIGHT;
        if (g_strcmp0(verdict.wrong_id, wrong_id) != 0 || is_right != (wrong_id == NULL))
            fail_msg("%s: '%s' is %s and was taken for %s",
                question->id,
                answer,
                wrong_id != NULL ? wrong_id : "right",
                verdict.wrong_id != NULL ? verdict.wrong_id : ml_verdict_id(verdict.kind));
    }
}

static double
figure_of(MlSitting *sitting, const MlQuestion *question, const char *formula)
{
    MlQuestion probe = *question;
    g_autoptr(GError) error = NULL;
    double value;
    probe.key = (char *)(guintptr)formula;
    if (!ml_sitting_key(sitting, &probe, &value, &error))
        fail_msg("%s: %s", question->id, error->message);
    return value;
}

static void
every_answer_that_is_known_gets_its_own_feedback_and_no_others(void **state)
{
    g_auto(GStrv) names = ml_exercise_names(NULL);
    for (guint i = 0; names[i] != NULL; i++) {
        g_autoptr(MlSitting) sitting = sit(names[i]);
        const GPtrArray *questions = ml_sitting_questions(sitting);
        for (guint q = 0; q < questions->len; q++) {
            const MlQuestion *question = questions->pdata[q];
            if (question->kind != ML_QUESTION_NUMBER)
                continue;
            check_own_feedback(
                sitting, question, figure_of(sitting, question, question->key), NULL);
            for (guint w = 0; w < question->wrong->len; w++) {
                const MlWrongModel *wrong = question->wrong->pdata[w];
                check_own_feedback(
                    sitting, question, figure_of(sitting, question, wrong->value), wrong->id);
            }
        }
    }
}

static void
feedbacks_differ_from_each_other(void **state)
{
    g_auto(GStrv) names = ml_exercise_names(NULL);
    for (guint i = 0; names[i] != NULL; i++) {
        g_autoptr(MlSitting) sitting = sit(names[i]);
        const GPtrArray *questions = ml_sitting_questions(sitting);
        for (guint q = 0; q < questions->len; q++) {
            const MlQuestion *question = questions->pdata[q];
            g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
            for (guint w = 0; w < question->wrong->len; w++) {
                const MlWrongModel *wrong = question->wrong->pdata[w];
                assert_non_null(wrong->say);
                assert_true(g_hash_table_add(said, wrong->say));
            }
            for (guint c = 0; c < question->choices->len; c++) {
                const MlAnswerChoice *choice = question->choices->pdata[c];
                assert_non_null(choice->say);
                assert_true(g_hash_table_add(said, choice->say));
            }
        }
    }
}

static void
the_dicts_wrong_models_are_told_apart_in_words(void **state)
{
    static const struct {
        const char *id, *formula, *words;
    } rows[] = {
        { "total", "D.measured", "Right: " },
        { "total", "D.measured - D.part.key_object.resident", "You have table and values." },
        { "total", "D.measured - D.role.unused", "You counted seats that are taken." },
        { "total", "D.part.value_object.resident", "That's the values. Who leads to them" },
        { "total", "D.measured + D.reserved - D.resident", "You counted all that is reserved." },
        { "total", "D.requested", "Every size you were told, added up." },
        { "total", "D.measured / 1.048576", "The digits are right, the unit is not: this is MiB" },
        { "total", "D.measured * 1.03", "Close, but one term" },
        { "total", "D.measured * 2", "Draw one entry:" },
        { "table", "D.part.index_table.resident + D.part.entry_array.resident", "Right: " },
        { "contents", "D.part.key_object.resident + D.part.value_object.resident", "Right: " },
    };
    g_autoptr(MlSitting) sitting = sit("dict-versus-list");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlVerdict) verdict = { 0 };
        const MlQuestion *question = ml_sitting_question(sitting, rows[i].id, NULL);
        g_autofree char *answer = ml_fixed(figure_of(sitting, question, rows[i].formula), 0);
        if (!g_str_has_prefix(say(sitting, question, answer, &verdict), rows[i].words))
            fail_msg("%s = %s: '%s'", rows[i].formula, answer, verdict.feedback);
    }
}

static void
a_sheet_is_graded_whole(void **state)
{
    g_autoptr(MlSitting) sitting = sit("dict-versus-list");
    const MlQuestion *total = ml_sitting_question(sitting, "total", NULL);
    g_autofree char *right = ml_fixed(figure_of(sitting, total, total->key) / 1e6, 1);
    g_autofree char *text = g_strdup_printf(
        "total = %s MB\ntable = 32.4 B/elem\ncontents = 80 000 000\nwhy = b\n", right);
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_parse("a.txt", text);
    g_autoptr(MlGrade) grade = ml_grade_new(sitting, sheet, NULL);
    assert_non_null(grade);
    assert_true(grade->passed);
    assert_true(grade->credit == 4);
    assert_int_equal(sheet->faults->len, 0);

    json_t *json = ml_grade_to_json(grade, sheet);
    json_t *first = json_array_get(json_object_get(json, "questions"), 0);
    assert_string_equal(json_string_value(json_object_get(json, "schema")), "memlab.result.1");
    assert_string_equal(json_string_value(json_object_get(json, "exercise")), "dict-versus-list");
    assert_true(json_is_true(json_object_get(json, "passed")));
    assert_string_equal(json_string_value(json_object_get(first, "id")), "total");
    assert_true(json_is_true(json_object_get(first, "correct")));
    assert_true(json_number_value(json_object_get(first, "credit")) == 1);
    assert_true(json_is_string(json_object_get(first, "feedback")));
    json_decref(json);
}

static void
what_is_wrong_with_a_sheet_does_not_stop_the_grading(void **state)
{
    g_autoptr(MlSitting) sitting = sit("dict-versus-list");
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_parse(
        "a.txt", "tabel = 1\ncontents = 38,2\nwhy = b\nwhy = a\ntotal = 116 MB\n");
    g_autoptr(MlGrade) grade = ml_grade_new(sitting, sheet, NULL);
    assert_non_null(grade);
    assert_false(grade->passed);
    assert_true(grade->credit == 1.5); /* why, and total nearly */
    assert_int_equal(sheet->faults->len, 4);
    assert_string_equal(sheet->faults->pdata[3], "a.txt:2: '38,2' has a comma; write 38.2");
    g_autofree char *sum = ml_grade_sum(grade);
    assert_string_equal(sum, "1.5 of 4: not passed\n");
}

static void
the_solution_shows_both_cuts_and_the_list_beside(void **state)
{
    const MlTableSettings settings = { .columns = 80 };
    g_autoptr(GError) error = NULL;
    g_autoptr(MlSitting) sitting = sit("dict-versus-list");
    g_autofree char *solution = ml_sitting_solution(sitting, &settings, &error);
    assert_non_null(solution);
    assert_non_null(strstr(solution, "key object "));
    assert_non_null(strstr(solution, "object header "));
    assert_non_null(strstr(solution, "boxed-array "));
    assert_null(strstr(solution, "{{"));
}

static void
questions_have_hints_or_use_the_exercises(void **state)
{
    g_autoptr(MlSitting) sitting = sit("dict-versus-list");
    const MlQuestion *total = ml_sitting_question(sitting, "total", NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *first = ml_sitting_hint(sitting, total, 0, NULL);
    g_autofree char *second = ml_sitting_hint(sitting, total, 1, NULL);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(ml_sitting_hint(sitting, total, 2, &error));
    assert_string_equal(error->message, "'total' has 2 hints; there is no number 3");
    g_clear_error(&error);
    assert_null(ml_sitting_question(sitting, "totl", &error));
    assert_non_null(strstr(error->message, "(did you mean 'total'?)"));
}

static void
exercises_are_found_by_a_beginning_of_their_name(void **state)
{
    g_autoptr(GError) unknown = NULL, empty = NULL;
    g_autoptr(MlExercise) exercise = ml_exercise_find("dict", NULL);
    assert_string_equal(exercise->name, "dict-versus-list");
    assert_null(ml_exercise_find("dict-vs-list", &unknown));
    assert_string_equal(unknown->message,
        "no exercise is called 'dict-vs-list' (did you mean 'dict-versus-list'?); "
        "see 'memlab exercise list'");
    assert_null(ml_exercise_find("", &empty));
    assert_int_equal(empty->code, ML_ERROR_USAGE);
}

static void
bad_files_are_told_with_their_line(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "", "x.md:1: the file begins with '---', 'title: …' and '---'" },
        { "# Title\n", "x.md:1: the file begins with '---', 'title: …' and '---'" },
        { "---\ntitle: x\n", "x.md:1: the file begins with '---', 'title: …' and '---'" },
        { "---\nminutes: 3\n---\n", "x.md:1: the head has no 'title: …'" },
        { "---\ntitel: x\n---\n", "x.md:2: unknown key 'titel' (did you mean 'title'?)" },
        { "---\ntitle: x\nminutes: soon\n---\n", "x.md:3: minutes is a whole number, as in 10" },
        { "---\ntitle x\n---\n", "x.md:2: write 'key: value', or '- a point'" },
        { "---\ntitle: x\n---\n\n## Hint\n",
            "x.md:5: unknown section 'Hint' (did you mean 'Hints'?)" },
        { "---\ntitle: x\n---\n# Top\n", "x.md:4: a heading is '## Hints' or '## Solution'" },
        { "---\ntitle: x\n---\n## Hints\n\ntext\n", "x.md:6: below '## Hints' stands a list" },
        { "---\ntitle: x\n---\n\n```memlab akk\n```\n",
            "x.md:5: unknown cell 'memlab akk' (did you mean 'memlab ask'?); there are "
            "'memlab ask', 'memlab key' and 'memlab show'" },
        { "---\ntitle: x\n---\n\n```memlab show\n```\n",
            "x.md:5: a 'memlab show' cell stands below '## Solution'" },
        { "---\ntitle: x\n---\n## Solution\n```memlab ask\n```\n",
            "x.md:5: a 'memlab ask' cell stands before the sections" },
        { "---\ntitle: x\n---\n<b>x</b>\n\n<table>\n</table>\n",
            "x.md:6: HTML: only Markdown is shown" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(ml_exercise_parse("x", "x.md", rows[i].text, &error));
        assert_string_equal(error->message, rows[i].message);
        assert_int_equal(error->code, ML_ERROR_INPUT);
    }
}

static void
faults_in_cells_are_told_with_the_files_line(void **state)
{
    static const struct {
        const char *body, *message;
    } rows[] = {
        { "```memlab ask\nx = )\n```\n", "x.md:5:5: unexpected symbol near ')'" },
        { "```memlab ask\nask{id = 'a'}\n```\n", "x.md:5: question 'a': there is no prompt" },
        { "text\n", "x.md: asks nothing; write a 'memlab ask' cell" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strconcat("---\ntitle: x\n---\n", rows[i].body, NULL);
        g_autoptr(GError) error = NULL;
        MlExercise *exercise = ml_exercise_parse("x", "x.md", text, NULL);
        assert_non_null(exercise);
        assert_null(ml_sitting_new(exercise, &error));
        assert_string_equal(error->message, rows[i].message);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_exercise_is_sound),
        cmocka_unit_test(every_answer_that_is_known_gets_its_own_feedback_and_no_others),
        cmocka_unit_test(feedbacks_differ_from_each_other),
        cmocka_unit_test(the_dicts_wrong_models_are_told_apart_in_words),
        cmocka_unit_test(a_sheet_is_graded_whole),
        cmocka_unit_test(what_is_wrong_with_a_sheet_does_not_stop_the_grading),
        cmocka_unit_test(the_solution_shows_both_cuts_and_the_list_beside),
        cmocka_unit_test(questions_have_hints_or_use_the_exercises),
        cmocka_unit_test(exercises_are_found_by_a_beginning_of_their_name),
        cmocka_unit_test(bad_files_are_told_with_their_line),
        cmocka_unit_test(faults_in_cells_are_told_with_the_files_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

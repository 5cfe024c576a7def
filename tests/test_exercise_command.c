#include "ml_test.h"

#include <string.h>

#include "run_memlab.h"

#define NAME "dict-versus-list"
#define SHEET(answers) "printf '" answers "' | memlab exercise check " NAME " -"

static void
list_names_every_exercise(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab exercise list", 0, NULL);
    assert_true(g_str_has_prefix(run.out, "dict-versus-list "));
    assert_non_null(strstr(run.out, "\nmillion-ints "));
}

static void
show_gives_nothing_away(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab exercise show " NAME, 0, NULL);
    static const char *const ids[] = { "total ", "table ", "contents ", "why " };
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        assert_non_null(strstr(run.out, ids[i]));
    static const char *const secrets[] = { "112.4", "D.measured", "ledger(", "ask{", "2 097 152" };
    for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++)
        assert_null(strstr(run.out, secrets[i]));
    ml_assert_columns(run.out, 80);
}

static void
a_passed_sheet_exits_with_0_and_any_other_with_1(void **state)
{
    g_auto(MlRun) passed = ml_assert_run(
        SHEET("total = 112.4 MB\\ntable = 32.4 B/elem\\ncontents = 80 000 000\\nwhy = b\\n"),
        0,
        NULL);
    assert_true(g_str_has_suffix(passed.out, "4 of 4: passed\n"));
    g_auto(MlRun) wrong = ml_assert_run(
        SHEET("total = 107.2 MB\\ntable = 24 MB\\ncontents = 32 MB\\nwhy = a\\n"), 1, NULL);
    assert_true(g_str_has_suffix(wrong.out, "0 of 4: not passed\n"));
    assert_non_null(strstr(wrong.out, "the unit is not: this is MiB"));
    assert_non_null(strstr(wrong.out, "Those are the entries"));
    assert_non_null(strstr(wrong.out, "The keys are objects on the heap, too."));
    assert_non_null(strstr(wrong.out, "It needs time."));
}

static void
a_sheet_with_faults_exits_with_3_and_is_graded(void **state)
{
    g_auto(MlRun) run = ml_run(
        SHEET("total = 112.4 MB\\ntabel = 32.4 B/elem\\ncontents = 38,2\\nwhy = b\\nwhy = a\\n"));
    static const char *const faults[] = {
        "memlab: answers:5: 'why' is answered twice; line 4 counts\n",
        "memlab: answers:2: no question is called 'tabel' (did you mean 'table'?)\n",
        "memlab: answers: no answer to 'table'\n",
        "memlab: answers:3: '38,2' has a comma; write 38.2\n",
    };
    assert_int_equal(run.status, 3);
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++)
        assert_non_null(strstr(run.err, faults[i]));
    assert_true(g_str_has_suffix(run.out, "2 of 4: not passed\n"));
}

static void
results_are_written_as_json(void **state)
{
    g_auto(MlRun) run =
        ml_run(SHEET("total = 116 MB\\ntable = 24 MB\\ncontents = 80 MB\\nwhy = b\\n") " --json");
    json_t *result = json_loads(run.out, 0, NULL);
    static const char *const verdicts[] = { "close", "wrong", "right", "right" };
    const json_t *questions = json_object_get(result, "questions");

    assert_int_equal(run.status, 1);
    ml_assert_keys(result,
        "schema:string exercise:string n:integer passed:boolean credit:real of:integer "
        "questions:array faults:array");
    assert_int_equal(json_array_size(questions), G_N_ELEMENTS(verdicts));
    for (gsize i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        const json_t *question = json_array_get(questions, i);
        ml_assert_keys(question,
            "id:string correct:boolean credit:real feedback:string verdict:string wrong:string? "
            "answer:real?");
        assert_string_equal(json_string_value(json_object_get(question, "verdict")), verdicts[i]);
    }
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(questions, 1), "wrong")), "entries_only");
    assert_true(json_number_value(json_object_get(result, "credit")) == 2.5);
    json_decref(result);
}

static void
keys_and_bands_of_all_are_checked(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab exercise check --all", 0, NULL);
    assert_non_null(strstr(run.out, NAME ": 4 questions, keys and bands are well\n"));
}

static void
hints_and_the_solution_are_shown(void **state)
{
    g_auto(MlRun) first = ml_assert_run("memlab exercise hint " NAME " total", 0, NULL);
    g_auto(MlRun) second = ml_assert_run("memlab exercise hint " NAME " total 2", 0, NULL);
    g_auto(MlRun) solution = ml_assert_run("memlab exercise solution " NAME, 0, NULL);
    assert_true(g_str_has_prefix(first.out, "Draw one entry:"));
    assert_true(g_str_has_prefix(second.out, "Four terms:"));
    assert_non_null(strstr(solution.out, "index table "));
    assert_non_null(strstr(solution.out, "object header "));
}

static void
what_cannot_be_is_refused(void **state)
{
    static const struct {
        const char *line, *message;
        int status;
    } rows[] = {
        { "memlab exercise show dict-vs-list", "(did you mean 'dict-versus-list'?)", 2 },
        { "memlab exercise show", "which exercise?", 2 },
        { "memlab exercise show " NAME " x", "'x' is one word too many", 2 },
        { "memlab exercise hint " NAME, "a hint for which question?", 2 },
        { "memlab exercise hint " NAME " totl", "(did you mean 'total'?)", 2 },
        { "memlab exercise hint " NAME " total 3", "'total' has 2 hints", 2 },
        { "memlab exercise hint " NAME " total x", "'x' is no number of a hint", 2 },
        { "memlab exercise check " NAME " < /dev/null", "whose answers?", 2 },
        { "memlab exercise check " NAME " /nonexistent/a.txt",
            "cannot read '/nonexistent/a.txt'",
            3 },
        { "printf 'total = \\377' | memlab exercise check " NAME " -", "", 3 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlRun) run = ml_assert_run(rows[i].line, rows[i].status, rows[i].message);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_names_every_exercise),
        cmocka_unit_test(show_gives_nothing_away),
        cmocka_unit_test(a_passed_sheet_exits_with_0_and_any_other_with_1),
        cmocka_unit_test(a_sheet_with_faults_exits_with_3_and_is_graded),
        cmocka_unit_test(results_are_written_as_json),
        cmocka_unit_test(keys_and_bands_of_all_are_checked),
        cmocka_unit_test(hints_and_the_solution_are_shown),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

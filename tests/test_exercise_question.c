#include "ml_test.h"

#include "base/error.h"
#include "exercise/question.h"
#include "script_cells.h"

static void
tables_that_are_no_question_are_refused(void **state)
{
    static const struct {
        const char *fields, *message;
    } rows[] = {
        { "prompt = '?'", "question '?': id is a word in small letters, digits and dashes" },
        { "id = 'Total'", "question '?': id is a word in small letters, digits and dashes" },
        { "id = 'a', key = '1'", "question 'a': there is no prompt" },
        { "id = 'a', prompt = '?'",
            "question 'a': a number wants a key, as in key = \"L.measured\"" },
        { "id = 'a', promt = '?'", "question 'a': unknown field 'promt' (did you mean 'prompt'?)" },
        { "id = 'a', prompt = {}", "question 'a': prompt is not text; write prompt = \"…\"" },
        { "id = 'a', prompt = '?', key = '1', unit = 'MB'",
            "question 'a': unit is \"bytes\", \"B/elem\" or \"times\"" },
        { "id = 'a', prompt = '?', key = '1', n = -1",
            "question 'a': n is a whole number of elements, at least 1" },
        { "id = 'a', prompt = '?', key = '1', right_within = -0.1",
            "question 'a': right_within is a share from 0 to 1, as in 0.015" },
        { "id = 'a', prompt = '?', key = '1', wrong = {{id = 'w'}}",
            "question 'a': wrong[1] wants an id in small letters and a value: "
            "{id = \"forgot-keys\", value = \"…\", say = \"…\"}" },
        { "id = 'a', prompt = '?', key = '1', wrong = {'w'}",
            "question 'a': wrong[1] is not a table" },
        { "id = 'a', prompt = '?', choices = {'one'}", "question 'a': there are 2 to 26 choices" },
        { "id = 'a', prompt = '?', choices = {'one', 'two'}",
            "question 'a': one choice is right = true; or each has a value, and there is a key" },
        { "id = 'a', prompt = '?', choices = {{'one', right = true}, {'two', right = true}}",
            "question 'a': one choice is right = true; or each has a value, and there is a key" },
        { "id = 'a', prompt = '?', choices = {{say = 'x'}, 'two'}",
            "question 'a': choices[1] begins with its text: {\"…\", say = \"…\"}" },
        { "id = 'a', prompt = '?', choices = {{'one', rihgt = true}, 'two'}",
            "question 'a': unknown field 'rihgt' (did you mean 'right'?)" },
        { "id = 'a', prompt = '?', key = '1', hints = 'x'",
            "question 'a': hints is a list of texts" },
    };
    MlCells *cells = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *cell = g_strdup_printf("\nask{%s}", rows[i].fields);
        g_autofree char *expected = g_strconcat("cell:2: ", rows[i].message, NULL);
        g_autoptr(GError) error = NULL;
        ml_cells_author_do(cells, cell);
        assert_null(ml_questions_take(cells->script, &error));
        assert_string_equal(error->message, expected);
        assert_int_equal(error->code, ML_ERROR_INPUT);
    }
}

static void
an_id_is_there_once(void **state)
{
    MlCells *cells = *state;
    g_autoptr(GError) error = NULL;
    ml_cells_author_do(
        cells, "ask{id = 'a', prompt = '?', key = '1'}\nask{id = 'a', prompt = '?', key = '1'}");
    assert_null(ml_questions_take(cells->script, &error));
    assert_string_equal(error->message, "cell:2: question 'a' is there already, at cell:1");
}

static void
fields_have_defaults(void **state)
{
    MlCells *cells = *state;
    ml_cells_author_do(cells,
        "ask{id = 'a', prompt = 'how?', key = 5}\n"
        "predict{id = 'b', prompt = '?', key = 'x', close = 'nearly', close_within = 0.1}\n"
        "predict{id = 'c', prompt = '?', key = 'x', close = 'nearly', right_within = 0}\n"
        "show{'nothing'}");
    g_autoptr(GPtrArray) questions = ml_questions_take(cells->script, NULL);
    assert_int_equal(questions->len, 3);
    const MlQuestion *a = questions->pdata[0], *b = questions->pdata[1], *c = questions->pdata[2];
    assert_int_equal(a->kind, ML_QUESTION_NUMBER);
    assert_string_equal(a->where, "cell:1");
    assert_string_equal(a->key, "5");
    assert_string_equal(a->unit, "bytes");
    assert_false(a->per_element || a->is_prediction || a->is_plain);
    assert_true(a->bands.right == 0.015 && a->bands.unit == 0.002);
    assert_true(a->bands.wrong == 0.005 && a->bands.close == 0.06);
    assert_true(b->is_prediction);
    assert_true(b->bands.right == 0.025 && b->bands.wrong == 0.1 && b->bands.close == 0.1);
    assert_true(c->bands.right == 0 && c->bands.close == 0.06);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ml_cells_setup, ml_cells_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tables_that_are_no_question_are_refused),
        TEST(an_id_is_there_once),
        TEST(fields_have_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

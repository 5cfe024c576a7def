#include "ml_test.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "exercise/question.h"
#include "script_cells.h"

/* 40 000 000 B of a million elements; wrong models at 32, 24 and 16 B each. */
#define NUMBER_FIELDS                                                                              \
    "id = 'total', prompt = 'How much?', key = '40 * n', right = 'Right: {{ mb(key) }} MB.', "     \
    "close = 'Off by {{ key - you }} B.', hints = {'Draw it: {{ n }}.', 'Two terms.'}, wrong = {"  \
    "{id = 'asked', value = '32 * n', say = 'malloc adds {{ mb(key - you) }}.'}, "                 \
    "{id = 'one_box', value = '24 * n', say = 'And the pointer?'}, "                               \
    "{id = 'silent', value = '16 * n'}}"

static MlQuestion *
question(MlCells *cells, const char *verb, const char *fields)
{
    g_autofree char *cell = g_strdup_printf("n = 1000000\n%s{%s}", verb, fields);
    g_autoptr(GError) error = NULL;
    ml_cells_author_do(cells, cell);
    g_autoptr(GPtrArray) questions = ml_questions_take(cells->script, &error);
    if (questions == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(questions->len, 1);
    return g_ptr_array_steal_index(questions, 0);
}

static void
judge(MlCells *cells, const MlQuestion *asked, const char *answer, MlVerdict *ret_verdict)
{
    g_autoptr(GError) error = NULL;
    if (!ml_question_judge(asked, cells->script, answer, ret_verdict, &error))
        fail_msg("'%s': %s", answer, error->message);
}

static void
assert_verdict(MlCells *cells,
    const MlQuestion *asked,
    const char *answer,
    const char *kind,
    double credit,
    const char *feedback)
{
    g_auto(MlVerdict) verdict = { 0 };
    judge(cells, asked, answer, &verdict);
    if (!g_str_equal(ml_verdict_id(verdict.kind), kind) || !g_str_equal(verdict.feedback, feedback))
        fail_msg("'%s' was judged %s, '%s', and not %s, '%s'",
            answer,
            ml_verdict_id(verdict.kind),
            verdict.feedback,
            kind,
            feedback);
    assert_true(verdict.credit == credit);
}

#define MEANT_MIB                                                                                  \
    "The digits are right, the unit is not: this is MiB, of 1 048 576 B each. MB are the smaller " \
    "unit, so there are more of them."
#define MEANT_MB                                                                                   \
    "The digits are right, the unit is not: this is MB, of 1 000 000 B each. MiB are the larger "  \
    "unit, so there are fewer of them."

static void
every_band_is_tried_in_its_order(void **state)
{
    static const struct {
        const char *answer, *kind;
        double credit;
        const char *feedback;
    } rows[] = {
        { "40 MB", "right", 1, "Right: 40.0 MB." },
        { "39.41 MB", "right", 1, "Right: 40.0 MB." },
        { "40.59 MB", "right", 1, "Right: 40.0 MB." },
        { "39.39 MB", "close", 0.5, "Off by 610 000 B." },
        { "40.61 MB", "close", 0.5, "Off by -610 000 B." },
        { "37.61 MB", "close", 0.5, "Off by 2 390 000 B." },
        { "42.39 MB", "close", 0.5, "Off by -2 390 000 B." },
        { "37.59 MB", "other", 0, "Draw it: 1 000 000." },
        { "38.15 MB", "unit", 0, MEANT_MIB },
        { "38.08 MB", "unit", 0, MEANT_MIB }, /* 0.2 % of 38.147 */
        { "38.06 MB", "close", 0.5, "Off by 1 940 000 B." },
        { "40 MiB", "unit", 0, MEANT_MB },
        { "40",
            "unit",
            0,
            "The digits are right, but '40' is too little by a power of ten. Which unit is it in: "
            "B, kB, MB, or B/elem?" },
        { "400 MB",
            "unit",
            0,
            "The digits are right, but '400 MB' is too much by a power of ten. Which unit is it "
            "in: B, kB, MB, or B/elem?" },
        { "32 MB", "wrong", 0, "malloc adds 8.0." },
        { "32.15 MB", "wrong", 0, "malloc adds 7.8." },
        { "32.17 MB", "other", 0, "Draw it: 1 000 000." },
        { "24 MB", "wrong", 0, "And the pointer?" },
        { "16 MB", "wrong", 0, "" },
        { "100 MB", "other", 0, "Draw it: 1 000 000." },
        { "0", "other", 0, "Draw it: 1 000 000." },
        { "", "skipped", 0, "No answer." },
        { "  ", "skipped", 0, "No answer." },
        { "abc",
            "malformed",
            0,
            "'abc' is not a number; write 120 MB, 114.4 MiB, 112 B/elem, 127e6 or 40 009 728" },
        { "38,2", "malformed", 0, "'38,2' has a comma; write 38.2" },
        { "-40 MB", "malformed", 0, "the answer is not below 0" },
    };
    g_autoptr(MlQuestion) asked = question(*state, "ask", NUMBER_FIELDS);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_verdict(
            *state, asked, rows[i].answer, rows[i].kind, rows[i].credit, rows[i].feedback);
}

static void
a_wrong_model_gives_its_name(void **state)
{
    g_autoptr(MlQuestion) asked = question(*state, "ask", NUMBER_FIELDS);
    g_auto(MlVerdict) verdict = { 0 };
    judge(*state, asked, "24 MB", &verdict);
    assert_string_equal(verdict.wrong_id, "one_box");
    assert_true(verdict.answer == 24e6);
    assert_true(verdict.key == 40e6);
    assert_int_equal(verdict.choice, -1);
}

static void
every_spelling_of_a_number_is_read(void **state)
{
    static const struct {
        const char *answer;
        double bytes;
    } rows[] = {
        { "120 MB", 120e6 },
        { "114.4 MiB", 114.4 * 1048576 },
        { "127e6", 127e6 },
        { "112 B/elem", 112e6 },
        { "40 009 728", 40009728 },
        { "40_009_728", 40009728 },
        { "40009728 B", 40009728 },
        { "120MB", 120e6 },
        { "112 B per element", 112e6 },
        { "0.12 GB", 120e6 },
        { "117187.5 KiB", 120e6 },
    };
    g_autoptr(MlQuestion) asked = question(*state, "ask", NUMBER_FIELDS);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlVerdict) verdict = { 0 };
        judge(*state, asked, rows[i].answer, &verdict);
        if (fabs(verdict.answer - rows[i].bytes) > 1e-3)
            fail_msg("'%s' was read as %f B", rows[i].answer, verdict.answer);
    }
}

static void
per_element_a_total_is_divided_and_a_few_bytes_are_not(void **state)
{
    g_autoptr(MlQuestion) asked = question(*state,
        "ask",
        "id = 'each', prompt = '?', unit = 'B/elem', key = 'per(40000000)', right = '{{ you }}'");
    assert_verdict(*state, asked, "40", "right", 1, "40");
    assert_verdict(*state, asked, "40.2 B/elem", "right", 1, "40.2");
    assert_verdict(*state, asked, "40 B", "right", 1, "40");
    assert_verdict(*state, asked, "40 bytes", "right", 1, "40");
    assert_verdict(*state, asked, "40 MB", "right", 1, "40");
    assert_verdict(*state, asked, "40 000 000 B", "right", 1, "40");
    assert_verdict(*state, asked, "40e6", "right", 1, "40");
    assert_verdict(*state, asked, "38.2 MiB", "right", 1, "40.1");
    assert_verdict(*state, asked, "10", "other", 0, "That is not it.");
    assert_verdict(*state,
        asked,
        "abc",
        "malformed",
        0,
        "'abc' is not a number; write 112, 37.5 or 112 B/elem");
}

static void
a_question_may_have_an_n_of_its_own(void **state)
{
    g_autoptr(MlQuestion) asked = question(
        *state, "ask", "id = 'each', prompt = '?', unit = 'B/elem', n = 1000, key = 'per(40000)'");
    assert_verdict(*state, asked, "40", "right", 1, "Right.");
    assert_verdict(*state, asked, "40 kB", "right", 1, "Right.");
    double n;
    assert_true(ml_script_number(((MlCells *)*state)->script, "n", &n, NULL));
    assert_true(n == 1000000);
}

static void
a_plain_number_has_no_unit(void **state)
{
    g_autoptr(MlQuestion) asked = question(*state,
        "ask",
        "id = 'factor', prompt = '?', unit = 'times', key = '5', wrong = "
        "{{id = 'four', value = '4', say = 'four'}}");
    assert_verdict(*state, asked, "5", "right", 1, "Right.");
    assert_verdict(*state, asked, "4", "wrong", 0, "four");
    assert_verdict(*state, asked, "50", "other", 0, "That is not it.");
    assert_verdict(
        *state, asked, "5 MB", "malformed", 0, "this is a number without a unit, as in 2.5");
}

static void
a_prediction_means_the_nearest_wrong_model(void **state)
{
    g_autoptr(MlQuestion) asked = question(*state,
        "predict",
        "id = 'p', prompt = '?', unit = 'B/elem', key = '40', wrong = {"
        "{id = 'sixteen', value = '16', say = 's'}, {id = 'eighteen', value = '18', say = 'e'}}");
    assert_true(asked->is_prediction);
    assert_verdict(*state, asked, "39", "right", 1, "Right.");
    assert_verdict(*state, asked, "38.9", "other", 0, "That is not it.");
    assert_verdict(*state, asked, "16.9", "wrong", 0, "s");
    assert_verdict(*state, asked, "17.1", "wrong", 0, "e");
    assert_verdict(*state, asked, "14.5", "wrong", 0, "s");
    assert_verdict(*state, asked, "14.3", "other", 0, "That is not it.");
    g_autoptr(GError) error = NULL;
    assert_true(ml_question_check_bands(asked, ((MlCells *)*state)->script, &error));
}

static void
choices_are_letters(void **state)
{
    g_autoptr(MlQuestion) asked = question(*state,
        "ask",
        "id = 'why', prompt = '?', choices = {{'one', say = 'no: {{ 1 + 1 }}'}, "
        "{'two', right = true, say = 'yes'}, 'three'}, hints = {'hint'}");
    assert_verdict(*state, asked, "b", "right", 1, "yes");
    assert_verdict(*state, asked, " B) ", "right", 1, "yes");
    assert_verdict(*state, asked, "a", "wrong", 0, "no: 2");
    assert_verdict(*state, asked, "c", "wrong", 0, "hint");
    assert_verdict(*state, asked, "d", "malformed", 0, "'d' is none of the letters a to c");
    assert_verdict(*state, asked, "ab", "malformed", 0, "'ab' is none of the letters a to c");
    g_auto(MlVerdict) verdict = { 0 };
    judge(*state, asked, "c", &verdict);
    assert_int_equal(verdict.choice, 2);
    assert_string_equal(verdict.wrong_id, "c");
}

static void
the_choice_nearest_to_the_key_is_right(void **state)
{
    g_autoptr(MlQuestion) asked = question(*state,
        "predict",
        "id = 'dict', prompt = '?', key = '112', unit = 'B/elem', "
        "choices = {{'40', value = 40}, {'80', value = 80}, {'110', value = 110}}");
    g_auto(MlVerdict) verdict = { 0 };
    judge(*state, asked, "b", &verdict);
    assert_int_equal(verdict.kind, ML_VERDICT_WRONG);
    assert_true(verdict.answer == 80);
    assert_true(verdict.key == 112);
    assert_verdict(*state, asked, "c", "right", 1, "Right.");
}

static void
formulas_are_tried_at_every_n(void **state)
{
    g_autoptr(MlQuestion) asked = question(*state,
        "ask",
        "id = 'f', prompt = '?', key = '(ptr + 24) * n', at = {1, 1000, 1000000}, hints = {'h'}, "
        "wrong = {{id = 'boxes', value = '24 * n', say = 'and the pointers?'}}");
    assert_verdict(*state, asked, "32*n", "right", 1, "Right.");
    assert_verdict(*state, asked, "8*n + n*24", "right", 1, "Right.");
    assert_verdict(*state, asked, "(ptr + ctype('struct box').size) * n", "right", 1, "Right.");
    assert_verdict(*state, asked, "(ptr + sizeof(struct box)) * n", "right", 1, "Right.");
    assert_verdict(*state, asked, "n*sizeof( void * ) + sizeof (box)*n", "right", 1, "Right.");
    assert_verdict(
        *state, asked, "(sizeof(struct box *) + 3*sizeof(int64_t))*n", "right", 1, "Right.");
    assert_verdict(*state, asked, "24 * n", "wrong", 0, "and the pointers?");
    assert_verdict(*state, asked, "sizeof(struct box) * n", "wrong", 0, "and the pointers?");
    assert_verdict(*state, asked, "32 * n^2", "other", 0, "h");
    assert_verdict(*state, asked, "32000000", "other", 0, "h");
    assert_verdict(*state,
        asked,
        "32 n",
        "malformed",
        0,
        "in '32 n': ')' expected near 'n'; write a formula in n, as in 8*n");
    assert_verdict(*state,
        asked,
        "key",
        "malformed",
        0,
        "in 'key': unknown name 'key'; write a formula in n, as in 8*n");
    assert_verdict(*state,
        asked,
        "cost(24) * n",
        "malformed",
        0,
        "in 'cost(24) * n': unknown name 'cost'; write a formula in n, as in 8*n");
    g_auto(MlVerdict) verdict = { 0 };
    judge(*state, asked, "24*n", &verdict);
    assert_true(verdict.answer == 24e6 && verdict.key == 32e6);

    g_autoptr(GError) same = NULL;
    g_autoptr(MlQuestion) bad = question(*state,
        "ask",
        "id = 'f', prompt = '?', key = '32 * n', at = {1, 1000}, "
        "wrong = {{id = 'same', value = '16 * n * 2'}}");
    assert_true(ml_question_check_bands(asked, ((MlCells *)*state)->script, NULL));
    assert_false(ml_question_check_bands(bad, ((MlCells *)*state)->script, &same));
    assert_string_equal(
        same->message, "cell:2: question 'f': 'same' is the same as 'right' at every n");
}

static void
bands_that_overlap_are_refused(void **state)
{
    static const struct {
        const char *wrong, *message;
    } rows[] = {
        { "{id = 'near', value = '39.5 * n'}",
            "cell:2: question 'x': an answer can be both 'right' (40000000, ±1.5 %) and 'near' "
            "(39500000, ±0.5 %)" },
        { "{id = 'unit_like', value = '38.2 * n'}",
            "cell:2: question 'x': an answer can be both 'unit' (38146973, ±0.2 %) and "
            "'unit_like' (38200000, ±0.5 %)" },
        { "{id = 'ten', value = '4 * n'}",
            "cell:2: question 'x': an answer can be both 'unit' (4000000, ±0.2 %) and 'ten' "
            "(4000000, ±0.5 %)" },
        { "{id = 'one', value = '30 * n'}, {id = 'two', value = '30.2 * n'}",
            "cell:2: question 'x': an answer can be both 'one' (30000000, ±0.5 %) and 'two' "
            "(30200000, ±0.5 %)" },
        { "{id = 'bad', value = 'nothing'}",
            "cell:2: question 'x': in 'nothing': unknown name 'nothing'" },
        { "{id = 'bad', value = '1', say = '{{ nothing }}'}",
            "cell:2: question 'x': in 'nothing': unknown name 'nothing'" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *fields =
            g_strdup_printf("id = 'x', prompt = '?', key = '40 * n', wrong = {%s}", rows[i].wrong);
        g_autoptr(MlQuestion) asked = question(*state, "ask", fields);
        g_autoptr(GError) error = NULL;
        assert_false(ml_question_check_bands(asked, ((MlCells *)*state)->script, &error));
        assert_string_equal(error->message, rows[i].message);
        assert_int_equal(error->code, ML_ERROR_INPUT);
    }
    g_autoptr(MlQuestion) good = question(*state, "ask", NUMBER_FIELDS);
    assert_true(ml_question_check_bands(good, ((MlCells *)*state)->script, NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ml_cells_setup, ml_cells_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_band_is_tried_in_its_order),
        TEST(a_wrong_model_gives_its_name),
        TEST(every_spelling_of_a_number_is_read),
        TEST(per_element_a_total_is_divided_and_a_few_bytes_are_not),
        TEST(a_question_may_have_an_n_of_its_own),
        TEST(a_plain_number_has_no_unit),
        TEST(a_prediction_means_the_nearest_wrong_model),
        TEST(choices_are_letters),
        TEST(the_choice_nearest_to_the_key_is_right),
        TEST(formulas_are_tried_at_every_n),
        TEST(bands_that_overlap_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

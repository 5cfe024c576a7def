#include "ml_test.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "script_cells.h"

static double
number(MlCells *cells, const char *formula)
{
    g_autoptr(GError) error = NULL;
    double value;
    if (!ml_script_number(cells->script, formula, &value, &error))
        fail_msg("%s", error->message);
    return value;
}

static void
assert_text(MlCells *cells, const char *text, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *filled = ml_script_interpolate(cells->script, text, &error);
    if (filled == NULL)
        fail_msg("%s", error->message);
    assert_string_equal(filled, expected);
}

static void
assert_refused(MlCells *cells, const char *source, const char *message)
{
    int code;
    g_autofree char *got = ml_cells_fail(cells, source, TRUE, &code);
    assert_string_equal(got, message);
    assert_int_equal(code, ML_ERROR_INPUT);
}

static void
a_ledger_measures_and_its_two_cuts_sum_to_the_same(void **state)
{
    g_autofree char *none = ml_cells_author(*state,
        "n = 10000\nL = ledger('compact-dict', {keys = 'string', values = 'boxed'})\n"
        "roles = L.role.data + L.role.pointer + L.role.object_header + L.role.index + "
        "L.role.allocator + L.role.padding + L.role.unused\n"
        "parts = L.part.index_table.resident + L.part.entry_array.resident + "
        "L.part.key_object.resident + L.part.value_object.resident + L.stock");
    assert_string_equal(none, "");
    assert_true(number(*state, "L.measured") > 1e6);
    assert_true(number(*state, "L.measured - roles") == 0);
    assert_true(number(*state, "L.measured - parts") == 0);
    assert_true(number(*state, "L.unexplained - L.measured + L.model") == 0);
    assert_true(number(*state, "L.role.allocator - L.field - L.rounding - L.stock") == 0);
    assert_true(number(*state, "L.part.key_object.blocks") == 10000);
    assert_true(number(*state, "L.slots") == 16384 || number(*state, "L.slots") == 32768);
    assert_true(number(*state, "L.resident - L.measured") == 0);
    assert_true(number(*state, "L.reserved >= L.resident and 1 or 0") == 1);
    assert_true(number(*state, "per(L.measured)") == number(*state, "L.measured / 10000"));
    assert_true(number(*state, "per(L.measured, 5)") == number(*state, "L.measured / 5"));

    const MlLedger *ledger = ml_script_ledger(((MlCells *)*state)->script, "L");
    assert_non_null(ledger);
    assert_int_equal(ledger->n, 10000);
    assert_null(ml_script_ledger(((MlCells *)*state)->script, "n"));
}

static void
the_same_ledger_is_measured_once(void **state)
{
    MlCells *cells = *state;
    ml_cells_author_do(cells,
        "A = ledger('packed-array', {n = 1000})\n"
        "B = ledger('packed_array', {n = 1e3, width = 8})\n"
        "C = model('packed-array', {n = 1000})");
    assert_ptr_equal(ml_script_ledger(cells->script, "A"), ml_script_ledger(cells->script, "B"));
    assert_ptr_not_equal(
        ml_script_ledger(cells->script, "A"), ml_script_ledger(cells->script, "C"));
}

static void
a_model_has_no_measured_figure(void **state)
{
    ml_cells_author_do(*state, "M = model('boxed-array', {n = 1000000})");
    assert_true(fabs(number(*state, "M.model / 1e6") - 40) < 0.1);
    assert_refused(*state,
        "\nx = M.measured",
        "cell:2: this ledger has no 'measured'; it has allocated, capacity, field, model, n, part, "
        "peak, requested, reserved, resident, role, rounding, stock, usable");
}

static void
misspelt_fields_are_told(void **state)
{
    ml_cells_author_do(*state, "M = model('compact-dict', {n = 1000})");
    assert_refused(
        *state, "x = M.modle", "cell:1: this ledger has no 'modle' (did you mean 'model'?)");
    assert_refused(*state,
        "x = M.role.pointers",
        "cell:1: this role has no 'pointers' (did you mean 'pointer'?)");
    assert_refused(*state,
        "x = M.part.entrys",
        "cell:1: this part has no 'entrys'; it has entry_array, index_table");
    assert_refused(*state,
        "ledger('boxd-array', {n = 1})",
        "cell:1: unknown structure 'boxd-array' (did you mean 'boxed-array'?); see 'memlab list'");
    assert_refused(
        *state, "model('boxed-array')", "cell:1: model: give n, as in {n = 1e6}, or set n before");
    assert_refused(
        *state, "per(1)", "cell:1: per(x) wants a number of elements: per(x, n), or set n before");
}

static void
formulas_name_themselves_in_errors(void **state)
{
    MlCells *cells = *state;
    g_autoptr(GError) unknown = NULL, syntax = NULL, infinite = NULL, text = NULL;
    double value = 7;

    assert_false(ml_script_number(cells->script, "2*nothing", &value, &unknown));
    assert_string_equal(unknown->message, "in '2*nothing': unknown name 'nothing'");
    assert_int_equal(unknown->code, ML_ERROR_INPUT);
    assert_false(ml_script_number(cells->script, "2*", &value, &syntax));
    assert_string_equal(syntax->message, "in '2*': unexpected symbol near ')'");
    assert_false(ml_script_number(cells->script, "1/0", &value, &infinite));
    assert_string_equal(infinite->message, "'1/0' is no finite number");
    assert_false(ml_script_number(cells->script, "'x'", &value, &text));
    assert_string_equal(text->message, "''x'' is no number");
    assert_true(value == 7);
}

static void
texts_are_filled_in(void **state)
{
    MlCells *cells = *state;
    ml_script_set_number(cells->script, "n", 1e6);
    ml_script_set_number(cells->script, "you", 32);
    ml_script_set_number(cells->script, "half", 32.5);
    assert_text(cells, "no formula", "no formula");
    assert_text(cells, "{{you}} of {{ n }}: {{ per(40009728) }}", "32 of 1 000 000: 40.0");
    assert_text(cells, "{{ half }} {{ -you }} {{ 7/2 }}", "32.5 -32 3.5");
    assert_text(cells,
        "{{ bytes(40009728) }} {{ mib(40009728) }} {{ mb(40009728) }} {{ b1(32) }}",
        "40 009 728 38.2 40.0 32.0");
    assert_text(cells, "{{ cost(24) }} {{ cost(1) }} {{ cost(25) }} {{ ptr }}", "32 32 48 8");
    assert_text(cells, "{{ ctype('struct box').size }} {{ 'text' }}", "24 text");
    assert_text(cells, "{ {{ open", "{ {{ open");
}

static void
set_number_returns_what_was_there(void **state)
{
    MlCells *cells = *state;
    assert_true(isnan(ml_script_set_number(cells->script, "k", 4)));
    assert_true(ml_script_set_number(cells->script, "k", 5.5) == 4);
    assert_true(number(cells, "k") == 5.5);
}

static void
learners_see_nothing_of_the_authors_names(void **state)
{
    int code;
    ml_cells_author_do(*state, "secret = 42");
    g_autofree char *message = ml_cells_fail(*state, "secret", FALSE, &code);
    assert_string_equal(message, "cell:1: unknown name 'secret'");
    assert_int_equal(code, ML_ERROR_USAGE);
}

static void
learners_cannot_change_a_key(void **state)
{
    ml_cells_author_do(*state, "n = 10\nM = model('packed-array')");
    double before = number(*state, "per(M.model) + ptr + math.floor(2.5)");
    ml_cells_do(*state, "n = 99 M = 1 per = 2 ptr = 3 model = 4");
    assert_true(number(*state, "per(M.model) + ptr + math.floor(2.5)") == before);
    ml_cells_do(*state, "mine = 5");
    assert_true(number(*state, "mine") == 5);
}

static void
tables_are_handed_over_in_order_with_their_place(void **state)
{
    MlCells *cells = *state;
    ml_cells_author_do(cells,
        "ask{id = 'a', n = 3, share = 0.5, on = true}\n"
        "show{'bars', {'you', 1}, title = 'x'}\n"
        "predict{'one', 'two'}");
    g_autoptr(GPtrArray) asked = ml_script_take_asked(cells->script);
    assert_int_equal(asked->len, 3);
    const MlAsked *first = asked->pdata[0], *second = asked->pdata[1], *third = asked->pdata[2];
    g_autofree char *first_json = json_dumps(first->table, JSON_COMPACT | JSON_SORT_KEYS);
    g_autofree char *second_json = json_dumps(second->table, JSON_COMPACT | JSON_SORT_KEYS);
    g_autofree char *third_json = json_dumps(third->table, JSON_COMPACT);
    assert_string_equal(first->verb, "ask");
    assert_string_equal(second->verb, "show");
    assert_string_equal(third->where, "cell:3");
    assert_string_equal(first_json, "{\"id\":\"a\",\"n\":3,\"on\":true,\"share\":0.5}");
    assert_string_equal(second_json, "{\"1\":\"bars\",\"2\":[\"you\",1],\"title\":\"x\"}");
    assert_string_equal(third_json, "[\"one\",\"two\"]");

    g_autoptr(GPtrArray) none = ml_script_take_asked(cells->script);
    assert_int_equal(none->len, 0);
}

static void
tables_that_are_no_data_are_refused(void **state)
{
    assert_refused(*state, "ask{1/0}", "cell:1: a figure in the table is infinite, or none");
    assert_refused(*state,
        "ask{print}",
        "cell:1: a table for memlab holds texts, numbers and tables, no function");
    assert_refused(
        *state, "t = {} t.t = t ask(t)", "cell:1: a table in a table in a table …: too deep");
    assert_refused(*state,
        "show{'ledger', model('packed-array', {n = 1})}",
        "cell:1: write the name of a ledger or structure in quotes here: \"L\"");
    assert_refused(*state, "ask()", "cell:1: ask takes a table: ask{…}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ml_cells_setup, ml_cells_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_ledger_measures_and_its_two_cuts_sum_to_the_same),
        TEST(the_same_ledger_is_measured_once),
        TEST(a_model_has_no_measured_figure),
        TEST(misspelt_fields_are_told),
        TEST(formulas_name_themselves_in_errors),
        TEST(texts_are_filled_in),
        TEST(set_number_returns_what_was_there),
        TEST(learners_see_nothing_of_the_authors_names),
        TEST(learners_cannot_change_a_key),
        TEST(tables_are_handed_over_in_order_with_their_place),
        TEST(tables_that_are_no_data_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

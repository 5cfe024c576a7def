#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "script_cells.h"

static void
assert_cell(MlCells *cells, const char *source, const char *expected)
{
    g_autofree char *got = ml_cells_run(cells, source);
    if (!g_str_equal(got, expected))
        fail_msg("'%s' gave '%s' and not '%s'", source, got, expected);
}

static void
assert_refused(MlCells *cells, const char *source, const char *message)
{
    int code;
    g_autofree char *got = ml_cells_fail(cells, source, FALSE, &code);
    if (!g_str_equal(got, message))
        fail_msg("'%s' failed with '%s' and not '%s'", source, got, message);
    assert_int_equal(code, ML_ERROR_USAGE);
}

static void
a_structure_is_built_read_and_written(void **state)
{
    assert_cell(*state, "a = boxed_array(1000)", "");
    assert_cell(*state, "len(a)", "1000");
    assert_cell(*state, "#a", "1000");
    assert_cell(*state, "sum(a)", "499500");
    assert_cell(*state, "a[7]", "7");
    assert_cell(*state, "a[7] = 70\na[7] + 0", "70");
    assert_cell(*state, "a", "boxed_array(1000)");
    assert_cell(*state, "type(a)", "structure");
}

static void
options_are_given_as_in_lua(void **state)
{
    assert_cell(*state, "p = packed_array(8, {width = 4})\nsizeof(p)", "32");
    assert_cell(*state, "p", "packed_array(8, {width = \"4\"})");
    assert_cell(*state,
        "d = compact_dict(1e3, {key_format=\"key: %i\", values=\"boxed\", value=\"2*i\"})\nd[9]",
        "18");
    assert_cell(*state,
        "d",
        "compact_dict(1000, {keys = \"string\", values = \"boxed\", value = \"2*i\"})");
}

static void
elements_compare_and_count_as_the_numbers_they_are(void **state)
{
    ml_cells_do(*state, "a = boxed_array(10)");
    assert_cell(*state,
        "print(a[3] == 3, a[3] ~= 4, a[3] < a[4], a[3] * 2 + 1, a[3] .. '')",
        "true true true 7 3\n");
}

static void
sizeof_knows_structures_and_elements(void **state)
{
    assert_cell(*state, "a = boxed_array(10); sizeof(a)", "80");
    assert_cell(*state, "sizeof(a[0])", "24");
    assert_cell(*state, "x = a[5]\nsizeof(x)", "24");
    assert_cell(*state, "b = x\nsizeof(b)", "24");
    assert_cell(*state, "p = packed_array(10); sizeof(p[3])", "8");
    assert_refused(*state,
        "x = 5; sizeof(x)",
        "cell:1: sizeof takes a structure or an element of one: sizeof(a), sizeof(a[0])");
    assert_refused(*state,
        "local v, w = a[0], a[1]; sizeof(v)",
        "cell:1: sizeof takes a structure or an element of one: sizeof(a), sizeof(a[0])");
}

static void
a_new_value_frees_what_the_name_held(void **state)
{
    g_autofree char *built = ml_cells_notes(*state, "a = packed_array(1000*1000)");
    g_autofree char *given = ml_cells_notes(*state, "a = 5");
    assert_string_equal(built, "");
    assert_string_equal(given, "freed a (7.63 MiB)\n");

    g_autofree char *second = ml_cells_notes(*state, "b = packed_array(10) c = b b = 1");
    g_autofree char *last = ml_cells_notes(*state, "c = 1");
    assert_string_equal(second, "");
    assert_string_equal(last, "freed c (4.00 KiB)\n");
}

static void
what_a_table_holds_is_kept_and_what_nothing_holds_is_freed(void **state)
{
    g_autofree char *kept = ml_cells_notes(*state, "a = packed_array(10) t = {u = {a}} a = 1");
    assert_string_equal(kept, "");
    assert_cell(*state, "sum(t.u[1])", "45");
    g_autofree char *freed = ml_cells_notes(*state, "t = 0");
    assert_string_equal(freed, "freed packed_array(10), which had no name (4.00 KiB)\n");
    g_autofree char *many = ml_cells_notes(*state, "for i = 1, 9 do z = packed_array(i) end");
    assert_true(g_str_has_suffix(many, "and freed 3 more\n"));
}

static void
del_frees_and_the_name_says_so(void **state)
{
    ml_cells_do(*state, "a = boxed_array(10) b = boxed_array(10)");
    ml_cells_do(*state, "del a, b");
    assert_refused(*state, "sum(a)", "cell:1: this boxed array was freed; build it again");
    assert_cell(*state, "b", "boxed_array(10), freed");
}

static void
the_census_counts_by_kind(void **state)
{
    ml_cells_do(*state, "a = boxed_array(1000) b = boxed_array(500)");
    g_autofree char *one = ml_cells_run(*state, "iso(b)");
    g_autofree char *all = ml_cells_run(*state, "heap()");
    assert_non_null(strstr(one, "           500             12 000    75 %   int object\n"));
    assert_non_null(strstr(all, "         1 500             36 000    75 %   int object\n"));
    assert_non_null(strstr(all, "             2             12 000    25 %   pointer array\n"));
    assert_non_null(strstr(all, "         1 502             48 000   100 %   all\n"));
}

static void
the_watcher_tells_of_the_last_cell(void **state)
{
    assert_refused(*state,
        "mw.measurements",
        "cell:1: no cell has been measured yet: mw.measurements are those of the last");
    ml_cells_do(*state, "a = packed_array(1e6)");
    g_autofree char *shown = ml_cells_run(*state, "m = mw.measurements; m");
    assert_true(g_str_has_prefix(shown, "Measurements(memory_delta=7.6"));
    assert_cell(
        *state, "m.memory_delta > 7.6 and m.memory_delta < 7.7 and m.time_delta > 0", "true");
}

static void
magics_time_and_watch(void **state)
{
    ml_cells_do(*state, "a = packed_array(1000)");
    g_autofree char *time = ml_cells_run(*state, "%time sum(a)");
    assert_true(g_str_has_prefix(time, "Wall time: "));
    assert_true(g_str_has_suffix(time, "\n499500"));
    g_autofree char *timeit = ml_cells_run(*state, "%timeit -n 2 -r 3 sum(a)");
    assert_non_null(strstr(timeit, " per loop (mean ± std. dev. of 3 runs, 2 loops each)\n"));
    ml_cells_do(*state, "t = %timeit -n 1 -r 1 -o sum(a)");
    assert_cell(*state, "t.best > 0 and t.best <= t.average and t.average <= t.worst", "true");
    g_autofree char *memit = ml_cells_run(*state, "%memit b = packed_array(1e6)");
    assert_true(g_str_has_prefix(memit, "peak memory: "));
    assert_non_null(strstr(memit, "increment: 7.6"));
    assert_cell(*state, "sum(b)", "499999500000");
    g_autofree char *whole = ml_cells_run(*state, "%%time\nx = 1\nx = x + 1");
    assert_true(g_str_has_prefix(whole, "Wall time: "));
    assert_cell(*state, "x", "2");
}

static void
a_question_mark_says_what_something_is(void **state)
{
    ml_cells_do(*state, "a = packed_array(3) x = 4");
    g_autofree char *handle = ml_cells_run(*state, "a?");
    g_autofree char *structure = ml_cells_run(*state, "compact_dict?");
    assert_true(g_str_has_prefix(handle, "a: packed_array(3), "));
    assert_non_null(strstr(structure, "{keys = …}"));
    assert_cell(*state, "len?", "len(a): how many elements a has\n");
    assert_cell(*state, "x?", "x: 4\n");
}

static void
numbers_are_shown_as_people_write_them(void **state)
{
    assert_cell(*state, "print(2^20, 7/2, -0.0, 1e100, 7//2)", "1048576 3.5 0 1e+100 3\n");
    assert_cell(*state, "2^20", "1048576");
    assert_cell(*state, "tostring(2^53/2)", "4503599627370496");
}

static void
the_last_line_shows_its_value_and_nothing_else_does(void **state)
{
    assert_cell(*state, "x = 5", "");
    assert_cell(*state, "x", "5");
    assert_cell(*state, "y = 6; y + 1 -- note", "7");
    assert_cell(*state, "for i = 1, 2 do\nprint(i)\nend", "1\n2\n");
    assert_cell(*state, "if x == 5 then\nprint(x)\nend", "5\n");
    assert_cell(*state, "", "");
    assert_cell(*state, "-- nothing", "");
}

static void
comments_are_taken_as_hands_write_them(void **state)
{
    assert_cell(*state, "# it's a note\nx = 3 # three\n// note\nx", "3");
    assert_cell(*state, "y = 7 // 2", "");
    assert_cell(*state, "y", "3");
    assert_cell(*state, "z = 7 // note", "");
    assert_cell(*state, "z = 7 // a note of mine\nz", "7");
    assert_cell(*state, "n = 2\nw = 7 // n\nw", "3");
}

static void
mistakes_are_told_with_their_place(void **state)
{
    ml_cells_do(*state, "a = packed_array(3) e = packed_array(0)");
    assert_refused(*state,
        "boxed_aray(10)",
        "cell:1: unknown name 'boxed_aray' (did you mean 'boxed_array'?)");
    assert_refused(*state, "x = 1\ny = = 2", "cell:2:5: unexpected symbol near '='");
    assert_refused(*state, "é = 1", "cell:1:1: names are made of a to z, 0 to 9 and _");
    assert_refused(*state, "x = “a”", "cell:1:5: write straight quotes, as in \"text\"");
    assert_refused(*state, "x = 'é' foo bar", "cell:1:13: syntax error near 'bar'");
    assert_refused(*state, "%time sum(a) )", "cell:1:14: 'end' expected near ')'");
    assert_refused(
        *state, "\na[3]", "cell:2: index 3 is out of range: the elements are [0] to [2]");
    assert_refused(
        *state, "a[-1]", "cell:1: index -1 is out of range: the elements are [0] to [2]");
    assert_refused(*state, "e[0]", "cell:1: index 0 is out of range: this packed array is empty");
    assert_refused(
        *state, "a.x", "cell:1: elements are numbered: the first is a[0], whatever its key");
    assert_refused(*state, "a[0] = 1.5", "cell:1: an element is a whole number of 64 bits");
    assert_refused(*state, "sum(5)", "cell:1: sum takes a structure, as in sum(a)");
    assert_refused(*state, "a += 1", "cell:1:3: write a = a + 1");
    assert_refused(*state, "x = True", "cell:1: unknown name 'True'; write true");
    assert_refused(*state, "f(list)", "cell:1: unknown name 'f'");
    assert_refused(*state,
        "math.floor = 1",
        "cell:1: math is memlab's own; choose another name for what you keep");
    assert_refused(*state, "math.flor(1)", "cell:1: math has no 'flor'");
    assert_refused(*state, "error('mine')", "cell:1: mine");
}

static void
numbers_of_elements_are_checked(void **state)
{
    assert_refused(
        *state, "boxed_array()", "cell:1: how many elements? write boxed_array(1000000)");
    assert_refused(*state,
        "boxed_array(1.5)",
        "cell:1: boxed_array takes a whole number of elements, as in boxed_array(1000000)");
    assert_refused(*state,
        "boxed_array('9')",
        "cell:1: boxed_array takes a whole number of elements, as in boxed_array(1000000)");
    assert_refused(
        *state, "boxed_array(-1)", "cell:1: boxed_array(-1): a number of elements begins at 0");
    assert_refused(*state,
        "boxed_array(1, {bx = 1})",
        "cell:1: structure 'boxed-array' has no option 'bx' (did you mean 'box'?)");
    assert_refused(*state,
        "boxed_array(1, {box = 'x'})",
        "cell:1: option 'box' of 'boxed-array' cannot be 'x'; it takes object or bare");
    assert_refused(*state,
        "open_table(1, {keys = 'int', key_length = 40})",
        "cell:1: option 'key_length' of 'open-table' needs keys=string, not int; leave one of the "
        "two out");
    assert_refused(
        *state, "boxed_array(1, {1})", "cell:1: options have names, as in {keys = \"string\"}");
    assert_refused(*state,
        "boxed_array(1, 'bare')",
        "cell:1: options are written in braces, as in {keys = \"string\"}");
}

static void
too_large_a_structure_is_the_surroundings_fault(void **state)
{
    int code;
    g_autofree char *message = ml_cells_fail(*state, "packed_array(1e13)", FALSE, &code);
    assert_int_equal(code, ML_ERROR_SURROUNDINGS);
    assert_true(g_str_has_prefix(message, "cell:1: "));
}

static void
a_cell_that_fails_keeps_what_it_printed_and_its_line(void **state)
{
    MlCells *cells = *state;
    g_auto(MlCellResult) result = { 0 };
    assert_false(ml_script_run_cell(cells->script,
        "print('so far') a = packed_array(1e6) error('x')",
        "cell",
        7,
        FALSE,
        &result,
        NULL));
    assert_string_equal(result.output, "so far\n");
    assert_true(result.has_line);
    assert_true(result.line.used_bytes >= 8000000);
}

static void
a_line_is_counted_from_where_the_cell_begins(void **state)
{
    MlCells *cells = *state;
    g_auto(MlCellResult) result = { 0 };
    g_autoptr(GError) late = NULL, early = NULL;
    assert_false(
        ml_script_run_cell(cells->script, "x = 1\nnothing()", "a.md", 40, FALSE, &result, &late));
    assert_string_equal(late->message, "a.md:41: unknown name 'nothing'");
    ml_cell_result_clear(&result);
    assert_false(
        ml_script_run_cell(cells->script, "x = 1\ny = )", "a.md", 40, FALSE, &result, &early));
    assert_string_equal(early->message, "a.md:41:5: unexpected symbol near ')'");
}

static void
what_a_cell_prints_cannot_drive_the_terminal(void **state)
{
    assert_cell(*state, "print('\\27[31m', '\\14A')", "?[31m ?A\n");
    assert_cell(*state, "print('\\xff')", "\xef\xbf\xbd\n");
}

static void
names_stay_from_cell_to_cell_and_handles_can_be_found(void **state)
{
    MlCells *cells = *state;
    MlHandle handle;
    ml_cells_do(cells, "a = linked_list(12) x = 3");
    assert_true(ml_script_handle(cells->script, "a", &handle));
    assert_string_equal(handle.structure->name, "linked-list");
    assert_int_equal(handle.n, 12);
    assert_false(ml_script_handle(cells->script, "x", &handle));
    assert_false(ml_script_handle(cells->script, "nothing", &handle));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ml_cells_setup, ml_cells_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_structure_is_built_read_and_written),
        TEST(options_are_given_as_in_lua),
        TEST(elements_compare_and_count_as_the_numbers_they_are),
        TEST(sizeof_knows_structures_and_elements),
        TEST(a_new_value_frees_what_the_name_held),
        TEST(what_a_table_holds_is_kept_and_what_nothing_holds_is_freed),
        TEST(del_frees_and_the_name_says_so),
        TEST(the_census_counts_by_kind),
        TEST(the_watcher_tells_of_the_last_cell),
        TEST(magics_time_and_watch),
        TEST(a_question_mark_says_what_something_is),
        TEST(numbers_are_shown_as_people_write_them),
        TEST(the_last_line_shows_its_value_and_nothing_else_does),
        TEST(comments_are_taken_as_hands_write_them),
        TEST(mistakes_are_told_with_their_place),
        TEST(numbers_of_elements_are_checked),
        TEST(too_large_a_structure_is_the_surroundings_fault),
        TEST(a_cell_that_fails_keeps_what_it_printed_and_its_line),
        TEST(a_line_is_counted_from_where_the_cell_begins),
        TEST(what_a_cell_prints_cannot_drive_the_terminal),
        TEST(names_stay_from_cell_to_cell_and_handles_can_be_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "script_cells.h"

#define QUICKLY (20 * G_USEC_PER_SEC) /* also where the machine is busy with other tests */

static void
assert_ends(MlCells *cells, const char *source, const char *why)
{
    gint64 began = g_get_monotonic_time();
    g_autofree char *message = ml_cells_fail(cells, source, FALSE, NULL);
    if (strstr(message, why) == NULL)
        fail_msg("'%s' ended with '%s' and not with '%s'", source, message, why);
    if (g_get_monotonic_time() - began > QUICKLY)
        fail_msg("'%s' took too long", source);
}

static void
endless_loops_end(void **state)
{
    static const char *const cells[] = {
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "pcall(function() pcall(function() while true do end end) while true do end end) "
        "while true do end",
        "local function f() return f() end f()",
        "a = packed_array(10) for i = 1, 1e9 do local x = a[0] end",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cells); i++)
        assert_ends(*state, cells[i], "does not come to an end");
}

static void
few_steps_that_take_long_end(void **state)
{
    assert_ends(*state, "while true do len('x') end", "cell:1: the cell ");
    assert_ends(*state, "while true do pcall(string.rep, 'x', 4e6) end", "cell:1: the cell ");
    assert_ends(*state,
        "s = string.rep('x', 4e6) t = string.rep('x', 2e6) .. string.rep('x', 2e6) "
        "while true do if s == t then end end",
        "takes too long");
}

static void
memory_is_capped_and_given_back(void **state)
{
    assert_ends(*state, "t = {} for i = 1, 1e9 do t[i] = i end", "more than 64 MiB");
    assert_ends(*state, "s = 'x' while true do s = s .. s end", "more than 64 MiB");
    assert_ends(*state, "local function f() return f() + 1 end f()", "cell:1: ");
    ml_cells_do(*state, "t = nil s = nil");
    ml_cells_do(*state, "t = {} for i = 1, 1e5 do t[i] = i end");
}

static void
no_library_function_runs_away(void **state)
{
    assert_ends(*state, "string.rep('x', 1e10)", "longer than 4 MiB");
    assert_ends(*state, "('x'):rep(1e9, 'y')", "longer than 4 MiB");
    assert_ends(*state, "string.rep('x', 2^53)", "longer than 4 MiB");
    assert_ends(*state, "table.unpack({}, 1, 1e8)", "too many results");
    assert_ends(*state, "a = packed_array(1e6) table.sort(a)", "table expected");
    assert_ends(*state, "while true do print('x') end", "prints at most 1 MiB");
    g_autoptr(GString) endless = g_string_new("t = {");
    for (int i = 0; i < 63; i++)
        g_string_append_printf(endless, "[1 << %d] = 1, ", i);
    g_string_append(endless, "} table.insert(t, 1, 5)");
    assert_ends(*state, endless->str, "this table is no list");
    g_autofree char *empty = ml_cells_run(*state, "#string.rep('', 2^53)");
    assert_string_equal(empty, "0");
}

static void
deep_nesting_is_refused(void **state)
{
    g_autofree char *open = g_strnfill(1000000, '(');
    g_autofree char *source = g_strconcat("x = ", open, NULL);
    g_autofree char *message = ml_cells_fail(*state, source, FALSE, NULL);
    assert_non_null(strstr(message, "overflow"));
}

static void
nothing_leads_out_of_the_sandbox(void **state)
{
    static const char *const names[] = {
        "io",
        "os",
        "debug",
        "package",
        "load",
        "loadstring",
        "loadfile",
        "dofile",
        "require",
        "collectgarbage",
        "setmetatable",
        "getmetatable",
        "rawset",
        "rawget",
        "rawequal",
        "coroutine",
        "_G",
        "utf8",
        "ledger",
        "model",
        "ask",
        "predict",
        "show",
        "per",
        "cost",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *expected = g_strdup_printf("unknown name '%s'", names[i]);
        assert_ends(*state, names[i], expected);
    }
    static const char *const members[] = {
        "string.match",
        "string.gmatch",
        "string.gsub",
        "string.dump",
        "string.pack",
        "table.move",
        "table.pack",
        "math.randomseed",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        assert_ends(*state, members[i], " has no '");
    assert_ends(*state, "('x'):gsub('x', 'y')", "nil value");
    assert_ends(*state, "\x1bLua", "cell:1:");
    assert_ends(*state, "string.rep = nil", "memlab's own");
}

static void
rep_repeats(void **state)
{
    g_autofree char *repeated = ml_cells_run(*state,
        "print(string.rep('ab', 3), ('x'):rep(5, '-'), string.rep('x', 1), string.rep('x', 0), "
        "string.rep('x', -1), string.rep('', 3, ','), #string.rep('abc', 1e6))");
    assert_string_equal(repeated, "ababab x-x-x-x-x x   ,, 3000000\n");
}

static void
find_takes_text_as_it_is(void **state)
{
    g_autofree char *found = ml_cells_run(*state,
        "print(string.find('a.b', '.'), ('a.b'):find('%.'), string.find('abcabc', 'c', 4), "
        "string.find('abc', 'c', -1), string.find('abc', '', 9))");
    assert_string_equal(found, "2 nil 6 3 nil\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ml_cells_setup, ml_cells_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(endless_loops_end),
        TEST(few_steps_that_take_long_end),
        TEST(memory_is_capped_and_given_back),
        TEST(no_library_function_runs_away),
        TEST(deep_nesting_is_refused),
        TEST(nothing_leads_out_of_the_sandbox),
        TEST(rep_repeats),
        TEST(find_takes_text_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

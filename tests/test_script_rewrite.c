#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "script/habit.h"
#include "script/rewrite.h"
#include "script/scan.h"

static const char *const magics[] = { "time", "timeit", "memit", NULL };

static void
cells_become_lua_line_by_line(void **state)
{
    static const struct {
        const char *cell, *lua;
    } rows[] = {
        { "a = boxed_array(10)", "a = boxed_array(10)" },
        { "%time sum(a)", "_ENV[\"%time\"](\"\", function() return sum(a) end)" },
        { "  %time sum(a)", "  _ENV[\"%time\"](\"\", function() return sum(a) end)" },
        { "%time b = f(1)", "_ENV[\"%time\"](\"\", function() b = f(1) end)" },
        { "%time f{x = 1} == 2", "_ENV[\"%time\"](\"\", function() return f{x = 1} == 2 end)" },
        { "t = %timeit -n 3 -r2 -o sum(a)",
            "t = _ENV[\"%timeit\"](\" -n 3 -r2 -o\", function() return sum(a) end)" },
        { "%timeit -x", "_ENV[\"%timeit\"](\"\", function() return -x end)" },
        { "%memit a = f() # note", "_ENV[\"%memit\"](\"\", function() a = f() end) --# note" },
        { "x = 7 % 2", "x = 7 % 2" },
        { "a?", "_ENV[\"?\"](\"a\")" },
        { "  len? -- what is it", "  _ENV[\"?\"](\"len\") ---- what is it" },
        { "%%time\nf()", "return _ENV[\"%time\"](\"\", function()\nf()\nend)" },
        { "%%timeit -n 5\nf()", "return _ENV[\"%timeit\"](\"-n 5\", function()\nf()\nend)" },
        { "del a", "del(a)" },
        { "del a, b", "del(a, b)" },
        { "del(a)", "del(a)" },
        { "delta = 3", "delta = 3" },
        { "# it's a note", "-- it's a note" },
        { "f(#a) # how many", "f(#a) -- how many" },
        { "// note", "--/ note" },
        { "x = 7 // 2", "x = 7 // 2" },
        { "s = \"# no note\"", "s = \"# no note\"" },
        { "s = [[\n%time no\n# no]]", "s = [[\n%time no\n# no]]" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlRewritten) rewritten = { 0 };
        g_autoptr(GError) error = NULL;
        MlCellPlace place = { 0 };
        if (!ml_rewrite_cell(rows[i].cell, magics, &rewritten, &place, &error))
            fail_msg("%s: %s", rows[i].cell, error->message);
        assert_string_equal(rewritten.text, rows[i].lua);
    }
}

static void
a_column_can_be_turned_back(void **state)
{
    static const struct {
        const char *cell, *word; /* the word stands once in the cell and once in the Lua */
    } rows[] = {
        { "%time sum(banana)", "banana" },
        { "   %timeit -n 3 sum(banana)", "banana" },
        { "x = %time sum(banana)", "banana" },
        { "x = 1\n%time banana\ny = 2", "banana" },
        { "banana = %time f()", "banana" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlRewritten) rewritten = { 0 };
        MlCellPlace place = { 0 };
        assert_true(ml_rewrite_cell(rows[i].cell, magics, &rewritten, &place, NULL));
        g_auto(GStrv) cell = g_strsplit(rows[i].cell, "\n", -1);
        g_auto(GStrv) lua = g_strsplit(rewritten.text, "\n", -1);
        for (guint line = 0; lua[line] != NULL; line++) {
            const char *there = strstr(lua[line], rows[i].word);
            if (there == NULL)
                continue;
            place = (MlCellPlace){ line + 1, (guint)(there - lua[line]) + 1 };
            place = ml_rewrite_place(&rewritten, place);
            assert_int_equal(place.line, line + 1);
            assert_ptr_equal(cell[line] + place.column - 1, strstr(cell[line], rows[i].word));
        }
    }
}

static void
what_is_no_magic_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *cell, *message;
        guint line, column;
    } rows[] = {
        { "%tim f()",
            "unknown %tim (did you mean 'time'?); there are %time, %timeit, %memit",
            1,
            1 },
        { "x = 1\n  %%time\nf()",
            "%% stands at the beginning of a cell; for one line, write %",
            2,
            3 },
        { "%%time f()", "%%time stands alone on its line, but for -n, -r and -o", 1, 7 },
        { "%%foo", "unknown %%foo; there are %time, %timeit, %memit", 1, 1 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlRewritten) rewritten = { 0 };
        g_autoptr(GError) error = NULL;
        MlCellPlace place = { 0 };
        assert_false(ml_rewrite_cell(rows[i].cell, magics, &rewritten, &place, &error));
        assert_string_equal(error->message, rows[i].message);
        assert_int_equal(place.line, rows[i].line);
        assert_int_equal(place.column, rows[i].column);
    }
}

static void
habits_are_answered(void **state)
{
    static const struct {
        const char *cell, *answer;
    } rows[] = {
        { "a = [i for i in range(1000000)]", "cells build C structures: a = boxed_array(1000000)" },
        { "b = [i*2 for i in range(500)]", "cells build C structures: b = boxed_array(500)" },
        { "c = [0, 1]", "cells build C structures: c = boxed_array(1000000)" },
        { "d = {i: i*2 for i in range(10**6)}",
            "cells build C structures: d = compact_dict(10**6)" },
        { "a += 1", "write a = a + 1" },
        { "a -= f(2) # less", "write a = a - f(2)" },
        { "a++", "write a = a + 1" },
        { "2**20", "write ^ for a power, as in 2^20" },
        { "if a != b then", "write ~=" },
        { "if a && b then", "write and" },
        { "if a || b then", "write or" },
        { "sizeof(int)", "sizeof takes a structure; for C types: ctype(\"int\")" },
        { "sizeof(struct box)", "sizeof takes a structure; for C types: ctype(\"struct box\")" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree guint8 *kinds = ml_scan_cell(rows[i].cell);
        gsize offset;
        g_autofree char *answer = ml_habit_find(rows[i].cell, kinds, &offset);
        assert_non_null(answer);
        assert_string_equal(answer, rows[i].answer);
    }
}

static void
good_lua_is_no_habit(void **state)
{
    static const char *const cells[] = {
        "a = {1, 2, [3] = 4}",
        "t = {\n  [1] = 2,\n}",
        "print(a[0], \"a += 1\", 'x != y') -- 2**20, a++",
        "f = {g = function() for k in pairs(t) do h(k) end end}",
        "x = a[b[0]] == c and d ~= e",
        "sizeof(interval)",
        "s = [[ a = [i for i in x] ]]",
        "x = -1 - -2",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_autofree guint8 *kinds = ml_scan_cell(cells[i]);
        gsize offset;
        g_autofree char *answer = ml_habit_find(cells[i], kinds, &offset);
        if (answer != NULL)
            fail_msg("'%s' was answered: %s", cells[i], answer);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_become_lua_line_by_line),
        cmocka_unit_test(a_column_can_be_turned_back),
        cmocka_unit_test(what_is_no_magic_is_refused_with_its_place),
        cmocka_unit_test(habits_are_answered),
        cmocka_unit_test(good_lua_is_no_habit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

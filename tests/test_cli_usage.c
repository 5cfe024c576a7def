#include "ml_test.h"

#include <string.h>

#include "run_memlab.h"

/* What was typed is wrong: status 2, one line, which names it and the remedy. */

typedef struct {
    const char *line;
    const char *expected;
} Row;

static void
assert_rows(const Row *rows, size_t n_rows, int status)
{
    for (size_t i = 0; i < n_rows; i++) {
        g_auto(MlRun) run = ml_assert_run(rows[i].line, status, rows[i].expected);
        assert_string_equal(run.out, "");
    }
}

static void
an_unknown_word_is_named_with_the_nearest(void **state)
{
    static const Row rows[] = {
        { "memlab mesure",
            "unknown command 'mesure' (did you mean 'measure'?); see 'memlab --help'" },
        { "memlab xyzzy", "unknown command 'xyzzy'; see 'memlab --help'" },
        { "memlab --verison", "unknown option '--verison'" },
        { "memlab measure --jsno boxed-array", "unknown option --jsno (did you mean '--json'?)" },
        { "memlab model -x boxed-array", "unknown option -x; see 'memlab model --help'" },
        { "memlab measure linkedlist",
            "unknown structure 'linkedlist' (did you mean 'linked-list'?)" },
        { "memlab list xyzzy", "unknown structure 'xyzzy'; see 'memlab list'" },
        { "memlab source xyzzy", "unknown structure 'xyzzy'" },
        { "memlab compare boxed-array xyzzy", "unknown structure 'xyzzy'" },
        { "memlab model packed-array:widht=4", "has no option 'widht' (did you mean 'width'?)" },
        { "memlab model packed-array:width=3", "cannot be '3'; it takes 8, 4, 2 or 1" },
        { "memlab model gslist --slices maybe", "cannot be 'maybe'; it takes on or off" },
        { "memlab measure gslist --allocator arena", "gslist cannot be built on arena" },
        { "memlab model compact-dict:key_format=x", "cannot be 'x'; it takes text with one %i" },
        { "memlab model growing-array:width=4", "structure 'growing-array' has no options" },
        { "memlab model \"$(printf 'a\\033[31mb')\"", "unknown structure 'a?[31mb'" },
    };
    assert_rows(rows, G_N_ELEMENTS(rows), 2);
}

static void
what_is_missing_or_too_much_is_named(void **state)
{
    static const Row rows[] = {
        { "memlab measure", "no structure named; 'memlab list' shows" },
        { "memlab model -n 5", "no structure named" },
        { "memlab compare", "no structure named" },
        { "memlab source", "no structure named" },
        { "memlab measure boxed-array -n", "missing argument for -n" },
        { "memlab compare boxed-array --allocators=glibc,musl",
            "--allocators takes no value, and is given 'glibc,musl'" },
        { "memlab measure boxed-array --time=", "--time takes no value, and is given ''" },
        { "memlab doctor boxed-array", "'memlab doctor' takes no arguments" },
        { "memlab lesson", "'memlab lesson' wants a subcommand; see 'memlab lesson --help'" },
    };
    assert_rows(rows, G_N_ELEMENTS(rows), 2);
}

static void
a_number_that_is_none_is_refused_by_every_command(void **state)
{
    static const char *const commands[] = { "measure", "model", "compare" };
    static const Row rows[] = {
        { "-1", "'-1' is negative" },
        { "1e30", "'1e30' is too large; the largest number is 2^64 - 1" },
        { "18446744073709551616", "is too large" },
        { "abc", "'abc' is not a number; write 1000" },
        { "''", "'' is empty; write 1000" },
        { "1.5", "'1.5' is not a whole number" },
        { "' 12'", "' 12' has blanks in it" },
        { "12abc", "'12abc' is not a number" },
        { "0x10", "'0x10' is not a number" },
        { "٣", "'٣' is not a number" },
        { "1,000", "'1,000' has a comma; write 1_000_000" },
        { "nan", "'nan' is not a number" },
    };
    for (size_t c = 0; c < G_N_ELEMENTS(commands); c++)
        for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
            g_autofree char *line =
                g_strdup_printf("memlab %s packed-array -n %s", commands[c], rows[i].line);
            g_auto(MlRun) run = ml_assert_run(line, 2, rows[i].expected);
            assert_string_equal(run.out, "");
        }
}

static void
numbers_do_not_depend_on_the_locale(void **state)
{
    static const Row rows[] = {
        { "LC_ALL=de_DE.UTF-8 LC_NUMERIC=de_DE.UTF-8 memlab model packed-array -n 1,5", "comma" },
    };
    assert_rows(rows, G_N_ELEMENTS(rows), 2);
    g_auto(MlRun) run =
        ml_assert_run("LC_ALL=de_DE.UTF-8 memlab model packed-array -n 1.5e3", 0, NULL);
    assert_non_null(strstr(run.out, "1 500"));
}

static void
what_no_address_space_holds_is_refused_with_the_product(void **state)
{
    static const Row rows[] = {
        { "memlab measure packed-array -n 1e18",
            "1 000 000 000 000 000 000 × 8 B is 8e+18 B, more than an address space of 128 TiB" },
        { "memlab measure boxed-array -n 1e18 --force", "× 32 B" },
        { "memlab model boxed-array -n 18446744073709551615", "× 32 B is 5.9e+20 B" },
        { "memlab compare packed-array -n 1e18 --model", "× 8 B" },
    };
    assert_rows(rows, G_N_ELEMENTS(rows), 2);
}

static void
a_wrong_value_of_an_option_is_refused(void **state)
{
    static const Row rows[] = {
        { "memlab measure boxed-array --by colour", "--by takes 'role' or 'part', not 'colour'" },
        { "memlab model boxed-array --by ''", "--by takes 'role' or 'part', not ''" },
        { "memlab measure boxed-array --tolerance abc", "--tolerance takes a percentage" },
        { "memlab measure boxed-array --tolerance -1%", "--tolerance takes a percentage" },
        { "memlab measure boxed-array --repeat 0", "--repeat takes 1 to 1000, not 0" },
        { "memlab measure boxed-array --repeat 1001", "--repeat takes 1 to 1000, not 1001" },
        { "memlab measure boxed-array --repeat -5", "--repeat takes 1 to 1000, not -5" },
        { "memlab measure boxed-array --repeat x", "x" },
        { "memlab measure boxed-array --allocator jemalok", "unknown allocator 'jemalok'" },
    };
    assert_rows(rows, G_N_ELEMENTS(rows), 2);
}

static void
what_cannot_be_drawn_is_refused(void **state)
{
    static const Row rows[] = {
        { "memlab diagram", "no kind of diagram named; there are: boxed-array" },
        { "memlab diagram boxedarray", "did you mean 'boxed-array'?" },
        { "memlab diagram boxed-array -o x.gif", "x.gif: unknown format" },
        { "memlab diagram boxed-array -o x",
            "x: unknown format: the name must end in one of .svg" },
        { "memlab diagram boxed-array -o ''", "memlab: '': unknown format" },
        { "memlab diagram boxed-array --theme sepia",
            "unknown theme 'sepia': there are light, dark, print" },
        { "memlab diagram boxed-array --lang de", "unknown language 'de'; there is: en" },
        { "memlab diagram boxed-array --lang ''", "unknown language ''; there is: en" },
        { "memlab diagram boxed-array --outline-text -o x.png", "--outline-text is for SVG" },
        { "memlab diagram boxed-array --editable-text", "--editable-text is for SVG" },
        { "memlab diagram boxed-array --outline-text --editable-text -o x.svg",
            "exclude each other: outlines are no text" },
        { "memlab diagram boxed-array --scale 9", "--scale takes 1 to 4, not 9" },
        { "memlab diagram boxed-array --to printer", "--to takes 'terminal', not 'printer'" },
        { "memlab diagram boxed-array linked-list",
            "linked-list is drawn by linked-list, list-scattered" },
        { "memlab diagram boxed-array:box=bare", "the kind of diagram stands before it" },
    };
    assert_rows(rows, G_N_ELEMENTS(rows), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_word_is_named_with_the_nearest),
        cmocka_unit_test(what_is_missing_or_too_much_is_named),
        cmocka_unit_test(a_number_that_is_none_is_refused_by_every_command),
        cmocka_unit_test(numbers_do_not_depend_on_the_locale),
        cmocka_unit_test(what_no_address_space_holds_is_refused_with_the_product),
        cmocka_unit_test(a_wrong_value_of_an_option_is_refused),
        cmocka_unit_test(what_cannot_be_drawn_is_refused),
    };
    return cmocka_run_group_tests_name("cli/usage", tests, NULL, NULL);
}

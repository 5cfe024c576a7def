#include "ml_test.h"

#include <string.h>

#include "run_memlab.h"

/* How it is printed: colour, ASCII, width. */

static const char *const commands[] = {
    "memlab measure boxed-array -n 1e6 --repeat 1",
    "memlab measure compact-dict:keys=string,values=boxed -n 1000 --by part",
    "memlab model boxed-array chained-table -n 1e6",
    "memlab model open-table -n 1e9 --by part",
    "memlab compare packed-array boxed-array compact-dict:keys=string,values=boxed -n 1000",
    "memlab compare linked-list double-list --model",
};

static gboolean
is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return FALSE;
    return TRUE;
}

static void
a_pipe_gets_no_escape_sequences(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_auto(MlRun) run = ml_assert_run(commands[i], 0, NULL);
        assert_null(strchr(run.out, '\x1b'));
        assert_null(strpbrk(run.out, "\x0e\x0f")); /* style marks */
        assert_true(g_utf8_validate(run.out, -1, NULL));
    }
}

static void
a_terminal_gets_colours_unless_they_are_declined(void **state)
{
    g_auto(MlRun) coloured = ml_run_on_terminal("memlab model boxed-array");
    g_auto(MlRun) declined = ml_run_on_terminal("NO_COLOR=1 memlab model boxed-array");
    g_auto(MlRun) dumb = ml_run_on_terminal("TERM=dumb memlab model boxed-array");

    assert_int_equal(coloured.status, 0);
    assert_non_null(strstr(coloured.out, "\x1b["));
    assert_non_null(strstr(declined.out, "boxed-array"));
    assert_null(strchr(declined.out, '\x1b'));
    assert_non_null(strstr(dumb.out, "boxed-array"));
    assert_null(strchr(dumb.out, '\x1b'));
}

static void
ascii_is_ascii(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autofree char *asked = g_strconcat(commands[i], " --ascii", NULL);
        g_autofree char *located = g_strconcat("LC_ALL=C ", commands[i], NULL);
        g_auto(MlRun) by_option = ml_assert_run(asked, 0, NULL);
        g_auto(MlRun) by_locale = ml_assert_run(located, 0, NULL);
        g_auto(MlRun) unicode = ml_assert_run(commands[i], 0, NULL);
        assert_true(is_ascii(by_option.out));
        assert_true(is_ascii(by_locale.out));
        assert_false(is_ascii(unicode.out));
        assert_null(strchr(by_option.out, '?')); /* no character is without its nearest */
    }
}

static void
messages_are_ascii_where_the_locale_is(void **state)
{
    g_auto(MlRun) run = ml_run("LC_ALL=C memlab measure packed-array -n 1e18");

    assert_int_equal(run.status, 2);
    assert_true(is_ascii(run.err));
    assert_non_null(strstr(run.err, "1 000 000 000 000 000 000"));
}

static void
nothing_is_wider_than_the_terminal(void **state)
{
    static const int widths[] = { 40, 60, 80, 100, 120 };

    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        for (size_t w = 0; w < G_N_ELEMENTS(widths); w++) {
            g_autofree char *line = g_strdup_printf("COLUMNS=%d %s", widths[w], commands[i]);
            g_auto(MlRun) run = ml_assert_run(line, 0, NULL);
            ml_assert_columns(run.out, widths[w]);
        }
}

static void
the_doctor_keeps_to_the_width(void **state)
{
    g_auto(MlRun) narrow = ml_assert_run("COLUMNS=40 memlab doctor", 0, NULL);
    g_auto(MlRun) usual = ml_assert_run("COLUMNS=80 memlab doctor", 0, NULL);

    ml_assert_columns(narrow.out, 40);
    ml_assert_columns(usual.out, 80);
}

static void
a_width_that_is_none_is_eighty(void **state)
{
    static const char *const widths[] = { "0", "-5", "abc", "''", "99999999999" };
    g_auto(MlRun) plain = ml_run("memlab model boxed-array");

    for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
        g_autofree char *line = g_strdup_printf("COLUMNS=%s memlab model boxed-array", widths[i]);
        g_auto(MlRun) run = ml_assert_run(line, 0, NULL);
        assert_string_equal(run.out, plain.out);
    }
}

static void
a_tolerance_decides_the_status(void **state)
{
    g_auto(MlRun) good =
        ml_assert_run("memlab measure linked-list -n 1000 --tolerance 50%", 0, NULL);
    g_auto(MlRun) nothing =
        ml_assert_run("memlab measure linked-list -n 0 --tolerance 0%", 0, NULL);
    assert_true(strlen(good.out) > 0 && strlen(nothing.out) > 0);
}

/* n = 0 is valid: nothing is held, and there is no figure per element. */
static void
nothing_is_printed_as_nothing(void **state)
{
    static const char *const lines[] = {
        "memlab measure boxed-array -n 0",
        "memlab model boxed-array -n 0 --by part",
        "memlab compare boxed-array linked-list -n 0",
        "memlab compare boxed-array linked-list -n 0 --model",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(MlRun) run = ml_assert_run(lines[i], 0, NULL);
        assert_non_null(strstr(run.out, "–"));
        assert_null(strstr(run.out, "nan"));
        assert_null(strstr(run.out, "inf"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pipe_gets_no_escape_sequences),
        cmocka_unit_test(a_terminal_gets_colours_unless_they_are_declined),
        cmocka_unit_test(ascii_is_ascii),
        cmocka_unit_test(messages_are_ascii_where_the_locale_is),
        cmocka_unit_test(nothing_is_wider_than_the_terminal),
        cmocka_unit_test(the_doctor_keeps_to_the_width),
        cmocka_unit_test(a_width_that_is_none_is_eighty),
        cmocka_unit_test(a_tolerance_decides_the_status),
        cmocka_unit_test(nothing_is_printed_as_nothing),
    };
    return cmocka_run_group_tests_name("cli/output", tests, NULL, NULL);
}

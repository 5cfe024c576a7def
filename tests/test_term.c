#include "ml_test.h"

#include <fcntl.h>
#include <locale.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "term/term.h"

typedef struct {
    int master;
    FILE *slave;
} Pty;

static int
open_pty(void **state)
{
    Pty *pty = g_new0(Pty, 1);
    int slave;

    *state = pty;
    if (openpty(&pty->master, &slave, NULL, NULL, NULL) != 0)
        return 1;
    pty->slave = fdopen(slave, "w");
    g_setenv("TERM", "xterm-256color", TRUE);
    g_unsetenv("NO_COLOR");
    g_unsetenv("COLUMNS");
    g_unsetenv("LINES");
    return 0;
}

static int
close_pty(void **state)
{
    g_autofree Pty *pty = *state;
    fclose(pty->slave);
    close(pty->master);
    return 0;
}

static void
set_size(const Pty *pty, unsigned short columns, unsigned short lines)
{
    struct winsize size = { .ws_col = columns, .ws_row = lines };
    assert_int_equal(ioctl(pty->master, TIOCSWINSZ, &size), 0);
}

static void
a_terminal_says_how_large_it_is(void **state)
{
    Pty *pty = *state;
    set_size(pty, 132, 43);
    MlTerm term = ml_term_inspect(pty->slave);

    assert_true(term.is_terminal && term.can_paint && term.colour);
    assert_int_equal(term.columns, 132);
    assert_int_equal(term.lines, 43);
}

static void
an_unknown_size_is_80_by_24(void **state)
{
    Pty *pty = *state;
    set_size(pty, 0, 0);
    MlTerm term = ml_term_inspect(pty->slave);

    assert_int_equal(term.columns, 80);
    assert_int_equal(term.lines, 24);
}

static void
the_environment_goes_before_the_terminal_if_it_makes_sense(void **state)
{
    static const struct {
        const char *columns;
        int expected;
    } rows[] = {
        { "40", 40 },
        { "", 132 },
        { "0", 132 },
        { "-1", 132 },
        { "1e2", 132 },
        { "99999999999", 132 },
    };
    Pty *pty = *state;
    set_size(pty, 132, 43);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_setenv("COLUMNS", rows[i].columns, TRUE);
        assert_int_equal(ml_term_inspect(pty->slave).columns, rows[i].expected);
    }
}

static void
colour_can_be_refused(void **state)
{
    Pty *pty = *state;

    g_setenv("NO_COLOR", "", TRUE); /* empty counts as not set: no-color.org */
    assert_true(ml_term_inspect(pty->slave).colour);
    g_setenv("NO_COLOR", "1", TRUE);
    assert_false(ml_term_inspect(pty->slave).colour);
    assert_true(ml_term_inspect(pty->slave).can_paint);
    g_unsetenv("NO_COLOR");
    g_setenv("TERM", "dumb", TRUE);
    assert_false(ml_term_inspect(pty->slave).colour);
    assert_false(ml_term_inspect(pty->slave).can_paint);
}

static void
a_file_is_no_terminal(void **state)
{
    g_autoptr(GError) error = NULL;
    FILE *null = fopen("/dev/null", "w");
    MlTerm term = ml_term_inspect(null);
    fclose(null);

    assert_false(term.is_terminal || term.can_paint || term.colour);
    assert_int_equal(term.columns, 80);
}

static void
unicode_depends_on_the_locale(void **state)
{
    setlocale(LC_ALL, "C");
    assert_false(ml_term_inspect(stderr).unicode);
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    assert_true(ml_term_inspect(stderr).unicode);
}

static void
what_is_printed_arrives_encoded(void **state)
{
    Pty *pty = *state;
    MlTerm term = ml_term_inspect(pty->slave);
    char text[32] = "";

    term.unicode = FALSE;
    assert_true(ml_term_print(pty->slave,
        &term,
        "\x0e"
        "Aab\x0f–",
        NULL));
    assert_true(read(pty->master, text, sizeof text - 1) > 0);
    assert_string_equal(text, "\x1b[1mab\x1b[0m-");
}

static void
a_full_disk_and_a_closed_stream_are_noticed(void **state)
{
    static const MlTerm term = { .unicode = TRUE };
    g_autoptr(GError) full_error = NULL;
    g_autoptr(GError) closed_error = NULL;
    FILE *full = fopen("/dev/full", "w");
    FILE *closed = fopen("/dev/null", "w");

    assert_false(ml_term_print(full, &term, "text", &full_error));
    assert_int_equal(ml_error_status(full_error), ML_ERROR_SURROUNDINGS);
    assert_non_null(strstr(full_error->message, "No space left"));
    close(fileno(closed));
    assert_false(ml_term_write(closed, "text", &closed_error));
    assert_int_equal(ml_error_status(closed_error), ML_ERROR_SURROUNDINGS);
    fclose(full);
    fclose(closed);
}

/* Run in a child, because it needs a standard output that is closed.  Returns: 0 if all is well. */
static int
open_a_file_without_standard_output(void)
{
    close(STDOUT_FILENO);
    ml_term_reserve_standard();
    int fd = open("/dev/null", O_WRONLY);
    if (fd <= STDERR_FILENO)
        return 1;
    return ml_term_write(stdout, "text", NULL) ? 2 : 0;
}

static void
a_file_does_not_become_standard_output(void **state)
{
    int status;
    pid_t child = fork();

    if (child == 0)
        _exit(open_a_file_without_standard_output());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

#define ON_PTY(test) cmocka_unit_test_setup_teardown(test, open_pty, close_pty)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PTY(a_terminal_says_how_large_it_is),
        ON_PTY(an_unknown_size_is_80_by_24),
        ON_PTY(the_environment_goes_before_the_terminal_if_it_makes_sense),
        ON_PTY(colour_can_be_refused),
        ON_PTY(what_is_printed_arrives_encoded),
        cmocka_unit_test(a_file_is_no_terminal),
        cmocka_unit_test(unicode_depends_on_the_locale),
        cmocka_unit_test(a_full_disk_and_a_closed_stream_are_noticed),
        cmocka_unit_test(a_file_does_not_become_standard_output),
    };
    return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}

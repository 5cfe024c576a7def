#include "ml_test.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/error.h"
#include "term/guard.h"
#include "term/keys.h"
#include "term/line.h"
#include "term/screen.h"

#define PATIENCE_MILLISECONDS 10000

static const MlTerm term = { .columns = 30, .lines = 24, .unicode = TRUE };

/* This end of the pseudo-terminal types; the other one is read by what is tested. */
typedef struct {
    int master, slave;
    FILE *stream;
    GString *output; /* read from the master, and not yet looked at */
} Pty;

static int
open_pty(void **state)
{
    Pty *pty = g_new0(Pty, 1);
    const struct winsize size = { .ws_col = 60, .ws_row = 7 };

    *state = pty;
    if (openpty(&pty->master, &pty->slave, NULL, NULL, &size) != 0)
        return 1;
    pty->stream = fdopen(dup(pty->slave), "w");
    pty->output = g_string_new(NULL);
    return 0;
}

static int
close_pty(void **state)
{
    g_autofree Pty *pty = *state;
    ml_guard_leave(); /* where a test failed */
    g_string_free(pty->output, TRUE);
    fclose(pty->stream);
    close(pty->slave);
    close(pty->master);
    return 0;
}

static void
type(const Pty *pty, const char *text)
{
    assert_int_equal(write(pty->master, text, strlen(text)), strlen(text));
}

/* What was painted since the last call, up to and with @last. */
static char *
painted(const Pty *pty, const char *last)
{
    struct pollfd source = { .fd = pty->master, .events = POLLIN };
    char bytes[4096];

    while (strstr(pty->output->str, last) == NULL) {
        if (poll(&source, 1, PATIENCE_MILLISECONDS) != 1)
            fail_msg("'%s' was not painted", last);
        ssize_t n = read(pty->master, bytes, sizeof bytes);
        assert_true(n > 0);
        g_string_append_len(pty->output, bytes, n);
    }
    gssize length = strstr(pty->output->str, last) + strlen(last) - pty->output->str;
    char *text = g_strndup(pty->output->str, (gsize)length);
    g_string_erase(pty->output, 0, length);
    return text;
}

static void
each_key_is_told_from_the_others(void **state)
{
    static const struct {
        const char *bytes;
        MlKeyKind kind;
        gunichar character;
    } rows[] = {
        { "a", ML_KEY_CHARACTER, 'a' },
        { " ", ML_KEY_CHARACTER, ' ' },
        { "é", ML_KEY_CHARACTER, 0xe9 },
        { "漢", ML_KEY_CHARACTER, 0x6f22 },
        { "\r", ML_KEY_ENTER, 0 },
        { "\n", ML_KEY_ENTER, 0 },
        { "\x7f", ML_KEY_BACKSPACE, 0 },
        { "\b", ML_KEY_BACKSPACE, 0 },
        { "\x15", ML_KEY_ERASE_LINE, 0 },
        { "\x04", ML_KEY_END, 0 },
        { "\x01", ML_KEY_OTHER, 0 },
        { "\x1b[A", ML_KEY_UP, 0 },
        { "\x1bOB", ML_KEY_DOWN, 0 },
        { "\x1b[C", ML_KEY_OTHER, 0 },
        { "\x1b[5~", ML_KEY_PAGE_UP, 0 },
        { "\x1b[6~", ML_KEY_PAGE_DOWN, 0 },
        { "\x1b[1;5D", ML_KEY_OTHER, 0 },
        { "\x1b"
          "x",
            ML_KEY_OTHER,
            0 },
        { "\xff", ML_KEY_OTHER, 0 },
        { "\x1b", ML_KEY_ESCAPE, 0 },
    };
    Pty *pty = *state;
    g_autoptr(MlKeys) keys = ml_keys_open(pty->slave, NULL);

    assert_non_null(keys);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        type(pty, rows[i].bytes);
        MlKey key = ml_keys_read(keys);
        if (key.kind != rows[i].kind || key.character != rows[i].character)
            fail_msg("row %zu was read as key %u, U+%04X", i, key.kind, key.character);
    }
}

static void
keys_typed_ahead_come_in_their_order(void **state)
{
    static const MlKeyKind expected[] = {
        ML_KEY_CHARACTER,
        ML_KEY_UP,
        ML_KEY_ESCAPE,
        ML_KEY_ESCAPE,
        ML_KEY_CHARACTER,
        ML_KEY_ENTER,
    };
    Pty *pty = *state;
    g_autoptr(MlKeys) keys = ml_keys_open(pty->slave, NULL);

    type(pty, "1\x1b[A\x1b\x1b");
    for (gsize i = 0; i < 4; i++)
        assert_int_equal(ml_keys_read(keys).kind, expected[i]);
    type(pty, "é\r");
    for (gsize i = 4; i < G_N_ELEMENTS(expected); i++)
        assert_int_equal(ml_keys_read(keys).kind, expected[i]);
}

static void
keys_typed_too_early_can_be_forgotten(void **state)
{
    Pty *pty = *state;
    g_autoptr(MlKeys) keys = ml_keys_open(pty->slave, NULL);

    type(pty, "abc");
    assert_int_equal(ml_keys_read(keys).character, 'a');
    type(pty, "de");
    ml_keys_forget(keys);
    type(pty, "x");
    assert_int_equal(ml_keys_read(keys).character, 'x');
}

static void
a_new_size_is_told_like_a_key(void **state)
{
    Pty *pty = *state;
    g_autoptr(MlKeys) keys = ml_keys_open(pty->slave, NULL);

    raise(SIGWINCH);
    raise(SIGWINCH);
    assert_int_equal(ml_keys_read(keys).kind, ML_KEY_REPAINT);
    type(pty, "x");
    assert_int_equal(ml_keys_read(keys).character, 'x');
}

static void
a_terminal_that_is_gone_ends_the_input(void **state)
{
    Pty *pty = *state;
    g_autoptr(MlKeys) keys = ml_keys_open(pty->slave, NULL);

    signal(SIGHUP, SIG_IGN);
    close(pty->master);
    assert_int_equal(ml_keys_read(keys).kind, ML_KEY_END);
    assert_int_equal(ml_keys_read(keys).kind, ML_KEY_END);
    pty->master = dup(pty->slave);
}

static void
the_terminal_gets_its_mode_back(void **state)
{
    Pty *pty = *state;
    struct termios before, during, after;

    tcgetattr(pty->slave, &before);
    MlKeys *keys = ml_keys_open(pty->slave, NULL);
    tcgetattr(pty->slave, &during);
    ml_keys_close(keys);
    tcgetattr(pty->slave, &after);
    assert_int_equal(during.c_lflag & (ICANON | ECHO | ISIG), ISIG);
    assert_int_equal(after.c_lflag, before.c_lflag);
    assert_int_equal(after.c_iflag, before.c_iflag);
}

static void
what_is_no_terminal_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    int fd = open("/dev/null", O_RDONLY);

    assert_null(ml_keys_open(fd, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_SURROUNDINGS);
    close(fd);
}

static void
a_line_is_typed_and_taken_back(void **state)
{
    static const struct {
        const char *typed, *line;
        MlKeyKind end;
    } rows[] = {
        { "40.0\r", "40.0", ML_KEY_ENTER },
        { "4x\x7f"
          "0\r",
            "40",
            ML_KEY_ENTER },
        { "aé\x7f\x7f\x7f"
          "b\r",
            "b",
            ML_KEY_ENTER },
        { "wrong\x15right\r", "right", ML_KEY_ENTER },
        { "1\x1b[C\x1b[D2\r", "12", ML_KEY_ENTER },
        { "12\x04", "12", ML_KEY_END },
        { "12\x1b[A", "12", ML_KEY_UP },
        { "h", "", ML_KEY_CHARACTER },
        { "1h\r", "1h", ML_KEY_ENTER },
        { "1\x7fh", "", ML_KEY_CHARACTER },
    };
    Pty *pty = *state;
    g_autoptr(MlKeys) keys = ml_keys_open(pty->slave, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        type(pty, rows[i].typed);
        MlKey key = ml_line_read(keys, pty->stream, &term, "> ", "hs", line);
        assert_string_equal(line->str, rows[i].line);
        assert_int_equal(key.kind, rows[i].end);
    }
}

static void
a_line_that_is_too_long_shows_its_end(void **state)
{
    Pty *pty = *state;
    g_autoptr(MlKeys) keys = ml_keys_open(pty->slave, NULL);
    g_autoptr(GString) line = g_string_new("begin_345678901234567890123456");

    type(pty, "7\r");
    ml_line_read(keys, pty->stream, &term, "> ", NULL, line);
    assert_string_equal(line->str, "begin_3456789012345678901234567");
    g_autofree char *output = painted(pty, "\r> n_3456789012345678901234567\x1b[K");
    assert_null(strstr(output, "gin_345678901234567890123456\x1b"));
}

static const MlScreenKey next_key[] = { { "Enter", "next" } };

static MlScreenContent
content_with(const char *body, const char *prompt)
{
    return (MlScreenContent){
        .title = "title",
        .place = "1 of 9",
        .body = body,
        .prompt = prompt,
        .hot_keys = "h",
        .n_keys = 1,
        .keys = next_key,
    };
}

static void
a_screen_pages_and_returns_other_keys(void **state)
{
    Pty *pty = *state;
    MlScreenContent content = content_with("1\n2\n3\n4\n5\n6\n7\n", NULL);
    g_autoptr(MlScreen) screen = ml_screen_open(pty->slave, pty->stream, FALSE, NULL);
    MlKey key;

    assert_int_equal(ml_screen_width(screen), 58);
    type(pty, "c");
    assert_true(ml_screen_show(screen, &content, NULL, &key, NULL));
    g_autofree char *first = painted(pty, "next");
    assert_int_equal(key.character, 'c');
    assert_non_null(strstr(first, "\x1b[3;1H\x1b[2K 1\x1b[4;1H"));
    assert_null(strstr(first, " 4\x1b"));

    type(pty, " \x1b[B\x1b[B\r"); /* a page, and one line of the two there might be */
    assert_true(ml_screen_show(screen, &content, NULL, &key, NULL));
    assert_int_equal(key.kind, ML_KEY_ENTER);
    g_autofree char *middle = painted(pty, "\x1b[5;1H\x1b[2K 6\x1b[6;1H");
    g_autofree char *last = painted(pty, "\x1b[5;1H\x1b[2K 7\x1b[6;1H");
    assert_non_null(strstr(middle, "\x1b[3;1H\x1b[2K 4\x1b[4;1H"));
}

static void
a_screen_with_a_prompt_takes_an_answer(void **state)
{
    Pty *pty = *state;
    MlScreenContent content = content_with("1\n2\n3\n", "bytes > ");
    g_autoptr(MlScreen) screen = ml_screen_open(pty->slave, pty->stream, FALSE, NULL);
    g_autoptr(GString) answer = g_string_new(NULL);
    MlKey key;

    type(pty, " 4 0\r"); /* the first blank pages, the second is typed */
    assert_true(ml_screen_show(screen, &content, answer, &key, NULL));
    assert_string_equal(answer->str, "4 0");
    assert_int_equal(key.kind, ML_KEY_ENTER);
    g_autofree char *output = painted(pty, "\r bytes > 4 0\x1b[K");
}

static void
a_new_size_keeps_the_answer_and_gives_a_new_width(void **state)
{
    Pty *pty = *state;
    const struct winsize wider = { .ws_col = 100, .ws_row = 30 };
    MlScreenContent content = content_with("1\n", "bytes > ");
    g_autoptr(MlScreen) screen = ml_screen_open(pty->slave, pty->stream, FALSE, NULL);
    g_autoptr(GString) answer = g_string_new("3");
    MlKey key;

    assert_int_equal(ioctl(pty->master, TIOCSWINSZ, &wider), 0);
    raise(SIGWINCH);
    assert_true(ml_screen_show(screen, &content, answer, &key, NULL));
    assert_int_equal(key.kind, ML_KEY_REPAINT);
    assert_int_equal(ml_screen_width(screen), 98);
    type(pty, "2\r");
    assert_true(ml_screen_show(screen, &content, answer, &key, NULL));
    assert_string_equal(answer->str, "32");
}

static void
what_is_typed_during_a_measurement_answers_nothing(void **state)
{
    Pty *pty = *state;
    MlScreenContent content = content_with("measuring\n", NULL);
    g_autoptr(MlScreen) screen = ml_screen_open(pty->slave, pty->stream, TRUE, NULL);
    MlKey key;

    assert_true(ml_screen_paint(screen, &content, NULL));
    type(pty, "\r\r");
    g_autofree char *output = painted(pty, "next");
    assert_non_null(strstr(output, " ----------")); /* --ascii */
    raise(SIGWINCH);                                /* so that there is something to return */
    assert_true(ml_screen_show(screen, &content, NULL, &key, NULL));
    assert_int_equal(key.kind, ML_KEY_REPAINT);
    type(pty, "x");
    assert_true(ml_screen_show(screen, &content, NULL, &key, NULL));
    assert_int_equal(key.character, 'x');
}

static void
the_first_screen_comes_back(void **state)
{
    Pty *pty = *state;

    ml_screen_close(ml_screen_open(pty->slave, pty->stream, FALSE, NULL));
    g_autofree char *output = painted(pty, "\x1b[?25h\x1b[?1049l");
    assert_true(g_str_has_prefix(output, "\x1b[?1049h"));
}

#define ON_PTY(test) cmocka_unit_test_setup_teardown(test, open_pty, close_pty)

int
main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    g_unsetenv("COLUMNS");
    g_unsetenv("LINES");
    g_setenv("NO_COLOR", "1", TRUE);
    const struct CMUnitTest tests[] = {
        ON_PTY(each_key_is_told_from_the_others),
        ON_PTY(keys_typed_ahead_come_in_their_order),
        ON_PTY(keys_typed_too_early_can_be_forgotten),
        ON_PTY(a_new_size_is_told_like_a_key),
        ON_PTY(a_terminal_that_is_gone_ends_the_input),
        ON_PTY(the_terminal_gets_its_mode_back),
        cmocka_unit_test(what_is_no_terminal_is_refused),
        ON_PTY(a_line_is_typed_and_taken_back),
        ON_PTY(a_line_that_is_too_long_shows_its_end),
        ON_PTY(a_screen_pages_and_returns_other_keys),
        ON_PTY(a_screen_with_a_prompt_takes_an_answer),
        ON_PTY(a_new_size_keeps_the_answer_and_gives_a_new_width),
        ON_PTY(what_is_typed_during_a_measurement_answers_nothing),
        ON_PTY(the_first_screen_comes_back),
    };
    return cmocka_run_group_tests_name("term/keys", tests, NULL, NULL);
}

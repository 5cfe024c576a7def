/* What happens to the terminal when a signal comes.  The program under test runs in a child that
 * has the pseudo-terminal as its own; this side types and looks. */
#include "ml_test.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <glib.h>
#include <utmp.h>

#include "term/screen.h"

#define PATIENCE_MILLISECONDS 10000
#define SCREEN_ON "\x1b[?1049h"
#define SCREEN_OFF "\x1b[?1049l"
#define PAINTED "Enter"
#define STOPPED_AS_EXPECTED 10
#define REPAINTED 20

typedef struct {
    int master, slave;
    pid_t child;
    GString *output;
} Terminal;

static const MlScreenKey keys[] = { { "Enter", "next" } };
static const MlScreenContent content = {
    .title = "title",
    .place = "1 of 9",
    .body = "body\n",
    .n_keys = 1,
    .keys = keys,
};

/* Shows screens until Enter; tells by its exit status whether it was asked to repaint. */
static void
run_lesson(void)
{
    int status = 0;
    MlKey key = { .kind = ML_KEY_OTHER };
    g_autoptr(MlScreen) screen = ml_screen_open(STDIN_FILENO, stdout, FALSE, NULL);

    while (key.kind != ML_KEY_ENTER) {
        if (!ml_screen_show(screen, &content, NULL, &key, NULL))
            exit(1);
        if (key.kind == ML_KEY_REPAINT)
            status = REPAINTED;
        if (key.character == 'x')
            exit(3); /* without closing anything */
        if (key.character == 'a') {
            setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
            abort();
        }
    }
    exit(status);
}

/* As a shell with job control has it: the lesson in a process group of its own, in front. */
static void
run_shell(void)
{
    int status;
    pid_t lesson = fork();

    signal(SIGTTOU, SIG_IGN);
    setpgid(lesson, lesson);
    if (lesson == 0) {
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        run_lesson();
    }
    tcsetpgrp(STDIN_FILENO, lesson);
    if (waitpid(lesson, &status, WUNTRACED) != lesson || !WIFSTOPPED(status))
        _exit(1);
    struct termios mode;
    tcgetattr(STDIN_FILENO, &mode);
    if ((mode.c_lflag & (ICANON | ECHO)) != (ICANON | ECHO))
        _exit(2);
    kill(lesson, SIGCONT);
    if (waitpid(lesson, &status, 0) != lesson || !WIFEXITED(status))
        _exit(3);
    _exit(STOPPED_AS_EXPECTED + WEXITSTATUS(status));
}

static Terminal *
start(void (*program)(void))
{
    Terminal *terminal = g_new0(Terminal, 1);
    const struct winsize size = { .ws_col = 80, .ws_row = 24 };

    terminal->output = g_string_new(NULL);
    assert_int_equal(openpty(&terminal->master, &terminal->slave, NULL, NULL, &size), 0);
    fflush(NULL);
    terminal->child = fork();
    if (terminal->child == 0) {
        close(terminal->master);
        login_tty(terminal->slave);
        signal(SIGHUP, SIG_DFL); /* nohup has it ignored, and the guard leaves that so */
        program();
    }
    return terminal;
}

/* Reads until @text has been painted, and forgets it and what was before. */
static void
await(Terminal *terminal, const char *text)
{
    struct pollfd source = { .fd = terminal->master, .events = POLLIN };
    char bytes[4096];

    while (strstr(terminal->output->str, text) == NULL) {
        if (poll(&source, 1, PATIENCE_MILLISECONDS) != 1)
            fail_msg("waited for '%s'", text);
        ssize_t n = read(terminal->master, bytes, sizeof bytes);
        assert_true(n > 0);
        g_string_append_len(terminal->output, bytes, n);
    }
    const char *rest = strstr(terminal->output->str, text) + strlen(text);
    g_string_erase(terminal->output, 0, rest - terminal->output->str);
}

static void
type(const Terminal *terminal, const char *text)
{
    assert_int_equal(write(terminal->master, text, strlen(text)), strlen(text));
}

/* Waits for the child's end, and sees that the terminal is as it was.  Returns: its wait status. */
static int
finish(Terminal *terminal)
{
    int status;
    struct termios mode;

    await(terminal, SCREEN_OFF);
    assert_int_equal(waitpid(terminal->child, &status, 0), terminal->child);
    assert_int_equal(tcgetattr(terminal->slave, &mode), 0);
    assert_int_equal(mode.c_lflag & (ICANON | ECHO), ICANON | ECHO);
    close(terminal->master);
    close(terminal->slave);
    g_string_free(terminal->output, TRUE);
    g_free(terminal);
    return status;
}

static void
control_c_ends_the_program_and_restores_the_terminal(void **state)
{
    Terminal *terminal = start(run_lesson);
    await(terminal, PAINTED);
    type(terminal, "\x03");
    int status = finish(terminal);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
}

static void
any_deadly_signal_restores_the_terminal(void **state)
{
    static const int signals[] = { SIGTERM, SIGHUP };

    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
        Terminal *terminal = start(run_lesson);
        await(terminal, PAINTED);
        assert_int_equal(kill(terminal->child, signals[i]), 0);
        int status = finish(terminal);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
    }
}

static void
an_abort_restores_the_terminal(void **state)
{
    Terminal *terminal = start(run_lesson);
    await(terminal, PAINTED);
    type(terminal, "a");
    int status = finish(terminal);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void
an_exit_from_anywhere_restores_the_terminal(void **state)
{
    Terminal *terminal = start(run_lesson);
    await(terminal, PAINTED);
    type(terminal, "x");
    int status = finish(terminal);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 3);
}

static void
a_new_window_size_is_noticed_while_waiting(void **state)
{
    const struct winsize wider = { .ws_col = 100, .ws_row = 30 };
    Terminal *terminal = start(run_lesson);
    await(terminal, PAINTED);
    assert_int_equal(ioctl(terminal->master, TIOCSWINSZ, &wider), 0);
    await(terminal, "\x1b[30;1H"); /* there is a last row now */
    type(terminal, "\r");
    int status = finish(terminal);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), REPAINTED);
}

static void
control_z_gives_the_terminal_back_until_the_program_goes_on(void **state)
{
    Terminal *terminal = start(run_shell);
    await(terminal, PAINTED);
    type(terminal, "\x1a");
    await(terminal, SCREEN_OFF);
    await(terminal, SCREEN_ON);
    await(terminal, PAINTED);
    type(terminal, "\r");
    int status = finish(terminal);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STOPPED_AS_EXPECTED + REPAINTED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_c_ends_the_program_and_restores_the_terminal),
        cmocka_unit_test(any_deadly_signal_restores_the_terminal),
        cmocka_unit_test(an_abort_restores_the_terminal),
        cmocka_unit_test(an_exit_from_anywhere_restores_the_terminal),
        cmocka_unit_test(a_new_window_size_is_noticed_while_waiting),
        cmocka_unit_test(control_z_gives_the_terminal_back_until_the_program_goes_on),
    };
    return cmocka_run_group_tests_name("term/guard", tests, NULL, NULL);
}

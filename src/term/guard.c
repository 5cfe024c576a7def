#include "term/guard.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

#include "base/error.h"

#define SCREEN_ON "\x1b[?1049h\x1b[H\x1b[2J"
#define SCREEN_OFF "\x1b[?25h\x1b[?1049l"
#define NO_FD (-1)

/* Ends the program, unless it was started to ignore it. */
static const int deadly[] = { SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGABRT };
static const int passing[] = { SIGTSTP, SIGCONT, SIGWINCH };

/* Read by the handlers: what they use is set before they are installed. */
static struct {
    gboolean entered;
    pid_t owner; /* a child that was forked must leave its parent's terminal alone */
    int terminal, screen, event;
    struct termios before, during;
    struct sigaction old_deadly[G_N_ELEMENTS(deadly)];
    struct sigaction old_passing[G_N_ELEMENTS(passing)];
} guard = { .terminal = NO_FD, .screen = NO_FD, .event = NO_FD };

/* For handlers, which can do nothing about a failure. */
static void
write_quietly(int fd, const void *bytes, size_t length)
{
    ssize_t ignored = write(fd, bytes, length);
    (void)ignored;
}

static void
set_ours(void)
{
    if (getpid() != guard.owner)
        return;
    tcsetattr(guard.terminal, TCSADRAIN, &guard.during);
    if (guard.screen != NO_FD)
        write_quietly(guard.screen, SCREEN_ON, strlen(SCREEN_ON));
}

static void
set_theirs(void)
{
    if (getpid() != guard.owner)
        return;
    if (guard.screen != NO_FD)
        write_quietly(guard.screen, SCREEN_OFF, strlen(SCREEN_OFF));
    tcsetattr(guard.terminal, TCSADRAIN, &guard.before);
}

static void
note_event(void)
{
    write_quietly(guard.event, &(guint64){ 1 }, sizeof(guint64));
}

static void
on_deadly(int signal_number)
{
    int saved_errno = errno;

    set_theirs();
    for (gsize i = 0; i < G_N_ELEMENTS(deadly); i++) {
        if (deadly[i] == signal_number)
            sigaction(signal_number, &guard.old_deadly[i], NULL);
    }
    raise(signal_number); /* is delivered when this handler returns */
    errno = saved_errno;
}

static void
on_stop(int signal_number)
{
    int saved_errno = errno;
    struct sigaction ours, stop = { .sa_handler = SIG_DFL };
    sigset_t only_this;

    set_theirs();
    sigaction(signal_number, &stop, &ours);
    sigemptyset(&only_this);
    sigaddset(&only_this, signal_number);
    raise(signal_number);
    sigprocmask(SIG_UNBLOCK, &only_this, NULL); /* stops here */
    sigaction(signal_number, &ours, NULL);
    errno = saved_errno;
}

static void
on_continue(int signal_number)
{
    int saved_errno = errno;
    set_ours();
    note_event();
    errno = saved_errno;
}

static void
on_resize(int signal_number)
{
    int saved_errno = errno;
    note_event();
    errno = saved_errno;
}

/* A signal that is ignored stays ignored (nohup). */
static void
install(int signal_number, void (*handler)(int), struct sigaction *ret_old)
{
    struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
    sigemptyset(&action.sa_mask);
    sigaction(signal_number, NULL, ret_old);
    if (ret_old->sa_handler != SIG_IGN)
        sigaction(signal_number, &action, NULL);
}

static void
install_all(void)
{
    static void (*const handlers[])(int) = { on_stop, on_continue, on_resize };
    G_STATIC_ASSERT(G_N_ELEMENTS(handlers) == G_N_ELEMENTS(passing));

    for (gsize i = 0; i < G_N_ELEMENTS(deadly); i++)
        install(deadly[i], on_deadly, &guard.old_deadly[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(passing); i++)
        install(passing[i], handlers[i], &guard.old_passing[i]);
}

static void
restore_all(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(deadly); i++)
        sigaction(deadly[i], &guard.old_deadly[i], NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(passing); i++)
        sigaction(passing[i], &guard.old_passing[i], NULL);
}

gboolean
ml_guard_enter(int fd, GError **error)
{
    static gboolean registered;

    g_return_val_if_fail(!guard.entered, FALSE);
    if (tcgetattr(fd, &guard.before) != 0)
        return ml_fail(error, ML_ERROR_SURROUNDINGS, "cannot read keys: %s", g_strerror(errno));
    guard.during = guard.before;
    guard.during.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    guard.during.c_iflag &= ~(tcflag_t)IXON; /* Ctrl-S would freeze the screen */
    guard.during.c_cc[VMIN] = 1;
    guard.during.c_cc[VTIME] = 0;
    guard.event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (guard.event < 0)
        return ml_fail(error, ML_ERROR_SURROUNDINGS, "cannot read keys: %s", g_strerror(errno));
    guard.owner = getpid();
    guard.terminal = fd;
    if (!registered)
        atexit(ml_guard_leave);
    registered = TRUE;
    install_all();
    guard.entered = TRUE;
    set_ours();
    return TRUE;
}

void
ml_guard_leave(void)
{
    if (!guard.entered)
        return;
    set_theirs();
    restore_all();
    guard.entered = FALSE;
    close(guard.event);
    guard.terminal = guard.screen = guard.event = NO_FD;
}

void
ml_guard_use_screen(int fd)
{
    g_return_if_fail(guard.entered);
    guard.screen = fd;
    write_quietly(fd, SCREEN_ON, strlen(SCREEN_ON));
}

int
ml_guard_event_fd(void)
{
    return guard.event;
}

gboolean
ml_guard_take_event(void)
{
    guint64 count;
    return guard.event != NO_FD && read(guard.event, &count, sizeof count) == sizeof count;
}

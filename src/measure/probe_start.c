#include "measure/probe_start.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "core/wire.h"

/* What the child could not do, one byte each through a pipe; closed by a successful exec. */
enum {
    REFUSED_PERSONALITY = 'p',
    REFUSED_THP = 't',
    REFUSED_AFFINITY = 'a',
    REFUSED_EXEC = 'x',
};

#define STACK_ROOM_BYTES ((rlim_t)1 << 30)

static void
refuse(int pipe_fd, char what)
{
    if (write(pipe_fd, &what, 1) != 1)
        _exit(127);
}

/* The kernel puts libraries below the room that the stack may grow into.  With addresses fixed and
 * the usual 8 MiB of stack they end where, on the processors we saw, malloc runs 3 to 12 % slower
 * than half a gigabyte further down or at a random address (decision 12).  Where the hard limit
 * allows less, they stay there: that costs time and changes no figure in bytes. */
static void
move_libraries(void)
{
    struct rlimit stack;
    if (getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur >= STACK_ROOM_BYTES)
        return;
    stack.rlim_cur = MIN(stack.rlim_max, STACK_ROOM_BYTES);
    setrlimit(RLIMIT_STACK, &stack);
}

/* Only async-signal-safe calls from here to exec: GLib may have threads. */
static void
become_probe(const char *path,
    char *const *environment,
    int socket_fd,
    int walk_fd,
    int record_fd,
    int pipe_fd,
    int cpu)
{
    cpu_set_t one_cpu;
    CPU_ZERO(&one_cpu);
    CPU_SET((size_t)cpu, &one_cpu);
    if (cpu < 0 || sched_setaffinity(0, sizeof one_cpu, &one_cpu) != 0)
        refuse(pipe_fd, REFUSED_AFFINITY);
    int persona = personality(0xffffffff);
    if (persona < 0 || personality((unsigned long)persona | ADDR_NO_RANDOMIZE) < 0)
        refuse(pipe_fd, REFUSED_PERSONALITY);
    if (prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) != 0)
        refuse(pipe_fd, REFUSED_THP);
    move_libraries();

    /* What a library says there when it gives up is not for the terminal: we say what ended it. */
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDERR_FILENO);

    /* The descriptors may lie on each other's places: move all out of the way first. */
    int socket_copy = fcntl(socket_fd, F_DUPFD_CLOEXEC, 10);
    int walk_copy = fcntl(walk_fd, F_DUPFD_CLOEXEC, 10);
    int record_copy = record_fd >= 0 ? fcntl(record_fd, F_DUPFD_CLOEXEC, 10) : -1;
    int pipe_copy = fcntl(pipe_fd, F_DUPFD_CLOEXEC, 10);
    dup2(socket_copy, ML_WIRE_SOCKET_FD);
    dup2(walk_copy, ML_WIRE_WALK_FD);
    if (record_copy >= 0)
        dup2(record_copy, ML_WIRE_RECORD_FD);
    char *const arguments[] = { (char *)(guintptr)path, NULL };
    execve(path, arguments, environment);
    refuse(pipe_copy, REFUSED_EXEC);
    _exit(127);
}

/* Reads the child's refusals until exec closes the pipe.  Returns: whether exec worked. */
static gboolean
read_refusals(int pipe_fd, GString *notes)
{
    char what;
    gboolean started = TRUE;
    while (read(pipe_fd, &what, 1) == 1) {
        if (what == REFUSED_PERSONALITY)
            g_string_append(
                notes, "address randomisation stays on: figures may differ by 2 pages\n");
        else if (what == REFUSED_THP)
            g_string_append(notes, "transparent huge pages could not be switched off\n");
        else if (what == REFUSED_AFFINITY)
            g_string_append(notes, "the probe is not bound to one CPU\n");
        else
            started = FALSE;
    }
    return started;
}

gboolean
ml_probe_exec(const char *path,
    char *const *environment,
    int walk_fd,
    int record_fd,
    MlStartedProbe *ret_started,
    GError **error)
{
    int sockets[2] = { -1, -1 };
    int pipe_fds[2] = { -1, -1 };
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0 ||
        pipe2(pipe_fds, O_CLOEXEC) != 0) {
        ml_fail(error, ML_ERROR_SURROUNDINGS, "cannot start the probe: %s", g_strerror(errno));
        close(sockets[0]);
        close(sockets[1]);
        return FALSE;
    }
    int cpu = sched_getcpu();
    pid_t pid = fork();
    if (pid == 0)
        become_probe(path, environment, sockets[1], walk_fd, record_fd, pipe_fds[1], cpu);
    int fork_errno = errno;
    close(sockets[1]);
    close(pipe_fds[1]);

    GString *notes = g_string_new(NULL);
    gboolean started = pid > 0 && read_refusals(pipe_fds[0], notes);
    close(pipe_fds[0]);
    if (!started) {
        if (pid > 0)
            waitpid(pid, NULL, 0);
        close(sockets[0]);
        g_string_free(notes, TRUE);
        return ml_fail(error,
            ML_ERROR_SURROUNDINGS,
            "cannot start the probe '%s': %s; is memlab installed whole?",
            path,
            pid < 0 ? g_strerror(fork_errno) : "it cannot be executed");
    }
    *ret_started = (MlStartedProbe){ .pid = pid, .socket = sockets[0], .notes = notes };
    return TRUE;
}

/* memlab-probe: builds structures when told, and holds still while it is measured from outside. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe/serve.h"

/* Static: a buffer on the heap would stand in the figures. */
static MlWireRequest request;
static MlWireReply reply;

/* When memory runs out the kernel shall end the probe, and never the lesson. */
static void
volunteer_for_oom_kill(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return; /* no /proc: the front end says what that means */
    if (write(fd, "1000", 4) != 4) {
        /* Refused in some containers; then the kernel chooses by size, most likely us anyway. */
    }
    close(fd);
}

static ssize_t
receive(void)
{
    ssize_t length;
    do
        length = recv(ML_WIRE_SOCKET_FD, &request, sizeof request, 0);
    while (length < 0 && errno == EINTR);
    return length;
}

int
main(void)
{
    signal(SIGINT, SIG_IGN); /* Ctrl-C is the front end's; it ends us by closing the socket */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    MlWalkSink *sink =
        mmap(NULL, sizeof *sink, PROT_READ | PROT_WRITE, MAP_SHARED, ML_WIRE_WALK_FD, 0);
    if (sink == MAP_FAILED) {
        fputs("memlab-probe: this program is started by memlab; try 'memlab --help'\n", stderr);
        return 2;
    }
    volunteer_for_oom_kill();
    while (receive() == (ssize_t)sizeof request) {
        ml_serve(&request, sink, &reply);
        if (send(ML_WIRE_SOCKET_FD, &reply, sizeof reply, MSG_NOSIGNAL) != (ssize_t)sizeof reply)
            return 1;
    }
    return 0;
}

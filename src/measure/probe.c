#include "measure/probe.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "base/paths.h"
#include "measure/probe_environment.h"
#include "measure/probe_private.h"
#include "measure/probe_start.h"
#include "measure/slices.h"

/* --- one request, one reply ------------------------------------------------------------------- */

/* GLib breaks off where malloc returns NULL; or its report of that asks for memory in turn, again
 * and again, until the stack ends. */
static gboolean
is_giving_up(int signal_number)
{
    return signal_number == SIGABRT || signal_number == SIGTRAP || signal_number == SIGSEGV;
}

/* The probe is gone: say what ended it. */
static void
note_end(MlProbe *probe)
{
    int status = 0;
    if (probe->pid > 0 && waitpid(probe->pid, &status, 0) == probe->pid && WIFSIGNALED(status)) {
        int number = WTERMSIG(status);
        const char *name = strsignal(number);
        if (number == SIGKILL)
            probe->end = g_strdup("the kernel ended the probe (signal 9): it most likely ran out "
                                  "of memory; try a smaller n");
        else if (probe->library != NULL && is_giving_up(number))
            probe->end = g_strdup_printf("%s ended the probe (signal %d, %s), as it does where "
                                         "malloc returns NULL; try a smaller n",
                probe->library,
                number,
                name);
        else
            probe->end = g_strdup_printf(
                "the probe ended with signal %d (%s); this is a fault of memlab", number, name);
    } else {
        probe->end = g_strdup("the probe has ended; this is a fault of memlab");
    }
    probe->pid = 0;
}

static gboolean
fail_ended(const MlProbe *probe, GError **error)
{
    gboolean is_ours = strstr(probe->end, "fault of memlab") != NULL;
    g_set_error_literal(
        error, ML_ERROR, is_ours ? ML_ERROR_INTERNAL : ML_ERROR_SURROUNDINGS, probe->end);
    return FALSE;
}

static gboolean
fail_status(const MlWireRequest *request, int status, GError **error)
{
    g_autofree char *digits = ml_group_digits(request->n, " ");

    switch (-status) {
    case ENOMEM:
        ml_fail(error,
            ML_ERROR_SURROUNDINGS,
            "malloc returned NULL while %s with n = %s was built; try a smaller n",
            request->structure,
            digits);
        break;
    case EMFILE:
        ml_fail(error,
            ML_ERROR_USAGE,
            "%d structures are alive, and no more can be; delete one with del(name)",
            ML_WIRE_MAX_HANDLES);
        break;
    case ERANGE:
        ml_fail(error, ML_ERROR_USAGE, "index %s is beyond the last element", digits);
        break;
    default:
        ml_fail(error,
            ML_ERROR_INTERNAL,
            "the probe refused request %u: %s",
            request->op,
            g_strerror(-status));
        break;
    }
    return FALSE;
}

static double
seconds(const MlWireReply *reply)
{
    return (double)reply->nanoseconds / 1e9;
}

gboolean
ml_probe_call(MlProbe *probe, MlWireRequest *request, MlWireReply *ret_reply, GError **error)
{
    if (probe->end != NULL)
        return fail_ended(probe, error);
    request->version = ML_WIRE_VERSION;
    ssize_t length = send(probe->socket, request, sizeof *request, MSG_NOSIGNAL);
    if (length == (ssize_t)sizeof *request)
        do
            length = recv(probe->socket, ret_reply, sizeof *ret_reply, 0);
        while (length < 0 && errno == EINTR);
    if (length != (ssize_t)sizeof *ret_reply) {
        note_end(probe);
        return fail_ended(probe, error);
    }
    if (ret_reply->version != ML_WIRE_VERSION) {
        return ml_fail(error,
            ML_ERROR_INTERNAL,
            "memlab and memlab-probe are of different builds; install both anew");
    }
    probe->last_time = (MlProbeTime){
        .seconds = seconds(ret_reply),
        .page_faults = ret_reply->page_faults,
    };
    return ret_reply->status == 0 || fail_status(request, ret_reply->status, error);
}

/* --- life ------------------------------------------------------------------------------------- */

void *
ml_probe_map_shared(int fd, gsize offset, gsize bytes, GError **error)
{
    void *memory = MAP_FAILED;
    if (ftruncate(fd, (off_t)(offset + bytes)) == 0)
        memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)offset);
    if (memory != MAP_FAILED)
        return memory;
    ml_fail(error, ML_ERROR_SURROUNDINGS, "no shared memory for the probe: %s", g_strerror(errno));
    return NULL;
}

/* A library that could not be preloaded is left out by the dynamic linker, and glibc answers. */
static gboolean
check_malloc(const MlProbe *probe, const MlAllocator *allocator, GError **error)
{
    return g_str_has_prefix(probe->malloc_name, allocator->name) ||
           ml_fail(error,
               ML_ERROR_SURROUNDINGS,
               "the probe was to run with %s, but %s answers malloc",
               allocator->name,
               probe->malloc_name);
}

MlProbe *
ml_probe_start(const MlProbeSettings *settings, GError **error)
{
    static const MlProbeSettings defaults = { 0 };
    if (settings == NULL)
        settings = &defaults;
    const MlAllocator *allocator = settings->allocator;
    if (allocator == NULL)
        allocator = ml_allocator_default();
    int record_fd = settings->recorder != NULL ? ml_recorder_fd(settings->recorder) : -1;
    g_auto(GStrv) environment = NULL;
    if ((record_fd >= 0 && !ml_recorder_check(allocator, error)) ||
        (environment = ml_probe_environment(settings, error)) == NULL)
        return NULL;
    g_autoptr(MlProbe) probe = g_new0(MlProbe, 1);
    probe->socket = -1;
    probe->slices = settings->slices != NULL ? settings->slices : ml_slices_default();
    probe->walk_fd = memfd_create("memlab-walk", MFD_CLOEXEC);
    probe->sink = ml_probe_map_shared(probe->walk_fd, 0, sizeof *probe->sink, error);
    if (probe->sink == NULL)
        return NULL;
    g_autofree char *path = ml_path_probe(allocator->run.probe);
    MlStartedProbe started;
    if (!ml_probe_exec(path, environment, probe->walk_fd, record_fd, &started, error))
        return NULL;
    probe->pid = started.pid;
    probe->socket = started.socket;
    probe->notes = g_string_free(started.notes, started.notes->len == 0);

    MlWireRequest request = { .op = ML_OP_HELLO };
    MlWireReply reply;
    if (!ml_probe_call(probe, &request, &reply, error))
        return NULL;
    memcpy(probe->libc, reply.libc, sizeof probe->libc);
    memcpy(probe->malloc_name, reply.allocator, sizeof probe->malloc_name);
    if (!check_malloc(probe, allocator, error) ||
        (record_fd >= 0 && !ml_recorder_check_loaded(settings->recorder, error)))
        return NULL;
    return g_steal_pointer(&probe);
}

void
ml_probe_free(MlProbe *probe)
{
    if (probe == NULL)
        return;
    if (probe->socket >= 0)
        close(probe->socket); /* the probe's loop ends with it */
    if (probe->pid > 0) {
        /* Nobody needs a tidy exit, and tearing down a gigabyte politely takes longer. */
        kill(probe->pid, SIGKILL);
        waitpid(probe->pid, NULL, 0);
    }
    ml_probe_unmap_census(probe);
    if (probe->sink != NULL)
        munmap(probe->sink, sizeof *probe->sink);
    if (probe->walk_fd >= 0)
        close(probe->walk_fd);
    g_free(probe->notes);
    g_free(probe->end);
    g_free(probe);
}

GPid
ml_probe_pid(const MlProbe *probe)
{
    return probe->pid;
}

const char *
ml_probe_libc(const MlProbe *probe)
{
    return probe->libc;
}

const char *
ml_probe_malloc(const MlProbe *probe)
{
    return probe->malloc_name;
}

const char *
ml_probe_notes(const MlProbe *probe)
{
    return probe->notes;
}

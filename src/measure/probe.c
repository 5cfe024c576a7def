#include "measure/probe.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/paths.h"
#include "measure/probe_environment.h"
#include "measure/probe_start.h"

struct MlProbe {
    GPid pid;
    int socket;
    char *notes;
    char *end; /* (nullable): why there is no probe any more */
    char libc[ML_WIRE_NAME_SIZE];
    char malloc_name[ML_WIRE_NAME_SIZE];
    int walk_fd; /* memory that the probe shares: the sink, and behind it a census */
    MlWalkSink *sink;
    MlProbeTime last_time;
    MlCensus *census; /* (nullable) */
    gsize census_bytes;
};

/* --- one request, one reply ------------------------------------------------------------------- */

/* The probe is gone: say what ended it. */
static void
note_end(MlProbe *probe)
{
    int status = 0;
    if (probe->pid > 0 && waitpid(probe->pid, &status, 0) == probe->pid && WIFSIGNALED(status)) {
        int signal_number = WTERMSIG(status);
        probe->end =
            signal_number == SIGKILL
                ? g_strdup(
                      "the kernel ended the probe (signal 9): it most likely ran out of memory; "
                      "try a smaller n")
                : g_strdup_printf("the probe ended with signal %d (%s); this is a fault of memlab",
                      signal_number,
                      strsignal(signal_number));
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
    switch (-status) {
    case ENOMEM:
        ml_fail(error,
            ML_ERROR_SURROUNDINGS,
            "malloc returned NULL while %s with n = %" G_GUINT64_FORMAT " was built; "
            "try a smaller n",
            request->structure,
            request->n);
        break;
    case EMFILE:
        ml_fail(error,
            ML_ERROR_USAGE,
            "%d structures are alive, and no more can be; delete one with del(name)",
            ML_WIRE_MAX_HANDLES);
        break;
    case ERANGE:
        ml_fail(error,
            ML_ERROR_USAGE,
            "index %" G_GUINT64_FORMAT " is beyond the last element",
            request->n);
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

static gboolean
call(MlProbe *probe, MlWireRequest *request, MlWireReply *ret_reply, GError **error)
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

/* Maps @bytes of the shared memory from @offset on, which grows to hold them. */
static void *
map_shared(int fd, gsize offset, gsize bytes, GError **error)
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
    probe->walk_fd = memfd_create("memlab-walk", MFD_CLOEXEC);
    probe->sink = map_shared(probe->walk_fd, 0, sizeof *probe->sink, error);
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
    if (!call(probe, &request, &reply, error))
        return NULL;
    memcpy(probe->libc, reply.libc, sizeof probe->libc);
    memcpy(probe->malloc_name, reply.allocator, sizeof probe->malloc_name);
    if (!check_malloc(probe, allocator, error) ||
        (record_fd >= 0 && !ml_recorder_check_loaded(settings->recorder, error)))
        return NULL;
    return g_steal_pointer(&probe);
}

static void
unmap_census(MlProbe *probe)
{
    if (probe->census != NULL)
        munmap(probe->census, probe->census_bytes);
    probe->census = NULL;
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
    unmap_census(probe);
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

/* --- requests --------------------------------------------------------------------------------- */

gboolean
ml_probe_build(MlProbe *probe,
    const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    guint32 *ret_handle,
    double *ret_seconds,
    GError **error)
{
    MlWireRequest request = { .op = ML_OP_BUILD, .n = n, .options = *options };
    MlWireReply reply;
    g_strlcpy(request.structure, structure->name, sizeof request.structure);
    if (!call(probe, &request, &reply, error))
        return FALSE;
    *ret_handle = reply.handle;
    if (ret_seconds != NULL)
        *ret_seconds = seconds(&reply);
    return TRUE;
}

gboolean
ml_probe_destroy(MlProbe *probe, guint32 handle, double *ret_seconds, GError **error)
{
    MlWireRequest request = { .op = ML_OP_DESTROY, .handle = handle };
    MlWireReply reply;
    if (!call(probe, &request, &reply, error))
        return FALSE;
    if (ret_seconds != NULL)
        *ret_seconds = seconds(&reply);
    return TRUE;
}

gboolean
ml_probe_settle(MlProbe *probe, GError **error)
{
    MlWireRequest request = { .op = ML_OP_SETTLE };
    MlWireReply reply;
    return call(probe, &request, &reply, error);
}

const MlWalkSink *
ml_probe_walk(MlProbe *probe, guint32 handle, GError **error)
{
    MlWireRequest request = { .op = ML_OP_WALK, .handle = handle };
    MlWireReply reply;
    return call(probe, &request, &reply, error) ? probe->sink : NULL;
}

/* A census without claims, behind the sink. */
static gboolean
prepare_census(MlProbe *probe, const GArray *ranges, guint32 n_parts, GError **error)
{
    guint64 page_bytes = (guint64)sysconf(_SC_PAGESIZE);
    MlCensus census = {
        .page_shift = (guint32)g_bit_storage(page_bytes) - 1,
        .n_parts = n_parts,
        .n_ranges = ranges->len,
    };
    if (ranges->len > 0) {
        const MlCensusRange *last = &g_array_index(ranges, MlCensusRange, ranges->len - 1);
        census.n_pages = last->first_page + (last->to - last->from) / page_bytes;
    }
    gsize offset = ml_wire_census_offset(page_bytes);
    unmap_census(probe);
    /* What an earlier census claimed is gone with its pages. */
    if (ftruncate(probe->walk_fd, (off_t)offset) != 0)
        return ml_fail(error, ML_ERROR_SURROUNDINGS, "no shared memory: %s", g_strerror(errno));
    probe->census_bytes = ml_census_bytes(census.n_ranges, census.n_pages, n_parts);
    probe->census = map_shared(probe->walk_fd, offset, probe->census_bytes, error);
    if (probe->census == NULL)
        return FALSE;
    *probe->census = census;
    if (ranges->len > 0)
        memcpy(ml_census_ranges(probe->census), ranges->data, ranges->len * sizeof(MlCensusRange));
    return TRUE;
}

const MlWalkSink *
ml_probe_census(MlProbe *probe,
    guint32 handle,
    const GArray *ranges,
    guint32 n_parts,
    MlCensus **ret_census,
    GError **error)
{
    if (!prepare_census(probe, ranges, n_parts, error))
        return NULL;
    MlWireRequest request = { .op = ML_OP_WALK, .handle = handle, .n = probe->census_bytes };
    MlWireReply reply;
    if (!call(probe, &request, &reply, error))
        return NULL;
    *ret_census = probe->census;
    return probe->sink;
}

gboolean
ml_probe_sum(MlProbe *probe, guint32 handle, gint64 *ret_sum, double *ret_seconds, GError **error)
{
    MlWireRequest request = { .op = ML_OP_SUM, .handle = handle };
    MlWireReply reply;
    if (!call(probe, &request, &reply, error))
        return FALSE;
    *ret_sum = reply.value;
    if (ret_seconds != NULL)
        *ret_seconds = seconds(&reply);
    return TRUE;
}

gboolean
ml_probe_get(MlProbe *probe, guint32 handle, guint64 i, MlElement *ret_element, GError **error)
{
    MlWireRequest request = { .op = ML_OP_GET, .handle = handle, .n = i };
    MlWireReply reply;
    if (!call(probe, &request, &reply, error))
        return FALSE;
    *ret_element = reply.element;
    return TRUE;
}

gboolean
ml_probe_put(MlProbe *probe, guint32 handle, guint64 i, gint64 value, GError **error)
{
    MlWireRequest request = { .op = ML_OP_PUT, .handle = handle, .n = i, .value = value };
    MlWireReply reply;
    return call(probe, &request, &reply, error);
}

gboolean
ml_probe_look_up(
    MlProbe *probe, guint32 handle, guint64 n, gboolean random, guint64 *ret_done, GError **error)
{
    MlWireRequest request = { .op = ML_OP_LOOK_UP, .handle = handle, .n = n, .value = random };
    MlWireReply reply;
    if (!call(probe, &request, &reply, error))
        return FALSE;
    *ret_done = (guint64)reply.value;
    return TRUE;
}

gboolean
ml_probe_touch(MlProbe *probe, guint64 n_pages, GError **error)
{
    MlWireRequest request = { .op = ML_OP_TOUCH, .n = n_pages };
    MlWireReply reply;
    return call(probe, &request, &reply, error);
}

MlProbeTime
ml_probe_last_time(const MlProbe *probe)
{
    return probe->last_time;
}

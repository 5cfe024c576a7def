#include "probe/serve.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "probe/heap.h"
#include "probe/recorded.h"
#include "probe/standstill.h"
#include "structure/registry.h"

enum {
    LOOK_UP_NANOSECONDS =
        200 * 1000 * 1000, /* enough for a list of which each look-up walks half */
    LOOK_UP_BATCH = 1024,  /* between two looks at the clock */
};

typedef struct {
    const MlStructure *structure; /* NULL: free */
    uint64_t n;
    MlOptions options;
    _Alignas(16) char instance[ML_INSTANCE_SIZE];
} Handle;

/* Static, so that a handle costs no private page that was not touched before. */
static Handle handles[ML_WIRE_MAX_HANDLES];

static uint64_t
now_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

static uint64_t
page_faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)usage.ru_minflt;
}

typedef struct {
    uint64_t nanoseconds;
    uint64_t page_faults;
} Stopwatch;

static Stopwatch
start_watch(void)
{
    return (Stopwatch){ .page_faults = page_faults(), .nanoseconds = now_nanoseconds() };
}

static void
stop_watch(Stopwatch start, MlWireReply *reply)
{
    reply->nanoseconds = now_nanoseconds() - start.nanoseconds;
    reply->page_faults = page_faults() - start.page_faults;
}

/* Builds a few elements of everything and keeps them: freed, their chunks would be used again. */
static void
warm_up(void)
{
    static char instance[ML_INSTANCE_SIZE];
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    for (size_t i = 0; i < n_structures; i++) {
        MlOptions options;
        ml_options_defaults(structures[i]->options, structures[i]->n_options, &options);
        memset(instance, 0, sizeof instance);
        structures[i]->build(instance, ML_WIRE_WARM_UP, &options);
    }
}

static int
hello(MlWireReply *reply)
{
    ml_heap_start();
    ml_standstill_prepare();
    warm_up();
    now_nanoseconds();
    ml_heap_settle();
    ml_heap_align();
    ml_heap_settle();
    ml_heap_describe(reply->libc, reply->allocator, ML_WIRE_NAME_SIZE);
    return 0;
}

static int
build(const MlWireRequest *request, MlWireReply *reply)
{
    const MlStructure *structure = ml_structure_find(request->structure);
    if (structure == NULL)
        return -ENOENT;
    uint32_t free_handle = 0;
    while (free_handle < ML_WIRE_MAX_HANDLES && handles[free_handle].structure != NULL)
        free_handle++;
    if (free_handle == ML_WIRE_MAX_HANDLES)
        return -EMFILE;

    Handle *handle = &handles[free_handle];
    memset(handle->instance, 0, sizeof handle->instance);
    Stopwatch watch = start_watch();
    bool built = structure->build(handle->instance, request->n, &request->options);
    stop_watch(watch, reply);
    if (!built) {
        structure->destroy(handle->instance);
        return -ENOMEM;
    }
    handle->structure = structure;
    handle->n = request->n;
    handle->options = request->options;
    reply->handle = free_handle;
    return 0;
}

/* The census lies in the shared memory too, and is mapped only here: so it costs nothing before. */
static int
walk(const Handle *handle, uint64_t census_bytes, MlWalkSink *sink)
{
    MlCensus *census = NULL;
    if (census_bytes > 0) {
        off_t offset = (off_t)ml_wire_census_offset((uint64_t)sysconf(_SC_PAGESIZE));
        census = mmap(NULL,
            census_bytes,
            PROT_READ | PROT_WRITE,
            MAP_SHARED | MAP_POPULATE,
            ML_WIRE_WALK_FD,
            offset);
        if (census == MAP_FAILED)
            return -errno;
    }
    MlPart parts[ML_MAX_PARTS];
    uint32_t n_parts = handle->structure->parts(handle->n, &handle->options, parts);
    ml_walk_begin(sink, parts, n_parts, census);
    if (!ml_recorded_walk(handle->structure, handle->n, &handle->options, sink))
        handle->structure->walk(handle->instance, sink);
    ml_walk_end(sink);
    if (census != NULL)
        munmap(census, census_bytes);
    return 0;
}

static int
with_element(Handle *handle, const MlWireRequest *request, MlWireReply *reply)
{
    if (request->n >= handle->structure->count(handle->instance))
        return -ERANGE;
    if (request->op == ML_OP_PUT)
        handle->structure->put(handle->instance, request->n, request->value);
    handle->structure->get(handle->instance, request->n, &reply->element);
    return 0;
}

/* Source: Marsaglia, "Xorshift RNGs" (2003). */
static uint64_t
next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Looks elements up until the number is reached, or, where each takes long, the time is over. */
static int
look_up(Handle *handle, const MlWireRequest *request, MlWireReply *reply)
{
    uint64_t n = handle->structure->count(handle->instance);
    uint64_t random = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t done = 0;
    uint64_t batch = 1;
    int64_t sum = 0;
    Stopwatch watch = start_watch();
    uint64_t end = watch.nanoseconds + LOOK_UP_NANOSECONDS;
    while (n > 0 && done < request->n && now_nanoseconds() < end) {
        for (uint64_t i = 0; i < batch && done < request->n; i++, done++) {
            MlElement element;
            uint64_t index = request->value != 0 ? next_random(&random) % n : done % n;
            handle->structure->get(handle->instance, index, &element);
            sum += element.value;
        }
        batch = batch < LOOK_UP_BATCH ? 2 * batch : batch;
    }
    stop_watch(watch, reply);
    reply->value = (int64_t)done;
    reply->element.value = sum; /* so that no look-up is left out by the compiler */
    return 0;
}

static int
touch_pages(uint64_t n_pages, MlWireReply *reply)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t bytes = n_pages * page;
    volatile char *memory =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return -errno;
    Stopwatch watch = start_watch();
    for (size_t i = 0; i < bytes; i += page)
        memory[i] = 1;
    stop_watch(watch, reply);
    munmap((void *)(uintptr_t)memory, bytes);
    return 0;
}

static int
with_handle(Handle *handle, const MlWireRequest *request, MlWalkSink *sink, MlWireReply *reply)
{
    switch ((MlOp)request->op) {
    case ML_OP_WALK:
        return walk(handle, request->n, sink);
    case ML_OP_SUM:
        reply->value = handle->structure->sum(handle->instance);
        return 0;
    case ML_OP_GET:
    case ML_OP_PUT:
        return with_element(handle, request, reply);
    case ML_OP_LOOK_UP:
        return look_up(handle, request, reply);
    case ML_OP_DESTROY:
        handle->structure->destroy(handle->instance);
        handle->structure = NULL;
        return 0;
    case ML_OP_HELLO:
    case ML_OP_SETTLE:
    case ML_OP_BUILD:
    case ML_OP_TOUCH:
    default:
        return -ENOSYS;
    }
}

static int
dispatch(const MlWireRequest *request, MlWalkSink *sink, MlWireReply *reply)
{
    if (request->version != ML_WIRE_VERSION)
        return -EPROTO;
    if (request->op == ML_OP_HELLO)
        return hello(reply);
    if (request->op == ML_OP_BUILD)
        return build(request, reply);
    if (request->op == ML_OP_TOUCH)
        return touch_pages(request->n, reply);
    if (request->op == ML_OP_SETTLE) {
        ml_heap_settle();
        return 0;
    }
    if (request->handle >= ML_WIRE_MAX_HANDLES || handles[request->handle].structure == NULL)
        return -EBADF;
    return with_handle(&handles[request->handle], request, sink, reply);
}

void
ml_serve(const MlWireRequest *request, MlWalkSink *sink, MlWireReply *ret_reply)
{
    memset(ret_reply, 0, sizeof *ret_reply);
    ret_reply->version = ML_WIRE_VERSION;
    Stopwatch watch = start_watch();
    ret_reply->status = dispatch(request, sink, ret_reply);
    if (ret_reply->nanoseconds == 0)
        stop_watch(watch, ret_reply);
}

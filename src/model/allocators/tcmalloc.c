/* tcmalloc (gperftools): size classes up to 256 KiB without a field in front of a block, cut from
 * spans of 8 KiB pages; larger blocks are spans by themselves.
 *
 * Worked example (n = 1 000 000 nodes of 16 B): 512 to a span of one 8 KiB page, so 1 954 spans of
 * two pages each, and what tcmalloc knows of them.
 *
 * Holds for gperftools 2.10 (tcmalloc_minimal) on 64 bits with 8 KiB pages, one thread, free spans
 * given back by MallocExtension_ReleaseFreeMemory().
 * Source: gperftools 2.10, src/common.cc (SizeMap::Init, AlignmentForSize, NumMoveSize),
 * src/central_freelist.cc (Populate), src/span.h, src/pagemap.h (TCMalloc_PageMap2),
 * src/page_heap.cc (GrowHeap, RecordGrowth). */
#include "core/arithmetic.h"
#include "model/allocators/size_classes.h"

#define MIB (UINT64_C(1) << 20)
#define CLASS_MAX (MIB / 4)    /* kMaxSize */
#define GROWTH MIB             /* kMinSystemAlloc: what the heap grows by for spans of blocks */
#define LEAF_SPAN (2048 * MIB) /* of address space, that one leaf of the page map covers */
#define FIRST_LEAF_REST (682 * MIB) /* of that, from the start of the heap on */

enum {
    PAGE = 8192,         /* kPageSize: tcmalloc's own */
    TOUCHED_PAGE = 4096, /* the kernel's */
    WORD = 8,
    QUANTUM = 16,
    FINE_BELOW = 128,     /* from here on, eight steps to a doubling */
    MOVE_BYTES = 65536,   /* between the thread's cache and the central list */
    MOVE_MAX = 32,        /* blocks, likewise */
    SPAN_RECORD = 48,     /* struct Span */
    GROWTH_RECORD = 264,  /* StackTrace: one each time the heap grows */
    MAP_LEAF = 2 << 20,   /* of the page map: cleared as a whole when it is begun */
    WAITING_BATCHES = 24, /* of freed blocks; counted: 16 and some from other classes */
    CACHE_STEP = 65536,   /* kStealAmount: how much the thread's cache may hold, and grows by */
};

typedef struct {
    uint64_t bytes;
    uint64_t span_bytes;
} Class;

static uint64_t
class_step(uint64_t bytes)
{
    if (bytes < QUANTUM)
        return WORD;
    uint64_t step = QUANTUM;
    while (bytes >= FINE_BELOW && step * 16 <= bytes)
        step *= 2;
    return ml_least(step, PAGE);
}

/* Blocks that go from the thread's cache to the central list at once.  Source: NumMoveSize. */
static uint64_t
batch(uint64_t bytes)
{
    return ml_least(ml_most(MOVE_BYTES / bytes, 2), MOVE_MAX);
}

/* At most an eighth is left over, and a quarter of what moves at once has room. */
static uint64_t
span_bytes(uint64_t bytes)
{
    uint64_t move = batch(bytes) / 4;
    uint64_t span = 0;
    do {
        span += PAGE;
        while (span % bytes > span / 8)
            span += PAGE;
    } while (span / bytes < move);
    return span;
}

/* A class that has as many blocks in a span as the next one is left out. */
static Class
find_class(uint64_t request_bytes)
{
    Class class = { 0 };
    for (uint64_t bytes = WORD; bytes <= CLASS_MAX; bytes += class_step(bytes)) {
        uint64_t span = span_bytes(bytes);
        bool merges = span == class.span_bytes && span / bytes == span / class.bytes;
        if (class.bytes >= request_bytes && class.bytes > 0 && !merges)
            break;
        class = (Class){ bytes, span };
    }
    return class;
}

static uint64_t
usable(uint64_t request_bytes)
{
    return request_bytes <= CLASS_MAX ? find_class(request_bytes).bytes
                                      : ml_round_up(request_bytes, PAGE);
}

static MlSlab
slab(uint64_t usable_bytes)
{
    uint64_t bytes = find_class(usable_bytes).span_bytes;
    uint64_t places = bytes / usable_bytes;
    return (MlSlab){
        .bytes = ml_round_up(places * usable_bytes, TOUCHED_PAGE),
        .places = places,
        .batch = places,
    };
}

/* The first leaf is there from the start.  Without randomisation the heap begins at
 * 0x555555..., and the next leaf is begun at the next multiple of what one spans. */
static uint64_t
map_leaves(uint64_t heap_bytes)
{
    return heap_bytes > FIRST_LEAF_REST ? (heap_bytes - FIRST_LEAF_REST) / LEAF_SPAN + 1 : 0;
}

static uint64_t
metadata(const MlHeapTotals *totals)
{
    uint64_t growths = totals->slab_reach_bytes / GROWTH + totals->run_reaches;
    return (totals->slabs + totals->large_blocks) * SPAN_RECORD + growths * GROWTH_RECORD +
           map_leaves(totals->slab_reach_bytes + totals->run_reach_bytes) * MAP_LEAF;
}

/* Source: src/tcmalloc.cc, do_memalign: blocks of a class that is a multiple are aligned already.
 */
static uint64_t
aligned(uint64_t request_bytes, uint64_t alignment)
{
    return ml_round_up(request_bytes, alignment);
}

/* Source: src/tcmalloc.cc, do_realloc_with_callback. */
static uint64_t
grown(uint64_t usable_bytes, uint64_t request_bytes)
{
    return request_bytes > usable_bytes ? ml_most(request_bytes, usable_bytes + usable_bytes / 4)
                                        : request_bytes;
}

static const MlSizeClasses classes = {
    .small_max = CLASS_MAX,
    .usable = usable,
    .slab = slab,
    .aligned = aligned,
    .grown = grown,
    .keeps_half = true,
    .cache_batch = batch,
    .cache_step = CACHE_STEP,
    .cache_waiting = WAITING_BATCHES,
    .metadata = metadata,
};

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    ml_size_classes_replay(&classes, plan, 0, page_bytes, ret_cost);
}

const MlAllocator ml_allocator_tcmalloc = {
    .name = "tcmalloc",
    .summary = "size classes cut from spans of 8 KiB pages, a cache a thread; no field before a block",
    .run = {
        .probe = "memlab-probe",
        .library = "libtcmalloc_minimal.so.4",
        .package = "libtcmalloc-minimal4",
        .version = "2.10",
    },
    .taken = usable,
    .replay = replay_plan,
};

/* mimalloc: size classes, four to each doubling, without a field in front of a block.  Segments of
 * 32 MiB are cut into slices of 64 KiB; blocks up to 16 KiB share one slice, up to 128 KiB eight,
 * and larger ones have slices of their own.  A segment's first slice tells about the others.
 * A class's only slab, when it is emptied, is kept a while, and its places are handed out again
 * last: an array that shrinks finds itself behind the room it once had.
 *
 * Worked example (n = 1 000 000 nodes of 16 B): 384 B lie idle at the start of each 64 KiB, so
 * 4 072 nodes to a slice, 246 slices of 16 pages (the last one in part), 80 B about each.
 *
 * Holds for mimalloc 2.0 on 64 bits, built without padding and secure mode, freed pages given back
 * at once (decommit delay 0) and one thread.
 * Source: mimalloc 2.0.9, include/mimalloc-types.h, src/page-queue.c (mi_bin), src/page.c
 * (mi_page_extend_free, _mi_page_retire), src/segment.c, src/os.c (_mi_os_good_alloc_size). */
#include "core/arithmetic.h"
#include "model/allocators/size_classes.h"

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)
#define SLICE (64 * KIB)
#define MEDIUM_SLAB (512 * KIB)
#define SMALL_MAX (16 * KIB)   /* MI_SMALL_OBJ_SIZE_MAX */
#define MEDIUM_MAX (128 * KIB) /* MI_MEDIUM_OBJ_SIZE_MAX */

enum {
    PAGE = 4096,
    WORD = 8,
    QUANTUM = 16,
    START = 384,           /* 3 × MI_MAX_ALIGN_GUARANTEE: idle in front of small blocks, so that */
    START_MAX = 1024,      /* blocks of different slices fall into different cache sets */
    TOLD_MAX = 257,        /* slices of a large block that know where it begins, at most */
    EXTENDED_BYTES = 4096, /* places are made ready for so many bytes, */
    EXTENDED_LEAST = 4,    /* and not fewer than this */
    OUTLIVES_SMALL = 9,    /* fresh slabs that an empty one is kept for: retire_expire */
    OUTLIVES = 3,
    RECORD = 80, /* mi_slice_t, which is mi_page_t: one for each slice */
};

/* Source: _mi_os_good_alloc_size, mi_segments_page_alloc. */
static uint64_t
large_usable(uint64_t request_bytes)
{
    uint64_t step = 4 * MIB;
    if (request_bytes < 2 * MIB)
        step = SLICE;
    else if (request_bytes < 8 * MIB)
        step = 256 * KIB;
    else if (request_bytes < 32 * MIB)
        step = MIB;
    uint64_t bytes = ml_round_up(request_bytes, step);
    bool in_segment = bytes > MEDIUM_SLAB && bytes <= 16 * MIB;
    return in_segment ? ml_round_up(bytes, MEDIUM_SLAB) : bytes;
}

static uint64_t
usable(uint64_t request_bytes)
{
    if (request_bytes <= WORD)
        return WORD;
    if (request_bytes > MEDIUM_MAX)
        return large_usable(request_bytes);
    uint64_t step = QUANTUM;
    while (request_bytes > 8 * step)
        step *= 2;
    return ml_round_up(request_bytes, step);
}

/* What lies behind the last place is never touched. */
static MlSlab
slab(uint64_t usable_bytes)
{
    uint64_t room = usable_bytes <= SMALL_MAX ? SLICE : MEDIUM_SLAB;
    uint64_t start = usable_bytes <= START_MAX ? START : 0;
    uint64_t places = (room - start) / usable_bytes;
    return (MlSlab){
        .bytes = ml_round_up(start + places * usable_bytes, PAGE),
        .header_bytes = start,
        .places = places,
        .batch = ml_most(EXTENDED_BYTES / usable_bytes, EXTENDED_LEAST),
        .takes_ready = true,
        .outlives = usable_bytes <= SMALL_MAX ? OUTLIVES_SMALL : OUTLIVES,
    };
}

static uint64_t
metadata(const MlHeapTotals *totals)
{
    uint64_t large_slices = ml_least(totals->large_bytes / SLICE, totals->large_blocks * TOLD_MAX);
    return (totals->slabs + large_slices) * RECORD;
}

/* Room to move the block up to a multiple of its alignment.
 * Source: src/alloc-aligned.c, mi_heap_malloc_zero_aligned_at_fallback. */
static uint64_t
aligned(uint64_t request_bytes, uint64_t alignment)
{
    return request_bytes + alignment - 1;
}

static const MlSizeClasses classes = {
    .small_max = MEDIUM_MAX,
    .usable = usable,
    .slab = slab,
    .aligned = aligned,
    .keeps_half = true, /* Source: src/alloc.c, _mi_heap_realloc_zero */
    .zeroes_all = true,
    .metadata = metadata,
};

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    ml_size_classes_replay(&classes, plan, 0, page_bytes, ret_cost);
}

const MlAllocator ml_allocator_mimalloc = {
    .name = "mimalloc",
    .summary = "size classes, four to each doubling, cut from slices of 64 KiB; no field before a block",
    .run = {
        .probe = "memlab-probe",
        .library = "libmimalloc.so.2",
        .package = "libmimalloc2.0",
        .version = "2.0",
        .pinned = { "MIMALLOC_DECOMMIT_DELAY=0", "MIMALLOC_SEGMENT_DECOMMIT_DELAY=0" },
    },
    .taken = usable,
    .replay = replay_plan,
};

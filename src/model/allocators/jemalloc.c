/* jemalloc: size classes, four to each doubling, without a field in front of a block; small blocks
 * in slabs, from 16 KiB on each block in page runs of its own.  What it knows of slabs and runs
 * lies elsewhere, in pages that only it touches.
 *
 * Worked example (n = 1 000 000 nodes of 16 B): 256 to a slab of one page, so 3 907 pages; a record
 * of 128 B and 8 B of page map for each slab are 130 pages more: 16.54 B per node.
 *
 * Holds for jemalloc 5.3 with 4 KiB pages, freed pages given back at once (decay 0) and one thread.
 * Source: jemalloc 5.3.0, src/sc.c (classes, slabs), src/arena.c, src/large.c, src/base.c,
 * include/jemalloc/internal/edata.h and rtree.h. */
#include "core/arithmetic.h"
#include "model/allocators/size_classes.h"

#define MIB (UINT64_C(1) << 20)

enum {
    PAGE = 4096,
    QUANTUM = 16, /* between small classes */
    TINY = 8,     /* and one below */
    SMALL_MAX = 14 * 1024,
    RECORD = 128, /* edata_t: one for each slab or run */
    LEAF = 8,     /* rtree_leaf_elm_t: one for each page of a slab, and each end of a run */
    LEAF_SPAN = PAGE / LEAF * PAGE, /* of address space, that one page of them covers */
    ARENA_PAGES = 21,    /* base_t, arena_t and its bins.  Source: counted, libjemalloc2 5.3.0-1 */
    FIRST_USE_PAGES = 2, /* of bins, caches and extent sets.  Source: counted likewise */
    FIRST_USE = 512,     /* B; the probe's warm-up has used the classes below */
};

/* A run is a page longer than its class, and the block starts at a random cache line of the first
 * page: on average in the middle.  Source: sz_large_pad, arena_cache_oblivious_randomize. */
enum { AVERAGE_START = PAGE / 2 };

/* Blocks this large come from an arena of their own, which the first of them creates.
 * Source: OVERSIZE_THRESHOLD_DEFAULT, arena_malloc_hard: what counts is the request. */
#define OVERSIZE (8 * MIB)

/* Each arena takes address space in pieces, 2 MiB first and then the next class each time; much of
 * the first arena's first one is free when a structure is built.
 * Source: extent_grow_retained, exp_grow_init. */
#define FIRST_PIECE (2 * MIB)
#define FIRST_REST (7 * MIB / 4)

static uint64_t
usable(uint64_t request_bytes)
{
    if (request_bytes <= TINY)
        return TINY;
    uint64_t step = QUANTUM;
    while (request_bytes > 8 * step)
        step *= 2;
    return ml_round_up(request_bytes, step);
}

/* The fewest pages that places fill without a rest. */
static MlSlab
slab(uint64_t usable_bytes)
{
    uint64_t bytes = PAGE;
    while (bytes % usable_bytes != 0)
        bytes += PAGE;
    return (MlSlab){ .bytes = bytes, .places = bytes / usable_bytes };
}

static uint64_t
metadata(const MlHeapTotals *totals)
{
    return (totals->slabs + totals->large_blocks) * RECORD + totals->slab_bytes / PAGE * LEAF;
}

typedef struct {
    uint64_t largest_bytes; /* of all requests */
    uint64_t map_pages;     /* of the page map, where runs begin and end */
} Runs;

/* A block that is larger than all before, or grows to as much, finds no room among what they left,
 * so it lies in fresh address space; one that is made shorter ends where no run did. */
static Runs
look_at_runs(const MlPlan *plan)
{
    Runs runs = { 0 };
    uint64_t bytes[ML_PLAN_MAX_BLOCKS];
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        if (step->kind != ML_STEP_ALLOC && step->kind != ML_STEP_REALLOC)
            continue;
        bool resizes = step->kind == ML_STEP_REALLOC;
        if (resizes && step->bytes < bytes[step->block])
            runs.map_pages += ml_least(step->bytes / LEAF_SPAN, 1);
        bool moves = resizes && step->bytes > bytes[step->block];
        bytes[step->block] = step->bytes;
        if (step->bytes + moves <= runs.largest_bytes)
            continue;
        runs.largest_bytes = step->bytes;
        runs.map_pages += ml_least(step->bytes / (LEAF_SPAN / 2), 2);
    }
    return runs;
}

static const MlSizeClasses classes = {
    .small_max = SMALL_MAX,
    .usable = usable,
    .slab = slab,
    .large_lead_bytes = AVERAGE_START,
    .large_pad_bytes = PAGE - AVERAGE_START,
    .pieces = {
        { .round = usable, .next_bytes = FIRST_PIECE + 1, .rest_bytes = FIRST_REST },
        { .round = usable, .next_bytes = FIRST_PIECE },
    },
    .second_from_bytes = OVERSIZE,
    .metadata = metadata,
};

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    Runs runs = look_at_runs(plan);
    uint64_t pages = runs.map_pages;
    pages += runs.largest_bytes > FIRST_USE ? FIRST_USE_PAGES : 0;
    pages += runs.largest_bytes >= OVERSIZE ? ARENA_PAGES : 0;
    ml_size_classes_replay(&classes, plan, pages * PAGE, page_bytes, ret_cost);
}

const MlAllocator ml_allocator_jemalloc = {
    .name = "jemalloc",
    .summary = "size classes, four to each doubling, cut from slabs; no field before a block",
    .run = {
        .probe = "memlab-probe",
        .library = "libjemalloc.so.2",
        .package = "libjemalloc2",
        .version = "5.3",
        .pinned = { "MALLOC_CONF=dirty_decay_ms:0,muzzy_decay_ms:0" },
    },
    .taken = usable,
    .replay = replay_plan,
};

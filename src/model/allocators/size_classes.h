/* Replays a plan on an allocator of size classes: small blocks lie in slabs of equal places, large
 * ones in page runs of their own.  (pool, jemalloc; whatever else works that way says so in an
 * MlSizeClasses and needs no replay of its own.)
 */
#pragma once

#include "model/allocator.h"
#include "model/allocators/pieces.h"
#include "model/allocators/slabs.h"

/* What an allocator has to keep account of. */
typedef struct {
    uint64_t page_bytes;
    uint64_t slabs;
    uint64_t slab_bytes;
    uint64_t large_blocks;
} MlHeapTotals;

typedef struct {
    uint64_t small_max; /* the largest request that goes into a slab */
    /* What a block can hold, whatever is asked for. */
    uint64_t (*usable)(uint64_t request_bytes);
    MlSlab (*slab)(uint64_t usable_bytes);

    /* Large blocks. */
    uint64_t large_field_bytes; /* a size field in front */
    uint64_t large_lead_bytes;  /* in front of that: unused room in the run's first page */
    uint64_t large_pad_bytes;   /* and behind the block */
    /* realloc: what it does to a large block that needs more room. */
    bool large_stays;   /* lets the kernel move its pages; else: */
    MlPieces pieces[2]; /* lets it grow where it is, or copies all that it could hold.  The second:
                         * of requests from here on, */
    uint64_t second_from_bytes;

    /* (nullable): what accounting takes, resident and beside the blocks. */
    uint64_t (*metadata)(const MlHeapTotals *totals);
    uint64_t piece_bytes; /* slabs are cut from pieces of address space this long; 0: unknown */
} MlSizeClasses;

/**
 * ml_size_classes_replay: replays @plan from an empty heap.
 * @once_bytes: what the allocator takes once, for its own tables; resident
 * @ret_cost: (inout): zeroed by the caller
 *
 * Time: the plan's steps, at any n.
 */
void ml_size_classes_replay(const MlSizeClasses *classes,
    const MlPlan *plan,
    uint64_t once_bytes,
    uint64_t page_bytes,
    MlCost *ret_cost);

/* A heap of size classes: small blocks in slabs of equal places, large ones in page runs. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/plan.h"
#include "model/allocators/pieces.h"
#include "model/allocators/slabs.h"
#include "model/allocators/thinning.h"
#include "model/allocators/thread_cache.h"

/* What an allocator has to keep account of. */
typedef struct {
    uint64_t page_bytes;
    uint64_t slabs;
    uint64_t slab_bytes;
    uint64_t large_blocks;
    uint64_t large_bytes; /* that they can hold */
    /* Address space that was taken for them at any time, where freed runs are used again. */
    uint64_t slab_reach_bytes;
    uint64_t run_reach_bytes;
    uint64_t run_reaches; /* for so many runs */
} MlHeapTotals;

typedef struct {
    uint64_t small_max; /* the largest request that goes into a slab */
    /* What a block can hold, whatever is asked for. */
    uint64_t (*usable)(uint64_t request_bytes);
    MlSlab (*slab)(uint64_t usable_bytes);
    /* (nullable): how much is asked for so that a block of @bytes can be aligned; NULL: no more. */
    uint64_t (*aligned)(uint64_t request_bytes, uint64_t alignment);
    /* (nullable): how much realloc asks for when a block that could hold @usable_bytes must move.
     */
    uint64_t (*grown)(uint64_t usable_bytes, uint64_t request_bytes);
    bool keeps_half; /* realloc leaves a block where it is while it fills half of its place */
    bool zeroes_all; /* calloc writes all that a block can hold */
    /* Of the thread's cache of freed small blocks. */
    uint64_t (*cache_batch)(uint64_t usable_bytes); /* (nullable): NULL: there is none */
    uint64_t cache_step;
    uint64_t cache_waiting; /* batches that wait to be used again when a great many were freed */

    /* Large blocks. */
    uint64_t large_field_bytes; /* a size field in front */
    uint64_t large_lead_bytes;  /* in front of that: unused room in the run's first page */
    uint64_t large_pad_bytes;   /* and behind the block */
    bool large_stays;           /* realloc lets the kernel move its pages, and copies nothing */
    /* Where not: runs are cut from these (round NULL: from nowhere in particular), realloc grows a
     * run where it is if it can, and else copies all that the block could hold. */
    MlPieces pieces[2];
    uint64_t second_from_bytes; /* requests from here on use the second */

    /* (nullable): what accounting takes, resident and beside the blocks. */
    uint64_t (*metadata)(const MlHeapTotals *totals);
    uint64_t piece_bytes; /* slabs are cut from pieces of address space this long; 0: unknown */
} MlSizeClasses;

/* A block that has a name in the plan. */
typedef struct {
    bool live;
    bool small;
    MlSlabClass *class;
    uint64_t slab;  /* the number of its slab in its class */
    uint64_t start; /* its place in that slab, in bytes */
    uint64_t request_bytes;
    uint64_t usable_bytes;
    uint64_t touched_bytes;
} MlClassBlock;

typedef struct {
    const MlSizeClasses *classes;
    uint64_t page_bytes;
    uint64_t once_bytes; /* resident: what the allocator takes once, for its own tables */
    uint32_t n_used;
    MlSlabClass used[ML_MAX_SLAB_CLASSES];
    uint32_t n_blocks;
    MlClassBlock blocks[ML_PLAN_MAX_BLOCKS];
    uint64_t unnamed_large; /* large blocks without a name */
    uint64_t unnamed_bytes; /* that they keep resident */
    uint64_t unnamed_usable;
    uint64_t passing_large; /* of those: freed by a thinning */
    uint64_t passing_bytes;
    uint64_t passing_usable;
    MlThinRuns runs;
    uint64_t n_rounds;
    uint64_t every;    /* once they were thinned */
    uint64_t n_gone;   /* rounds that went, as the thread's cache was told */
    MlHeapTotals gone; /* slabs that were emptied: the accounts of them stay */
    MlHeapTotals reach;
    uint64_t free_run_bytes;
    MlThreadCache cache;
    MlPieces pieces[2];
    uint64_t peak_bytes;
} MlClassHeap;

void ml_class_heap_init(
    MlClassHeap *heap, const MlSizeClasses *classes, uint64_t once_bytes, uint64_t page_bytes);

void ml_class_heap_alloc(MlClassHeap *heap, uint32_t block, uint64_t request_bytes);
void ml_class_heap_realloc(MlClassHeap *heap, uint32_t block, uint64_t request_bytes);
void ml_class_heap_free(MlClassHeap *heap, uint32_t block);

/**
 * ml_class_heap_zeroed: the block came from calloc.
 */
void ml_class_heap_zeroed(MlClassHeap *heap, uint32_t block);

/**
 * ml_class_heap_repeat: as many rounds of blocks without a name as the step says; all of each block
 * is touched.
 * @ret_blocks: (out): one of each request
 *
 * Shape: ret_blocks[ML_PLAN_MAX_ROUND].
 */
void ml_class_heap_repeat(
    MlClassHeap *heap, const MlStep *step, MlClassBlock ret_blocks[ML_PLAN_MAX_ROUND]);

/**
 * ml_class_heap_thin: of all rounds so far, free those that @every does not divide.
 * @count: so many of them at once; of the others, the thread's cache hears later
 */
void ml_class_heap_thin(MlClassHeap *heap, uint64_t every, uint64_t count);

/**
 * ml_class_heap_thin_on: the thread's cache hears of @count more.
 */
void ml_class_heap_thin_on(MlClassHeap *heap, uint64_t count);

/**
 * ml_class_heap_absent: how much of what a block can hold lies on pages that nobody has touched.
 */
uint64_t ml_class_heap_absent(const MlClassHeap *heap, const MlClassBlock *block);

/**
 * ml_class_heap_resident: slabs and page runs with a live block, and the accounts of them, in
 * bytes.
 */
uint64_t ml_class_heap_resident(const MlClassHeap *heap);

/**
 * ml_class_heap_spare: address space that slabs have and do not use, in bytes.
 */
uint64_t ml_class_heap_spare(const MlClassHeap *heap);

/**
 * ml_class_heap_note_peak: keep the most that was ever resident.
 */
void ml_class_heap_note_peak(MlClassHeap *heap);

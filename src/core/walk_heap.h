/* A walk along glibc's heap, chunk by chunk, instead of following links all over it. */
#pragma once

#include "core/walk.h"

/* Where the blocks of a part lie that were made one after the other. */
typedef struct {
    /* NULL: not to be relied on, as other blocks lie between, or some are gone. */
    const void *lowest;
    const void *highest;
    /* The first and the last in the structure's own order; none noted: it is that of the heap. */
    const void *head[ML_WALK_HEAD];
    const void *tail[ML_WALK_TAIL];
} MlWalkHeap;

/**
 * ml_walk_heap_note: block number @i of @n, in the structure's own order, is @address.
 *
 * All but the first and the last few are ignored.
 */
static inline void
ml_walk_heap_note(MlWalkHeap *heap, uint64_t i, uint64_t n, const void *address)
{
    if (i < ML_WALK_HEAD)
        heap->head[i] = address;
    if (i + ML_WALK_TAIL >= n)
        heap->tail[(i + ML_WALK_TAIL - n) % ML_WALK_TAIL] = address;
}

/**
 * ml_walk_heap: report the blocks of a part in the order in which they lie in glibc's heap: the
 * size field of each says where the next begins.
 * @heap: where they lie
 * @request_bytes: as malloc was asked, for each of them
 * @n: how many there are
 *
 * Returns: false, and nothing is reported, where there are not @n chunks of one size from the
 * lowest to the highest, or the allocator is another; or where they are few, so that following
 * links takes no longer.
 */
bool ml_walk_heap(
    MlWalkSink *sink, uint32_t part, const MlWalkHeap *heap, uint64_t request_bytes, uint64_t n);

/* Replays a plan on an allocator of size classes: small blocks lie in slabs of equal places, large
 * ones in page runs of their own.  (pool, jemalloc; whatever else works that way says so in an
 * MlSizeClasses and needs no replay of its own.)
 */
#pragma once

#include "model/allocator.h"
#include "model/allocators/class_heap.h"

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

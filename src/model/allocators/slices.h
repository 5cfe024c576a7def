/* GLib's slices: an allocator between a structure and malloc (core/slices.h).
 *
 * Freed blocks wait in magazines, of which none goes back to a slab for as long as the working set
 * is kept (15 s), so that deletions give no slab back. */
#pragma once

#include "model/allocator.h"

/**
 * ml_slices_wanted: whether a plan has parts whose blocks come from slices.
 */
bool ml_slices_wanted(const MlPlan *plan);

/**
 * ml_slices_by_element: whether blocks are taken from slices for each element.
 */
bool ml_slices_by_element(const MlPlan *plan);

/**
 * ml_slices_replay: the plan's cost, when slabs come from @allocator.
 *
 * What slabs hold beside the blocks (their headers, rests, blocks not handed out yet) is stock.
 */
void ml_slices_replay(
    const MlPlan *plan, const MlAllocator *allocator, uint64_t page_bytes, MlCost *ret_cost);

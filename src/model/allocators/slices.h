/* GLib's slices: an allocator between a structure and malloc.
 *
 * Small blocks of one size class share a slab, which is one aligned block of malloc's.
 * Freed blocks wait in magazines, of which none goes back to a slab for as long as the working set
 * is kept (15 s), so that deletions give no slab back.
 * Source: GLib 2.74, glib/gslice.c; from 2.76 on there are none. */
#pragma once

#include "model/allocator.h"

/**
 * ml_slices_wanted: whether a plan has parts whose blocks come from slices.
 */
bool ml_slices_wanted(const MlPlan *plan);

/**
 * ml_slices_replay: the plan's cost, when slabs come from @allocator.
 *
 * What slabs hold beside the blocks (their headers, rests, blocks not handed out yet) is stock.
 */
void ml_slices_replay(
    const MlPlan *plan, const MlAllocator *allocator, uint64_t page_bytes, MlCost *ret_cost);

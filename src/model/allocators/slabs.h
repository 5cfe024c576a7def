/* The slabs of one size class: equal places, handed out from a slab's start.
 *
 * Freed places are taken again before other slabs are begun; a slab without a live block goes back
 * to the kernel when the heap settles.  A page of a slab is resident once one of its places was
 * handed out, or made ready for it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define ML_MAX_SLAB_CLASSES 128

typedef struct {
    uint64_t bytes;
    uint64_t header_bytes; /* in front of the first place */
    uint64_t places;
    /* Places made ready at a time, and written at their start, as each free one tells of the next;
     * 0: just the one that is needed. */
    uint64_t batch;
    bool takes_ready; /* those that are ready are handed out before freed ones are taken again */
    /* A class's only slab, when it is emptied, is kept until so many other slabs were begun; 0: it
     * goes at once. */
    uint64_t outlives;
} MlSlab;

typedef struct {
    uint64_t usable_bytes; /* of a place */
    MlSlab slab;
    uint64_t begun;   /* slabs so far: the number of the current one */
    uint64_t empty;   /* of those, without a live block */
    uint64_t reached; /* places of the current one that were ever handed out */
    uint64_t live;    /* blocks in it */
    uint64_t freed;   /* places given back */
    uint64_t kept;    /* the only slab is empty, and kept until so many others were begun */
} MlSlabClass;

void ml_slabs_init(MlSlabClass *class, uint64_t usable_bytes, MlSlab slab);

/**
 * ml_slabs_alloc: @count more blocks.
 *
 * Returns: the number of the slab that the last one lies in.
 */
uint64_t ml_slabs_alloc(MlSlabClass *class, uint64_t count);

/**
 * ml_slabs_free: a block of slab number @slab is given back.
 */
void ml_slabs_free(MlSlabClass *class, uint64_t slab);

/**
 * ml_slabs_others_begun: other classes have begun so many slabs: an empty one may go.
 */
void ml_slabs_others_begun(MlSlabClass *class, uint64_t slabs);

/**
 * ml_slabs_reached: how far the current slab's places were handed out, in bytes from its start.
 */
uint64_t ml_slabs_reached(const MlSlabClass *class);

/**
 * ml_slabs_live: slabs with a live block.
 */
uint64_t ml_slabs_live(const MlSlabClass *class);

/**
 * ml_slabs_handed_out: places up to the last one that was ever handed out, of all slabs.
 */
uint64_t ml_slabs_handed_out(const MlSlabClass *class);

/**
 * ml_slabs_empty: so many slabs have no live block any more.
 * @current: one of them is the current one
 */
void ml_slabs_empty(MlSlabClass *class, uint64_t slabs, bool current);

/**
 * ml_slabs_resident: what the slabs with a live block keep resident, in bytes.
 */
uint64_t ml_slabs_resident(const MlSlabClass *class, uint64_t page_bytes);

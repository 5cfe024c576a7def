/* GLib's slices: blocks of one size class share a slab, which is one aligned block of malloc's, and
 * are taken from slabs by the magazine.
 *
 * Source: GLib 2.74, gslice.c: P2ALIGN(), SLAB_BPAGE_SIZE (room for 8 blocks), SLAB_INFO_SIZE (a
 * SlabInfo of 32 B and 16 B that are left to malloc), min_page_size, MAX_SLAB_CHUNK_SIZE,
 * allocator_get_magazine_threshold(); from 2.76 on there are none. */
#pragma once

#include <stdint.h>

#include "core/arithmetic.h"

enum {
    ML_SLICE_STEP = 16,
    ML_SLAB_INFO = 48,
    ML_SLAB_LEAST_BLOCKS = 8,
    ML_SLAB_LEAST = 128,
    ML_SLAB_MOST = 8192,
    ML_SLICE_MOST = (ML_SLAB_MOST - ML_SLAB_INFO) / ML_SLAB_LEAST_BLOCKS, /* more: from malloc */
};

/**
 * ml_slice_block: bytes of the block that a request gets.
 */
static inline uint64_t
ml_slice_block(uint64_t request_bytes)
{
    return ml_round_up(request_bytes, ML_SLICE_STEP);
}

/**
 * ml_slab_bytes: of a slab for such blocks, a power of two and its alignment.
 */
static inline uint64_t
ml_slab_bytes(uint64_t block_bytes)
{
    uint64_t bytes = ML_SLAB_LEAST;
    while (bytes < ML_SLAB_LEAST_BLOCKS * block_bytes + ML_SLAB_INFO)
        bytes *= 2;
    return bytes;
}

/**
 * ml_slab_blocks: how many such blocks a slab has.
 */
static inline uint64_t
ml_slab_blocks(uint64_t block_bytes)
{
    return (ml_slab_bytes(block_bytes) - ML_SLAB_INFO) / block_bytes;
}

/**
 * ml_magazine_blocks: how many of them are taken from slabs at once.
 */
static inline uint64_t
ml_magazine_blocks(uint64_t block_bytes)
{
    enum { LEAST = 4, SHARE = 5 };
    return ml_most(ML_SLAB_MOST / (SHARE * ml_most(block_bytes, 2 * ML_SLICE_STEP)), LEAST);
}

/* How the allocator in use has laid a block out. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/slices.h"

/* @field bytes in front of a block's address, @usable from there on. */
typedef struct {
    uint64_t field;
    uint64_t usable;
} MlBlockExtent;

/* Blocks of one part side by side, all laid out alike, with nothing between them. */
typedef struct {
    uint32_t part;
    uint64_t address; /* of the first */
    uint64_t n;
    uint64_t request_bytes; /* of each */
    uint64_t used;          /* elements in use, of each */
    MlBlockExtent extent;
} MlBlockRun;

/* From one block of a run to the next. */
static inline uint64_t
ml_run_step(const MlBlockRun *run)
{
    return run->extent.field + run->extent.usable;
}

/**
 * ml_block_extent: the size field before a live block, and what may be used of it.
 * @request_bytes: as it was asked for
 *
 * Each probe brings the one of its allocator; that of the front end is for tests.
 */
MlBlockExtent ml_block_extent(const void *address, uint64_t request_bytes);

/**
 * ml_block_has_chunk: whether all blocks are glibc's chunks, and ml_chunk_extent() reads them.
 */
bool ml_block_has_chunk(void);

/* A slice of GLib's has no size field. */
static inline MlBlockExtent
ml_slice_extent(uint64_t request_bytes)
{
    return (MlBlockExtent){ .field = 0, .usable = ml_slice_block(request_bytes) };
}

/* The same as ml_block_extent() for glibc, where a call for each block is too slow.
 *
 * Source: glibc 2.36, malloc/malloc.c, "Chunk representation": the word before a block is the size
 * of its chunk, with flags in the last three bits; a chunk that is mapped by itself has two words
 * in front, and one in the heap uses the first word of the next one. */
static inline MlBlockExtent
ml_chunk_extent(const void *address)
{
    enum { MAPPED_FLAG = 2, FLAGS = 7, FIELD = 8, MAPPED_FIELD = 16 };
    uint64_t word = *(const uint64_t *)((uintptr_t)address - FIELD);
    uint64_t field = (word & MAPPED_FLAG) != 0 ? MAPPED_FIELD : FIELD;
    return (MlBlockExtent){ .field = field, .usable = (word & ~(uint64_t)FLAGS) - field };
}

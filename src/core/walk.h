/* What a walk over the live blocks reports, and where it is collected.
 *
 * The collector lies in memory shared between probe and front end (never in the probe's private
 * pages, so a walk cannot move the figure it explains): totals by part, and the bytes of a few
 * sampled blocks for the pictures. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/role_claim.h"

#define ML_WALK_HEAD 12   /* samples kept from the start of each part */
#define ML_WALK_TAIL 4    /* and from its end */
#define ML_WALK_WINDOWS 8 /* further samples of blocks too long to be sampled whole */
#define ML_SAMPLE_BYTES 512

typedef struct {
    uint64_t blocks;
    uint64_t request_bytes;
    uint64_t usable_bytes; /* malloc_usable_size */
    uint64_t field_bytes;  /* size fields before the blocks */
    uint64_t used;         /* elements in use */
} MlWalkTotals;

/* The bytes of one block, or of the first and last elements of a long one. */
typedef struct {
    uint32_t part;
    uint32_t head_bytes; /* of `bytes`, from the block's start */
    uint32_t tail_bytes; /* of `bytes`, from the end of the used elements; follow the head */
    uint64_t ordinal;    /* the block's number within its part, in walk order */
    uint64_t address;
    uint64_t request_bytes;
    uint64_t usable_bytes;
    uint64_t used;      /* elements in use */
    uint64_t tail_from; /* offset of the tail in the block */
    uint8_t bytes[ML_SAMPLE_BYTES];
} MlWalkSample;

/* What ml_walk_end() needs to sample the last blocks. */
typedef struct {
    const void *address;
    uint64_t request_bytes;
    uint64_t used;
} MlWalkRecent;

typedef struct MlWalkSink {
    uint32_t n_parts;
    uint32_t stride[ML_MAX_PARTS]; /* 0: a block with room, not a run of elements */
    MlWalkTotals totals[ML_MAX_PARTS];
    MlCensus *census;      /* (nullable): the probe's address of it; of no use to the front end */
    MlCensusCursor cursor; /* of the probe, too; stays empty in a census by role */
    const MlPart *parts;   /* of the probe, too */
    bool has_chunks;       /* blocks are glibc's chunks */
    bool sliced[ML_MAX_PARTS];                       /* but not those of this part */
    MlWalkRecent recent[ML_MAX_PARTS][ML_WALK_TAIL]; /* a ring: block k is in k % ML_WALK_TAIL */
    uint32_t n_samples;
    uint32_t n_windows;
    /* Head first, by walk. */
    MlWalkSample samples[ML_MAX_PARTS * (ML_WALK_HEAD + ML_WALK_TAIL) + ML_WALK_WINDOWS];
} MlWalkSink;

/**
 * ml_walk_begin: an empty collector for blocks of @parts.
 * @census: (nullable): where their bytes are to be claimed
 */
void ml_walk_begin(MlWalkSink *sink, const MlPart *parts, uint32_t n_parts, MlCensus *census);

/**
 * ml_walk_claim: claim the bytes of a block in the census, the long way.
 */
void ml_walk_claim(MlWalkSink *sink, uint32_t part, MlWalkRecent block, MlBlockExtent extent);

/**
 * ml_walk_first: sample one of the first ML_WALK_HEAD blocks of a part.
 */
void ml_walk_first(MlWalkSink *sink, uint32_t part, MlWalkRecent block, uint64_t ordinal);

/* How the allocator has laid out a block of that part. */
static inline MlBlockExtent
ml_walk_extent(const MlWalkSink *sink, uint32_t part, const void *address, uint64_t request_bytes)
{
    if (sink->sliced[part])
        return ml_slice_extent(request_bytes);
    return sink->has_chunks ? ml_chunk_extent(address) : ml_block_extent(address, request_bytes);
}

/**
 * ml_walk_block: report one live block.
 * @address: as malloc returned it
 * @request_bytes: as malloc was asked
 * @used: elements in use
 *
 * Inline, as a walk of ten million blocks is mostly this.
 */
static inline void
ml_walk_block(
    MlWalkSink *sink, uint32_t part, const void *address, uint64_t request_bytes, uint64_t used)
{
    MlBlockExtent extent = ml_walk_extent(sink, part, address, request_bytes);
    MlWalkTotals *totals = &sink->totals[part];
    MlWalkRecent recent = { .address = address, .request_bytes = request_bytes, .used = used };
    uint64_t ordinal = totals->blocks++;
    totals->request_bytes += request_bytes;
    totals->usable_bytes += extent.usable;
    totals->field_bytes += extent.field;
    totals->used += used;
    sink->recent[part][ordinal % ML_WALK_TAIL] = recent;
    if (ordinal < ML_WALK_HEAD)
        ml_walk_first(sink, part, recent, ordinal);
    if (sink->census != NULL &&
        !ml_census_near(&sink->cursor, part, (uintptr_t)address, request_bytes, extent))
        ml_walk_claim(sink, part, recent, extent);
}

/* Whether it is to be known which elements of sparse parts are in use. */
static inline bool
ml_walk_wants_taken(const MlWalkSink *sink)
{
    return sink->census != NULL && sink->census->by_role != 0;
}

/**
 * ml_walk_taken: one element of a sparse part is in use.  Its block was reported before.
 */
static inline void
ml_walk_taken(MlWalkSink *sink, uint32_t part, const void *element)
{
    if (ml_walk_wants_taken(sink))
        ml_role_claim_taken(sink->census, &sink->parts[part], (uintptr_t)element);
}

/* The first and the last blocks of a part, in the structure's own order. */
typedef struct {
    const void *head[ML_WALK_HEAD];
    const void *tail[ML_WALK_TAIL];
} MlWalkEnds;

/* Notes block number @i of @n, where it is one of these. */
static inline void
ml_walk_note_end(MlWalkEnds *ends, uint64_t i, uint64_t n, const void *address)
{
    if (i < ML_WALK_HEAD)
        ends->head[i] = address;
    if (i + ML_WALK_TAIL >= n)
        ends->tail[(i + ML_WALK_TAIL - n) % ML_WALK_TAIL] = address;
}

/**
 * ml_walk_heap: report blocks of one kind in the order in which they lie in glibc's heap, instead
 * of following links all over it: the size field of each says where the next begins.
 * @lowest, @highest: the first and the last of them
 * @n: how many there must be between; all of one size, and no other block of that size
 * @ends: (transfer none): the blocks to sample
 *
 * Returns: false, and nothing is reported, where that is not so, or the allocator is another; or
 * where they are few, so that following links takes no longer.
 */
bool ml_walk_heap(MlWalkSink *sink,
    uint32_t part,
    const void *lowest,
    const void *highest,
    uint64_t request_bytes,
    uint64_t n,
    const MlWalkEnds *ends);

/**
 * ml_walk_window: sample a few more bytes of the last block of a part.
 * @from, @bytes: which, from its start
 *
 * For a picture that shows some elements of a long array; beyond ML_WALK_WINDOWS none is taken.
 */
void ml_walk_window(MlWalkSink *sink, uint32_t part, uint64_t from, uint32_t bytes);

/**
 * ml_walk_end: take the samples of each part's last blocks.
 */
void ml_walk_end(MlWalkSink *sink);

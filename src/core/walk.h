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
#define ML_WALK_AHEAD 4096 /* bytes that memory is asked for before they are read */

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
    MlBlockRun run;        /* the blocks reported last; not yet in the totals */
    uint64_t run_end;      /* the address of a block that goes on with it */
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

/* How the allocator has laid out a block of that part. */
static inline MlBlockExtent
ml_walk_extent(const MlWalkSink *sink, uint32_t part, const void *address, uint64_t request_bytes)
{
    if (sink->sliced[part])
        return ml_slice_extent(request_bytes);
    return sink->has_chunks ? ml_chunk_extent(address) : ml_block_extent(address, request_bytes);
}

/**
 * ml_walk_take_sample: copy a block's bytes, or as many of its first and last used elements as
 * there is room for.
 * @ordinal: its number within its part
 */
void ml_walk_take_sample(
    MlWalkSink *sink, uint32_t part, const MlWalkRecent *block, uint64_t ordinal);

/**
 * ml_walk_end_run: count, sample and claim the blocks of the run, and begin an empty one.
 */
void ml_walk_end_run(MlWalkSink *sink);

/**
 * ml_walk_begin_run: the same, and begin one with this block.
 */
void ml_walk_begin_run(MlWalkSink *sink, MlBlockRun run);

/**
 * ml_walk_block: report one live block.
 * @address: as malloc returned it
 * @request_bytes: as malloc was asked
 * @used: elements in use
 *
 * Inline, as a walk of ten million blocks is mostly this; blocks side by side are dealt with
 * together, and memory is asked early for those to come: the processor does so by itself only up to
 * the end of a page.
 */
static inline void
ml_walk_block(
    MlWalkSink *sink, uint32_t part, const void *address, uint64_t request_bytes, uint64_t used)
{
    MlBlockExtent extent = ml_walk_extent(sink, part, address, request_bytes);
    MlBlockRun *run = &sink->run;
    if ((uintptr_t)address == sink->run_end && part == run->part &&
        request_bytes == run->request_bytes && used == run->used &&
        extent.usable == run->extent.usable && extent.field == run->extent.field) {
        run->n++;
        sink->run_end += extent.field + extent.usable;
        __builtin_prefetch((const void *)((uintptr_t)address + ML_WALK_AHEAD));
        return;
    }
    ml_walk_begin_run(sink,
        (MlBlockRun){
            .part = part,
            .address = (uintptr_t)address,
            .n = 1,
            .request_bytes = request_bytes,
            .used = used,
            .extent = extent,
        });
}

/* Asks memory early for a block that is soon to be reported, and for the size field before it. */
static inline void
ml_walk_fetch(const void *address)
{
    __builtin_prefetch((const void *)((uintptr_t)address - sizeof(uint64_t)));
    __builtin_prefetch(address);
    __asm__ volatile(""); /* or gcc takes this for a function without effect, and leaves it out */
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
    if (!ml_walk_wants_taken(sink))
        return;
    ml_walk_end_run(sink);
    ml_role_claim_taken(sink->census, &sink->parts[part], (uintptr_t)element);
}

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

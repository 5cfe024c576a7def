/* What a walk over the live blocks reports, and where it is collected.
 *
 * The collector lies in memory shared between probe and front end (never in the probe's private
 * pages, so a walk cannot move the figure it explains): totals by part, every large block, and the
 * bytes of a few sampled blocks for the pictures. */
#pragma once

#include <stdint.h>

#include "core/part.h"

#define ML_WALK_LARGE_BYTES 4096 /* from a page on a block is listed, to look up its pages */
#define ML_WALK_MAX_LARGE 4096
#define ML_WALK_HEAD 12 /* samples kept from the start of each part */
#define ML_WALK_TAIL 4  /* and from its end */
#define ML_SAMPLE_BYTES 512

typedef struct {
    uint64_t blocks;
    uint64_t request_bytes;
    uint64_t usable_bytes; /* malloc_usable_size */
    uint64_t used;         /* elements in use */
} MlWalkTotals;

typedef struct {
    uint32_t part;
    uint64_t address;
    uint64_t request_bytes;
    uint64_t usable_bytes;
} MlWalkLarge;

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
    uint32_t stride[ML_MAX_PARTS];
    MlWalkTotals totals[ML_MAX_PARTS];
    uint64_t n_large; /* may exceed ML_WALK_MAX_LARGE: then the list is not whole */
    MlWalkLarge large[ML_WALK_MAX_LARGE];
    MlWalkRecent recent[ML_MAX_PARTS][ML_WALK_TAIL]; /* a ring: block k is in k % ML_WALK_TAIL */
    uint32_t n_samples;
    MlWalkSample samples[ML_MAX_PARTS * (ML_WALK_HEAD + ML_WALK_TAIL)]; /* head first, by walk */
} MlWalkSink;

/**
 * ml_walk_begin: an empty collector for blocks of @parts.
 */
void ml_walk_begin(MlWalkSink *sink, const MlPart *parts, uint32_t n_parts);

/**
 * ml_walk_block: report one live block.
 * @address: as malloc returned it
 * @request_bytes: as malloc was asked
 * @used: elements in use
 */
void ml_walk_block(
    MlWalkSink *sink, uint32_t part, const void *address, uint64_t request_bytes, uint64_t used);

/**
 * ml_walk_end: take the samples of each part's last blocks.
 */
void ml_walk_end(MlWalkSink *sink);

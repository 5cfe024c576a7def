/* What memlab-record.so writes and the front end reads: the live blocks of a probe, and the most
 * that it ever held.
 *
 * Lies in memory that both map shared, so that nothing of it counts as the probe's own. */
#pragma once

#include <stdint.h>

#define ML_RECORD_LIBRARY "memlab-record.so"

/* From here on a block is large: RssAnon is read before it goes, or may move.  What smaller ones
 * give back to the kernel is less than a page each, and malloc keeps it. */
#define ML_RECORD_LARGE_BYTES (64 * 1024)

typedef struct {
    uint64_t address; /* 0: a free slot */
    uint64_t bytes;   /* asked for */
} MlRecordBlock;

typedef struct {
    uint64_t n_slots;    /* of the table, a power of two; 0: peaks only.  Set before the start */
    uint64_t loaded;     /* 1 once the recorder listens */
    uint64_t peak_bytes; /* highest RssAnon that was read */
    uint64_t readings;   /* how often it was read */
    uint64_t n_live;     /* blocks in the table */
    uint64_t lost;       /* blocks for which the table had no room */
    uint64_t stands_for_walk; /* 1: the probe reports these blocks, and does not walk */
    uint64_t unknown;         /* of those, such as no part asks for */
    MlRecordBlock blocks[];
} MlRecord;

/**
 * ml_record_bytes: what a record with a table of @n_slots takes.
 */
static inline uint64_t
ml_record_bytes(uint64_t n_slots)
{
    return sizeof(MlRecord) + n_slots * sizeof(MlRecordBlock);
}

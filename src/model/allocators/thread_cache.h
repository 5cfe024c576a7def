/* What a thread keeps of the small blocks that it frees: they are handed out again first, and hold
 * their slabs.  (tcmalloc.)
 *
 * Each size class has a list.  One that grows too long gives a batch to the central list, which
 * keeps some batches as they come; when the cache as a whole holds too much, each list gives back
 * some of what it did not need since the last time, and from then on the cache may hold more.
 * Source: gperftools 2.10, src/thread_cache.cc, src/central_freelist.cc. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "model/allocators/slabs.h"

#define ML_THREAD_CACHE_MAX 128

typedef struct {
    MlSlabClass *class;
    uint64_t slab;
    uint64_t start;
    bool central; /* it waits in the central list, not in the thread's */
} MlCachedPlace;

/* Of one size class. */
typedef struct {
    const MlSlabClass *class;
    uint32_t length; /* with those that were fetched along and never used */
    uint32_t fresh;  /* of these: how many */
    uint32_t low;    /* the least length since the lists were last cut */
    uint32_t max_length;
    uint32_t overages;  /* how often it was longer than a batch */
    uint32_t batches;   /* in the central list */
    uint64_t span_left; /* free blocks there, in spans that have others in use */
} MlCachedList;

typedef struct {
    uint64_t (*batch)(uint64_t usable_bytes); /* blocks that move at once; NULL: nothing is kept */
    uint64_t step_bytes;
    uint64_t limit_bytes;
    uint64_t bytes;
    uint32_t n_places;
    MlCachedPlace places[ML_THREAD_CACHE_MAX];
    uint32_t n_lists;
    MlCachedList lists[ML_MAX_SLAB_CLASSES];
} MlThreadCache;

/**
 * ml_thread_cache_init: an empty cache.
 * @batch: (nullable): blocks of a size that move at once; NULL: nothing is ever kept
 * @step_bytes: what it may hold, and grows by
 */
void ml_thread_cache_init(
    MlThreadCache *cache, uint64_t (*batch)(uint64_t usable_bytes), uint64_t step_bytes);

/**
 * ml_thread_cache_give: a block is freed.
 */
void ml_thread_cache_give(MlThreadCache *cache, MlSlabClass *class, uint64_t slab, uint64_t start);

/**
 * ml_thread_cache_take: a block of @class.
 * @ret_slab: (out): the number of its slab
 * @ret_start: (out): where it lies in there, in bytes
 *
 * Returns: false when there is none: a fresh one is fetched.
 */
bool ml_thread_cache_take(
    MlThreadCache *cache, MlSlabClass *class, uint64_t *ret_slab, uint64_t *ret_start);

/**
 * ml_thread_cache_pass: @made blocks that are none of those above were taken one by one, and @freed
 * of them are freed.  Their slabs are not told.
 */
void ml_thread_cache_pass(MlThreadCache *cache, MlSlabClass *class, uint64_t made, uint64_t freed);

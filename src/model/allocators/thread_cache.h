/* What a thread keeps of the small blocks that it frees: they are handed out again first, and hold
 * their slabs.  When it has too many, those that lay there since the last time go back, and from
 * then on it may keep more.  (tcmalloc.) */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "model/allocators/slabs.h"

#define ML_THREAD_CACHE_MAX 64

typedef struct {
    MlSlabClass *class;
    uint64_t slab;
    uint64_t start;
    bool seen; /* it lay there when something was last given back */
} MlCachedPlace;

typedef struct {
    uint64_t step_bytes; /* 0: nothing is kept */
    uint64_t limit_bytes;
    uint64_t bytes;
    uint32_t n_places;
    MlCachedPlace places[ML_THREAD_CACHE_MAX];
} MlThreadCache;

/**
 * ml_thread_cache_init: @warm_bytes lie in it already, for good.
 */
void ml_thread_cache_init(MlThreadCache *cache, uint64_t step_bytes, uint64_t warm_bytes);

/**
 * ml_thread_cache_give: a block is freed.
 */
void ml_thread_cache_give(MlThreadCache *cache, MlSlabClass *class, uint64_t slab, uint64_t start);

/**
 * ml_thread_cache_take: a block of @class.
 * @ret_slab: (out): the number of its slab
 * @ret_start: (out): where it lies in there, in bytes
 *
 * Returns: false when there is none.
 */
bool ml_thread_cache_take(
    MlThreadCache *cache, MlSlabClass *class, uint64_t *ret_slab, uint64_t *ret_start);

/**
 * ml_thread_cache_drain: all goes back.
 */
void ml_thread_cache_drain(MlThreadCache *cache);

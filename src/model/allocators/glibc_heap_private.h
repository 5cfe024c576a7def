/* What chunks with a name and rounds of chunks without one share. */
#pragma once

#include "model/allocators/glibc_heap.h"

enum {
    ML_HEAP_MIN_CHUNK = 32,
    ML_HEAP_CACHE_MAX_CHUNK = 1040, /* TCACHE_MAX_BINS 64 */
    ML_HEAP_TOP_PAD = 128 * 1024,
};

/**
 * ml_heap_take_top: the top begins so many bytes further on.
 */
void ml_heap_take_top(MlHeap *heap, uint64_t bytes);

/**
 * ml_heap_best_fit: the number of the smallest free chunk that is as long.
 *
 * Returns: n_free where there is none.
 */
uint32_t ml_heap_best_fit(const MlHeap *heap, uint64_t bytes);

/**
 * ml_heap_cut: @bytes off free chunk @i, which is as long; a rest too small for a chunk goes along.
 */
MlHeapChunk ml_heap_cut(MlHeap *heap, uint32_t i, uint64_t bytes);

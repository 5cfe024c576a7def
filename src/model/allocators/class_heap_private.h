/* What blocks with a name and rounds of blocks without one share. */
#pragma once

#include "model/allocators/class_heap.h"

/**
 * ml_class_heap_class: the class whose places hold so many bytes; begun where it is new.
 */
MlSlabClass *ml_class_heap_class(MlClassHeap *heap, uint64_t usable_bytes);

/**
 * ml_class_heap_pieces: what address space for such requests is cut from.
 *
 * Returns: (transfer none) (nullable).
 */
MlPieces *ml_class_heap_pieces(MlClassHeap *heap, uint64_t request_bytes);

/**
 * ml_class_heap_begin_slabs: a class begins so many slabs, and empty ones of others may go.
 */
void ml_class_heap_begin_slabs(MlClassHeap *heap, const MlSlabClass *class, uint64_t slabs);

/**
 * ml_class_heap_reach_slabs: address space is taken for slabs: from freed runs while there are any.
 */
void ml_class_heap_reach_slabs(MlClassHeap *heap, uint64_t bytes);

/**
 * ml_class_heap_large_resident: what a block in a page run keeps resident, in bytes.
 */
uint64_t ml_class_heap_large_resident(const MlClassHeap *heap, const MlClassBlock *block);

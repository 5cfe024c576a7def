#include "model/allocators/glibc_heap_private.h"

#include <assert.h>
#include <string.h>

#include "core/arithmetic.h"

enum {
    CACHE_DEPTH = 7, /* TCACHE_FILL_COUNT */
    TRIM_THRESHOLD = 128 * 1024,
    MMAP_THRESHOLD = 128 * 1024,
    CONSOLIDATION = 64 * 1024, /* FASTBIN_CONSOLIDATION_THRESHOLD */
    FREE_FIELDS = 32,          /* a free chunk's links, beyond its first user byte: never trimmed */
};

uint64_t
ml_pages(uint64_t bytes, uint64_t page_bytes)
{
    return (bytes + page_bytes - 1) / page_bytes * page_bytes;
}

uint64_t
ml_heap_chunk_bytes(uint64_t request_bytes)
{
    uint64_t bytes = (request_bytes + 8 + 15) / 16 * 16;
    return bytes < ML_HEAP_MIN_CHUNK ? ML_HEAP_MIN_CHUNK : bytes;
}

void
ml_heap_init(MlHeap *heap, uint64_t page_bytes)
{
    memset(heap, 0, sizeof *heap);
    heap->page_bytes = page_bytes;
    heap->end = page_bytes; /* what malloc_trim(0) leaves when the top starts a page */
}

/* The top chunk begins 16 bytes before the user byte it would hand out. */
static uint64_t
top_bytes(const MlHeap *heap)
{
    return heap->end + 16 - heap->top;
}

void
ml_heap_take_top(MlHeap *heap, uint64_t bytes)
{
    uint64_t needed = bytes + ML_HEAP_MIN_CHUNK;
    if (top_bytes(heap) < needed)
        heap->end += ml_pages(needed + ML_HEAP_TOP_PAD - top_bytes(heap), heap->page_bytes);
    heap->top += bytes;
    if (heap->touched < heap->top)
        heap->touched = heap->top; /* the new top's size field ends there */
}

static void
remove_free(MlHeap *heap, uint32_t i)
{
    heap->n_free--;
    memmove(&heap->free[i], &heap->free[i + 1], (heap->n_free - i) * sizeof heap->free[0]);
}

MlHeapChunk
ml_heap_cut(MlHeap *heap, uint32_t i, uint64_t bytes)
{
    MlHeapChunk chunk = heap->free[i];
    if (chunk.bytes - bytes < ML_HEAP_MIN_CHUNK) {
        remove_free(heap, i);
        return chunk;
    }
    heap->free[i].start += bytes;
    heap->free[i].bytes -= bytes;
    chunk.bytes = bytes;
    return chunk;
}

uint32_t
ml_heap_best_fit(const MlHeap *heap, uint64_t bytes)
{
    uint32_t best = heap->n_free;
    for (uint32_t i = 0; i < heap->n_free; i++)
        if (heap->free[i].bytes >= bytes &&
            (best == heap->n_free || heap->free[i].bytes < heap->free[best].bytes))
            best = i;
    return best;
}

bool
ml_heap_alloc(MlHeap *heap, uint64_t chunk_bytes, MlHeapChunk *ret_chunk)
{
    if (chunk_bytes <= ML_HEAP_CACHE_MAX_CHUNK && heap->cached[chunk_bytes / 16] > 0) {
        heap->cached[chunk_bytes / 16]--;
        *ret_chunk = (MlHeapChunk){ .start = 0, .bytes = chunk_bytes };
        return true;
    }
    return ml_heap_alloc_uncached(heap, chunk_bytes, ret_chunk);
}

bool
ml_heap_alloc_uncached(MlHeap *heap, uint64_t chunk_bytes, MlHeapChunk *ret_chunk)
{
    uint32_t i = ml_heap_best_fit(heap, chunk_bytes);
    if (i < heap->n_free) {
        *ret_chunk = ml_heap_cut(heap, i, chunk_bytes);
        return true;
    }
    if (chunk_bytes >= MMAP_THRESHOLD && top_bytes(heap) < chunk_bytes + ML_HEAP_MIN_CHUNK)
        return false;
    *ret_chunk = (MlHeapChunk){ .start = heap->top, .bytes = chunk_bytes };
    ml_heap_take_top(heap, chunk_bytes);
    return true;
}

/* Into the free chunk behind it, if that is long enough. */
static bool
extend_into_free(MlHeap *heap, MlHeapChunk *chunk, uint64_t chunk_bytes)
{
    uint64_t behind = chunk->start + chunk->bytes;
    for (uint32_t i = 0; i < heap->n_free; i++)
        if (heap->free[i].start == behind && chunk->bytes + heap->free[i].bytes >= chunk_bytes) {
            chunk->bytes += ml_heap_cut(heap, i, chunk_bytes - chunk->bytes).bytes;
            return true;
        }
    return false;
}

/* What is cut off becomes a free chunk, if it is long enough for one. */
static void
shorten(MlHeap *heap, MlHeapChunk *chunk, uint64_t chunk_bytes)
{
    MlHeapChunk rest = { chunk->start + chunk_bytes, chunk->bytes - chunk_bytes };
    if (rest.bytes < ML_HEAP_MIN_CHUNK)
        return;
    chunk->bytes = chunk_bytes;
    ml_heap_free(heap, rest);
}

bool
ml_heap_resize(MlHeap *heap, MlHeapChunk *chunk, uint64_t chunk_bytes)
{
    if (chunk_bytes <= chunk->bytes) {
        shorten(heap, chunk, chunk_bytes);
        return true;
    }
    if (chunk->start + chunk->bytes != heap->top)
        return extend_into_free(heap, chunk, chunk_bytes);
    bool fits = chunk->bytes + top_bytes(heap) >= chunk_bytes + ML_HEAP_MIN_CHUNK;
    if (!fits && chunk_bytes >= MMAP_THRESHOLD)
        return false;
    if (fits) {
        ml_heap_take_top(heap, chunk_bytes - chunk->bytes);
    } else {
        /* A whole new chunk is cut off the extended top; as it lies just behind the old one, the
         * two become one, and what is too much goes back.  Source: malloc.c, _int_realloc, "Avoid
         * copy". */
        ml_heap_take_top(heap, chunk_bytes);
        heap->top -= chunk->bytes;
    }
    chunk->bytes = chunk_bytes;
    return true;
}

/* Lowers the heap's end so that the top keeps @pad bytes.  Returns nothing below the top. */
static void
trim_top(MlHeap *heap, uint64_t pad)
{
    if (top_bytes(heap) <= ML_HEAP_MIN_CHUNK + 1 + pad)
        return;
    uint64_t extra = top_bytes(heap) - ML_HEAP_MIN_CHUNK - 1 - pad;
    heap->end -= extra / heap->page_bytes * heap->page_bytes;
    if (heap->touched > heap->end)
        heap->touched = heap->end;
}

uint32_t
ml_heap_cache_room(const MlHeap *heap, uint64_t chunk_bytes)
{
    bool fits = chunk_bytes <= ML_HEAP_CACHE_MAX_CHUNK && !heap->is_uncached;
    return fits ? CACHE_DEPTH - heap->cached[chunk_bytes / 16] : 0;
}

void
ml_heap_free(MlHeap *heap, MlHeapChunk chunk)
{
    if (ml_heap_cache_room(heap, chunk.bytes) > 0)
        heap->cached[chunk.bytes / 16]++;
    else
        ml_heap_give_back(heap, chunk);
}

void
ml_heap_give_back(MlHeap *heap, MlHeapChunk chunk)
{
    uint32_t i = 0;
    while (i < heap->n_free && heap->free[i].start < chunk.start)
        i++;
    if (i < heap->n_free && chunk.start + chunk.bytes == heap->free[i].start) {
        chunk.bytes += heap->free[i].bytes;
        remove_free(heap, i);
    }
    if (i > 0 && heap->free[i - 1].start + heap->free[i - 1].bytes == chunk.start) {
        i--;
        chunk.start = heap->free[i].start;
        chunk.bytes += heap->free[i].bytes;
        remove_free(heap, i);
    }
    if (chunk.start + chunk.bytes == heap->top) {
        heap->top = chunk.start;
    } else {
        assert(heap->n_free < ML_HEAP_MAX_FREE);
        memmove(&heap->free[i + 1], &heap->free[i], (heap->n_free - i) * sizeof chunk);
        heap->free[i] = chunk;
        heap->n_free++;
    }
    if (chunk.bytes >= CONSOLIDATION && top_bytes(heap) >= TRIM_THRESHOLD)
        trim_top(heap, ML_HEAP_TOP_PAD);
}

uint64_t
ml_heap_hole_bytes(MlHeapChunk chunk, uint64_t page_bytes)
{
    uint64_t from = ml_pages(chunk.start + FREE_FIELDS, page_bytes);
    uint64_t to = (chunk.start + chunk.bytes - 16) / page_bytes * page_bytes;
    return to > from ? to - from : 0;
}

uint64_t
ml_heap_trim(MlHeap *heap)
{
    trim_top(heap, 0);
    uint64_t resident = ml_pages(heap->touched, heap->page_bytes) - heap->hole_bytes;
    for (uint32_t i = 0; i < heap->n_free; i++)
        resident -= ml_heap_hole_bytes(heap->free[i], heap->page_bytes);
    return resident;
}

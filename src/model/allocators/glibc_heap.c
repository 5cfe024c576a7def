#include "model/allocators/glibc_heap.h"

#include <assert.h>
#include <string.h>

#include "core/arithmetic.h"

enum {
    MIN_CHUNK = 32,
    CACHE_MAX_CHUNK = 1040, /* TCACHE_MAX_BINS 64 */
    CACHE_DEPTH = 7,        /* TCACHE_FILL_COUNT */
    TOP_PAD = 128 * 1024,
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
    return bytes < MIN_CHUNK ? MIN_CHUNK : bytes;
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

static void
take_from_top(MlHeap *heap, uint64_t bytes)
{
    uint64_t needed = bytes + MIN_CHUNK;
    if (top_bytes(heap) < needed)
        heap->end += ml_pages(needed + TOP_PAD - top_bytes(heap), heap->page_bytes);
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

/* Cuts @bytes off a free chunk.  A rest too small for a chunk goes along. */
static MlHeapChunk
cut(MlHeap *heap, uint32_t i, uint64_t bytes)
{
    MlHeapChunk chunk = heap->free[i];
    if (chunk.bytes - bytes < MIN_CHUNK) {
        remove_free(heap, i);
        return chunk;
    }
    heap->free[i].start += bytes;
    heap->free[i].bytes -= bytes;
    chunk.bytes = bytes;
    return chunk;
}

/* Returns: the smallest free chunk that fits, or n_free. */
static uint32_t
best_fit(const MlHeap *heap, uint64_t bytes)
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
    if (chunk_bytes <= CACHE_MAX_CHUNK && heap->cached[chunk_bytes / 16] > 0) {
        heap->cached[chunk_bytes / 16]--;
        *ret_chunk = (MlHeapChunk){ .start = 0, .bytes = chunk_bytes };
        return true;
    }
    return ml_heap_alloc_uncached(heap, chunk_bytes, ret_chunk);
}

bool
ml_heap_alloc_uncached(MlHeap *heap, uint64_t chunk_bytes, MlHeapChunk *ret_chunk)
{
    uint32_t i = best_fit(heap, chunk_bytes);
    if (i < heap->n_free) {
        *ret_chunk = cut(heap, i, chunk_bytes);
        return true;
    }
    if (chunk_bytes >= MMAP_THRESHOLD && top_bytes(heap) < chunk_bytes + MIN_CHUNK)
        return false;
    *ret_chunk = (MlHeapChunk){ .start = heap->top, .bytes = chunk_bytes };
    take_from_top(heap, chunk_bytes);
    return true;
}

/* Into the free chunk behind it, if that is long enough. */
static bool
extend_into_free(MlHeap *heap, MlHeapChunk *chunk, uint64_t chunk_bytes)
{
    uint64_t behind = chunk->start + chunk->bytes;
    for (uint32_t i = 0; i < heap->n_free; i++)
        if (heap->free[i].start == behind && chunk->bytes + heap->free[i].bytes >= chunk_bytes) {
            chunk->bytes += cut(heap, i, chunk_bytes - chunk->bytes).bytes;
            return true;
        }
    return false;
}

/* What is cut off becomes a free chunk, if it is long enough for one. */
static void
shorten(MlHeap *heap, MlHeapChunk *chunk, uint64_t chunk_bytes)
{
    MlHeapChunk rest = { chunk->start + chunk_bytes, chunk->bytes - chunk_bytes };
    if (rest.bytes < MIN_CHUNK)
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
    bool fits = chunk->bytes + top_bytes(heap) >= chunk_bytes + MIN_CHUNK;
    if (!fits && chunk_bytes >= MMAP_THRESHOLD)
        return false;
    if (fits) {
        take_from_top(heap, chunk_bytes - chunk->bytes);
    } else {
        /* A whole new chunk is cut off the extended top; as it lies just behind the old one, the
         * two become one, and what is too much goes back.  Source: malloc.c, _int_realloc, "Avoid
         * copy". */
        take_from_top(heap, chunk_bytes);
        heap->top -= chunk->bytes;
    }
    chunk->bytes = chunk_bytes;
    return true;
}

/* Lowers the heap's end so that the top keeps @pad bytes.  Returns nothing below the top. */
static void
trim_top(MlHeap *heap, uint64_t pad)
{
    if (top_bytes(heap) <= MIN_CHUNK + 1 + pad)
        return;
    uint64_t extra = top_bytes(heap) - MIN_CHUNK - 1 - pad;
    heap->end -= extra / heap->page_bytes * heap->page_bytes;
    if (heap->touched > heap->end)
        heap->touched = heap->end;
}

uint32_t
ml_heap_cache_room(const MlHeap *heap, uint64_t chunk_bytes)
{
    bool fits = chunk_bytes <= CACHE_MAX_CHUNK && !heap->is_uncached;
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
        trim_top(heap, TOP_PAD);
}

static void
note_run(MlHeap *heap, uint64_t start, uint64_t round_bytes, uint64_t count)
{
    MlHeapRun *last = heap->n_runs > 0 ? &heap->runs[heap->n_runs - 1] : NULL;
    heap->n_rounds += count;
    if (count == 0)
        return;
    if (last != NULL && last->round_bytes == round_bytes &&
        last->start + last->count * round_bytes == start) {
        last->count += count;
        return;
    }
    assert(heap->n_runs < ML_HEAP_MAX_RUNS);
    heap->runs[heap->n_runs++] = (MlHeapRun){ start, round_bytes, heap->n_rounds - count, count };
}

/* Whole rounds into free chunks, as many as fit.  Returns: rounds placed. */
static uint64_t
fill_free_chunks(MlHeap *heap, uint64_t count, uint64_t round_bytes, bool lasts)
{
    uint64_t placed = 0;
    while (placed < count) {
        uint32_t i = best_fit(heap, round_bytes);
        if (i == heap->n_free)
            break;
        uint64_t fit = heap->free[i].bytes / round_bytes;
        if (fit > count - placed)
            fit = count - placed;
        uint64_t start = cut(heap, i, fit * round_bytes).start;
        if (!lasts)
            note_run(heap, start, round_bytes, fit);
        placed += fit;
    }
    return placed;
}

void
ml_heap_repeat(
    MlHeap *heap, uint64_t count, const uint64_t *chunk_bytes, uint32_t n_chunks, bool lasts)
{
    uint64_t round_bytes = 0;
    uint64_t from_cache = 0;
    for (uint32_t i = 0; i < n_chunks; i++) {
        round_bytes += chunk_bytes[i];
        if (chunk_bytes[i] > CACHE_MAX_CHUNK)
            continue;
        uint32_t *cached = &heap->cached[chunk_bytes[i] / 16];
        uint64_t taken = *cached < count ? *cached : count;
        *cached -= (uint32_t)taken;
        from_cache += taken * chunk_bytes[i];
    }
    uint64_t fresh_rounds = count - fill_free_chunks(heap, count, round_bytes, lasts);
    uint64_t fresh_bytes = fresh_rounds * round_bytes;
    fresh_bytes -= from_cache < fresh_bytes ? from_cache : fresh_bytes;
    if (!lasts) /* the cached ones: a few bytes off */
        note_run(heap, heap->top, round_bytes, fresh_rounds);

    /* glibc extends the heap a little over TOP_PAD at a time; far ahead, go there in one stride. */
    uint64_t stride = TOP_PAD + heap->page_bytes;
    if (fresh_bytes > 2 * stride) {
        uint64_t jump = (fresh_bytes / stride - 1) * stride / 16 * 16;
        heap->end += ml_pages(jump, heap->page_bytes);
        take_from_top(heap, jump);
        fresh_bytes -= jump;
    }
    for (uint64_t step = round_bytes; fresh_bytes > 0; fresh_bytes -= step) {
        step = step < fresh_bytes ? step : fresh_bytes;
        take_from_top(heap, step);
    }
}

static void
place_aligned(MlHeap *heap, uint64_t chunk_bytes, uint64_t alignment)
{
    MlHeapChunk chunk;
    ml_heap_alloc_uncached(heap, ml_heap_chunk_bytes(chunk_bytes + alignment + MIN_CHUNK), &chunk);
    uint64_t start = ml_round_up(chunk.start, alignment);
    if (start > chunk.start && start - chunk.start < MIN_CHUNK)
        start += alignment;
    MlHeapChunk before = { chunk.start, start - chunk.start };
    MlHeapChunk behind = { start + chunk_bytes, chunk.bytes - before.bytes - chunk_bytes };
    if (before.bytes > 0)
        ml_heap_free(heap, before);
    if (behind.bytes >= MIN_CHUNK)
        ml_heap_free(heap, behind);
}

/* Without the cache, what lies behind a chunk is there for the next one, and all but the last leave
 * no trace of having been longer. */
void
ml_heap_repeat_aligned(MlHeap *heap, uint64_t count, uint64_t chunk_bytes, uint64_t alignment)
{
    uint64_t alike = heap->is_uncached && count > 2 ? count - 2 : 0;
    for (uint64_t i = 0; i < count - alike; i++) {
        place_aligned(heap, chunk_bytes, alignment);
        if (i == 0)
            ml_heap_repeat(heap, alike, &chunk_bytes, 1, true);
    }
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

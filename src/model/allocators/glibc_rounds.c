/* Many chunks without a name, in rounds: where there is room among what was freed, and then side by
 * side at the top. */
#include <assert.h>
#include <stddef.h>

#include "core/arithmetic.h"
#include "model/allocators/glibc_heap_private.h"

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

/* The chunks of one round, each where malloc puts it. */
static void
place_round(MlHeap *heap, const uint64_t *chunk_bytes, uint32_t n_chunks)
{
    for (uint32_t i = 0; i < n_chunks; i++) {
        MlHeapChunk chunk;
        ml_heap_alloc_uncached(heap, chunk_bytes[i], &chunk);
    }
}

/* Into free chunks: whole rounds first, as many as fit; then rounds whose chunks find what is left
 * here and there, until nothing free takes any.  Returns: rounds placed. */
static uint64_t
fill_free_chunks(
    MlHeap *heap, uint64_t count, const uint64_t *chunk_bytes, uint32_t n_chunks, bool lasts)
{
    uint64_t placed = 0;
    uint64_t round_bytes = 0;
    uint64_t least = UINT64_MAX;
    for (uint32_t k = 0; k < n_chunks; k++) {
        round_bytes += chunk_bytes[k];
        least = ml_least(least, chunk_bytes[k]);
    }
    uint32_t i = ml_heap_best_fit(heap, round_bytes);
    while (placed < count && i < heap->n_free) {
        uint64_t fit = ml_least(heap->free[i].bytes / round_bytes, count - placed);
        uint64_t start = ml_heap_cut(heap, i, fit * round_bytes).start;
        if (!lasts)
            note_run(heap, start, round_bytes, fit);
        placed += fit;
        i = ml_heap_best_fit(heap, round_bytes);
    }
    uint64_t top = heap->top;
    uint64_t whole = placed;
    for (; placed < count && ml_heap_best_fit(heap, least) < heap->n_free; placed++)
        place_round(heap, chunk_bytes, n_chunks);
    if (!lasts) /* as if they lay side by side */
        note_run(heap, top, round_bytes, placed - whole);
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
        if (chunk_bytes[i] > ML_HEAP_CACHE_MAX_CHUNK)
            continue;
        uint32_t *cached = &heap->cached[chunk_bytes[i] / 16];
        uint64_t taken = *cached < count ? *cached : count;
        *cached -= (uint32_t)taken;
        from_cache += taken * chunk_bytes[i];
    }
    uint64_t fresh_rounds = count - fill_free_chunks(heap, count, chunk_bytes, n_chunks, lasts);
    uint64_t fresh_bytes = fresh_rounds * round_bytes;
    fresh_bytes -= from_cache < fresh_bytes ? from_cache : fresh_bytes;
    if (!lasts) /* the cached ones: a few bytes off */
        note_run(heap, heap->top, round_bytes, fresh_rounds);

    /* glibc extends the heap a little over ML_HEAP_TOP_PAD at a time; far ahead, go there in one
     * stride. */
    uint64_t stride = ML_HEAP_TOP_PAD + heap->page_bytes;
    if (fresh_bytes > 2 * stride) {
        uint64_t jump = (fresh_bytes / stride - 1) * stride / 16 * 16;
        heap->end += ml_pages(jump, heap->page_bytes);
        ml_heap_take_top(heap, jump);
        fresh_bytes -= jump;
    }
    for (uint64_t step = round_bytes; fresh_bytes > 0; fresh_bytes -= step) {
        step = step < fresh_bytes ? step : fresh_bytes;
        ml_heap_take_top(heap, step);
    }
}

static void
place_aligned(MlHeap *heap, uint64_t chunk_bytes, uint64_t alignment)
{
    MlHeapChunk chunk;
    ml_heap_alloc_uncached(
        heap, ml_heap_chunk_bytes(chunk_bytes + alignment + ML_HEAP_MIN_CHUNK), &chunk);
    uint64_t start = ml_round_up(chunk.start, alignment);
    if (start > chunk.start && start - chunk.start < ML_HEAP_MIN_CHUNK)
        start += alignment;
    MlHeapChunk before = { chunk.start, start - chunk.start };
    MlHeapChunk behind = { start + chunk_bytes, chunk.bytes - before.bytes - chunk_bytes };
    if (before.bytes > 0)
        ml_heap_free(heap, before);
    if (behind.bytes >= ML_HEAP_MIN_CHUNK)
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

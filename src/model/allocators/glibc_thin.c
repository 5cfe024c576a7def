/* A heap of which most nodes were freed: holes between those that stay. */
#include "model/allocators/glibc_heap.h"
#include "model/allocators/thinning.h"

/* Frees @count rounds of a run from round @from on.  Those that go into the thread's cache stay
 * chunks.  @cached: (inout): how many more it takes */
static void
free_rounds(MlHeap *heap, const MlHeapRun *run, uint64_t from, uint64_t count, uint64_t *cached)
{
    uint64_t skipped = *cached < count ? *cached : count;
    *cached -= skipped;
    from += skipped;
    count -= skipped;
    if (count > 0)
        ml_heap_give_back(heap,
            (MlHeapChunk){
                .start = run->start + (from - run->first_round) * run->round_bytes,
                .bytes = count * run->round_bytes,
            });
}

/* Whole pages in @count equal holes, a chunk that stays between any two.  Where a hole lies in its
 * first page comes again after a cycle. */
static uint64_t
pages_in_holes(MlHeapChunk first, uint64_t period, uint64_t count, uint64_t page_bytes)
{
    uint64_t cycle = ml_thin_cycle(period, page_bytes);
    uint64_t bytes = 0;
    for (uint64_t i = 0; i < cycle && i < count; i++) {
        MlHeapChunk hole = { .start = first.start + i * period, .bytes = first.bytes };
        bytes += ml_heap_hole_bytes(hole, page_bytes) * ((count - i - 1) / cycle + 1);
    }
    return bytes;
}

/* The holes at a run's ends may join what is free beside it; those within are all alike. */
static void
thin_run(MlHeap *heap, const MlHeapRun *run, uint64_t every, uint64_t *cached)
{
    uint64_t end = run->first_round + run->count;
    uint64_t first_stays = (run->first_round + every - 1) / every * every;
    if (first_stays >= end) {
        free_rounds(heap, run, run->first_round, run->count, cached);
        return;
    }
    free_rounds(heap, run, run->first_round, first_stays - run->first_round, cached);
    while (*cached > 0 && first_stays + every < end) {
        free_rounds(heap, run, first_stays + 1, every - 1, cached);
        first_stays += every;
    }
    uint64_t holes = (end - 1 - first_stays) / every; /* with a chunk that stays behind each */
    MlHeapChunk hole = {
        .start = run->start + (first_stays + 1 - run->first_round) * run->round_bytes,
        .bytes = (every - 1) * run->round_bytes,
    };
    heap->hole_bytes += pages_in_holes(hole, every * run->round_bytes, holes, heap->page_bytes);
    uint64_t last_stays = first_stays + holes * every;
    free_rounds(heap, run, last_stays + 1, end - 1 - last_stays, cached);
}

void
ml_heap_thin(MlHeap *heap, uint64_t every, uint64_t cached)
{
    for (uint32_t i = 0; i < heap->n_runs; i++)
        thin_run(heap, &heap->runs[i], every, &cached);
}

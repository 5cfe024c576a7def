#include "core/walk_heap.h"

/* Samples the blocks noted, in place of those that came first and last in the heap. */
static void
sample_noted(
    MlWalkSink *sink, uint32_t part, const MlWalkHeap *heap, uint64_t request_bytes, uint64_t n)
{
    MlWalkRecent block = { .request_bytes = request_bytes, .used = 1 };
    for (uint32_t i = 0; i < ML_WALK_HEAD; i++) {
        block.address = heap->head[i];
        ml_walk_take_sample(sink, part, &block, i);
    }
    for (uint32_t i = 0; i < ML_WALK_TAIL; i++) {
        block.address = heap->tail[i];
        sink->recent[part][(n - ML_WALK_TAIL + i) % ML_WALK_TAIL] = block;
    }
}

/* Whether chunks of glibc's are laid out as @run says.  Each says how long it is, and so where the
 * next begins; they are looked at in several places at once, as memory then answers faster. */
static bool
chunks_are_alike(const MlBlockRun *run)
{
    enum { PLACES = 4 };
    uint64_t step = ml_run_step(run);
    uint64_t apart = run->n / PLACES * step;
    uint64_t rest = run->address + PLACES * apart;
    uint64_t others = 0;
    for (uint64_t at = run->address; at < run->address + apart; at += step)
        for (uint64_t place = at; place < at + PLACES * apart; place += apart) {
            __builtin_prefetch((const void *)(place + ML_WALK_AHEAD));
            others += ml_chunk_extent((const void *)place).usable != run->extent.usable;
        }
    for (uint64_t at = rest; at < run->address + run->n * step; at += step)
        others += ml_chunk_extent((const void *)at).usable != run->extent.usable;
    return others == 0;
}

bool
ml_walk_heap(
    MlWalkSink *sink, uint32_t part, const MlWalkHeap *heap, uint64_t request_bytes, uint64_t n)
{
    enum { FEW = 4096 };
    if (!sink->has_chunks || n < FEW || heap->lowest == NULL)
        return false;
    MlBlockRun run = {
        .part = part,
        .address = (uintptr_t)heap->lowest,
        .n = n,
        .request_bytes = request_bytes,
        .used = 1,
        .extent = ml_chunk_extent(heap->lowest),
    };
    if ((uintptr_t)heap->highest - run.address != (n - 1) * ml_run_step(&run) ||
        !chunks_are_alike(&run))
        return false;
    ml_walk_end_run(sink);
    uint32_t n_samples = sink->n_samples;
    ml_walk_begin_run(sink, run);
    ml_walk_end_run(sink);
    if (heap->head[0] != NULL) {
        sink->n_samples = n_samples;
        sample_noted(sink, part, heap, request_bytes, n);
    }
    return true;
}

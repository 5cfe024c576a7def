/* glibc malloc: an 8 B size field before each block, steps of 16, at least 32 B; from 128 KiB on a
 * block is mapped by itself, 16 B in front and rounded up to pages.
 *
 * Holds for glibc 2.26 (the thread cache) and later, with M_MMAP_THRESHOLD and M_TRIM_THRESHOLD
 * pinned at their defaults, as the probe does.  Source: glibc 2.36, malloc/malloc.c. */
#include "model/allocator.h"

#include <string.h>

#include "core/arithmetic.h"
#include "model/allocators/glibc_heap.h"

enum {
    FIELD = 8,
    MAPPED_FIELD = 16,
};

/* A block that has a name in the plan. */
typedef struct {
    bool live;
    bool mapped;
    MlHeapChunk chunk; /* in the heap */
    uint64_t mapped_bytes;
    uint64_t request_bytes;
    uint64_t touched_bytes;
    uint64_t fresh_from; /* heap offset from which nothing was written when it was placed */
} Block;

typedef struct {
    uint64_t page_bytes;
    MlHeap heap;
    Block blocks[ML_PLAN_MAX_BLOCKS];
    uint32_t n_blocks;
    uint64_t peak_bytes;
} Replay;

static uint64_t
mapped_bytes(uint64_t request_bytes, uint64_t page_bytes)
{
    return ml_pages(ml_heap_chunk_bytes(request_bytes) + FIELD, page_bytes);
}

static uint64_t
mapped_resident(const Block *block, uint64_t page_bytes)
{
    return ml_pages(MAPPED_FIELD + block->touched_bytes, page_bytes);
}

static void
place(Replay *replay, Block *block, uint64_t request_bytes, bool may_be_cached)
{
    uint64_t was_touched = replay->heap.touched;
    uint64_t chunk_bytes = ml_heap_chunk_bytes(request_bytes);
    block->live = true;
    block->request_bytes = request_bytes;
    block->mapped = !(may_be_cached ? ml_heap_alloc : ml_heap_alloc_uncached)(
        &replay->heap, chunk_bytes, &block->chunk);
    if (block->mapped)
        block->mapped_bytes = mapped_bytes(request_bytes, replay->page_bytes);
    else
        block->fresh_from = was_touched;
}

static void
release(Replay *replay, Block *block)
{
    if (!block->mapped)
        ml_heap_free(&replay->heap, block->chunk);
    block->live = false;
}

/* realloc: a mapping is resized where it is, and a heap chunk made shorter; one that grows does so
 * into what is free behind it, else it moves. */
static void
resize(Replay *replay, Block *block, uint64_t request_bytes)
{
    block->touched_bytes = ml_least(block->touched_bytes, request_bytes);
    if (block->mapped) {
        block->request_bytes = request_bytes;
        block->mapped_bytes = mapped_bytes(request_bytes, replay->page_bytes);
    } else if (ml_heap_resize(&replay->heap, &block->chunk, ml_heap_chunk_bytes(request_bytes))) {
        bool is_at_top = block->chunk.start + block->chunk.bytes == replay->heap.top;
        if (!is_at_top) /* what was free has been written before */
            block->fresh_from = replay->heap.touched;
        block->request_bytes = request_bytes;
    } else {
        Block old = *block;
        place(replay, block, request_bytes, false);
        release(replay, &old);
    }
}

static void
repeat(Replay *replay, const MlStep *step, MlCost *cost)
{
    uint64_t chunks[ML_PLAN_MAX_ROUND];
    for (uint32_t i = 0; i < step->n_requests; i++) {
        const MlRequest *request = &step->round[i];
        MlPartCost *part = &cost->part[request->part];
        chunks[i] = ml_heap_chunk_bytes(request->request_bytes);
        part->blocks += step->stays;
        part->requested += step->stays * request->request_bytes;
        part->usable += step->stays * (chunks[i] - FIELD);
        part->field += step->stays * FIELD;
    }
    if (step->round[0].alignment > 0)
        ml_heap_repeat_aligned(&replay->heap, step->count, chunks[0], step->round[0].alignment);
    else
        ml_heap_repeat(&replay->heap, step->count, chunks, step->n_requests, step->lasts);
}

/* Rounds whose chunks go into the thread's cache when they are freed. */
static uint64_t
cached_rounds(const MlHeap *heap, const MlStep *step)
{
    uint64_t rounds = 0;
    for (uint32_t i = 0; i < step->n_requests; i++) {
        uint64_t chunk = ml_heap_chunk_bytes(step->round[i].request_bytes);
        uint32_t alike = 0;
        for (uint32_t k = 0; k < step->n_requests; k++)
            alike += ml_heap_chunk_bytes(step->round[k].request_bytes) == chunk;
        uint64_t fit = ml_heap_cache_room(heap, chunk) / alike;
        rounds = rounds > fit ? rounds : fit;
    }
    return rounds;
}

/* Whole pages of a heap block that nobody has written: after what it filled, before its end. */
static uint64_t
heap_absent(const Block *block, uint64_t page_bytes)
{
    uint64_t filled = block->chunk.start + block->touched_bytes;
    uint64_t from = ml_pages(filled > block->fresh_from ? filled : block->fresh_from, page_bytes);
    uint64_t to = (block->chunk.start + block->chunk.bytes - 2 * FIELD) / page_bytes * page_bytes;
    return to > from ? to - from : 0;
}

static void
note_peak(Replay *replay)
{
    uint64_t bytes = ml_pages(replay->heap.touched, replay->page_bytes);
    for (uint32_t i = 0; i < replay->n_blocks; i++) {
        const Block *block = &replay->blocks[i];
        if (block->live && block->mapped)
            bytes += mapped_resident(block, replay->page_bytes);
        else if (block->live)
            bytes -= heap_absent(block, replay->page_bytes);
    }
    if (replay->peak_bytes < bytes)
        replay->peak_bytes = bytes;
}

static void
run_step(Replay *replay, const MlStep *step, MlCost *cost)
{
    Block *block = &replay->blocks[step->block];
    switch (step->kind) {
    case ML_STEP_ALLOC:
        replay->n_blocks = step->block + 1;
        place(replay, block, step->bytes, !step->zeroed);
        break;
    case ML_STEP_REALLOC:
        resize(replay, block, step->bytes);
        break;
    case ML_STEP_FREE:
        release(replay, block);
        break;
    case ML_STEP_TOUCH:
        block->touched_bytes = step->bytes;
        break;
    case ML_STEP_REPEAT:
        repeat(replay, step, cost);
        break;
    case ML_STEP_THIN:
        ml_heap_thin(&replay->heap, step->every, cached_rounds(&replay->heap, step));
        break;
    case ML_STEP_THIN_ON:
        break;
    }
    note_peak(replay);
}

static void
count_block(const Replay *replay, const Block *block, MlPartCost *part, MlCost *cost)
{
    part->blocks++;
    part->requested += block->request_bytes;
    if (block->mapped) {
        uint64_t resident = mapped_resident(block, replay->page_bytes);
        uint64_t absent = block->mapped_bytes - resident;
        uint64_t rounding = block->mapped_bytes - MAPPED_FIELD - block->request_bytes;
        part->field += MAPPED_FIELD;
        part->usable += block->mapped_bytes - MAPPED_FIELD;
        part->absent_rounding += absent < rounding ? absent : rounding;
        part->absent += absent < rounding ? 0 : absent - rounding;
        cost->resident += resident;
        cost->reserved += block->mapped_bytes;
    } else {
        uint64_t absent = heap_absent(block, replay->page_bytes);
        part->field += FIELD;
        part->usable += block->chunk.bytes - FIELD;
        part->absent += absent;
        cost->resident -= absent;
    }
}

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    Replay replay = { .page_bytes = page_bytes };
    MlCost *cost = ret_cost;
    ml_heap_init(&replay.heap, page_bytes);
    replay.heap.is_uncached = plan->is_uncached;
    for (uint32_t i = 0; i < plan->n_steps; i++)
        run_step(&replay, &plan->steps[i], cost);

    cost->resident = ml_heap_trim(&replay.heap);
    uint64_t heap_bytes = plan->n_steps > 0 ? ml_pages(replay.heap.top, page_bytes) : 0;
    /* Beyond the last chunk a page may be resident still: that of the free chunk's own header. */
    cost->reserved = heap_bytes > cost->resident ? heap_bytes : cost->resident;
    for (uint32_t i = 0; i < plan->n_blocks; i++) {
        MlPartCost *part = &cost->part[plan->blocks[i].part];
        if (replay.blocks[i].live) {
            count_block(&replay, &replay.blocks[i], part, cost);
        }
    }
    cost->stock = cost->resident;
    for (uint32_t i = 0; i < plan->n_parts; i++) {
        const MlPartCost *part = &cost->part[i];
        cost->stock -= part->usable + part->field - part->absent - part->absent_rounding;
    }
    cost->peak = replay.peak_bytes > cost->resident ? replay.peak_bytes : cost->resident;
}

const MlAllocator ml_allocator_glibc = {
    .name = "glibc",
    .summary =
        "an 8 B size field before each block, steps of 16 B; large blocks mapped by themselves",
    .run = { .probe = "memlab-probe" },
    .field_bytes = FIELD,
    .taken = ml_heap_chunk_bytes,
    .replay = replay_plan,
};

/* Many blocks without a name: made in rounds, and perhaps freed again but for each so-many-th. */
#include "core/arithmetic.h"
#include "model/allocators/class_heap_private.h"

static MlClassBlock
one_of_many(MlClassHeap *heap, const MlRequest *request)
{
    const MlSizeClasses *classes = heap->classes;
    uint64_t ask_bytes = request->request_bytes;
    if (request->alignment > 0 && classes->aligned != NULL)
        ask_bytes = classes->aligned(ask_bytes, request->alignment);
    MlClassBlock block = {
        .small = ask_bytes <= classes->small_max,
        .request_bytes = request->request_bytes,
        .usable_bytes = classes->usable(ask_bytes),
        .touched_bytes = request->request_bytes,
    };
    if (block.small)
        block.class = ml_class_heap_class(heap, block.usable_bytes);
    return block;
}

static void
add_large(MlClassHeap *heap, const MlClassBlock *block, const MlStep *step)
{
    uint64_t passing = step->count - step->stays;
    heap->unnamed_large += step->count;
    heap->unnamed_bytes += step->count * ml_class_heap_large_resident(heap, block);
    heap->unnamed_usable += step->count * block->usable_bytes;
    heap->passing_large += passing;
    heap->passing_bytes += passing * ml_class_heap_large_resident(heap, block);
    heap->passing_usable += passing * block->usable_bytes;
}

/* @width: blocks of this class in each round */
static void
add_small(MlClassHeap *heap, const MlClassBlock *block, const MlStep *step, uint32_t width)
{
    MlSlabClass *class = block->class;
    uint64_t count = step->count;
    uint64_t slabs = class->begun;
    ml_thread_cache_pass(&heap->cache, class, count * width, 0);
    ml_slabs_alloc(class, count * width);
    ml_class_heap_begin_slabs(heap, class, class->begun - slabs);
    ml_class_heap_reach_slabs(heap, (class->begun - slabs) * class->slab.bytes);
    MlPieces *pieces = ml_class_heap_pieces(heap, block->request_bytes);
    if (pieces != NULL)
        ml_pieces_fill(pieces, (class->begun - slabs) * class->slab.bytes);
    if (step->lasts)
        return;
    uint64_t end = ml_slabs_handed_out(class);
    ml_thin_note(&heap->runs,
        (MlThinRun){
            .owner = class,
            .start = end - ml_least(end, count * width),
            .first_round = heap->n_rounds,
            .count = count,
            .width = width,
        });
}

void
ml_class_heap_repeat(
    MlClassHeap *heap, const MlStep *step, MlClassBlock ret_blocks[ML_PLAN_MAX_ROUND])
{
    uint32_t width[ML_PLAN_MAX_ROUND] = { 0 }; /* at the first of those of a class */
    for (uint32_t i = 0; i < step->n_requests; i++) {
        ret_blocks[i] = one_of_many(heap, &step->round[i]);
        uint32_t k = 0;
        while (ret_blocks[k].class != ret_blocks[i].class)
            k++;
        width[k]++;
    }
    for (uint32_t i = 0; i < step->n_requests; i++)
        if (!ret_blocks[i].small)
            add_large(heap, &ret_blocks[i], step);
        else if (width[i] > 0)
            add_small(heap, &ret_blocks[i], step, width[i]);
    heap->n_rounds += step->lasts ? 0 : step->count;
}

/* Of the rounds before number @round: those that go. */
static uint64_t
going_before(uint64_t round, uint64_t every)
{
    return round - (round + every - 1) / every;
}

void
ml_class_heap_thin_on(MlClassHeap *heap, uint64_t count)
{
    uint64_t end = heap->n_gone + count;
    for (uint32_t i = 0; i < heap->runs.n_runs; i++) {
        const MlThinRun *run = &heap->runs.runs[i];
        MlSlabClass *class = &heap->used[(const MlSlabClass *)run->owner - heap->used];
        uint64_t first = going_before(run->first_round, heap->every);
        uint64_t last = going_before(run->first_round + run->count, heap->every);
        uint64_t from = ml_most(first, heap->n_gone);
        uint64_t to = ml_least(last, end);
        if (from < to)
            ml_thread_cache_pass(&heap->cache, class, 0, (to - from) * run->width);
    }
    heap->n_gone = end;
}

void
ml_class_heap_thin(MlClassHeap *heap, uint64_t every, uint64_t count)
{
    heap->every = every;
    heap->unnamed_large -= heap->passing_large;
    heap->unnamed_bytes -= heap->passing_bytes;
    heap->unnamed_usable -= heap->passing_usable;
    for (uint32_t i = 0; i < heap->runs.n_runs; i++) {
        const MlThinRun *run = &heap->runs.runs[i];
        MlSlabClass *class = &heap->used[(const MlSlabClass *)run->owner - heap->used];
        MlThinned thinned = ml_thin_emptied(run, every, class->slab.places);
        if (heap->classes->cache_batch != NULL) {
            uint64_t batch = heap->classes->cache_batch(class->usable_bytes);
            uint64_t waiting = heap->classes->cache_waiting * batch / class->slab.places;
            thinned.slabs -= ml_least(thinned.slabs, waiting);
        }
        bool is_at_end = run->start + run->count * run->width == ml_slabs_handed_out(class);
        ml_slabs_empty(class, thinned.slabs, thinned.last && is_at_end);
        heap->gone.slabs += thinned.slabs;
        heap->gone.slab_bytes += thinned.slabs * class->slab.bytes;
    }
    ml_class_heap_thin_on(heap, count);
}

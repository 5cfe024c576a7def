#include "model/allocators/class_heap.h"

#include <assert.h>
#include <string.h>

#include "core/arithmetic.h"
#include "model/allocators/class_heap_private.h"

void
ml_class_heap_init(
    MlClassHeap *heap, const MlSizeClasses *classes, uint64_t once_bytes, uint64_t page_bytes)
{
    *heap = (MlClassHeap){
        .classes = classes,
        .page_bytes = page_bytes,
        .once_bytes = once_bytes,
    };
    memcpy(heap->pieces, classes->pieces, sizeof heap->pieces);
    ml_thread_cache_init(&heap->cache, classes->cache_batch, classes->cache_step);
}

MlSlabClass *
ml_class_heap_class(MlClassHeap *heap, uint64_t usable_bytes)
{
    uint32_t i = 0;
    while (i < heap->n_used && heap->used[i].usable_bytes != usable_bytes)
        i++;
    if (i == heap->n_used) {
        assert(i < ML_MAX_SLAB_CLASSES);
        ml_slabs_init(&heap->used[i], usable_bytes, heap->classes->slab(usable_bytes));
        heap->n_used++;
    }
    return &heap->used[i];
}

MlPieces *
ml_class_heap_pieces(MlClassHeap *heap, uint64_t request_bytes)
{
    MlPieces *pieces = &heap->pieces[request_bytes >= heap->classes->second_from_bytes];
    return pieces->round != NULL ? pieces : NULL;
}

static uint64_t
run_bytes(const MlClassHeap *heap, uint64_t usable_bytes)
{
    const MlSizeClasses *classes = heap->classes;
    return classes->large_lead_bytes + classes->large_field_bytes + usable_bytes +
           classes->large_pad_bytes;
}

void
ml_class_heap_begin_slabs(MlClassHeap *heap, const MlSlabClass *class, uint64_t slabs)
{
    for (uint32_t i = 0; i < heap->n_used && slabs > 0; i++)
        if (&heap->used[i] != class)
            ml_slabs_others_begun(&heap->used[i], slabs);
}

void
ml_class_heap_reach_slabs(MlClassHeap *heap, uint64_t bytes)
{
    uint64_t again = ml_least(heap->free_run_bytes, bytes);
    heap->free_run_bytes -= again;
    heap->reach.slab_reach_bytes += bytes - again;
}

/* A run comes from freed ones only where it fits as a whole. */
static void
reach_run(MlClassHeap *heap, uint64_t bytes)
{
    if (bytes <= heap->free_run_bytes) {
        heap->free_run_bytes -= bytes;
    } else {
        heap->reach.run_reach_bytes += bytes;
        heap->reach.run_reaches++;
    }
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void
place(MlClassHeap *heap, MlClassBlock *block, uint64_t request_bytes)
{
    *block = (MlClassBlock){
        .live = true,
        .small = request_bytes <= heap->classes->small_max,
        .request_bytes = request_bytes,
        .usable_bytes = heap->classes->usable(request_bytes),
    };
    MlPieces *pieces = ml_class_heap_pieces(heap, request_bytes);
    if (!block->small) {
        reach_run(heap, run_bytes(heap, block->usable_bytes));
        if (pieces != NULL)
            ml_pieces_cut(pieces, block, run_bytes(heap, block->usable_bytes));
        return;
    }
    block->class = ml_class_heap_class(heap, block->usable_bytes);
    if (ml_thread_cache_take(&heap->cache, block->class, &block->slab, &block->start))
        return;
    uint64_t slabs = block->class->begun;
    block->slab = ml_slabs_alloc(block->class, 1);
    ml_class_heap_begin_slabs(heap, block->class, block->slab - slabs);
    if (pieces != NULL && block->slab != slabs)
        ml_pieces_fill(pieces, block->class->slab.bytes);
    block->start = ml_slabs_reached(block->class) - block->usable_bytes;
}

static void
release(MlClassHeap *heap, MlClassBlock *block)
{
    if (block->small)
        ml_thread_cache_give(&heap->cache, block->class, block->slab, block->start);
    else
        heap->free_run_bytes += run_bytes(heap, block->usable_bytes);
    block->live = false;
}

/* From the slab's or the run's first byte to the block. */
static uint64_t
offset(const MlClassHeap *heap, const MlClassBlock *block)
{
    const MlSizeClasses *classes = heap->classes;
    return block->small ? block->start : classes->large_lead_bytes + classes->large_field_bytes;
}

/* Of what the block can hold: on pages that nobody has touched. */
uint64_t
ml_class_heap_absent(const MlClassHeap *heap, const MlClassBlock *block)
{
    uint64_t start = offset(heap, block);
    uint64_t from = ml_round_up(start + block->touched_bytes, heap->page_bytes);
    uint64_t end = start + block->usable_bytes;
    if (block->small)
        end = end / heap->page_bytes * heap->page_bytes; /* behind it lies another */
    return end > from ? end - ml_least(from, end) : 0;
}

uint64_t
ml_class_heap_large_resident(const MlClassHeap *heap, const MlClassBlock *block)
{
    bool written = heap->classes->large_field_bytes + block->touched_bytes > 0;
    return written ? ml_round_up(offset(heap, block) + block->touched_bytes, heap->page_bytes) : 0;
}

/* --- the whole -------------------------------------------------------------------------------- */

/* It goes on in a page that has been begun, nobody knows how far: half of it is free on average. */
static uint64_t
metadata(const MlClassHeap *heap, MlHeapTotals totals)
{
    totals.slabs += heap->gone.slabs;
    totals.slab_bytes += heap->gone.slab_bytes;
    uint64_t bytes = heap->classes->metadata != NULL ? heap->classes->metadata(&totals) : 0;
    return (bytes + heap->once_bytes + heap->page_bytes / 2) / heap->page_bytes * heap->page_bytes;
}

static MlHeapTotals
count_heap(const MlClassHeap *heap)
{
    MlHeapTotals totals = heap->reach;
    totals.page_bytes = heap->page_bytes;
    totals.large_blocks = heap->unnamed_large;
    totals.large_bytes = heap->unnamed_usable;
    for (uint32_t i = 0; i < heap->n_used; i++) {
        uint64_t slabs = ml_slabs_live(&heap->used[i]);
        totals.slabs += slabs;
        totals.slab_bytes += slabs * heap->used[i].slab.bytes;
    }
    for (uint32_t i = 0; i < heap->n_blocks; i++) {
        if (!heap->blocks[i].live || heap->blocks[i].small)
            continue;
        totals.large_blocks++;
        totals.large_bytes += heap->blocks[i].usable_bytes;
    }
    return totals;
}

/* Slabs and page runs with a live block, and the accounts of them. */
uint64_t
ml_class_heap_resident(const MlClassHeap *heap)
{
    MlHeapTotals totals = count_heap(heap);
    uint64_t bytes = heap->unnamed_bytes + metadata(heap, totals);
    for (uint32_t i = 0; i < heap->n_used; i++)
        bytes += ml_slabs_resident(&heap->used[i], heap->page_bytes);
    for (uint32_t i = 0; i < heap->n_blocks; i++) {
        const MlClassBlock *block = &heap->blocks[i];
        if (block->live && block->small)
            bytes -= ml_class_heap_absent(heap, block);
        else if (block->live)
            bytes += ml_class_heap_large_resident(heap, block);
    }
    return bytes;
}

/* Address space that slabs have and do not use. */
uint64_t
ml_class_heap_spare(const MlClassHeap *heap)
{
    uint64_t slab_bytes = count_heap(heap).slab_bytes;
    uint64_t piece_bytes = heap->classes->piece_bytes;
    return piece_bytes > 0 ? ml_round_up(slab_bytes, piece_bytes) - slab_bytes : 0;
}

void
ml_class_heap_note_peak(MlClassHeap *heap)
{
    heap->peak_bytes = ml_most(heap->peak_bytes, ml_class_heap_resident(heap));
}

/* --- requests --------------------------------------------------------------------------------- */

void
ml_class_heap_alloc(MlClassHeap *heap, uint32_t block, uint64_t request_bytes)
{
    heap->n_blocks = block + 1;
    place(heap, &heap->blocks[block], request_bytes);
}

void
ml_class_heap_free(MlClassHeap *heap, uint32_t block)
{
    release(heap, &heap->blocks[block]);
}

static bool
stays(MlClassHeap *heap, const MlClassBlock *block, uint64_t request_bytes)
{
    const MlSizeClasses *classes = heap->classes;
    uint64_t usable_bytes = classes->usable(request_bytes);
    if (classes->keeps_half && request_bytes <= block->usable_bytes &&
        request_bytes >= block->usable_bytes / 2)
        return true;
    if ((request_bytes <= classes->small_max) != block->small)
        return false;
    if (block->request_bytes <= request_bytes && request_bytes <= block->usable_bytes)
        return true;
    if (usable_bytes == block->usable_bytes || (!block->small && classes->large_stays))
        return true;
    MlPieces *pieces = ml_class_heap_pieces(heap, block->request_bytes);
    if (block->small || pieces == NULL)
        return false;
    return usable_bytes < block->usable_bytes ||
           ml_pieces_extend(pieces, block, usable_bytes - block->usable_bytes);
}

/* What moves is there twice while it is copied. */
static void
move(MlClassHeap *heap, MlClassBlock *block, uint64_t request_bytes)
{
    MlClassBlock old = *block;
    const MlSizeClasses *classes = heap->classes;
    uint64_t ask_bytes = request_bytes;
    if (classes->grown != NULL)
        ask_bytes = classes->grown(old.usable_bytes, request_bytes);
    place(heap, block, ask_bytes);
    block->request_bytes = request_bytes;
    block->touched_bytes = ml_least(old.usable_bytes, block->usable_bytes);
    uint64_t both =
        ml_class_heap_resident(heap) + (old.small ? 0 : ml_class_heap_large_resident(heap, &old));
    heap->peak_bytes = ml_most(heap->peak_bytes, both);
    release(heap, &old);
}

void
ml_class_heap_realloc(MlClassHeap *heap, uint32_t number, uint64_t request_bytes)
{
    MlClassBlock *block = &heap->blocks[number];
    if (!stays(heap, block, request_bytes)) {
        move(heap, block, request_bytes);
        return;
    }
    uint64_t usable_bytes = heap->classes->usable(request_bytes);
    bool is_cut = !block->small && ml_class_heap_pieces(heap, block->request_bytes) != NULL;
    block->usable_bytes = is_cut ? usable_bytes : ml_most(block->usable_bytes, usable_bytes);
    block->touched_bytes = ml_least(block->touched_bytes, block->usable_bytes);
    block->request_bytes = request_bytes;
}

void
ml_class_heap_zeroed(MlClassHeap *heap, uint32_t number)
{
    MlClassBlock *block = &heap->blocks[number];
    if (heap->classes->zeroes_all)
        block->touched_bytes = block->usable_bytes;
}

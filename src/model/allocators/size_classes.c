#include "model/allocators/size_classes.h"

#include "core/arithmetic.h"

static void
count_blocks(const MlClassHeap *heap, const MlClassBlock *block, uint64_t count, MlPartCost *part)
{
    uint64_t missing = ml_class_heap_absent(heap, block);
    uint64_t rounding = block->usable_bytes - block->request_bytes;
    part->blocks += count;
    part->requested += count * block->request_bytes;
    part->usable += count * block->usable_bytes;
    part->field += block->small ? 0 : count * heap->classes->large_field_bytes;
    part->absent_rounding += count * ml_least(missing, rounding);
    part->absent += count * (missing - ml_least(missing, rounding));
}

static void
repeat(MlClassHeap *heap, const MlStep *step, MlCost *cost)
{
    MlClassBlock blocks[ML_PLAN_MAX_ROUND];
    ml_class_heap_repeat(heap, step, blocks);
    for (uint32_t i = 0; i < step->n_requests; i++)
        count_blocks(heap, &blocks[i], step->stays, &cost->part[step->round[i].part]);
}

static void
run_step(MlClassHeap *heap, const MlStep *step, MlCost *cost)
{
    MlClassBlock *block = &heap->blocks[step->block];
    switch (step->kind) {
    case ML_STEP_ALLOC:
        ml_class_heap_alloc(heap, step->block, step->bytes);
        if (step->zeroed)
            ml_class_heap_zeroed(heap, step->block);
        break;
    case ML_STEP_REALLOC:
        ml_class_heap_realloc(heap, step->block, step->bytes);
        break;
    case ML_STEP_FREE:
        ml_class_heap_free(heap, step->block);
        break;
    case ML_STEP_TOUCH:
        block->touched_bytes = ml_most(block->touched_bytes, step->bytes);
        break;
    case ML_STEP_REPEAT:
        repeat(heap, step, cost);
        break;
    case ML_STEP_THIN:
        ml_class_heap_thin(heap, step->every, step->count);
        break;
    case ML_STEP_THIN_ON:
        ml_class_heap_thin_on(heap, step->count);
        break;
    }
    ml_class_heap_note_peak(heap);
}

void
ml_size_classes_replay(const MlSizeClasses *classes,
    const MlPlan *plan,
    uint64_t once_bytes,
    uint64_t page_bytes,
    MlCost *ret_cost)
{
    MlCost *cost = ret_cost;
    MlClassHeap heap;
    ml_class_heap_init(&heap, classes, once_bytes, page_bytes);
    for (uint32_t i = 0; i < plan->n_steps; i++)
        run_step(&heap, &plan->steps[i], cost);
    for (uint32_t i = 0; i < plan->n_blocks; i++) {
        MlPartCost *part = &cost->part[plan->blocks[i].part];
        if (!heap.blocks[i].live)
            continue;
        count_blocks(&heap, &heap.blocks[i], 1, part);
    }
    cost->resident = cost->stock = ml_class_heap_resident(&heap);
    for (uint32_t i = 0; i < plan->n_parts; i++) {
        const MlPartCost *part = &cost->part[i];
        uint64_t missing = part->absent + part->absent_rounding;
        cost->stock -= part->usable + part->field - missing;
        cost->reserved += missing;
    }
    cost->reserved += cost->resident + ml_class_heap_spare(&heap);
    cost->peak = ml_most(heap.peak_bytes, cost->resident);
}

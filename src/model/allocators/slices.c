#include "model/allocators/slices.h"

#include <string.h>

#include "core/slices.h"

enum {
    LEFT_TO_MALLOC = 16, /* of a slab */
    N_CLASSES = ML_SLICE_MOST / ML_SLICE_STEP + 1,
};

typedef struct {
    MlPlan plan; /* what malloc is asked for */
    uint32_t slab_part;
    uint64_t loaded[N_CLASSES];      /* blocks in the magazine of a class */
    uint64_t free_blocks[N_CLASSES]; /* in its last slab */
    bool sliced_blocks[ML_PLAN_MAX_BLOCKS];
} Layer;

/* Returns: slabs that @count more blocks of a class need. */
static uint64_t
take_blocks(Layer *layer, uint64_t count, uint64_t block)
{
    uint64_t *loaded = &layer->loaded[block / ML_SLICE_STEP];
    uint64_t *free_blocks = &layer->free_blocks[block / ML_SLICE_STEP];
    uint64_t from_magazine = ml_least(count, *loaded);
    uint64_t load = ml_round_up(count - from_magazine, ml_magazine_blocks(block));
    uint64_t from_slab = ml_least(load, *free_blocks);
    uint64_t per_slab = ml_slab_blocks(block);
    uint64_t n_slabs = (load - from_slab + per_slab - 1) / per_slab;
    *loaded += load - count;
    *free_blocks += n_slabs * per_slab - load;
    return n_slabs;
}

static void
add_slabs(Layer *layer, uint64_t count, uint64_t request_bytes)
{
    uint64_t block = ml_slice_block(request_bytes);
    uint64_t slab = ml_slab_bytes(block);
    MlRequest request = {
        .part = layer->slab_part,
        .request_bytes = slab - LEFT_TO_MALLOC,
        .alignment = slab,
    };
    ml_plan_repeat_lasting(&layer->plan, take_blocks(layer, count, block), 1, &request);
}

static void
repeat(Layer *layer, const MlPlan *plan, const MlStep *step)
{
    MlRequest round[ML_PLAN_MAX_ROUND];
    uint32_t n = 0;
    for (uint32_t i = 0; i < step->n_requests; i++) {
        const MlRequest *request = &step->round[i];
        if (ml_part_is_sliced(&plan->parts[request->part], request->request_bytes))
            add_slabs(layer, step->count, request->request_bytes);
        else
            round[n++] = *request;
    }
    if (n > 0)
        ml_plan_repeat(&layer->plan, step->count, n, round);
}

static void
run_step(Layer *layer, const MlPlan *plan, const MlStep *step)
{
    if (step->kind == ML_STEP_REPEAT) {
        repeat(layer, plan, step);
        return;
    }
    if (step->kind == ML_STEP_THIN) { /* freed slices wait to be used again: slabs stay */
        ml_plan_thin(&layer->plan, step->every);
        return;
    }
    if (step->kind == ML_STEP_THIN_ON) {
        ml_plan_thin_on(&layer->plan, step->count);
        return;
    }
    if (step->kind == ML_STEP_ALLOC)
        layer->sliced_blocks[step->block] =
            ml_part_is_sliced(&plan->parts[plan->blocks[step->block].part], step->bytes);
    /* A slice that is freed stays with its class; none is ever resized. */
    if (!layer->sliced_blocks[step->block])
        layer->plan.steps[layer->plan.n_steps++] = *step;
    else if (step->kind == ML_STEP_ALLOC)
        add_slabs(layer, 1, step->bytes);
}

static void
add_sliced(const MlPlan *plan, uint32_t part, uint64_t count, uint64_t request_bytes, MlCost *cost)
{
    MlPartCost *of_part = &cost->part[part];
    of_part->blocks += count;
    of_part->requested += count * request_bytes;
    of_part->usable += count * ml_slice_block(request_bytes);
}

/* The slabs' bytes, shared out: to the blocks in them, and the rest to the stock. */
static void
share_out(const Layer *layer, const MlPlan *plan, MlCost *cost)
{
    MlPartCost slabs = cost->part[layer->slab_part];
    memset(&cost->part[layer->slab_part], 0, sizeof slabs);
    cost->stock += slabs.usable + slabs.field;
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        if (step->kind == ML_STEP_ALLOC && layer->sliced_blocks[step->block]) {
            const MlPlanBlock *block = &plan->blocks[step->block];
            add_sliced(plan, block->part, 1, step->bytes, cost);
            cost->stock -= ml_slice_block(step->bytes);
        }
        for (uint32_t k = 0; step->kind == ML_STEP_REPEAT && k < step->n_requests; k++) {
            const MlRequest *request = &step->round[k];
            if (!ml_part_is_sliced(&plan->parts[request->part], request->request_bytes))
                continue;
            add_sliced(plan, request->part, step->stays, request->request_bytes, cost);
            cost->stock -= step->stays * ml_slice_block(request->request_bytes);
        }
    }
}

bool
ml_slices_wanted(const MlPlan *plan)
{
    for (uint32_t i = 0; i < plan->n_parts; i++)
        if (plan->parts[i].sliced)
            return true;
    return false;
}

bool
ml_slices_by_element(const MlPlan *plan)
{
    for (uint32_t i = 0; i < plan->n_steps; i++)
        if (plan->steps[i].kind == ML_STEP_REPEAT &&
            plan->parts[plan->steps[i].round[0].part].sliced)
            return true;
    return false;
}

void
ml_slices_replay(
    const MlPlan *plan, const MlAllocator *allocator, uint64_t page_bytes, MlCost *ret_cost)
{
    Layer layer = { .slab_part = plan->n_parts };
    ml_plan_init(&layer.plan);
    layer.plan.is_uncached = ml_slices_by_element(plan);
    layer.plan.n_parts = plan->n_parts + 1;
    memcpy(layer.plan.parts, plan->parts, plan->n_parts * sizeof *plan->parts);
    ml_part_init(&layer.plan.parts[layer.slab_part], "slab", 1);
    layer.plan.n_blocks = plan->n_blocks;
    memcpy(layer.plan.blocks, plan->blocks, plan->n_blocks * sizeof *plan->blocks);
    for (uint32_t i = 0; i < plan->n_steps; i++)
        run_step(&layer, plan, &plan->steps[i]);
    allocator->replay(&layer.plan, page_bytes, ret_cost);
    share_out(&layer, plan, ret_cost);
}

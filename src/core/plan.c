#include "core/plan.h"

#include <assert.h>
#include <string.h>

void
ml_plan_init(MlPlan *plan)
{
    plan->n_parts = plan->n_steps = plan->n_blocks = 0;
    plan->slots = plan->capacity = 0;
    plan->max_load = 0;
    plan->is_uncached = false;
}

static MlStep *
add_step(MlPlan *plan, MlStepKind kind)
{
    /* Growth is geometric: 2^64 elements would take some 600 steps. */
    assert(plan->n_steps < ML_PLAN_MAX_STEPS);
    MlStep *step = &plan->steps[plan->n_steps++];
    memset(step, 0, sizeof *step);
    step->kind = kind;
    return step;
}

static void
add_block_step(MlPlan *plan, MlStepKind kind, uint32_t block, uint64_t bytes)
{
    MlStep *step = add_step(plan, kind);
    step->block = block;
    step->bytes = bytes;
}

uint32_t
ml_plan_alloc(MlPlan *plan, uint32_t part, uint64_t bytes, uint64_t touched_bytes)
{
    assert(plan->n_blocks < ML_PLAN_MAX_BLOCKS);
    uint32_t block = plan->n_blocks++;
    plan->blocks[block] = (MlPlanBlock){ .part = part };
    add_block_step(plan, ML_STEP_ALLOC, block, bytes);
    if (touched_bytes > 0)
        ml_plan_touch(plan, block, touched_bytes);
    return block;
}

uint32_t
ml_plan_zeroed(MlPlan *plan, uint32_t part, uint64_t bytes, uint64_t touched_bytes)
{
    uint32_t first_step = plan->n_steps;
    uint32_t block = ml_plan_alloc(plan, part, bytes, touched_bytes);
    plan->steps[first_step].zeroed = true;
    return block;
}

void
ml_plan_one(MlPlan *plan, uint32_t part, uint64_t bytes)
{
    ml_plan_use(plan, ml_plan_alloc(plan, part, bytes, bytes), 1);
}

void
ml_plan_realloc(MlPlan *plan, uint32_t block, uint64_t bytes)
{
    add_block_step(plan, ML_STEP_REALLOC, block, bytes);
}

void
ml_plan_free(MlPlan *plan, uint32_t block)
{
    add_block_step(plan, ML_STEP_FREE, block, 0);
}

void
ml_plan_touch(MlPlan *plan, uint32_t block, uint64_t bytes)
{
    add_block_step(plan, ML_STEP_TOUCH, block, bytes);
}

void
ml_plan_reach(MlPlan *plan, uint32_t part, uint64_t bytes)
{
    uint32_t block = plan->n_blocks;
    while (block > 0 && plan->blocks[block - 1].part != part)
        block--;
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        MlStep *step = &plan->steps[i];
        if (step->kind == ML_STEP_TOUCH && step->block + 1 == block && step->bytes > bytes)
            step->bytes = bytes;
    }
}

void
ml_plan_use(MlPlan *plan, uint32_t block, uint64_t used)
{
    plan->blocks[block].used = used;
}

static void
add_rounds(MlPlan *plan, uint64_t count, uint32_t n_requests, const MlRequest *round, bool lasts)
{
    assert(n_requests >= 1 && n_requests <= ML_PLAN_MAX_ROUND);
    if (count == 0)
        return;
    MlStep *step = add_step(plan, ML_STEP_REPEAT);
    step->count = step->stays = count;
    step->lasts = lasts;
    step->n_requests = n_requests;
    memcpy(step->round, round, n_requests * sizeof *round);
}

void
ml_plan_repeat(MlPlan *plan, uint64_t count, uint32_t n_requests, const MlRequest *round)
{
    add_rounds(plan, count, n_requests, round, false);
}

void
ml_plan_repeat_lasting(MlPlan *plan, uint64_t count, uint32_t n_requests, const MlRequest *round)
{
    add_rounds(plan, count, n_requests, round, true);
}

void
ml_plan_thin(MlPlan *plan, uint64_t every)
{
    if (every < 2)
        return;
    uint64_t rounds = 0;
    uint64_t stay = 0;
    const MlStep *last = NULL;
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        MlStep *step = &plan->steps[i];
        if (step->kind != ML_STEP_REPEAT || step->lasts)
            continue;
        rounds += step->count;
        uint64_t stay_now = (rounds + every - 1) / every;
        step->stays = stay_now - stay;
        stay = stay_now;
        last = step;
    }
    assert(rounds % every == 0);
    if (last == NULL)
        return;
    MlStep *step = add_step(plan, ML_STEP_THIN);
    step->every = every;
    step->count = rounds - stay;
    step->n_requests = last->n_requests;
    memcpy(step->round, last->round, sizeof last->round);
}

void
ml_plan_thin_on(MlPlan *plan, uint64_t count)
{
    uint32_t i = plan->n_steps;
    while (i > 0 && plan->steps[i - 1].kind != ML_STEP_THIN)
        i--;
    if (i == 0 || count == 0)
        return;
    plan->steps[i - 1].count -= count;
    add_step(plan, ML_STEP_THIN_ON)->count = count;
}

uint64_t
ml_plan_used(const MlPlan *plan, uint32_t part)
{
    uint64_t used = 0;
    for (uint32_t i = 0; i < plan->n_blocks; i++)
        used += plan->blocks[i].part == part ? plan->blocks[i].used : 0;
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        for (uint32_t k = 0; step->kind == ML_STEP_REPEAT && k < step->n_requests; k++)
            if (step->round[k].part == part)
                used += step->stays * (step->round[k].used > 0 ? step->round[k].used : 1);
    }
    return used;
}

uint64_t
ml_plan_most_blocks(const MlPlan *plan)
{
    uint64_t blocks = 0;
    uint64_t most = 0;
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        const MlStep *step = &plan->steps[i];
        if (step->kind == ML_STEP_ALLOC)
            blocks++;
        else if (step->kind == ML_STEP_FREE)
            blocks--;
        else if (step->kind == ML_STEP_REPEAT)
            blocks += step->count * step->n_requests;
        most = blocks > most ? blocks : most;
    }
    return most;
}

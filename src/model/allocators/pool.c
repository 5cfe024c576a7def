/* memlab's own pools: size classes in steps of 16 B up to 512 B, 4 KiB pools with one header of 48
 * B, pools cut from arenas of 256 KiB; larger blocks are mapped by themselves, 16 B in front.
 *
 * Source: src/probe/heap_pool.c. */
#include "model/allocator.h"

enum {
    GRAIN = 16,
    SMALL_MAX = 512,
    N_CLASSES = SMALL_MAX / GRAIN,
    POOL_BYTES = 4096,
    POOL_HEADER = 48,
    ARENA_BYTES = 256 * 1024,
    LARGE_FIELD = 16,
};

/* The pools of one size class: full ones, and the one that is being filled. */
typedef struct {
    uint64_t begun; /* pools so far: the number of the current one */
    uint64_t live;  /* blocks in the current pool */
    uint64_t room;  /* places left in it */
    uint64_t freed; /* places given back in older pools; taken first */
} Class;

typedef struct {
    bool live;
    uint64_t pool; /* the number of its pool in its class */
    uint64_t request_bytes;
    uint64_t touched_bytes;
} Block;

typedef struct {
    uint64_t page_bytes;
    Class classes[N_CLASSES + 1];
    Block blocks[ML_PLAN_MAX_BLOCKS];
    uint64_t pools;       /* with a live block */
    uint64_t empty_pools; /* without one: used again, or given back when settled */
    uint64_t most_pools;
} Replay;

static uint64_t
up(uint64_t bytes, uint64_t step)
{
    return (bytes + step - 1) / step * step;
}

static uint64_t
taken(uint64_t request_bytes)
{
    return request_bytes <= SMALL_MAX ? up(request_bytes > 0 ? request_bytes : 1, GRAIN)
                                      : up(request_bytes + LARGE_FIELD, POOL_BYTES);
}

/* --- small blocks ----------------------------------------------------------------------------- */

static void
begin_pools(Replay *replay, uint64_t count)
{
    replay->pools += count;
    replay->empty_pools -= count < replay->empty_pools ? count : replay->empty_pools;
    if (replay->most_pools < replay->pools + replay->empty_pools)
        replay->most_pools = replay->pools + replay->empty_pools;
}

static uint64_t
take(uint64_t *places, uint64_t count)
{
    uint64_t taken_places = *places < count ? *places : count;
    *places -= taken_places;
    return taken_places;
}

static void
small_alloc(Replay *replay, uint64_t block_bytes, uint64_t count)
{
    Class *class = &replay->classes[block_bytes / GRAIN];
    uint64_t per_pool = (POOL_BYTES - POOL_HEADER) / block_bytes;
    count -= take(&class->freed, count);
    uint64_t here = take(&class->room, count);
    class->live += here;
    count -= here;
    if (count == 0)
        return;
    uint64_t pools = (count + per_pool - 1) / per_pool;
    begin_pools(replay, pools);
    class->begun += pools;
    class->live = count - (pools - 1) * per_pool;
    class->room = per_pool - class->live;
}

static void
small_free(Replay *replay, const Block *block)
{
    Class *class = &replay->classes[taken(block->request_bytes) / GRAIN];
    if (block->pool != class->begun) {
        class->freed++;
    } else if (--class->live > 0) {
        class->room++;
    } else {
        class->room = 0;
        replay->pools--;
        replay->empty_pools++;
    }
}

/* --- steps ------------------------------------------------------------------------------------ */

static void
place(Replay *replay, Block *block, uint64_t request_bytes)
{
    *block = (Block){ .live = true, .request_bytes = request_bytes };
    if (request_bytes > SMALL_MAX)
        return;
    small_alloc(replay, taken(request_bytes), 1);
    block->pool = replay->classes[taken(request_bytes) / GRAIN].begun;
}

static void
release(Replay *replay, Block *block)
{
    if (block->request_bytes <= SMALL_MAX)
        small_free(replay, block);
    block->live = false;
}

/* A mapping grows where it is; a block that stays in its class stays where it is. */
static void
resize(Replay *replay, Block *block, uint64_t request_bytes)
{
    bool was_small = block->request_bytes <= SMALL_MAX;
    bool is_small = request_bytes <= SMALL_MAX;
    if (was_small == is_small &&
        (!is_small || taken(block->request_bytes) == taken(request_bytes))) {
        block->request_bytes = request_bytes;
        return;
    }
    Block old = *block;
    place(replay, block, request_bytes);
    block->touched_bytes = old.touched_bytes;
    release(replay, &old);
}

static void
repeat(Replay *replay, const MlStep *step, MlCost *cost)
{
    for (uint32_t i = 0; i < step->n_requests; i++) {
        uint64_t request_bytes = step->round[i].request_bytes;
        MlPartCost *part = &cost->part[step->round[i].part];
        bool is_small = request_bytes <= SMALL_MAX;
        part->blocks += step->count;
        part->requested += step->count * request_bytes;
        part->usable += step->count * (taken(request_bytes) - (is_small ? 0 : LARGE_FIELD));
        part->field += is_small ? 0 : step->count * LARGE_FIELD;
        part->used += step->count;
        if (is_small)
            small_alloc(replay, taken(request_bytes), step->count);
        else
            cost->resident += step->count * taken(request_bytes);
    }
}

static uint64_t
large_resident(const Replay *replay, const Block *block)
{
    return block->live && block->request_bytes > SMALL_MAX
               ? up(LARGE_FIELD + block->touched_bytes, replay->page_bytes)
               : 0;
}

static void
note_peak(const Replay *replay, uint32_t n_blocks, MlCost *cost)
{
    uint64_t bytes = cost->resident + replay->most_pools * POOL_BYTES;
    for (uint32_t i = 0; i < n_blocks; i++)
        bytes += large_resident(replay, &replay->blocks[i]);
    if (cost->peak < bytes)
        cost->peak = bytes;
}

static void
run_step(Replay *replay, const MlStep *step, MlCost *cost)
{
    Block *block = &replay->blocks[step->block];
    switch (step->kind) {
    case ML_STEP_ALLOC:
        place(replay, block, step->bytes);
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
    }
}

static void
count_block(const Replay *replay, const Block *block, MlPartCost *part, MlCost *cost)
{
    part->blocks++;
    part->requested += block->request_bytes;
    if (block->request_bytes <= SMALL_MAX) {
        part->usable += taken(block->request_bytes);
        return;
    }
    uint64_t bytes = taken(block->request_bytes);
    uint64_t rounding = bytes - LARGE_FIELD - block->request_bytes;
    uint64_t resident = large_resident(replay, block);
    uint64_t absent = bytes - resident;
    part->field += LARGE_FIELD;
    part->usable += bytes - LARGE_FIELD;
    part->absent_rounding += absent < rounding ? absent : rounding;
    part->absent += absent < rounding ? 0 : absent - rounding;
    cost->resident += resident;
}

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    Replay replay = { .page_bytes = page_bytes };
    MlCost *cost = ret_cost;
    for (uint32_t i = 0; i < plan->n_steps; i++) {
        run_step(&replay, &plan->steps[i], cost);
        note_peak(&replay, plan->n_blocks, cost);
    }
    for (uint32_t i = 0; i < plan->n_blocks; i++) {
        MlPartCost *part = &cost->part[plan->blocks[i].part];
        if (!replay.blocks[i].live)
            continue;
        count_block(&replay, &replay.blocks[i], part, cost);
        part->used += plan->blocks[i].used;
    }
    cost->resident += replay.pools * POOL_BYTES;
    cost->stock = cost->resident;
    for (uint32_t i = 0; i < plan->n_parts; i++) {
        const MlPartCost *part = &cost->part[i];
        cost->stock -= part->usable + part->field - part->absent - part->absent_rounding;
        cost->reserved += part->absent + part->absent_rounding;
    }
    cost->reserved += cost->resident;
    cost->reserved += up(replay.most_pools * POOL_BYTES, ARENA_BYTES) - replay.pools * POOL_BYTES;
}

const MlAllocator ml_allocator_pool = {
    .name = "pool",
    .title = "size classes in pools of 4 KiB",
    .run = { .probe = "memlab-probe-pool" },
    .mapped_field_bytes = LARGE_FIELD,
    .taken = taken,
    .replay = replay_plan,
};

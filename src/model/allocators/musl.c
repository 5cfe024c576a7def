/* musl's malloc ("mallocng"): slots of 16, 32, 48 … B with a field of 4 B inside, in groups that
 * grow with the number of blocks; from 131 052 B on a block is mapped by itself.
 *
 * Worked example (n = 1 000 000 nodes of 16 B): with the field a slot of 32 B; 31 slots are a group
 * that lies in a slot of 1 008 B, and 32 of those fill 8 pages: 33.0 B per node, and 1.3 B for the
 * records of the groups.
 *
 * Holds for musl 1.2.1 to 1.2.5, one thread.  Source: musl 1.2.3, src/malloc/mallocng. */
#include "core/arithmetic.h"
#include "model/allocator.h"
#include "model/allocators/musl_heap.h"

enum { PAGE = 4096, FIELD = ML_MUSL_FIELD };

/* A block that has a name in the plan. */
typedef struct {
    bool live;
    MlMuslPlace place;
    uint64_t request_bytes;
    uint64_t touched_bytes;
} Block;

typedef struct {
    MlMuslHeap heap;
    uint32_t n_blocks;
    Block blocks[ML_PLAN_MAX_BLOCKS];
    uint64_t peak_bytes;
} Replay;

static uint64_t
taken(uint64_t request_bytes)
{
    return ml_musl_slot_bytes(request_bytes, PAGE);
}

static MlMuslGroup *
group_of(Replay *replay, const Block *block)
{
    return &replay->heap.groups[block->place.group];
}

static void
touch(Replay *replay, Block *block, uint64_t bytes)
{
    block->touched_bytes = ml_most(block->touched_bytes, bytes);
    if (group_of(replay, block)->slots == 1)
        group_of(replay, block)->touched_bytes = block->touched_bytes;
}

/* Whole pages of a block that nobody has written, as far as @end in it.  The last page of a mapping
 * is written: the block's size stands there. */
static uint64_t
absent(const Replay *replay, const Block *block, uint64_t end)
{
    uint64_t page = replay->heap.page_bytes;
    const MlMuslGroup *group = &replay->heap.groups[block->place.group];
    end += block->place.start;
    uint64_t from = ml_round_up(block->place.start + block->touched_bytes, page);
    uint64_t to = group->slots == 1 ? ml_least(group->mapped_bytes - page, end) : end / page * page;
    return to > from ? to - from : 0;
}

/* What the blocks of groups with one slot leave out is left out by the heap already. */
static uint64_t
resident(const Replay *replay)
{
    uint64_t bytes = ml_musl_resident(&replay->heap);
    for (uint32_t i = 0; i < replay->n_blocks; i++) {
        const Block *block = &replay->blocks[i];
        if (block->live && replay->heap.groups[block->place.group].slots > 1)
            bytes -= absent(replay, block, ml_musl_usable(&replay->heap, block->place));
    }
    return bytes;
}

static void
note_peak(Replay *replay)
{
    replay->peak_bytes = ml_most(replay->peak_bytes, resident(replay));
}

static void
place(Replay *replay, Block *block, uint64_t request_bytes)
{
    *block = (Block){
        .live = true,
        .place = ml_musl_alloc(&replay->heap, request_bytes),
        .request_bytes = request_bytes,
    };
}

static void
release(Replay *replay, Block *block)
{
    ml_musl_free(&replay->heap, block->place);
    block->live = false;
}

/* Source: realloc.c: a mapping that stays one is remapped; what moves is copied. */
static void
resize(Replay *replay, Block *block, uint64_t request_bytes)
{
    bool is_mapped = group_of(replay, block)->class == ML_MUSL_MAPPED;
    uint64_t grown = ml_musl_slot_bytes(request_bytes, replay->heap.page_bytes);
    if (is_mapped && request_bytes >= ML_MUSL_THRESHOLD) {
        ml_musl_remap(&replay->heap, block->place, request_bytes);
        block->request_bytes = request_bytes;
        return;
    }
    if (grown == ml_musl_slot_bytes(block->request_bytes, replay->heap.page_bytes)) {
        block->request_bytes = request_bytes;
        return;
    }
    Block old = *block;
    place(replay, block, request_bytes);
    touch(replay, block, ml_least(old.request_bytes, request_bytes));
    note_peak(replay);
    release(replay, &old);
}

static void
repeat(Replay *replay, const MlStep *step, MlCost *cost)
{
    for (uint32_t i = 0; i < step->n_requests; i++) {
        uint64_t request_bytes = step->round[i].request_bytes;
        MlPartCost *part = &cost->part[step->round[i].part];
        part->blocks += step->stays;
        part->requested += step->stays * request_bytes;
        part->usable +=
            step->stays * ml_musl_usable_of_many(request_bytes, replay->heap.page_bytes);
        part->field += step->stays * FIELD;
        ml_musl_repeat(&replay->heap, request_bytes, step->count);
    }
    if (!step->lasts)
        ml_musl_note_rounds(&replay->heap, step);
}

static void
run_step(Replay *replay, const MlStep *step, MlCost *cost)
{
    Block *block = &replay->blocks[step->block];
    switch (step->kind) {
    case ML_STEP_ALLOC:
        replay->n_blocks = step->block + 1;
        place(replay, block, step->bytes);
        break;
    case ML_STEP_REALLOC:
        resize(replay, block, step->bytes);
        break;
    case ML_STEP_FREE:
        release(replay, block);
        break;
    case ML_STEP_TOUCH:
        touch(replay, block, step->bytes);
        break;
    case ML_STEP_REPEAT:
        repeat(replay, step, cost);
        break;
    case ML_STEP_THIN:
        ml_musl_thin(&replay->heap, step->every);
        break;
    case ML_STEP_THIN_ON:
        break;
    }
    note_peak(replay);
}

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    Replay replay = { .n_blocks = 0 };
    MlCost *cost = ret_cost;
    ml_musl_init(&replay.heap, page_bytes);
    for (uint32_t i = 0; i < plan->n_steps; i++)
        run_step(&replay, &plan->steps[i], cost);
    for (uint32_t i = 0; i < plan->n_blocks; i++) {
        const Block *block = &replay.blocks[i];
        MlPartCost *part = &cost->part[plan->blocks[i].part];
        if (!block->live)
            continue;
        part->blocks++;
        part->requested += block->request_bytes;
        part->field += FIELD;
        uint64_t usable = ml_musl_usable(&replay.heap, block->place);
        uint64_t missing = absent(&replay, block, block->request_bytes);
        part->usable += usable;
        part->absent += missing;
        part->absent_rounding += absent(&replay, block, usable) - missing;
    }
    cost->resident = cost->stock = resident(&replay);
    for (uint32_t i = 0; i < plan->n_parts; i++) {
        const MlPartCost *part = &cost->part[i];
        uint64_t missing = part->absent + part->absent_rounding;
        cost->stock -= part->usable + part->field - missing;
        cost->reserved += missing;
    }
    cost->reserved += cost->resident;
    cost->peak = ml_most(replay.peak_bytes, cost->resident);
}

const MlAllocator ml_allocator_musl = {
    .name = "musl",
    .summary = "slots in groups, 4 B of each the allocator's own; for memlab's own structures",
    .run = { .probe = "memlab-probe-musl", .package = "musl-tools" },
    .field_bytes = FIELD,
    .taken = taken,
    .replay = replay_plan,
};

/* memlab's own arena: a pointer that only moves up; a block costs its size rounded up to 16 B.
 *
 * Source: src/probe/heap_arena.c. */
#include "core/arithmetic.h"
#include "model/allocator.h"

enum { GRAIN = 16, MAX_EXTENTS = ML_PLAN_MAX_STEPS };

/* A named block, or what one has left behind when it moved or was freed. */
typedef struct {
    uint64_t start;
    uint64_t bytes; /* rounded */
    uint64_t touched_bytes;
} Extent;

typedef struct {
    uint64_t page_bytes;
    uint64_t next;
    uint32_t n_extents;
    Extent extents[MAX_EXTENTS];           /* by rising start */
    uint32_t of_block[ML_PLAN_MAX_BLOCKS]; /* extent + 1; 0: not live */
    uint64_t request_bytes[ML_PLAN_MAX_BLOCKS];
    uint64_t peak_bytes;
} Replay;

static uint64_t
block_bytes(uint64_t request_bytes)
{
    return ml_round_up(request_bytes > 0 ? request_bytes : 1, GRAIN);
}

/* Whole pages of an extent that nobody has written. */
static uint64_t
absent(const Replay *replay, const Extent *extent)
{
    uint64_t end = extent->start + extent->bytes;
    uint64_t from = ml_round_up(extent->start + extent->touched_bytes, replay->page_bytes);
    uint64_t to = end == replay->next ? ml_round_up(end, replay->page_bytes)
                                      : end / replay->page_bytes * replay->page_bytes;
    return to > from ? to - from : 0;
}

static uint64_t
resident(const Replay *replay)
{
    uint64_t bytes = ml_round_up(replay->next, replay->page_bytes);
    for (uint32_t i = 0; i < replay->n_extents; i++)
        bytes -= absent(replay, &replay->extents[i]);
    return bytes;
}

static void
place(Replay *replay, uint32_t block, uint64_t request_bytes)
{
    replay->extents[replay->n_extents] =
        (Extent){ .start = replay->next, .bytes = block_bytes(request_bytes) };
    replay->next += replay->extents[replay->n_extents].bytes;
    replay->of_block[block] = ++replay->n_extents;
    replay->request_bytes[block] = request_bytes;
}

static bool
is_last(const Replay *replay, const Extent *extent)
{
    return extent->start + extent->bytes == replay->next;
}

static void
release(Replay *replay, uint32_t block)
{
    uint32_t extent = replay->of_block[block] - 1;
    replay->of_block[block] = 0;
    if (is_last(replay, &replay->extents[extent])) {
        replay->next = replay->extents[extent].start;
        replay->n_extents = extent;
    }
}

/* The last block grows where it is; another is copied, with as much as may belong to it. */
static void
resize(Replay *replay, uint32_t block, uint64_t request_bytes)
{
    Extent *extent = &replay->extents[replay->of_block[block] - 1];
    if (is_last(replay, extent)) {
        replay->next = extent->start + block_bytes(request_bytes);
        extent->bytes = block_bytes(request_bytes);
        replay->request_bytes[block] = request_bytes;
        return;
    }
    uint64_t behind = replay->next - extent->start;
    place(replay, block, request_bytes);
    replay->extents[replay->n_extents - 1].touched_bytes =
        request_bytes < behind ? request_bytes : behind;
}

static void
repeat(Replay *replay, const MlStep *step, MlCost *cost)
{
    for (uint32_t i = 0; i < step->n_requests; i++) {
        const MlRequest *request = &step->round[i];
        MlPartCost *part = &cost->part[request->part];
        part->blocks += step->stays;
        part->requested += step->stays * request->request_bytes;
        part->usable += step->stays * block_bytes(request->request_bytes);
        replay->next += step->count * block_bytes(request->request_bytes);
    }
}

/* Of all that a thinning frees, the last block alone makes room. */
static void
free_last(Replay *replay, const MlStep *step)
{
    replay->next -= block_bytes(step->round[step->n_requests - 1].request_bytes);
}

static void
run_step(Replay *replay, const MlStep *step, MlCost *cost)
{
    switch (step->kind) {
    case ML_STEP_ALLOC:
        place(replay, step->block, step->bytes);
        break;
    case ML_STEP_REALLOC:
        resize(replay, step->block, step->bytes);
        break;
    case ML_STEP_FREE:
        release(replay, step->block);
        break;
    case ML_STEP_TOUCH:
        replay->extents[replay->of_block[step->block] - 1].touched_bytes = step->bytes;
        break;
    case ML_STEP_REPEAT:
        repeat(replay, step, cost);
        break;
    case ML_STEP_THIN:
        free_last(replay, step);
        break;
    case ML_STEP_THIN_ON:
        break;
    }
    uint64_t bytes = resident(replay);
    if (cost->peak < bytes)
        cost->peak = bytes;
}

/* Bytes of [from, to) that lie in [low, high). */
static uint64_t
overlap(uint64_t from, uint64_t to, uint64_t low, uint64_t high)
{
    uint64_t start = from > low ? from : low;
    uint64_t end = to < high ? to : high;
    return end > start ? end - start : 0;
}

static void
count_block(const Replay *replay, uint32_t block, MlPartCost *part)
{
    const Extent *extent = &replay->extents[replay->of_block[block] - 1];
    uint64_t request_end = extent->start + replay->request_bytes[block];
    uint64_t end = extent->start + extent->bytes;
    uint64_t from = ml_round_up(extent->start + extent->touched_bytes, replay->page_bytes);
    uint64_t to = from + absent(replay, extent);
    part->blocks++;
    part->requested += replay->request_bytes[block];
    part->usable += extent->bytes;
    part->absent += overlap(from, to, extent->start, request_end);
    part->absent_rounding += overlap(from, to, request_end, end);
}

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    Replay replay = { .page_bytes = page_bytes };
    MlCost *cost = ret_cost;
    for (uint32_t i = 0; i < plan->n_steps; i++)
        run_step(&replay, &plan->steps[i], cost);
    for (uint32_t i = 0; i < plan->n_blocks; i++) {
        if (replay.of_block[i] == 0)
            continue;
        count_block(&replay, i, &cost->part[plan->blocks[i].part]);
    }
    cost->resident = resident(&replay);
    cost->reserved = ml_round_up(replay.next, page_bytes);
    cost->stock = cost->resident;
    for (uint32_t i = 0; i < plan->n_parts; i++) {
        const MlPartCost *part = &cost->part[i];
        cost->stock -= part->usable - part->absent - part->absent_rounding;
    }
}

const MlAllocator ml_allocator_arena = {
    .name = "arena",
    .summary = "memlab's own arena: a pointer that only moves up, and nothing is given back",
    .run = { .probe = "memlab-probe-arena" },
    .taken = block_bytes,
    .replay = replay_plan,
};

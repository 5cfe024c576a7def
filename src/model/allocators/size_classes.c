#include "model/allocators/size_classes.h"

#include <assert.h>
#include <string.h>

#include "model/allocators/bytes.h"

typedef struct {
    bool live;
    bool small;
    MlSlabClass *class;
    uint64_t slab;  /* the number of its slab in its class */
    uint64_t start; /* its place in that slab, in bytes */
    uint64_t request_bytes;
    uint64_t usable_bytes;
    uint64_t touched_bytes;
} Block;

typedef struct {
    const MlSizeClasses *classes;
    uint64_t page_bytes;
    uint32_t n_used;
    MlSlabClass used[ML_MAX_SLAB_CLASSES];
    uint32_t n_blocks;
    Block blocks[ML_PLAN_MAX_BLOCKS];
    uint64_t unnamed_large; /* large blocks of REPEAT */
    uint64_t unnamed_bytes; /* that they keep resident */
    MlPieces pieces[2];
    uint64_t once_bytes;
    uint64_t peak_bytes;
} Replay;

static MlSlabClass *
find_class(Replay *replay, uint64_t usable_bytes)
{
    uint32_t i = 0;
    while (i < replay->n_used && replay->used[i].usable_bytes != usable_bytes)
        i++;
    if (i == replay->n_used) {
        assert(i < ML_MAX_SLAB_CLASSES);
        ml_slabs_init(&replay->used[i], usable_bytes, replay->classes->slab(usable_bytes));
        replay->n_used++;
    }
    return &replay->used[i];
}

/* (nullable) */
static MlPieces *
pieces_of(Replay *replay, uint64_t request_bytes)
{
    MlPieces *pieces = &replay->pieces[request_bytes >= replay->classes->second_from_bytes];
    return pieces->round != NULL ? pieces : NULL;
}

static uint64_t
run_bytes(const Replay *replay, uint64_t usable_bytes)
{
    const MlSizeClasses *classes = replay->classes;
    return classes->large_lead_bytes + classes->large_field_bytes + usable_bytes +
           classes->large_pad_bytes;
}

/* --- blocks ----------------------------------------------------------------------------------- */

static void
place(Replay *replay, Block *block, uint64_t request_bytes)
{
    *block = (Block){
        .live = true,
        .small = request_bytes <= replay->classes->small_max,
        .request_bytes = request_bytes,
        .usable_bytes = replay->classes->usable(request_bytes),
    };
    MlPieces *pieces = pieces_of(replay, request_bytes);
    if (!block->small) {
        if (pieces != NULL)
            ml_pieces_cut(pieces, block, run_bytes(replay, block->usable_bytes));
        return;
    }
    block->class = find_class(replay, block->usable_bytes);
    uint64_t slabs = block->class->begun;
    block->slab = ml_slabs_alloc(block->class, 1);
    if (pieces != NULL && block->slab != slabs)
        ml_pieces_fill(pieces, block->class->slab.bytes);
    block->start = ml_slabs_reached(block->class) - block->usable_bytes;
}

static void
release(Replay *replay, Block *block)
{
    if (block->small)
        ml_slabs_free(block->class, block->slab);
    block->live = false;
}

/* From the slab's or the run's first byte to the block. */
static uint64_t
offset(const Replay *replay, const Block *block)
{
    const MlSizeClasses *classes = replay->classes;
    return block->small ? block->start : classes->large_lead_bytes + classes->large_field_bytes;
}

/* Of what the block can hold: on pages that nobody has touched. */
static uint64_t
absent(const Replay *replay, const Block *block)
{
    uint64_t start = offset(replay, block);
    uint64_t from = ml_round_up(start + block->touched_bytes, replay->page_bytes);
    uint64_t end = start + block->usable_bytes;
    if (block->small)
        end = end / replay->page_bytes * replay->page_bytes; /* behind it lies another */
    return end > from ? end - ml_least(from, end) : 0;
}

static uint64_t
large_resident(const Replay *replay, const Block *block)
{
    bool written = replay->classes->large_field_bytes + block->touched_bytes > 0;
    return written ? ml_round_up(offset(replay, block) + block->touched_bytes, replay->page_bytes)
                   : 0;
}

/* --- the whole -------------------------------------------------------------------------------- */

static uint64_t
metadata(const Replay *replay, const MlHeapTotals *totals)
{
    uint64_t bytes = replay->classes->metadata != NULL ? replay->classes->metadata(totals) : 0;
    return ml_round_up(bytes + replay->once_bytes, replay->page_bytes);
}

static MlHeapTotals
count_heap(const Replay *replay)
{
    MlHeapTotals totals = { .page_bytes = replay->page_bytes,
        .large_blocks = replay->unnamed_large };
    for (uint32_t i = 0; i < replay->n_used; i++) {
        uint64_t slabs = ml_slabs_live(&replay->used[i]);
        totals.slabs += slabs;
        totals.slab_bytes += slabs * replay->used[i].slab.bytes;
    }
    for (uint32_t i = 0; i < replay->n_blocks; i++)
        totals.large_blocks += replay->blocks[i].live && !replay->blocks[i].small;
    return totals;
}

/* Slabs and page runs with a live block, and the accounts of them. */
static uint64_t
resident(const Replay *replay)
{
    MlHeapTotals totals = count_heap(replay);
    uint64_t bytes = replay->unnamed_bytes + metadata(replay, &totals);
    for (uint32_t i = 0; i < replay->n_used; i++)
        bytes += ml_slabs_resident(&replay->used[i], replay->page_bytes);
    for (uint32_t i = 0; i < replay->n_blocks; i++) {
        const Block *block = &replay->blocks[i];
        if (block->live && block->small)
            bytes -= absent(replay, block);
        else if (block->live)
            bytes += large_resident(replay, block);
    }
    return bytes;
}

/* Address space that slabs have and do not use. */
static uint64_t
spare(const Replay *replay)
{
    uint64_t slab_bytes = count_heap(replay).slab_bytes;
    uint64_t piece_bytes = replay->classes->piece_bytes;
    return piece_bytes > 0 ? ml_round_up(slab_bytes, piece_bytes) - slab_bytes : 0;
}

/* @moving: (nullable): a block that is still there while it is copied */
static void
note_peak(Replay *replay, const Block *moving)
{
    uint64_t bytes = resident(replay);
    if (moving != NULL && !moving->small)
        bytes += large_resident(replay, moving);
    replay->peak_bytes = ml_most(replay->peak_bytes, bytes);
}

static bool
stays(Replay *replay, const Block *block, uint64_t request_bytes)
{
    const MlSizeClasses *classes = replay->classes;
    uint64_t usable_bytes = classes->usable(request_bytes);
    if ((request_bytes <= classes->small_max) != block->small)
        return false;
    if (usable_bytes == block->usable_bytes || (!block->small && classes->large_stays))
        return true;
    MlPieces *pieces = pieces_of(replay, block->request_bytes);
    return !block->small && pieces != NULL && usable_bytes > block->usable_bytes &&
           ml_pieces_extend(pieces, block, usable_bytes - block->usable_bytes);
}

static void
resize(Replay *replay, Block *block, uint64_t request_bytes)
{
    uint64_t usable_bytes = replay->classes->usable(request_bytes);
    if (stays(replay, block, request_bytes)) {
        block->request_bytes = request_bytes;
        block->usable_bytes = usable_bytes;
        return;
    }
    Block old = *block;
    place(replay, block, request_bytes);
    block->touched_bytes = ml_least(old.usable_bytes, usable_bytes);
    note_peak(replay, &old);
    release(replay, &old);
}

/* --- steps ------------------------------------------------------------------------------------ */

static void
small_repeat(Replay *replay, MlSlabClass *class, uint64_t count)
{
    uint64_t slabs = class->begun;
    ml_slabs_alloc(class, count);
    MlPieces *pieces = pieces_of(replay, class->usable_bytes);
    if (pieces != NULL)
        ml_pieces_fill(pieces, (class->begun - slabs) * class->slab.bytes);
}

static void
repeat(Replay *replay, const MlStep *step, MlCost *cost)
{
    const MlSizeClasses *classes = replay->classes;
    for (uint32_t i = 0; i < step->n_requests; i++) {
        uint64_t request_bytes = step->round[i].request_bytes;
        Block block = { .touched_bytes = request_bytes };
        block.usable_bytes = classes->usable(request_bytes);
        MlPartCost *part = &cost->part[step->round[i].part];
        part->blocks += step->count;
        part->requested += step->count * request_bytes;
        part->usable += step->count * block.usable_bytes;
        part->used += step->count;
        if (request_bytes <= classes->small_max) {
            small_repeat(replay, find_class(replay, block.usable_bytes), step->count);
        } else {
            part->field += step->count * classes->large_field_bytes;
            part->absent_rounding += step->count * absent(replay, &block);
            replay->unnamed_large += step->count;
            replay->unnamed_bytes += step->count * large_resident(replay, &block);
        }
    }
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
        block->touched_bytes = ml_most(block->touched_bytes, step->bytes);
        break;
    case ML_STEP_REPEAT:
        repeat(replay, step, cost);
        break;
    }
    note_peak(replay, NULL);
}

static void
count_block(const Replay *replay, const Block *block, MlPartCost *part)
{
    uint64_t missing = absent(replay, block);
    uint64_t rounding = block->usable_bytes - block->request_bytes;
    part->blocks++;
    part->requested += block->request_bytes;
    part->usable += block->usable_bytes;
    part->field += block->small ? 0 : replay->classes->large_field_bytes;
    part->absent_rounding += ml_least(missing, rounding);
    part->absent += missing - ml_least(missing, rounding);
}

void
ml_size_classes_replay(const MlSizeClasses *classes,
    const MlPlan *plan,
    uint64_t once_bytes,
    uint64_t page_bytes,
    MlCost *ret_cost)
{
    Replay replay = { .classes = classes, .page_bytes = page_bytes, .once_bytes = once_bytes };
    memcpy(replay.pieces, classes->pieces, sizeof replay.pieces);
    MlCost *cost = ret_cost;
    for (uint32_t i = 0; i < plan->n_steps; i++)
        run_step(&replay, &plan->steps[i], cost);
    for (uint32_t i = 0; i < plan->n_blocks; i++) {
        MlPartCost *part = &cost->part[plan->blocks[i].part];
        if (!replay.blocks[i].live)
            continue;
        count_block(&replay, &replay.blocks[i], part);
        part->used += plan->blocks[i].used;
    }
    cost->resident = resident(&replay);
    cost->stock = cost->resident;
    for (uint32_t i = 0; i < plan->n_parts; i++) {
        const MlPartCost *part = &cost->part[i];
        uint64_t missing = part->absent + part->absent_rounding;
        cost->stock -= part->usable + part->field - missing;
        cost->reserved += missing;
    }
    cost->reserved += cost->resident + spare(&replay);
    cost->peak = ml_most(replay.peak_bytes, cost->resident);
}

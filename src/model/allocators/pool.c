/* memlab's own pools: size classes in steps of 16 B up to 512 B, 4 KiB pools with one header of 48
 * B, pools cut from arenas of 256 KiB; larger blocks are mapped by themselves, 16 B in front.
 *
 * Source: src/probe/heap_pool.c. */
#include "core/arithmetic.h"
#include "model/allocators/size_classes.h"

enum {
    GRAIN = 16,
    SMALL_MAX = 512,
    POOL_BYTES = 4096,
    POOL_HEADER = 48,
    ARENA_BYTES = 256 * 1024,
    LARGE_FIELD = 16,
};

static uint64_t
taken(uint64_t request_bytes)
{
    return request_bytes <= SMALL_MAX ? ml_round_up(request_bytes > 0 ? request_bytes : 1, GRAIN)
                                      : ml_round_up(request_bytes + LARGE_FIELD, POOL_BYTES);
}

static uint64_t
usable(uint64_t request_bytes)
{
    return taken(request_bytes) - (request_bytes <= SMALL_MAX ? 0 : LARGE_FIELD);
}

static MlSlab
slab(uint64_t usable_bytes)
{
    return (MlSlab){
        .bytes = POOL_BYTES,
        .header_bytes = POOL_HEADER,
        .places = (POOL_BYTES - POOL_HEADER) / usable_bytes,
    };
}

/* The kernel moves the pages of a mapping that grows: nothing is copied. */
static const MlSizeClasses classes = {
    .small_max = SMALL_MAX,
    .usable = usable,
    .slab = slab,
    .large_field_bytes = LARGE_FIELD,
    .large_stays = true,
    .piece_bytes = ARENA_BYTES,
};

static void
replay_plan(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost)
{
    ml_size_classes_replay(&classes, plan, 0, page_bytes, ret_cost);
}

const MlAllocator ml_allocator_pool = {
    .name = "pool",
    .summary = "memlab's own pools: steps of 16 B, a pool of 4 KiB for each, in arenas of 256 KiB",
    .run = { .probe = "memlab-probe-pool" },
    .taken = taken,
    .replay = replay_plan,
};

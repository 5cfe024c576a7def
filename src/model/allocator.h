/* Allocator models: what a request costs.  Pure; a model cannot fail and builds nothing. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/plan.h"

/* What the blocks of one part cost at the end of a plan, in bytes. */
typedef struct {
    uint64_t blocks;
    uint64_t requested;
    uint64_t usable;
    uint64_t field;           /* size fields before the blocks */
    uint64_t used;            /* elements in use */
    uint64_t absent;          /* of `requested`: on pages nobody has touched */
    uint64_t absent_rounding; /* of usable - requested: the same */
} MlPartCost;

typedef struct {
    MlPartCost part[ML_MAX_PARTS];
    uint64_t stock;    /* resident bytes that malloc holds beyond live blocks */
    uint64_t reserved; /* address space, touched or not */
    uint64_t resident; /* the sum of all: pages × page size */
    uint64_t peak;     /* the most that was resident at any step */
} MlCost;

typedef struct {
    const char *name;     /* "glibc" */
    const char *title;    /* "glibc malloc" */
    uint64_t field_bytes; /* before each small block; 0: size classes, no field */
    /* What one request of that many bytes takes: field, block and rounding. */
    uint64_t (*taken)(uint64_t request_bytes);
    /* Replays the plan from an empty, settled heap. */
    void (*replay)(const MlPlan *plan, uint64_t page_bytes, MlCost *ret_cost);
} MlAllocator;

/**
 * ml_allocators: all models, the default first.
 *
 * Returns: (transfer none) (array length=ret_count).
 */
const MlAllocator *const *ml_allocators(size_t *ret_count);

/**
 * ml_allocator_find: a model by name.
 *
 * Returns: (transfer none) (nullable).
 */
const MlAllocator *ml_allocator_find(const char *name);

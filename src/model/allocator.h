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
    uint64_t used;            /* elements in use: filled in from the plan, not by a model */
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

#define ML_MAX_PINNED 3

/* How a process comes to use an allocator. */
typedef struct {
    const char *probe; /* the probe that is linked with it: "memlab-probe" for glibc and preloads */
    const char *library; /* (nullable): preloaded into the probe, by its soname */
    const char *package; /* (nullable): the Debian package that brings it */
    /* (nullable): the model is of this one, "5.3" or "5.3.0"; others are measured too, and a note
     * says so. */
    const char *version;
    /* Environment that lets it give free memory back at once, so that runs do not differ;
     * NULL-terminated.  `--as-shipped` leaves it out. */
    const char *pinned[ML_MAX_PINNED + 1];
} MlAllocatorRun;

typedef struct {
    const char *name;    /* "glibc" */
    const char *summary; /* one line, no full stop */
    MlAllocatorRun run;
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
 * ml_allocator_default: the one to use where nobody has said which.
 *
 * Returns: (transfer none).
 */
const MlAllocator *ml_allocator_default(void);

/**
 * ml_allocator_find: a model by name.
 *
 * Returns: (transfer none) (nullable).
 */
const MlAllocator *ml_allocator_find(const char *name);

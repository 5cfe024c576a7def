/* The structure contract: all that memlab needs to know of a data structure.
 *
 * A structure says what it requests and which byte is for what. It never says what that costs:
 * that is the allocator model's part. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/options.h"
#include "core/part.h"
#include "core/plan.h"
#include "core/walk.h"

#define ML_STRUCTURE_CONTRACT 1
#define ML_INSTANCE_SIZE 320
#define ML_KEY_MAX 1120 /* bytes of the longest key with its NUL */

/* What a structure looks like from afar; diagram kinds bind to shapes. */
typedef enum {
    ML_SHAPE_ARRAY,
    ML_SHAPE_POINTER_ARRAY,
    ML_SHAPE_CHAIN,
    ML_SHAPE_BUCKETS,
    ML_SHAPE_OPEN_TABLE,
    ML_SHAPE_ENTRIES,
    ML_SHAPE_TREE,
    ML_SHAPE_STRINGS,          /* pointers to texts */
    ML_SHAPE_CONTROLLED_SLOTS, /* slots without a hash, and an array that says which are taken */
    ML_SHAPE_SKIP_LIST,
    ML_SHAPE_SLABS, /* nodes with room for several elements */
    ML_N_SHAPES
} MlShape;

const char *ml_shape_id(MlShape shape);

/* A stored hash below this one marks a slot that is empty (0) or was emptied (1). */
#define ML_FIRST_HASH 2

/* One element as a cell shows it. */
typedef struct {
    int64_t value;
    uint64_t address;     /* of the block that holds the value */
    uint64_t bytes;       /* asked for that block, or the slot's size where it is inline */
    char key[ML_KEY_MAX]; /* the key of a table with string keys, else "" */
} MlElement;

typedef struct {
    uint32_t contract;   /* ML_STRUCTURE_CONTRACT */
    const char *name;    /* as typed: "boxed-array" */
    const char *title;   /* in prose: "boxed array" */
    const char *element; /* one element in C: "{ next, value }" */
    const char *summary; /* one line */
    MlShape shape;
    /* (nullable): whose code builds it: "GLib".  It then lives only in probes that are linked with
     * that library, and where malloc returns NULL the library may end the probe. */
    const char *library;
    size_t n_options;
    MlOptionSpec options[ML_MAX_OPTIONS];
    /* The plan groups equal requests, which the build makes in another order; none is freed, and a
     * heap that only grows ends the same. */
    bool plan_is_grouped;
    uint32_t value_bits;  /* that an element keeps; 0: 64, or what an option "width" says */
    size_t instance_size; /* at most ML_INSTANCE_SIZE; lives outside malloc, costs nothing */

    /* The parts of n elements under these options (an index slot's width depends on n).
     * Returns: how many were written (at most ML_MAX_PARTS). */
    uint32_t (*parts)(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS]);

    /* Writes what build() will request, in order.  Pure.  n = 0 requests nothing; of a library's
     * container, what it takes when it is empty. */
    void (*plan)(uint64_t n, const MlOptions *options, MlPlan *plan);

    /* (nullable): tells the plan how far a hash table is written (ml_plan_reach()), where that
     * hangs on hashes.  Pure; takes as long as hashing n keys. */
    void (*reach)(uint64_t n, const MlOptions *options, MlPlan *plan);

    /* Builds n elements into a zeroed instance.  Returns: false when malloc returned NULL; what was
     * built until then stays valid for destroy(). */
    bool (*build)(void *instance, uint64_t n, const MlOptions *options);
    void (*destroy)(void *instance);

    /* Reports every live block, in storage order where that is known. */
    void (*walk)(const void *instance, MlWalkSink *sink);

    uint64_t (*count)(const void *instance);
    int64_t (*sum)(const void *instance);
    /* Element i in insertion order; i is below count(). */
    void (*get)(const void *instance, uint64_t i, MlElement *ret_element);
    void (*put)(void *instance, uint64_t i, int64_t value);
} MlStructure;

/**
 * ml_structure_plan: its parts, and what building @n elements will request.
 * @ret_plan: (out): as plan() and parts() write it
 */
void ml_structure_plan(
    const MlStructure *structure, uint64_t n, const MlOptions *options, MlPlan *ret_plan);

/* The calls of a structure whose file names its functions as the contract does. */
#define ML_STRUCTURE_CALLS                                                                         \
    .parts = parts, .plan = plan, .build = build, .destroy = destroy, .walk = walk,                \
    .count = count, .sum = sum, .get = get, .put = put

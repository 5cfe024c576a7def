/* The request plan: what a structure asks of malloc, in order, without building anything.
 *
 * A structure writes its plan; an allocator model replays it. Long runs of equal rounds (one node
 * an element, or one key and one value) are one step, so that a plan has a few hundred steps at any
 * n and a model takes microseconds. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/part.h"

#define ML_PLAN_MAX_STEPS 1024
#define ML_PLAN_MAX_BLOCKS 256
#define ML_PLAN_MAX_ROUND 3

typedef enum {
    ML_STEP_ALLOC,   /* a block that has a name in the plan */
    ML_STEP_REALLOC, /* the same block, another size */
    ML_STEP_FREE,
    ML_STEP_TOUCH,   /* the block's first `bytes` have been written */
    ML_STEP_REPEAT,  /* `count` rounds of 1..ML_PLAN_MAX_ROUND requests */
    ML_STEP_THIN,    /* of the rounds of all repeats, each `every`-th stays; no REPEAT follows */
    ML_STEP_THIN_ON, /* `count` of the rounds that THIN frees go only now: caches can tell */
} MlStepKind;

typedef struct {
    uint32_t part;
    uint64_t request_bytes;
    uint64_t used;      /* elements in use in each such block; 0 stands for 1 */
    uint64_t alignment; /* 0: malloc's own; else the block was asked for by posix_memalign() */
} MlRequest;

typedef struct {
    MlStepKind kind;
    uint32_t block;      /* ALLOC, REALLOC, FREE, TOUCH */
    uint64_t bytes;      /* ALLOC, REALLOC: asked for; TOUCH: written so far */
    bool zeroed;         /* ALLOC: asked of calloc */
    uint64_t count;      /* REPEAT: rounds that are made; THIN, THIN_ON: that go here */
    bool lasts;          /* REPEAT: a THIN neither numbers nor frees its rounds */
    uint64_t stays;      /* REPEAT: of those, not freed by a later THIN */
    uint64_t every;      /* THIN: rounds number 0, every, 2 × every … stay */
    uint32_t n_requests; /* REPEAT; THIN: of the last round */
    MlRequest round[ML_PLAN_MAX_ROUND];
} MlStep;

typedef struct {
    uint32_t part;
    uint64_t used; /* elements in use at the end */
} MlPlanBlock;

typedef struct {
    uint32_t n_parts;
    MlPart parts[ML_MAX_PARTS];
    uint32_t n_steps;
    MlStep steps[ML_PLAN_MAX_STEPS];
    uint32_t n_blocks;
    MlPlanBlock blocks[ML_PLAN_MAX_BLOCKS];
    bool is_uncached;  /* the probe switches glibc's thread cache off */
    uint64_t slots;    /* of a hash table, at the end; else 0 */
    uint64_t capacity; /* elements there is room for, at the end; else 0 */
    double max_load;   /* of a hash table; else 0 */
} MlPlan;

/**
 * ml_plan_init: an empty plan over no parts; the structure's parts() is written into @plan->parts.
 */
void ml_plan_init(MlPlan *plan);

/**
 * ml_plan_alloc: a block is asked for.
 * @bytes: as passed to malloc or calloc
 * @touched_bytes: written at once, from the block's start
 *
 * Returns: the block's number in this plan.
 */
uint32_t ml_plan_alloc(MlPlan *plan, uint32_t part, uint64_t bytes, uint64_t touched_bytes);

/**
 * ml_plan_zeroed: a block is asked of calloc.
 * @touched_bytes: written sooner or later, from the block's start
 *
 * Returns: the block's number in this plan.
 */
uint32_t ml_plan_zeroed(MlPlan *plan, uint32_t part, uint64_t bytes, uint64_t touched_bytes);

/**
 * ml_plan_one: a block of one element that is filled and stays.
 */
void ml_plan_one(MlPlan *plan, uint32_t part, uint64_t bytes);

void ml_plan_realloc(MlPlan *plan, uint32_t block, uint64_t bytes);
void ml_plan_free(MlPlan *plan, uint32_t block);

/**
 * ml_plan_touch: the first @bytes of the block have been written by now (never fewer than before).
 */
void ml_plan_touch(MlPlan *plan, uint32_t block, uint64_t bytes);

/**
 * ml_plan_reach: of the part's last block, nothing beyond the first @bytes is ever written.
 */
void ml_plan_reach(MlPlan *plan, uint32_t part, uint64_t bytes);

/**
 * ml_plan_use: how many elements of the block are in use at the end.
 */
void ml_plan_use(MlPlan *plan, uint32_t block, uint64_t used);

/**
 * ml_plan_used: elements in use at the end, over all blocks of a part.
 */
uint64_t ml_plan_used(const MlPlan *plan, uint32_t part);

/**
 * ml_plan_repeat: @count rounds of @n_requests requests each.
 */
void ml_plan_repeat(MlPlan *plan, uint64_t count, uint32_t n_requests, const MlRequest *round);

/**
 * ml_plan_repeat_lasting: the same, but they are no rounds to ml_plan_thin(): all of them stay.
 */
void ml_plan_repeat_lasting(
    MlPlan *plan, uint64_t count, uint32_t n_requests, const MlRequest *round);

/**
 * ml_plan_thin: of the rounds of all repeats, numbered from 0, those that @every does not divide
 * are freed, from the first to the last.  No more rounds follow.
 * @every: divides the number of rounds; 1: all stay
 */
void ml_plan_thin(MlPlan *plan, uint64_t every);

/**
 * ml_plan_thin_on: of the rounds that ml_plan_thin() frees, @count go only now, after the steps
 * that followed it.  A model may free them all at once; nothing where nothing was thinned.
 */
void ml_plan_thin_on(MlPlan *plan, uint64_t count);

/**
 * ml_plan_most_blocks: how many blocks there are at once, at the most.
 */
uint64_t ml_plan_most_blocks(const MlPlan *plan);

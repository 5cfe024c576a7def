/* Hash tables whose entries lie in the slots themselves: what open addressing with linear probing
 * and its Robin Hood form share.  They differ in how an entry is placed and taken out, and in the
 * load. */
#pragma once

#include "structure/entry.h"

/* [excerpt] */
struct slot {
    uint64_t hash; /* 0: empty; 1: emptied, the search goes on */
    MlKey key;     /* an integer, or a pointer to a string object */
    MlValue value; /* an integer, or a pointer to a box           */
};
/* [end] */

/* Puts an entry into one of @n_slots slots, a power of two, of which one at least is empty. */
typedef void (*MlSlotPlace)(struct slot *slots, uint64_t n_slots, struct slot entry);

/* Empties slot number @i of @n_slots so that what lies behind it is still found. */
typedef void (*MlSlotVacate)(struct slot *slots, uint64_t n_slots, uint64_t i);

enum { ML_SLOT_EMPTY, ML_SLOT_EMPTIED };

typedef struct {
    uint64_t n;
    uint64_t n_slots;
    struct slot *slots;
    MlEntryKind kind;
} MlSlotTable;

/**
 * ml_slots_build: insert the entries, rehash to twice whenever it gets too full, then delete.
 */
bool ml_slots_build(MlSlotTable *self,
    uint64_t n,
    const MlOptions *options,
    MlSlotPlace place,
    MlSlotVacate vacate);

/* The calls of the contract. */
void ml_slots_plan(uint64_t n, const MlOptions *options, MlPlan *plan);
void ml_slots_reach(uint64_t n, const MlOptions *options, MlPlan *plan);
uint32_t ml_slots_parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS]);
void ml_slots_destroy(void *instance);
void ml_slots_walk(const void *instance, MlWalkSink *sink);
uint64_t ml_slots_count(const void *instance);
int64_t ml_slots_sum(const void *instance);
void ml_slots_get(const void *instance, uint64_t i, MlElement *ret_element);
void ml_slots_put(void *instance, uint64_t i, int64_t value);

#define ML_SLOTS_CALLS                                                                             \
    .parts = ml_slots_parts, .plan = ml_slots_plan, .reach = ml_slots_reach,                       \
    .destroy = ml_slots_destroy, .walk = ml_slots_walk, .count = ml_slots_count,                   \
    .sum = ml_slots_sum, .get = ml_slots_get, .put = ml_slots_put

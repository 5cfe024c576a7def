/* Growing array: appended to one by one; when it is full, realloc doubles it.
 *
 * Worked example (glibc, n = 1 000 000): capacity 4, 8, … 1 048 576, so 8 388 608 B are asked for.
 * Only the first 8 000 000 B were ever written: 1 954 pages = 8.00 B per element are held, the rest
 * is reserved. */
#include "core/structure.h"

#include <stdlib.h>

enum { PART_ARRAY };
enum { FIRST_CAPACITY = 4 };

typedef struct {
    uint64_t n;
    uint64_t capacity;
    int64_t *data;
} GrowingArray;

/* [excerpt] */
static bool
append(GrowingArray *self, int64_t value)
{
    if (self->n == self->capacity) {
        uint64_t capacity = self->capacity == 0 ? FIRST_CAPACITY : 2 * self->capacity;
        int64_t *data = realloc(self->data, capacity * sizeof *data);
        if (data == NULL)
            return false;
        self->data = data;
        self->capacity = capacity;
    }
    self->data[self->n++] = value;
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    for (uint64_t i = 0; i < n; i++)
        if (!append(instance, (int64_t)i))
            return false;
    return true;
}

static void
destroy(void *instance)
{
    free(((GrowingArray *)instance)->data);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_ARRAY], "array", sizeof(int64_t));
    ml_part_add(&ret_parts[PART_ARRAY], "value", 0, sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    uint64_t capacity = FIRST_CAPACITY;
    uint32_t array = ml_plan_alloc(plan, PART_ARRAY, capacity * sizeof(int64_t), 0);
    while (capacity < n) {
        ml_plan_touch(plan, array, capacity * sizeof(int64_t));
        capacity *= 2;
        ml_plan_realloc(plan, array, capacity * sizeof(int64_t));
    }
    ml_plan_touch(plan, array, n * sizeof(int64_t));
    ml_plan_use(plan, array, n);
    plan->capacity = capacity;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const GrowingArray *self = instance;
    if (self->data != NULL)
        ml_walk_block(sink, PART_ARRAY, self->data, self->capacity * sizeof *self->data, self->n);
}

static uint64_t
count(const void *instance)
{
    return ((const GrowingArray *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const GrowingArray *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n; i++)
        total += self->data[i];
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const GrowingArray *self = instance;
    *ret_element = (MlElement){
        .value = self->data[i],
        .address = (uintptr_t)&self->data[i],
        .bytes = sizeof *self->data,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    ((GrowingArray *)instance)->data[i] = value;
}

const MlStructure ml_structure_growing_array = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "growing-array",
    .title = "growing array",
    .element = "append, doubled by realloc",
    .summary = "integers appended one by one; capacity 4, doubled by realloc when full",
    .shape = ML_SHAPE_ARRAY,
    .instance_size = sizeof(GrowingArray),
    ML_STRUCTURE_CALLS,
};

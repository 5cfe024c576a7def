/* Packed array: one block, the integers side by side.
 *
 * Worked example (glibc, 4 KiB pages, n = 1 000 000, width 8): asked for 8 000 000 B; malloc maps
 * 16 + 8 000 000 B, which is 1 954 pages = 8 003 584 B held: 8.00 B of data per element. */
#include "core/structure.h"

#include <stdlib.h>

enum { OPTION_WIDTH };
enum { PART_ARRAY };

static const uint32_t widths[] = { 8, 4, 2, 1 };

typedef struct {
    uint64_t n;
    uint32_t width;
    void *data;
} PackedArray;

/* [excerpt] */
static bool
build_int64(PackedArray *self, uint64_t n)
{
    int64_t *a = malloc(n * sizeof *a);
    if (a == NULL)
        return false;
    for (uint64_t i = 0; i < n; i++)
        a[i] = (int64_t)i;
    self->data = a;
    return true;
}
/* [end] */

/* The narrower widths keep i's low bits. */
#define BUILD_NARROW(type)                                                                         \
    static bool build_##type(PackedArray *self, uint64_t n)                                        \
    {                                                                                              \
        type *a = malloc(n * sizeof *a);                                                           \
        if (a == NULL)                                                                             \
            return false;                                                                          \
        for (uint64_t i = 0; i < n; i++)                                                           \
            a[i] = (type)i;                                                                        \
        self->data = a;                                                                            \
        return true;                                                                               \
    }

BUILD_NARROW(int32_t)
BUILD_NARROW(int16_t)
BUILD_NARROW(int8_t)

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    static bool (*const builders[])(
        PackedArray *, uint64_t) = { build_int64, build_int32_t, build_int16_t, build_int8_t };
    PackedArray *self = instance;
    self->width = widths[options->choice[OPTION_WIDTH]];
    if (n > 0 && !builders[options->choice[OPTION_WIDTH]](self, n))
        return false;
    self->n = n;
    return true;
}

static void
destroy(void *instance)
{
    PackedArray *self = instance;
    free(self->data);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    uint32_t width = widths[options->choice[OPTION_WIDTH]];
    ml_part_init(&ret_parts[PART_ARRAY], "array", width);
    ml_part_add(&ret_parts[PART_ARRAY], "value", 0, width, ML_ROLE_DATA, ML_FIELD_INT);
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    uint64_t bytes = n * widths[options->choice[OPTION_WIDTH]];
    ml_plan_use(plan, ml_plan_alloc(plan, PART_ARRAY, bytes, bytes), n);
    plan->capacity = n;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const PackedArray *self = instance;
    if (self->n > 0)
        ml_walk_block(sink, PART_ARRAY, self->data, self->n * self->width, self->n);
}

static uint64_t
count(const void *instance)
{
    return ((const PackedArray *)instance)->n;
}

static int64_t
value_at(const PackedArray *self, uint64_t i)
{
    switch (self->width) {
    case 8:
        return ((const int64_t *)self->data)[i];
    case 4:
        return ((const int32_t *)self->data)[i];
    case 2:
        return ((const int16_t *)self->data)[i];
    default:
        return ((const int8_t *)self->data)[i];
    }
}

static int64_t
sum(const void *instance)
{
    const PackedArray *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n; i++)
        total += value_at(self, i);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const PackedArray *self = instance;
    *ret_element = (MlElement){
        .value = value_at(self, i),
        .address = (uintptr_t)self->data + i * self->width,
        .bytes = self->width,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    PackedArray *self = instance;
    switch (self->width) {
    case 8:
        ((int64_t *)self->data)[i] = value;
        break;
    case 4:
        ((int32_t *)self->data)[i] = (int32_t)value;
        break;
    case 2:
        ((int16_t *)self->data)[i] = (int16_t)value;
        break;
    default:
        ((int8_t *)self->data)[i] = (int8_t)value;
        break;
    }
}

const MlStructure ml_structure_packed_array = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "packed-array",
    .title = "packed array",
    .element = "int64_t a[n]",
    .summary = "one block of n integers, side by side",
    .shape = ML_SHAPE_ARRAY,
    .n_options = 1,
    .options = { {
        .name = "width",
        .meaning = "bytes of one integer",
        .choices = { "8", "4", "2", "1" },
    } },
    .instance_size = sizeof(PackedArray),
    ML_STRUCTURE_CALLS,
};

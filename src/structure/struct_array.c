/* Array of structs: one block, the records side by side, holes and all.
 *
 * Worked example (glibc, n = 1 000 000): a record has 23 B of members.  As written, the compiler
 * leaves 17 B of holes to align them: 40 B per element.  With the largest member first there is one
 * hole of 1 B at the end: 24 B. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>

enum { OPTION_MEMBERS };
enum { MEMBERS_AS_WRITTEN, MEMBERS_LARGEST_FIRST };
enum { PART_ARRAY };

/* [excerpt] */
struct record {
    int8_t kind;
    int64_t value;
    int16_t year;
    int64_t id;
    int32_t count;
};

struct sorted_record { /* the same members, the largest first */
    int64_t value;
    int64_t id;
    int32_t count;
    int16_t year;
    int8_t kind;
};
/* [end] */

typedef struct {
    uint64_t n;
    bool sorted;
    void *data;
} StructArray;

/* [excerpt] */
static bool
build_as_written(StructArray *self, uint64_t n)
{
    struct record *a = malloc(n * sizeof *a);
    if (a == NULL)
        return false;
    for (uint64_t i = 0; i < n; i++)
        a[i] = (struct record){ .value = (int64_t)i, .id = (int64_t)i, .year = 2000 };
    self->data = a;
    return true;
}
/* [end] */

static bool
build_sorted(StructArray *self, uint64_t n)
{
    struct sorted_record *a = malloc(n * sizeof *a);
    if (a == NULL)
        return false;
    for (uint64_t i = 0; i < n; i++)
        a[i] = (struct sorted_record){ .value = (int64_t)i, .id = (int64_t)i, .year = 2000 };
    self->data = a;
    return true;
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    StructArray *self = instance;
    self->sorted = options->choice[OPTION_MEMBERS] == MEMBERS_LARGEST_FIRST;
    if (n > 0 && !(self->sorted ? build_sorted(self, n) : build_as_written(self, n)))
        return false;
    self->n = n;
    return true;
}

static void
destroy(void *instance)
{
    free(((StructArray *)instance)->data);
}

static size_t
record_bytes(bool sorted)
{
    return sorted ? sizeof(struct sorted_record) : sizeof(struct record);
}

static void
add(MlPart *part, const char *name, size_t offset, size_t size)
{
    ml_part_add(part, name, offset, size, ML_ROLE_DATA, ML_FIELD_INT);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *part = &ret_parts[PART_ARRAY];
    bool sorted = options->choice[OPTION_MEMBERS] == MEMBERS_LARGEST_FIRST;
    ml_part_init(part, "array", record_bytes(sorted));
    if (sorted) {
        add(part, "value", offsetof(struct sorted_record, value), sizeof(int64_t));
        add(part, "id", offsetof(struct sorted_record, id), sizeof(int64_t));
        add(part, "count", offsetof(struct sorted_record, count), sizeof(int32_t));
        add(part, "year", offsetof(struct sorted_record, year), sizeof(int16_t));
        add(part, "kind", offsetof(struct sorted_record, kind), sizeof(int8_t));
    } else {
        add(part, "kind", offsetof(struct record, kind), sizeof(int8_t));
        add(part, "value", offsetof(struct record, value), sizeof(int64_t));
        add(part, "year", offsetof(struct record, year), sizeof(int16_t));
        add(part, "id", offsetof(struct record, id), sizeof(int64_t));
        add(part, "count", offsetof(struct record, count), sizeof(int32_t));
    }
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    uint64_t bytes = n * record_bytes(options->choice[OPTION_MEMBERS] == MEMBERS_LARGEST_FIRST);
    ml_plan_use(plan, ml_plan_alloc(plan, PART_ARRAY, bytes, bytes), n);
    plan->capacity = n;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const StructArray *self = instance;
    if (self->n > 0)
        ml_walk_block(sink, PART_ARRAY, self->data, self->n * record_bytes(self->sorted), self->n);
}

static uint64_t
count(const void *instance)
{
    return ((const StructArray *)instance)->n;
}

static int64_t *
value_at(const StructArray *self, uint64_t i)
{
    return self->sorted ? &((struct sorted_record *)self->data)[i].value
                        : &((struct record *)self->data)[i].value;
}

static int64_t
sum(const void *instance)
{
    const StructArray *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n; i++)
        total += *value_at(self, i);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const StructArray *self = instance;
    *ret_element = (MlElement){
        .value = *value_at(self, i),
        .address = (uintptr_t)self->data + i * record_bytes(self->sorted),
        .bytes = record_bytes(self->sorted),
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    *value_at(instance, i) = value;
}

const MlStructure ml_structure_struct_array = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "struct-array",
    .title = "array of structs",
    .element = "{ kind, value, year, id, count }",
    .summary = "records of five members side by side, with the holes the compiler leaves",
    .shape = ML_SHAPE_ARRAY,
    .n_options = 1,
    .options = { {
        .name = "members",
        .meaning = "the order in which the struct declares them",
        .choices = { "as-written", "largest-first" },
    } },
    .instance_size = sizeof(StructArray),
    ML_STRUCTURE_CALLS,
};

/* Unrolled linked list: several values a node, so that the link and malloc's field are shared.
 *
 * Worked example (glibc, 14 values a node, n = 1 000 000): a node asks for 16 + 14 × 8 = 128 B and
 * takes 144; 71 429 nodes are 10.29 B per element, where one value a node takes 32. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>

enum { OPTION_ROOM };
enum { PART_NODE };

/* [excerpt] */
struct node {
    struct node *next;
    uint64_t used;
    int64_t values[]; /* as many as the option "room" says */
};
/* [end] */

static const uint32_t rooms[] = { 14, 6, 30, 62 };

typedef struct {
    uint64_t n;
    uint32_t room;
    struct node *first;
} UnrolledList;

static size_t
node_bytes(uint32_t room)
{
    return sizeof(struct node) + room * sizeof(int64_t);
}

/* [excerpt] */
static bool
append_all(UnrolledList *self, uint64_t n)
{
    struct node **link = &self->first;
    struct node *node = NULL;
    for (uint64_t i = 0; i < n; i++) {
        if (node == NULL || node->used == self->room) {
            node = malloc(sizeof *node + self->room * sizeof node->values[0]);
            if (node == NULL)
                return false;
            node->next = NULL;
            node->used = 0;
            *link = node;
            link = &node->next;
        }
        node->values[node->used++] = (int64_t)i;
        self->n = i + 1;
    }
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    UnrolledList *self = instance;
    self->room = rooms[options->choice[OPTION_ROOM]];
    return append_all(self, n);
}

static void
destroy(void *instance)
{
    struct node *node = ((UnrolledList *)instance)->first;
    while (node != NULL) {
        struct node *next = node->next;
        free(node);
        node = next;
    }
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *part = &ret_parts[PART_NODE];
    uint32_t room = rooms[options->choice[OPTION_ROOM]];
    ml_part_init(part, "node", node_bytes(room));
    part->room = room;
    ml_part_add(part,
        "next",
        offsetof(struct node, next),
        sizeof(struct node *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_part_add(
        part, "used", offsetof(struct node, used), sizeof(uint64_t), ML_ROLE_INDEX, ML_FIELD_INT);
    ml_part_add_each(
        part, "values", offsetof(struct node, values), sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
    return 1;
}

/* The last node may have places left; nobody writes those, but they share its pages. */
static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    uint32_t room = rooms[options->choice[OPTION_ROOM]];
    MlRequest full_node = { PART_NODE, node_bytes(room), room };
    MlRequest last_node = { PART_NODE, node_bytes(room), n % room };
    uint64_t full = n / room;
    ml_plan_repeat(plan, full, 1, &full_node);
    ml_plan_repeat(plan, n % room > 0, 1, &last_node);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const UnrolledList *self = instance;
    for (const struct node *node = self->first; node != NULL; node = node->next)
        ml_walk_block(sink, PART_NODE, node, node_bytes(self->room), node->used);
}

static uint64_t
count(const void *instance)
{
    return ((const UnrolledList *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    int64_t total = 0;
    for (const struct node *node = ((const UnrolledList *)instance)->first; node != NULL;
         node = node->next)
        for (uint64_t i = 0; i < node->used; i++)
            total += node->values[i];
    return total;
}

static int64_t *
value_at(const UnrolledList *self, uint64_t i)
{
    struct node *node = self->first;
    for (; i >= self->room; i -= self->room)
        node = node->next;
    return &node->values[i];
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const int64_t *value = value_at(instance, i);
    *ret_element = (MlElement){
        .value = *value,
        .address = (uintptr_t)value,
        .bytes = sizeof *value,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    *value_at(instance, i) = value;
}

const MlStructure ml_structure_unrolled_list = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "unrolled-list",
    .title = "unrolled linked list",
    .element = "one of several values in a node",
    .summary = "nodes { next, used, values[room] }: the link is shared by several values",
    .shape = ML_SHAPE_SLABS,
    .n_options = 1,
    .options = { {
        .name = "room",
        .meaning = "values in a node",
        .choices = { "14", "6", "30", "62" },
    } },
    .instance_size = sizeof(UnrolledList),
    ML_STRUCTURE_CALLS,
};

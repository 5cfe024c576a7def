/* Doubly linked list: one block a node, each knows the next and the one before.
 *
 * Worked example (glibc): a node asks for 24 B and with malloc's 8 B size field fills the smallest
 * block, 32 B, exactly.  The second link costs nothing: it lies where linked_list.c has malloc's
 * rounding. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>

#include "core/walk_heap.h"
#include "structure/deleted.h"
#include "structure/order.h"
#include "structure/scratch.h"

enum { OPTION_ORDER, OPTION_DELETED };
enum { ORDER_BUILT, ORDER_SHUFFLED };
enum { PART_NODE };

/* [excerpt] */
struct node {
    struct node *next;
    struct node *prev;
    int64_t value;
};
/* [end] */

typedef struct {
    uint64_t n;
    struct node *first;
    MlWalkHeap heap; /* of the nodes */
} DoubleList;

/* [excerpt] */
static bool
append_all(DoubleList *self, uint64_t n)
{
    struct node *last = NULL;
    for (uint64_t i = 0; i < n; i++) {
        struct node *node = malloc(sizeof *node);
        if (node == NULL)
            return false;
        *node = (struct node){ .next = NULL, .prev = last, .value = (int64_t)i };
        if (last != NULL)
            last->next = node;
        else
            self->first = node;
        last = node;
        self->n = i + 1;
    }
    self->heap.highest = last;
    return true;
}
/* [end] */

/* [excerpt] */
/* Of each `every` nodes the first stays. */
static void
delete_others(DoubleList *self, uint64_t every)
{
    struct node **link = &self->first;
    for (uint64_t i = 0; *link != NULL; i++) {
        struct node *node = *link;
        if (i % every == 0) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        if (node->next != NULL)
            node->next->prev = node->prev;
        free(node);
        self->n--;
    }
}
/* [end] */

/* Links the nodes in another order; the list as a whole still reads the same.
 * @every: node number i holds the value i × every */
static bool
shuffle(DoubleList *self, uint64_t every)
{
    size_t bytes = self->n * sizeof(struct node *);
    struct node **nodes = ml_scratch_take(bytes);
    if (nodes == NULL)
        return false;
    uint64_t made = 0;
    for (struct node *node = self->first; node != NULL; node = node->next)
        nodes[made++] = node;
    MlOrder order;
    ml_order_init(&order, made);
    struct node **link = &self->first;
    struct node *last = NULL;
    for (uint64_t i = 0; i < made; i++) {
        struct node *node = nodes[ml_order_at(&order, i)];
        *node = (struct node){ .next = NULL, .prev = last, .value = (int64_t)(i * every) };
        *link = node;
        link = &node->next;
        last = node;
        ml_walk_heap_note(&self->heap, i, made, node);
    }
    ml_scratch_give_back(nodes, bytes);
    return true;
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    DoubleList *self = instance;
    uint64_t every = ml_deleted_every(options->text[OPTION_DELETED]);
    if (!append_all(self, n * every))
        return false;
    if (every > 1)
        delete_others(self, every);
    else
        self->heap.lowest = self->first;
    return options->choice[OPTION_ORDER] == ORDER_BUILT || n < 2 || shuffle(self, every);
}

static void
destroy(void *instance)
{
    struct node *node = ((DoubleList *)instance)->first;
    while (node != NULL) {
        struct node *next = node->next;
        free(node);
        node = next;
    }
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_NODE], "node", sizeof(struct node));
    ml_part_add(&ret_parts[PART_NODE],
        "next",
        offsetof(struct node, next),
        sizeof(struct node *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_part_add(&ret_parts[PART_NODE],
        "prev",
        offsetof(struct node, prev),
        sizeof(struct node *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_part_add(&ret_parts[PART_NODE],
        "value",
        offsetof(struct node, value),
        sizeof(int64_t),
        ML_ROLE_DATA,
        ML_FIELD_INT);
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    uint64_t every = ml_deleted_every(options->text[OPTION_DELETED]);
    ml_plan_repeat(plan, n * every, 1, &(MlRequest){ PART_NODE, sizeof(struct node) });
    ml_plan_thin(plan, every);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const DoubleList *self = instance;
    if (ml_walk_heap(sink, PART_NODE, &self->heap, sizeof(struct node), self->n))
        return;
    for (const struct node *node = self->first; node != NULL; node = node->next)
        ml_walk_block(sink, PART_NODE, node, sizeof *node, 1);
}

static uint64_t
count(const void *instance)
{
    return ((const DoubleList *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    int64_t total = 0;
    for (const struct node *node = ((const DoubleList *)instance)->first; node != NULL;
         node = node->next)
        total += node->value;
    return total;
}

static struct node *
node_at(const DoubleList *self, uint64_t i)
{
    struct node *node = self->first;
    while (i-- > 0)
        node = node->next;
    return node;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const struct node *node = node_at(instance, i);
    *ret_element = (MlElement){
        .value = node->value,
        .address = (uintptr_t)node,
        .bytes = sizeof *node,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    node_at(instance, i)->value = value;
}

const MlStructure ml_structure_double_list = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "double-list",
    .title = "doubly linked list",
    .element = "{ next, prev, value }",
    .summary = "nodes { next, prev, value }, one block a node",
    .shape = ML_SHAPE_CHAIN,
    .n_options = 2,
    .options = {
        {
            .name = "order",
            .meaning = "built: as made, next to each other; shuffled: linked in another order",
            .choices = { "built", "shuffled" },
        },
        ML_DELETED_OPTION,
    },
    .instance_size = sizeof(DoubleList),
    ML_STRUCTURE_CALLS,
};

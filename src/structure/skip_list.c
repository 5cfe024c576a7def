/* Skip list: a linked list with express lanes; every second node has a second link, every fourth a
 * third, and so on, as a fair coin would deal them out.
 *
 * Worked example (glibc): a node asks for 16 B and 8 B a link, two links on average: half of the
 * nodes take 32 B, three in eight (2 or 3 links) 48: about 41.3 B per element. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>

enum { PART_NODE };
enum { MAX_LEVELS = 32 };

/* [excerpt] */
struct node {
    int64_t value;
    uint64_t n_links;
    struct node *next[]; /* next[k] skips to the next node with more than k links */
};
/* [end] */

typedef struct {
    uint64_t n;
    struct node *first[MAX_LEVELS];
} SkipList;

static size_t
node_bytes(uint64_t n_links)
{
    return sizeof(struct node) + n_links * sizeof(struct node *);
}

/* Node number i, from 0. */
static uint32_t
links_of(uint64_t i)
{
    uint32_t links = 1 + (uint32_t)__builtin_ctzll(i + 1);
    return links < MAX_LEVELS ? links : MAX_LEVELS;
}

/* [excerpt] */
static bool
append_all(SkipList *self, uint64_t n)
{
    struct node **ends[MAX_LEVELS];
    for (uint32_t k = 0; k < MAX_LEVELS; k++)
        ends[k] = &self->first[k];
    for (uint64_t i = 0; i < n; i++) {
        uint32_t n_links = links_of(i);
        struct node *node = malloc(sizeof *node + n_links * sizeof node->next[0]);
        if (node == NULL)
            return false;
        node->value = (int64_t)i;
        node->n_links = n_links;
        for (uint32_t k = 0; k < n_links; k++) {
            node->next[k] = NULL;
            *ends[k] = node;
            ends[k] = &node->next[k];
        }
        self->n = i + 1;
    }
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    return append_all(instance, n);
}

static void
destroy(void *instance)
{
    struct node *node = ((SkipList *)instance)->first[0];
    while (node != NULL) {
        struct node *next = node->next[0];
        free(node);
        node = next;
    }
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlPart *node = &ret_parts[PART_NODE];
    ml_part_init(node, "node", sizeof(struct node));
    node->links = true;
    ml_part_add(
        node, "value", offsetof(struct node, value), sizeof(int64_t), ML_ROLE_DATA, ML_FIELD_INT);
    ml_part_add(node,
        "n_links",
        offsetof(struct node, n_links),
        sizeof(uint64_t),
        ML_ROLE_INDEX,
        ML_FIELD_INT);
    return 1;
}

/* By number of links, and not in the order in which they are made: a heap that only grows does not
 * care. */
static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    for (uint32_t links = 1; links <= MAX_LEVELS; links++) {
        uint64_t with_as_many = n >> (links - 1);
        uint64_t with_more = links < MAX_LEVELS ? n >> links : 0;
        MlRequest node = { .part = PART_NODE, .request_bytes = node_bytes(links) };
        ml_plan_repeat(plan, with_as_many - with_more, 1, &node);
    }
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const SkipList *self = instance;
    for (const struct node *node = self->first[0]; node != NULL; node = node->next[0])
        ml_walk_block(sink, PART_NODE, node, node_bytes(node->n_links), 1);
}

static uint64_t
count(const void *instance)
{
    return ((const SkipList *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    int64_t total = 0;
    for (const struct node *node = ((const SkipList *)instance)->first[0]; node != NULL;
         node = node->next[0])
        total += node->value;
    return total;
}

/* From the fastest lane down: as far as each goes without passing place i.  A node with more than k
 * links stands in every 2^k-th place. */
static struct node *
node_at(const SkipList *self, uint64_t i)
{
    struct node *const *lanes = self->first;
    uint64_t passed = 0;
    struct node *node = NULL;
    for (uint32_t k = MAX_LEVELS; k-- > 0;)
        while (lanes[k] != NULL && passed + (UINT64_C(1) << k) <= i + 1) {
            node = lanes[k];
            lanes = node->next;
            passed += UINT64_C(1) << k;
            if (k >= node->n_links)
                break;
        }
    return node;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const struct node *node = node_at(instance, i);
    *ret_element = (MlElement){
        .value = node->value,
        .address = (uintptr_t)node,
        .bytes = node_bytes(node->n_links),
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    node_at(instance, i)->value = value;
}

const MlStructure ml_structure_skip_list = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "skip-list",
    .title = "skip list",
    .element = "{ value, n_links, next[n_links] }",
    .summary = "a list with express lanes: every second node has a second link, and so on",
    .shape = ML_SHAPE_SKIP_LIST,
    .plan_is_grouped = true,
    .instance_size = sizeof(SkipList),
    ML_STRUCTURE_CALLS,
};

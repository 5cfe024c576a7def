/* Chained hash table: an array of buckets, each the head of a chain of nodes.
 *
 * Worked example (glibc, int → int, n = 1 000 000): a node asks for 32 B and takes 48 (8 field,
 * 8 rounding); 2^20 buckets of 8 B are 8.39 B per entry: 56.39 B. */
#include "core/structure.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "core/arithmetic.h"
#include "structure/reach.h"

enum { PART_BUCKETS, PART_NODE, FIRST_OBJECT_PART };
enum { FIRST_BUCKETS = 16 };

/* [excerpt] */
struct node {
    struct node *next;
    uint64_t hash;
    MlKey key;     /* an integer, or a pointer to a string object */
    MlValue value; /* an integer, or a pointer to a box           */
};
/* [end] */

typedef struct {
    uint64_t n;
    uint64_t n_buckets; /* a power of two */
    struct node **buckets;
    MlEntryKind kind;
} ChainedTable;

/* [excerpt] */
/* One entry more than the load allows (usually 1), and the table is rehashed to twice. */
static bool
make_room(ChainedTable *self)
{
    if (self->n < ml_fill_room(self->kind.fill, self->n_buckets))
        return true;
    uint64_t n_buckets = self->n_buckets == 0 ? FIRST_BUCKETS : 2 * self->n_buckets;
    struct node **buckets = calloc(n_buckets, sizeof *buckets);
    if (buckets == NULL)
        return false;
    for (uint64_t i = 0; i < self->n_buckets; i++) {
        struct node *next;
        for (struct node *node = self->buckets[i]; node != NULL; node = next) {
            struct node **bucket = &buckets[node->hash & (n_buckets - 1)];
            next = node->next;
            node->next = *bucket;
            *bucket = node;
        }
    }
    free(self->buckets);
    self->buckets = buckets;
    self->n_buckets = n_buckets;
    return true;
}

static bool
insert(ChainedTable *self, MlKey key, MlValue value)
{
    struct node *node = malloc(sizeof *node);
    if (node == NULL)
        return false;
    uint64_t hash = ml_key_hash(&self->kind, key);
    struct node **bucket = &self->buckets[hash & (self->n_buckets - 1)];
    *node = (struct node){ .next = *bucket, .hash = hash, .key = key, .value = value };
    *bucket = node;
    self->n++;
    return true;
}
/* [end] */

/* The link that leads to the node of key number @key. */
static struct node **
find_link(ChainedTable *self, uint64_t key)
{
    MlKeyProbe probe;
    ml_key_probe_init(&self->kind, key, &probe);
    uint64_t hash = ml_key_hash(&self->kind, probe.key);
    struct node **link = &self->buckets[hash & (self->n_buckets - 1)];
    while ((*link)->hash != hash || !ml_key_equal(&self->kind, (*link)->key, probe.key))
        link = &(*link)->next;
    return link;
}

/* The node is freed; the bucket array stays as long as it is. */
static void
take_out(ChainedTable *self, uint64_t key)
{
    struct node **link = find_link(self, key);
    struct node *node = *link;
    *link = node->next;
    ml_entry_destroy(&self->kind, node->key, node->value);
    free(node);
    self->n--;
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    ChainedTable *self = instance;
    ml_entry_kind_init(&self->kind, options);
    uint64_t made = ml_entry_made(options, n);
    for (uint64_t i = 0; i < made; i++) {
        MlKey key;
        MlValue value;
        if (!make_room(self) || !ml_entry_make(&self->kind, i, &key, &value))
            return false;
        if (!insert(self, key, value)) {
            ml_entry_destroy(&self->kind, key, value);
            return false;
        }
    }
    for (uint64_t i = 0; self->kind.every > 1 && i < made; i++)
        if (i % self->kind.every != 0)
            take_out(self, i);
    return true;
}

static void
destroy(void *instance)
{
    ChainedTable *self = instance;
    for (uint64_t i = 0; i < self->n_buckets; i++) {
        struct node *next;
        for (struct node *node = self->buckets[i]; node != NULL; node = next) {
            next = node->next;
            ml_entry_destroy(&self->kind, node->key, node->value);
            free(node);
        }
    }
    free(self->buckets);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_BUCKETS], "bucket array", sizeof(struct node *));
    ret_parts[PART_BUCKETS].sparse = true;
    ml_part_add(&ret_parts[PART_BUCKETS],
        "bucket",
        0,
        sizeof(struct node *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    MlPart *node = &ret_parts[PART_NODE];
    ml_part_init(node, "node", sizeof(struct node));
    ml_part_add(node,
        "next",
        offsetof(struct node, next),
        sizeof(struct node *),
        ML_ROLE_POINTER,
        ML_FIELD_POINTER);
    ml_entry_fields(node,
        options,
        offsetof(struct node, hash),
        offsetof(struct node, key),
        offsetof(struct node, value));
    return ml_entry_parts(options, ret_parts, FIRST_OBJECT_PART);
}

/* Buckets that hold a chain: the expected number when n keys fall anywhere. */
static uint64_t
expected_used(uint64_t n, uint64_t n_buckets)
{
    double empty = pow(1 - 1 / (double)n_buckets, (double)n);
    return (uint64_t)llround((double)n_buckets * (1 - empty));
}

static uint32_t
plan_buckets(MlPlan *plan, uint64_t n_buckets)
{
    uint64_t bytes = n_buckets * sizeof(struct node *);
    return ml_plan_zeroed(plan, PART_BUCKETS, bytes, bytes);
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    MlRequest node = { PART_NODE, sizeof(struct node) };
    MlFill fill = ml_entry_fill(options);
    uint64_t all = ml_entry_made(options, n);
    uint64_t n_buckets = FIRST_BUCKETS;
    uint32_t buckets = plan_buckets(plan, n_buckets);
    uint64_t made = 0;
    while (all > ml_fill_room(fill, n_buckets)) {
        uint64_t room = ml_fill_room(fill, n_buckets);
        ml_entry_plan(options, made, room, FIRST_OBJECT_PART, node, plan);
        made = room;
        n_buckets *= 2;
        uint32_t grown = plan_buckets(plan, n_buckets);
        ml_plan_free(plan, buckets);
        buckets = grown;
    }
    ml_entry_plan(options, made, all, FIRST_OBJECT_PART, node, plan);
    ml_plan_thin(plan, all / n);
    ml_plan_use(plan, buckets, expected_used(n, n_buckets));
    plan->slots = n_buckets;
    plan->capacity = ml_fill_room(fill, n_buckets) * n / all; /* that stay */
    plan->max_load = (double)fill.part / fill.whole;
}

static void
reach(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    uint64_t buckets = ml_reach_homes(options, ml_entry_made(options, n), plan->slots);
    ml_plan_reach(plan, PART_BUCKETS, buckets * sizeof(struct node *));
}

/* The nodes of buckets that come soon, and the objects of those that come sooner. */
static void
fetch_ahead(const ChainedTable *self, uint64_t i)
{
    uint64_t last = self->n_buckets - 1;
    ml_walk_fetch(self->buckets[ml_least(i + 2 * ML_ENTRIES_AHEAD, last)]);
    const struct node *node = self->buckets[ml_least(i + ML_ENTRIES_AHEAD, last)];
    if (node != NULL)
        ml_entry_fetch(&self->kind, node->key, node->value);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const ChainedTable *self = instance;
    if (self->buckets == NULL)
        return;
    uint64_t used = 0;
    for (uint64_t i = 0; i < self->n_buckets; i++)
        used += self->buckets[i] != NULL;
    ml_walk_block(sink, PART_BUCKETS, self->buckets, self->n_buckets * sizeof *self->buckets, used);
    for (uint64_t i = 0; i < self->n_buckets; i++) {
        fetch_ahead(self, i);
        if (self->buckets[i] != NULL)
            ml_walk_taken(sink, PART_BUCKETS, &self->buckets[i]);
        for (const struct node *node = self->buckets[i]; node != NULL; node = node->next) {
            ml_walk_block(sink, PART_NODE, node, sizeof *node, 1);
            ml_entry_walk(&self->kind, node->key, node->value, FIRST_OBJECT_PART, sink);
        }
    }
}

static uint64_t
count(const void *instance)
{
    return ((const ChainedTable *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const ChainedTable *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n_buckets; i++)
        for (const struct node *node = self->buckets[i]; node != NULL; node = node->next)
            total += ml_value_get(&self->kind, node->value);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    ChainedTable *self = (void *)(uintptr_t)instance; /* which a look-up leaves as it is */
    const struct node *node = *find_link(self, ml_entry_key_number(&self->kind, i));
    ml_entry_element(&self->kind, node->key, &node->value, sizeof *node, ret_element);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    ChainedTable *self = instance;
    ml_value_put(
        &self->kind, &(*find_link(self, ml_entry_key_number(&self->kind, i)))->value, value);
}

const MlStructure ml_structure_chained_table = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "chained-table",
    .title = "chained hash table",
    .element = "{ next, hash, key, value }",
    .summary =
        "buckets from 16, load at most 1, rehashed to twice; node { next, hash, key, value }",
    .shape = ML_SHAPE_BUCKETS,
    ML_ENTRY_OPTIONS(ML_FILL_CHAINED("1")),
    .instance_size = sizeof(ChainedTable),
    ML_STRUCTURE_CALLS,
    .reach = reach,
};

/* Open hash table: entries lie in the slots themselves; a taken slot sends the search on to the
 * next.
 *
 * Worked example (int → int, n = 1 000 000): load at most 3/4 asks for 2^21 slots of 24 B, all of
 * whose pages are touched: 50.33 B per entry. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>

#include "structure/entry.h"

enum { PART_SLOTS, FIRST_OBJECT_PART };
enum { FIRST_SLOTS = 16 };

/* [excerpt] */
struct slot {
    uint64_t hash; /* 0: empty */
    MlKey key;     /* an integer, or a pointer to a string object */
    MlValue value; /* an integer, or a pointer to a box           */
};
/* [end] */

typedef struct {
    uint64_t n;
    uint64_t n_slots; /* a power of two */
    struct slot *slots;
    MlEntryKind kind;
} OpenTable;

/* Entries that this many slots may hold: load at most 3/4. */
static uint64_t
room(uint64_t n_slots)
{
    return n_slots / 4 * 3;
}

/* [excerpt] */
static void
place(struct slot *slots, uint64_t n_slots, struct slot entry)
{
    uint64_t i = entry.hash & (n_slots - 1);
    while (slots[i].hash != 0)
        i = (i + 1) & (n_slots - 1);
    slots[i] = entry;
}

/* Load at most 3/4: one more entry, and the table is rehashed to twice. */
static bool
make_room(OpenTable *self)
{
    if (self->n < room(self->n_slots))
        return true;
    uint64_t n_slots = self->n_slots == 0 ? FIRST_SLOTS : 2 * self->n_slots;
    struct slot *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (self->slots[i].hash != 0)
            place(slots, n_slots, self->slots[i]);
    free(self->slots);
    self->slots = slots;
    self->n_slots = n_slots;
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    OpenTable *self = instance;
    ml_entry_kind_init(&self->kind, options);
    for (uint64_t i = 0; i < n; i++) {
        struct slot entry;
        if (!make_room(self) || !ml_entry_make(&self->kind, i, &entry.key, &entry.value))
            return false;
        entry.hash = ml_key_hash(&self->kind, entry.key);
        place(self->slots, self->n_slots, entry);
        self->n++;
    }
    return true;
}

static void
destroy(void *instance)
{
    OpenTable *self = instance;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (self->slots[i].hash != 0)
            ml_entry_destroy(&self->kind, self->slots[i].key, self->slots[i].value);
    free(self->slots);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_SLOTS], "slot array", sizeof(struct slot));
    ml_entry_fields(&ret_parts[PART_SLOTS],
        options,
        offsetof(struct slot, hash),
        offsetof(struct slot, key),
        offsetof(struct slot, value));
    return ml_entry_parts(options, ret_parts, FIRST_OBJECT_PART);
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    MlRequest no_node = { 0 };
    uint64_t n_slots = FIRST_SLOTS;
    uint64_t bytes = n_slots * sizeof(struct slot);
    uint32_t slots = ml_plan_alloc(plan, PART_SLOTS, bytes, bytes);
    uint64_t made = 0;
    while (n > room(n_slots)) {
        ml_entry_plan(options, made, room(n_slots), FIRST_OBJECT_PART, no_node, plan);
        made = room(n_slots);
        n_slots *= 2;
        bytes = n_slots * sizeof(struct slot);
        uint32_t grown = ml_plan_alloc(plan, PART_SLOTS, bytes, bytes);
        ml_plan_free(plan, slots);
        slots = grown;
    }
    ml_entry_plan(options, made, n, FIRST_OBJECT_PART, no_node, plan);
    ml_plan_use(plan, slots, n);
    plan->slots = n_slots;
    plan->capacity = room(n_slots);
    plan->max_load = 0.75;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const OpenTable *self = instance;
    if (self->slots == NULL)
        return;
    ml_walk_block(sink, PART_SLOTS, self->slots, self->n_slots * sizeof *self->slots, self->n);
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (self->slots[i].hash != 0)
            ml_entry_walk(
                &self->kind, self->slots[i].key, self->slots[i].value, FIRST_OBJECT_PART, sink);
}

static uint64_t
count(const void *instance)
{
    return ((const OpenTable *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const OpenTable *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (self->slots[i].hash != 0)
            total += ml_value_get(&self->kind, self->slots[i].value);
    return total;
}

static struct slot *
find(const OpenTable *self, uint64_t i)
{
    MlKeyProbe probe;
    ml_key_probe_init(&self->kind, i, &probe);
    uint64_t hash = ml_key_hash(&self->kind, probe.key);
    uint64_t at = hash & (self->n_slots - 1);
    while (
        self->slots[at].hash != hash || !ml_key_equal(&self->kind, self->slots[at].key, probe.key))
        at = (at + 1) & (self->n_slots - 1);
    return &self->slots[at];
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const OpenTable *self = instance;
    const struct slot *slot = find(self, i);
    ml_entry_element(&self->kind, slot->key, &slot->value, sizeof *slot, ret_element);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    OpenTable *self = instance;
    ml_value_put(&self->kind, &find(self, i)->value, value);
}

const MlStructure ml_structure_open_table = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "open-table",
    .title = "open hash table",
    .element = "slot { hash, key, value }",
    .summary = "linear probing, slots from 16, load at most 3/4; slot { hash, key, value }",
    .shape = ML_SHAPE_OPEN_TABLE,
    ML_ENTRY_OPTIONS,
    .instance_size = sizeof(OpenTable),
    ML_STRUCTURE_CALLS,
};

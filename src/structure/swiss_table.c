/* Swiss table: a byte a slot says empty, or seven bits of the hash; sixteen of these are looked at
 * together, so that the slots themselves need no hash and can be filled to 7/8.
 *
 * Worked example (int → int, n = 1 000 000): 2^21 slots of 16 B and as many control bytes, 35.65 B
 * per entry, where the open table's slots of 24 B take 50.33. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/arithmetic.h"
#include "structure/reach.h"

enum { PART_CONTROL, PART_SLOTS, FIRST_OBJECT_PART };
enum { GROUP = 16, FIRST_SLOTS = 16, EMPTY = 0x80, EMPTIED = 0xfe, HASH_BITS = 0x7f };

/* [excerpt] */
struct slot {
    MlKey key;     /* an integer, or a pointer to a string object */
    MlValue value; /* an integer, or a pointer to a box           */
};
/* [end] */

typedef struct {
    uint64_t n;
    uint64_t n_slots; /* a power of two, whole groups */
    uint8_t *control; /* EMPTY, EMPTIED, or the last seven bits of the hash */
    struct slot *slots;
    MlEntryKind kind;
} SwissTable;

static bool
is_taken(uint8_t control)
{
    return control <= HASH_BITS;
}

/* Groups are searched in growing strides, which meet each of them once. */
static uint64_t
next_group(uint64_t group, uint64_t *stride, uint64_t n_slots)
{
    *stride += GROUP;
    return (group + *stride) & (n_slots - 1);
}

static uint64_t
first_group(uint64_t hash, uint64_t n_slots)
{
    return (hash >> 7) * GROUP & (n_slots - 1);
}

/* [excerpt] */
static void
place(SwissTable *self, uint64_t hash, struct slot entry)
{
    uint64_t stride = 0;
    uint64_t group = first_group(hash, self->n_slots);
    for (;; group = next_group(group, &stride, self->n_slots))
        for (uint64_t i = group; i < group + GROUP; i++)
            if (self->control[i] == EMPTY) {
                self->control[i] = hash & HASH_BITS;
                self->slots[i] = entry;
                return;
            }
}

static bool
make_room(SwissTable *self)
{
    if (self->n < ml_fill_room(self->kind.fill, self->n_slots))
        return true;
    SwissTable old = *self;
    uint64_t n_slots = old.n_slots == 0 ? FIRST_SLOTS : 2 * old.n_slots;
    uint8_t *control = malloc(n_slots);
    struct slot *slots = malloc(n_slots * sizeof *slots);
    if (control == NULL || slots == NULL) {
        free(slots);
        free(control);
        return false;
    }
    memset(control, EMPTY, n_slots);
    self->n_slots = n_slots;
    self->control = control;
    self->slots = slots;
    for (uint64_t i = 0; i < old.n_slots; i++)
        if (is_taken(old.control[i]))
            place(self, ml_key_hash(&self->kind, old.slots[i].key), old.slots[i]);
    free(old.slots);
    free(old.control);
    return true;
}
/* [end] */

/* Returns: the number of the slot of key number @key. */
static uint64_t
find(const SwissTable *self, uint64_t key)
{
    MlKeyProbe probe;
    ml_key_probe_init(&self->kind, key, &probe);
    uint64_t hash = ml_key_hash(&self->kind, probe.key);
    uint64_t stride = 0;
    uint64_t group = first_group(hash, self->n_slots);
    for (;; group = next_group(group, &stride, self->n_slots))
        for (uint64_t at = group; at < group + GROUP; at++)
            if (self->control[at] == (hash & HASH_BITS) &&
                ml_key_equal(&self->kind, self->slots[at].key, probe.key))
                return at;
}

/* A search ends in a group that has an empty slot; where there was none, it must still go on. */
static void
take_out(SwissTable *self, uint64_t key)
{
    uint64_t at = find(self, key);
    ml_entry_destroy(&self->kind, self->slots[at].key, self->slots[at].value);
    bool was_full = memchr(&self->control[at / GROUP * GROUP], EMPTY, GROUP) == NULL;
    self->control[at] = was_full ? EMPTIED : EMPTY;
    self->n--;
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    SwissTable *self = instance;
    ml_entry_kind_init(&self->kind, options);
    uint64_t made = ml_entry_made(options, n);
    for (uint64_t i = 0; i < made; i++) {
        struct slot entry;
        if (!make_room(self) || !ml_entry_make(&self->kind, i, &entry.key, &entry.value))
            return false;
        place(self, ml_key_hash(&self->kind, entry.key), entry);
        self->n++;
    }
    for (uint64_t i = 0; self->kind.every > 1 && i < made; i++)
        if (i % self->kind.every != 0)
            take_out(self, i);
    return true;
}

static void
destroy(void *instance)
{
    SwissTable *self = instance;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (is_taken(self->control[i]))
            ml_entry_destroy(&self->kind, self->slots[i].key, self->slots[i].value);
    free(self->slots);
    free(self->control);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_CONTROL], "control bytes", sizeof(uint8_t));
    ml_part_add(
        &ret_parts[PART_CONTROL], "control", 0, sizeof(uint8_t), ML_ROLE_INDEX, ML_FIELD_INT);
    ml_part_init(&ret_parts[PART_SLOTS], "slot array", sizeof(struct slot));
    ret_parts[PART_SLOTS].sparse = true;
    ml_entry_key_value(
        &ret_parts[PART_SLOTS], options, offsetof(struct slot, key), offsetof(struct slot, value));
    return ml_entry_parts(options, ret_parts, FIRST_OBJECT_PART);
}

/* A table of so many slots; the old one is freed when the new one is filled. */
static void
plan_table(MlPlan *plan, uint64_t n_slots, uint32_t blocks[2])
{
    bool grows = n_slots > FIRST_SLOTS;
    uint32_t old[] = { blocks[0], blocks[1] };
    blocks[0] = ml_plan_alloc(plan, PART_CONTROL, n_slots, 0);
    blocks[1] = ml_plan_alloc(plan, PART_SLOTS, n_slots * sizeof(struct slot), 0);
    ml_plan_touch(plan, blocks[0], n_slots);
    ml_plan_touch(plan, blocks[1], n_slots * sizeof(struct slot));
    if (grows) {
        ml_plan_free(plan, old[1]);
        ml_plan_free(plan, old[0]);
    }
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    MlRequest no_node = { 0 };
    MlFill fill = ml_entry_fill(options);
    uint64_t all = ml_entry_made(options, n);
    uint32_t blocks[2] = { 0 };
    uint64_t n_slots = FIRST_SLOTS;
    uint64_t made = 0;
    plan_table(plan, n_slots, blocks);
    while (all > ml_fill_room(fill, n_slots)) {
        uint64_t room = ml_fill_room(fill, n_slots);
        ml_entry_plan(options, made, room, FIRST_OBJECT_PART, no_node, plan);
        made = room;
        n_slots *= 2;
        plan_table(plan, n_slots, blocks);
    }
    ml_entry_plan(options, made, all, FIRST_OBJECT_PART, no_node, plan);
    ml_plan_thin(plan, all / n);
    ml_plan_use(plan, blocks[0], n_slots); /* each says something: taken, or empty */
    ml_plan_use(plan, blocks[1], n);
    plan->slots = n_slots;
    plan->capacity = ml_fill_room(fill, n_slots) * n / all; /* that stay */
    plan->max_load = (double)fill.part / fill.whole;
}

/* How many slots of the last group get taken: those whose home it is, and those who found others
 * full.  @taken: of each group, all 0 */
static uint64_t
fill_groups(uint8_t *taken, uint64_t made, const MlOptions *options, uint64_t n_slots)
{
    MlEntryKind kind;
    ml_entry_kind_init(&kind, options);
    for (uint64_t i = 0; i < made; i++) {
        uint64_t stride = 0;
        uint64_t group = first_group(ml_reach_hash(&kind, i), n_slots);
        while (taken[group / GROUP] == GROUP)
            group = next_group(group, &stride, n_slots);
        taken[group / GROUP]++;
    }
    return taken[n_slots / GROUP - 1];
}

static void
reach(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    uint64_t made = ml_entry_made(options, n);
    uint64_t n_groups = plan->slots / GROUP;
    uint8_t *taken = made <= ML_REACH_MOST_KEYS ? calloc(n_groups, 1) : NULL;
    if (taken == NULL)
        return;
    uint64_t last = fill_groups(taken, made, options, plan->slots);
    free(taken);
    ml_plan_reach(plan, PART_SLOTS, ((n_groups - 1) * GROUP + last) * sizeof(struct slot));
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const SwissTable *self = instance;
    if (self->control == NULL)
        return;
    ml_walk_block(sink, PART_CONTROL, self->control, self->n_slots, self->n_slots);
    ml_walk_block(sink, PART_SLOTS, self->slots, self->n_slots * sizeof *self->slots, self->n);
    for (uint64_t i = 0; i < self->n_slots; i++) {
        const struct slot *ahead = &self->slots[ml_least(i + ML_ENTRIES_AHEAD, self->n_slots - 1)];
        ml_entry_fetch(&self->kind, ahead->key, ahead->value);
        if (!is_taken(self->control[i]))
            continue;
        ml_walk_taken(sink, PART_SLOTS, &self->slots[i]);
        ml_entry_walk(
            &self->kind, self->slots[i].key, self->slots[i].value, FIRST_OBJECT_PART, sink);
    }
}

static uint64_t
count(const void *instance)
{
    return ((const SwissTable *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const SwissTable *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (is_taken(self->control[i]))
            total += ml_value_get(&self->kind, self->slots[i].value);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const SwissTable *self = instance;
    const struct slot *slot = &self->slots[find(self, ml_entry_key_number(&self->kind, i))];
    ml_entry_element(&self->kind, slot->key, &slot->value, sizeof *slot, ret_element);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    SwissTable *self = instance;
    uint64_t at = find(self, ml_entry_key_number(&self->kind, i));
    ml_value_put(&self->kind, &self->slots[at].value, value);
}

const MlStructure ml_structure_swiss_table = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "swiss-table",
    .title = "Swiss table",
    .element = "slot { key, value } and a control byte",
    .summary = "control bytes beside slots { key, value }, searched by sixteen; load at most 7/8",
    .shape = ML_SHAPE_CONTROLLED_SLOTS,
    ML_ENTRY_OPTIONS(ML_FILL_OPEN("7/8")),
    .instance_size = sizeof(SwissTable),
    ML_STRUCTURE_CALLS,
    .reach = reach,
};

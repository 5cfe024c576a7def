#include "structure/slots.h"

#include <stddef.h>
#include <stdlib.h>

#include "core/arithmetic.h"
#include "structure/reach.h"

enum { PART_SLOTS, FIRST_OBJECT_PART };
enum { FIRST_SLOTS = 16 };

static bool
is_taken(const struct slot *slot)
{
    return slot->hash >= ML_FIRST_HASH;
}

/* [excerpt] */
/* One entry more than the load allows, and the table is rehashed to twice. */
static bool
make_room(MlSlotTable *self, MlSlotPlace place)
{
    if (self->n < ml_fill_room(self->kind.fill, self->n_slots))
        return true;
    uint64_t n_slots = self->n_slots == 0 ? FIRST_SLOTS : 2 * self->n_slots;
    struct slot *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (is_taken(&self->slots[i]))
            place(slots, n_slots, self->slots[i]);
    free(self->slots);
    self->slots = slots;
    self->n_slots = n_slots;
    return true;
}
/* [end] */

static uint64_t
find(const MlSlotTable *self, uint64_t key)
{
    MlKeyProbe probe;
    ml_key_probe_init(&self->kind, key, &probe);
    uint64_t hash = ml_key_hash(&self->kind, probe.key);
    uint64_t at = hash & (self->n_slots - 1);
    while (
        self->slots[at].hash != hash || !ml_key_equal(&self->kind, self->slots[at].key, probe.key))
        at = (at + 1) & (self->n_slots - 1);
    return at;
}

static void
take_out(MlSlotTable *self, uint64_t key, MlSlotVacate vacate)
{
    uint64_t at = find(self, key);
    ml_entry_destroy(&self->kind, self->slots[at].key, self->slots[at].value);
    vacate(self->slots, self->n_slots, at);
    self->n--;
}

bool
ml_slots_build(
    MlSlotTable *self, uint64_t n, const MlOptions *options, MlSlotPlace place, MlSlotVacate vacate)
{
    ml_entry_kind_init(&self->kind, options);
    uint64_t made = ml_entry_made(options, n);
    for (uint64_t i = 0; i < made; i++) {
        struct slot entry;
        if (!make_room(self, place) || !ml_entry_make(&self->kind, i, &entry.key, &entry.value))
            return false;
        entry.hash = ml_key_hash(&self->kind, entry.key);
        place(self->slots, self->n_slots, entry);
        self->n++;
    }
    for (uint64_t i = 0; self->kind.every > 1 && i < made; i++)
        if (i % self->kind.every != 0)
            take_out(self, i, vacate);
    return true;
}

void
ml_slots_destroy(void *instance)
{
    MlSlotTable *self = instance;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (is_taken(&self->slots[i]))
            ml_entry_destroy(&self->kind, self->slots[i].key, self->slots[i].value);
    free(self->slots);
}

uint32_t
ml_slots_parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_SLOTS], "slot array", sizeof(struct slot));
    ret_parts[PART_SLOTS].sparse = true;
    ml_entry_fields(&ret_parts[PART_SLOTS],
        options,
        offsetof(struct slot, hash),
        offsetof(struct slot, key),
        offsetof(struct slot, value));
    return ml_entry_parts(options, ret_parts, FIRST_OBJECT_PART);
}

static uint32_t
plan_slots(MlPlan *plan, uint64_t n_slots)
{
    uint64_t bytes = n_slots * sizeof(struct slot);
    return ml_plan_zeroed(plan, PART_SLOTS, bytes, bytes);
}

void
ml_slots_plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    MlRequest no_node = { 0 };
    MlFill fill = ml_entry_fill(options);
    uint64_t all = ml_entry_made(options, n);
    uint64_t n_slots = FIRST_SLOTS;
    uint32_t slots = plan_slots(plan, n_slots);
    uint64_t made = 0;
    while (all > ml_fill_room(fill, n_slots)) {
        uint64_t room = ml_fill_room(fill, n_slots);
        ml_entry_plan(options, made, room, FIRST_OBJECT_PART, no_node, plan);
        made = room;
        n_slots *= 2;
        uint32_t grown = plan_slots(plan, n_slots);
        ml_plan_free(plan, slots);
        slots = grown;
    }
    ml_entry_plan(options, made, all, FIRST_OBJECT_PART, no_node, plan);
    ml_plan_thin(plan, all / n);
    ml_plan_use(plan, slots, n);
    plan->slots = n_slots;
    plan->capacity = ml_fill_room(fill, n_slots) * n / all; /* that stay */
    plan->max_load = (double)fill.part / fill.whole;
}

void
ml_slots_reach(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    uint64_t slots = ml_reach_linear(options, ml_entry_made(options, n), plan->slots);
    ml_plan_reach(plan, PART_SLOTS, slots * sizeof(struct slot));
}

void
ml_slots_walk(const void *instance, MlWalkSink *sink)
{
    const MlSlotTable *self = instance;
    if (self->slots == NULL)
        return;
    uint64_t bytes = self->n_slots * sizeof *self->slots;
    ml_walk_block(sink, PART_SLOTS, self->slots, bytes, self->n);
    if (bytes > ML_SAMPLE_BYTES) /* used slots lie anywhere: the first ones as they come */
        ml_walk_window(
            sink, PART_SLOTS, 0, ML_SAMPLE_BYTES / sizeof *self->slots * sizeof *self->slots);
    for (uint64_t i = 0; i < self->n_slots; i++) {
        const struct slot *ahead = &self->slots[ml_least(i + ML_ENTRIES_AHEAD, self->n_slots - 1)];
        ml_entry_fetch(&self->kind, ahead->key, ahead->value);
        if (!is_taken(&self->slots[i]))
            continue;
        ml_walk_taken(sink, PART_SLOTS, &self->slots[i]);
        ml_entry_walk(
            &self->kind, self->slots[i].key, self->slots[i].value, FIRST_OBJECT_PART, sink);
    }
}

uint64_t
ml_slots_count(const void *instance)
{
    return ((const MlSlotTable *)instance)->n;
}

int64_t
ml_slots_sum(const void *instance)
{
    const MlSlotTable *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n_slots; i++)
        if (is_taken(&self->slots[i]))
            total += ml_value_get(&self->kind, self->slots[i].value);
    return total;
}

void
ml_slots_get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const MlSlotTable *self = instance;
    const struct slot *slot = &self->slots[find(self, ml_entry_key_number(&self->kind, i))];
    ml_entry_element(&self->kind, slot->key, &slot->value, sizeof *slot, ret_element);
}

void
ml_slots_put(void *instance, uint64_t i, int64_t value)
{
    MlSlotTable *self = instance;
    uint64_t at = find(self, ml_entry_key_number(&self->kind, i));
    ml_value_put(&self->kind, &self->slots[at].value, value);
}

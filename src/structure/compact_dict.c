/* Compact dict: an index table of small slot numbers, and the entries side by side in the order in
 * which they came.
 *
 * Worked example (string keys "key: %i", boxed values, glibc, n = 1 000 000): 2^21 index slots of
 * 4 B = 8.39; entries { hash, key, value } = 24.00 (room for 398 101 more is reserved, never
 * touched); key object 24 + 10.9 + 1 B, with malloc's share 48.00; value object 32.00: 112.4 B. */
#include "core/structure.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "structure/entry.h"

enum { PART_INDEX, PART_ENTRIES, FIRST_OBJECT_PART };
enum { FIRST_SLOTS = 8 };

/* In the index, as many bits of it as a slot has. */
#define EMPTY UINT64_MAX
#define EMPTIED (UINT64_MAX - 1)

/* [excerpt] */
struct entry {
    uint64_t hash;
    MlKey key;     /* an integer, or a pointer to a string object */
    MlValue value; /* an integer, or a pointer to a box           */
};
/* [end] */

typedef struct {
    uint64_t n;
    uint64_t n_entries; /* also those that were deleted: their hash is 0 */
    uint64_t n_slots;   /* a power of two */
    void *index;        /* slots of slot_bytes(n_slots) each; all bits set: empty */
    struct entry *entries;
    MlEntryKind kind;
} CompactDict;

/* The narrowest slot that can number every entry. */
static uint32_t
slot_bytes(uint64_t n_slots)
{
    return n_slots <= UINT64_C(1) << 8    ? 1
           : n_slots <= UINT64_C(1) << 16 ? 2
           : n_slots <= UINT64_C(1) << 32 ? 4
                                          : 8;
}

/* A power of two, at least three times the entries, with room for one more. */
static uint64_t
grown_slots(uint64_t n, MlFill fill)
{
    uint64_t n_slots = FIRST_SLOTS;
    while (n_slots < 3 * n || ml_fill_room(fill, n_slots) <= n)
        n_slots *= 2;
    return n_slots;
}

static uint64_t
read_slot(const void *index, uint32_t width, uint64_t i)
{
    uint64_t number = 0;
    memcpy(&number, (const char *)index + i * width, width);
    return number;
}

/* [excerpt] */
static void
place(void *index, uint64_t n_slots, uint64_t hash, uint64_t number)
{
    uint32_t width = slot_bytes(n_slots);
    uint64_t empty = EMPTY >> (64 - 8 * width);
    uint64_t i = hash & (n_slots - 1);
    while (read_slot(index, width, i) != empty)
        i = (i + 1) & (n_slots - 1);
    memcpy((char *)index + i * width, &number, width);
}

/* Load at most 2/3: one more entry, and a table of three times the entries is made. */
static bool
make_room(CompactDict *self)
{
    if (self->n < ml_fill_room(self->kind.fill, self->n_slots))
        return true;
    uint64_t n_slots = grown_slots(self->n, self->kind.fill);
    void *index = malloc(n_slots * slot_bytes(n_slots));
    struct entry *entries = malloc(ml_fill_room(self->kind.fill, n_slots) * sizeof *entries);
    if (index == NULL || entries == NULL) {
        free(index);
        free(entries);
        return false;
    }
    memset(index, 0xff, n_slots * slot_bytes(n_slots));
    for (uint64_t i = 0; i < self->n; i++) {
        entries[i] = self->entries[i];
        place(index, n_slots, entries[i].hash, i);
    }
    free(self->index);
    free(self->entries);
    self->index = index;
    self->entries = entries;
    self->n_slots = n_slots;
    return true;
}
/* [end] */

/* Returns: the index slot of key number @key, found as a look-up finds it: hash, index, entry. */
static uint64_t
find_slot(const CompactDict *self, uint64_t key)
{
    MlKeyProbe probe;
    ml_key_probe_init(&self->kind, key, &probe);
    uint64_t hash = ml_key_hash(&self->kind, probe.key);
    uint32_t width = slot_bytes(self->n_slots);
    for (uint64_t at = hash & (self->n_slots - 1);; at = (at + 1) & (self->n_slots - 1)) {
        uint64_t number = read_slot(self->index, width, at);
        if (number >= self->n_entries)
            continue; /* emptied */
        const struct entry *entry = &self->entries[number];
        if (entry->hash == hash && ml_key_equal(&self->kind, entry->key, probe.key))
            return at;
    }
}

static struct entry *
find(const CompactDict *self, uint64_t key)
{
    uint32_t width = slot_bytes(self->n_slots);
    return &self->entries[read_slot(self->index, width, find_slot(self, key))];
}

/* The index keeps a mark, and the entry stays where it is, unused: what follows keeps its number.
 */
static void
take_out(CompactDict *self, uint64_t key)
{
    uint32_t width = slot_bytes(self->n_slots);
    uint64_t at = find_slot(self, key);
    uint64_t emptied = EMPTIED;
    struct entry *entry = &self->entries[read_slot(self->index, width, at)];
    ml_entry_destroy(&self->kind, entry->key, entry->value);
    entry->hash = 0;
    memcpy((char *)self->index + at * width, &emptied, width);
    self->n--;
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    CompactDict *self = instance;
    ml_entry_kind_init(&self->kind, options);
    uint64_t made = ml_entry_made(options, n);
    for (uint64_t i = 0; i < made; i++) {
        MlKey key;
        MlValue value;
        if (!make_room(self) || !ml_entry_make(&self->kind, i, &key, &value))
            return false;
        uint64_t hash = ml_key_hash(&self->kind, key);
        self->entries[i] = (struct entry){ .hash = hash, .key = key, .value = value };
        place(self->index, self->n_slots, hash, i);
        self->n = self->n_entries = i + 1;
    }
    for (uint64_t i = 0; self->kind.every > 1 && i < made; i++)
        if (i % self->kind.every != 0)
            take_out(self, i);
    return true;
}

static void
destroy(void *instance)
{
    CompactDict *self = instance;
    for (uint64_t i = 0; i < self->n_entries; i++)
        if (self->entries[i].hash != 0)
            ml_entry_destroy(&self->kind, self->entries[i].key, self->entries[i].value);
    free(self->index);
    free(self->entries);
}

/* The slots a dict ends with in which so many entries are made. */
static uint64_t
final_slots(uint64_t n, MlFill fill)
{
    uint64_t n_slots = grown_slots(0, fill);
    while (ml_fill_room(fill, n_slots) < n)
        n_slots = grown_slots(ml_fill_room(fill, n_slots), fill);
    return n_slots;
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    uint32_t width = slot_bytes(final_slots(ml_entry_made(options, n), ml_entry_fill(options)));
    ml_part_init(&ret_parts[PART_INDEX], "index table", width);
    ret_parts[PART_INDEX].sparse = true;
    ml_part_add(&ret_parts[PART_INDEX], "slot", 0, width, ML_ROLE_INDEX, ML_FIELD_INT);
    ml_part_init(&ret_parts[PART_ENTRIES], "entry array", sizeof(struct entry));
    ret_parts[PART_ENTRIES].sparse = ml_entry_made(options, 1) > 1; /* holes */
    ml_entry_fields(&ret_parts[PART_ENTRIES],
        options,
        offsetof(struct entry, hash),
        offsetof(struct entry, key),
        offsetof(struct entry, value));
    return ml_entry_parts(options, ret_parts, FIRST_OBJECT_PART);
}

typedef struct {
    uint32_t index;
    uint32_t entries;
} Table;

static Table
plan_table(MlPlan *plan, uint64_t n_slots, uint64_t room, uint64_t copied)
{
    uint64_t index_bytes = n_slots * slot_bytes(n_slots);
    uint64_t entry_bytes = room * sizeof(struct entry);
    Table table;
    table.index = ml_plan_alloc(plan, PART_INDEX, index_bytes, index_bytes);
    table.entries = ml_plan_alloc(plan, PART_ENTRIES, entry_bytes, copied * sizeof(struct entry));
    return table;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    MlRequest no_node = { 0 };
    MlFill fill = ml_entry_fill(options);
    uint64_t all = ml_entry_made(options, n);
    uint64_t n_slots = grown_slots(0, fill);
    uint64_t room = ml_fill_room(fill, n_slots);
    Table table = plan_table(plan, n_slots, room, 0);
    uint64_t made = 0;
    while (all > room) {
        ml_entry_plan(options, made, room, FIRST_OBJECT_PART, no_node, plan);
        made = room;
        ml_plan_touch(plan, table.entries, made * sizeof(struct entry));
        n_slots = grown_slots(made, fill);
        room = ml_fill_room(fill, n_slots);
        Table grown = plan_table(plan, n_slots, room, made);
        ml_plan_free(plan, table.index);
        ml_plan_free(plan, table.entries);
        table = grown;
    }
    ml_entry_plan(options, made, all, FIRST_OBJECT_PART, no_node, plan);
    ml_plan_touch(plan, table.entries, all * sizeof(struct entry));
    ml_plan_thin(plan, all / n);
    ml_plan_use(plan, table.index, n);
    ml_plan_use(plan, table.entries, n);
    plan->slots = n_slots;
    plan->capacity = room * n / all; /* that stay */
    plan->max_load = (double)fill.part / fill.whole;
}

/* Has the index slots sampled through which a look-up comes to an entry: they lie anywhere. */
static void
walk_way_to(const CompactDict *self, uint64_t number, MlWalkSink *sink)
{
    uint32_t width = slot_bytes(self->n_slots);
    uint64_t first = self->entries[number].hash & (self->n_slots - 1);
    uint64_t last = first;
    while (last < self->n_slots && read_slot(self->index, width, last) != number)
        last++;
    ml_walk_window(sink, PART_INDEX, first * width, (uint32_t)(last - first + 1) * width);
}

static void
walk_taken(const CompactDict *self, MlWalkSink *sink)
{
    uint32_t width = slot_bytes(self->n_slots);
    for (uint64_t i = 0; i < self->n_slots && ml_walk_wants_taken(sink); i++)
        if (read_slot(self->index, width, i) < self->n_entries)
            ml_walk_taken(sink, PART_INDEX, (const char *)self->index + i * width);
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const CompactDict *self = instance;
    if (self->index == NULL)
        return;
    uint64_t index_bytes = self->n_slots * slot_bytes(self->n_slots);
    uint64_t room = ml_fill_room(self->kind.fill, self->n_slots);
    ml_walk_block(sink, PART_INDEX, self->index, index_bytes, self->n);
    walk_taken(self, sink);
    if (index_bytes > ML_SAMPLE_BYTES && self->n > 0) {
        uint64_t every = self->kind.every;
        walk_way_to(self, (self->n - 1) * every, sink);
        for (uint64_t i = 0; i < self->n && i < ML_WALK_WINDOWS; i++)
            walk_way_to(self, i * every, sink);
    }
    ml_walk_block(sink, PART_ENTRIES, self->entries, room * sizeof *self->entries, self->n);
    for (uint64_t i = 0; i < self->n_entries; i++) {
        const struct entry *entry = &self->entries[i];
        if (entry->hash == 0)
            continue;
        if (self->kind.every > 1)
            ml_walk_taken(sink, PART_ENTRIES, entry);
        ml_entry_walk(&self->kind, entry->key, entry->value, FIRST_OBJECT_PART, sink);
    }
}

static uint64_t
count(const void *instance)
{
    return ((const CompactDict *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const CompactDict *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n_entries; i++)
        if (self->entries[i].hash != 0)
            total += ml_value_get(&self->kind, self->entries[i].value);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const CompactDict *self = instance;
    const struct entry *entry = find(self, ml_entry_key_number(&self->kind, i));
    ml_entry_element(&self->kind, entry->key, &entry->value, sizeof *entry, ret_element);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    CompactDict *self = instance;
    ml_value_put(&self->kind, &find(self, ml_entry_key_number(&self->kind, i))->value, value);
}

const MlStructure ml_structure_compact_dict = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "compact-dict",
    .title = "compact dict",
    .element = "index slot → { hash, key, value }",
    .summary = "in order of insertion: index table of 1/2/4/8-byte slots, dense entries",
    .shape = ML_SHAPE_ENTRIES,
    ML_ENTRY_OPTIONS(ML_FILL_OPEN("2/3")),
    .instance_size = sizeof(CompactDict),
    ML_STRUCTURE_CALLS,
};

/* Open hash table: entries lie in the slots themselves; a taken slot sends the search on to the
 * next.
 *
 * Worked example (int → int, n = 1 000 000): load at most 3/4 asks for 2^21 slots of 24 B, all of
 * whose pages are touched: 50.33 B per entry. */
#include "structure/slots.h"

/* [excerpt] */
static void
place(struct slot *slots, uint64_t n_slots, struct slot entry)
{
    uint64_t i = entry.hash & (n_slots - 1);
    while (slots[i].hash != 0)
        i = (i + 1) & (n_slots - 1);
    slots[i] = entry;
}

/* The slot keeps a mark: a search that passes must not end there. */
static void
vacate(struct slot *slots, uint64_t n_slots, uint64_t i)
{
    slots[i].hash = ML_SLOT_EMPTIED;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    return ml_slots_build(instance, n, options, place, vacate);
}

const MlStructure ml_structure_open_table = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "open-table",
    .title = "open hash table",
    .element = "slot { hash, key, value }",
    .summary = "linear probing, slots from 16, load at most 3/4; slot { hash, key, value }",
    .shape = ML_SHAPE_OPEN_TABLE,
    ML_ENTRY_OPTIONS(ML_FILL_OPEN("3/4")),
    .instance_size = sizeof(MlSlotTable),
    .build = build,
    ML_SLOTS_CALLS,
};

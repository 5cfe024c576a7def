#include "diagram/kinds/table_entries.h"

#include <inttypes.h>

#include "base/language.h"
#include "diagram/kinds/dict_view.h"
#include "diagram/kinds/slots_view.h"
#include "diagram/kinds/table.h"
#include "diagram/wording.h"

#define MOST_PLACES ML_WALK_HEAD /* buckets or slots */

enum { BUCKETS, NODE };

static void
free_entry(gpointer data)
{
    MlTableEntry *entry = data;
    g_free(entry->label);
    g_free(entry->note);
    g_clear_pointer(&entry->cells, g_array_unref);
    for (guint i = 0; i < entry->n_objects; i++)
        g_array_unref(entry->object[i].cells);
    g_free(entry);
}

void
ml_table_entries_init(MlTableEntries *entries, const MlWalk *walk, guint holder)
{
    *entries = (MlTableEntries){
        .walk = walk,
        .holder = holder,
        .digits = ml_table_digits(walk),
        .entries = g_ptr_array_new_with_free_func(free_entry),
    };
}

void
ml_table_entries_clear(MlTableEntries *entries)
{
    g_clear_pointer(&entries->entries, g_ptr_array_unref);
}

/* What lies behind the pointers of a line, but for the next node of its own chain. */
static void
add_objects(const MlTableEntries *entries, MlTableEntry *entry)
{
    for (guint i = 0; i < entry->cells->len && entry->n_objects < ML_TABLE_OBJECTS; i++) {
        guint64 target = g_array_index(entry->cells, MlBlockCell, i).target;
        const MlWalkSample *block = target != 0 ? ml_walk_find(entries->walk, target) : NULL;
        if (block == NULL || block->part == entries->holder)
            continue;
        entry->object[entry->n_objects++] = (MlTableObject){
            .cell = i,
            .block = block,
            .cells = ml_block_cells(entries->walk, block, entries->digits),
        };
    }
}

MlTableEntry *
ml_table_entries_add(MlTableEntries *entries, guint64 number, GArray *cells)
{
    MlTableEntry *entry = g_new0(MlTableEntry, 1);
    g_autofree char *count = ml_wording_count(number);
    entry->label = g_strdup_printf("[%s]", count);
    entry->number = number;
    entry->cells = cells;
    g_ptr_array_add(entries->entries, entry);
    if (cells != NULL)
        add_objects(entries, entry);
    return entry;
}

/* --- slots ------------------------------------------------------------------------------------ */

static void
append_element(
    const MlTableEntries *entries, GArray *cells, const MlWalkSample *block, guint64 element)
{
    GArray *more = ml_block_element_cells(entries->walk, block, element, entries->digits);
    g_array_append_vals(cells, more->data, more->len);
    g_array_set_clear_func(more, NULL); /* what its cells own has gone over */
    g_array_unref(more);
}

/* Hash, key and value, which lie side by side; or hash, value and key, in an array each. */
static GArray *
slot_cells(const MlTableEntries *entries, const MlSlotsView *view, guint64 slot)
{
    GArray *cells = ml_block_element_cells(entries->walk, view->hashes, slot, entries->digits);
    if (!ml_slots_view_is_split(view))
        return cells;
    if (view->values != NULL && view->values != view->keys)
        append_element(entries, cells, view->values, slot);
    append_element(entries, cells, view->keys, slot); /* last: arrows run from them to the right */
    return cells;
}

gboolean
ml_table_entries_slots(MlTableEntries *entries, const MlDiagramFacts *facts)
{
    MlSlotsView view;
    guint64 hash;
    gboolean is_used;
    if (facts->walk->n == 0 || !ml_slots_view_init(&view, facts, NULL))
        return FALSE;
    ml_table_entries_init(entries, facts->walk, view.keys->part);
    entries->n_places = view.n_slots;
    entries->is_split = ml_slots_view_is_split(&view);
    for (guint64 i = 0; i < MIN(view.n_slots, MOST_PLACES); i++) {
        if (!ml_slots_view_read(&view, i, &hash, &is_used))
            break;
        GArray *cells = is_used ? slot_cells(entries, &view, i) : NULL;
        MlTableEntry *entry = ml_table_entries_add(entries, i, cells);
        guint64 home = hash & (view.n_slots - 1);
        if (is_used && home != i && !ml_slots_view_is_split(&view))
            entry->note = g_strdup_printf(_("home [%" PRIu64 "]"), home);
    }
    return entries->entries->len > 0;
}

/* --- buckets ---------------------------------------------------------------------------------- */

/* Returns: FALSE where the chain was not sampled to its end. */
static gboolean
add_bucket(MlTableEntries *entries, const MlWalkSample *buckets, guint64 bucket)
{
    const MlWalk *walk = entries->walk;
    int next = ml_logical_link(walk, NODE, 0);
    gint64 address = 0;
    if (!ml_walk_field(walk, buckets, bucket, 0, &address))
        return FALSE;
    if (address == 0)
        ml_table_entries_add(entries, bucket, NULL);
    for (guint depth = 0; address != 0; depth++) {
        const MlWalkSample *node = ml_walk_find(walk, (guint64)address);
        if (node == NULL || depth == ML_WALK_HEAD)
            return FALSE;
        GArray *cells = ml_block_cells(walk, node, entries->digits);
        MlTableEntry *entry = ml_table_entries_add(entries, bucket, cells);
        entry->depth = depth;
        address = 0;
        if (depth > 0)
            g_clear_pointer(&entry->label, g_free);
        if (next >= 0 && !ml_walk_field(walk, node, 0, (guint)next, &address))
            return FALSE;
    }
    return TRUE;
}

gboolean
ml_table_entries_buckets(MlTableEntries *entries, const MlDiagramFacts *facts)
{
    const MlWalkSample *buckets = ml_walk_sample(facts->walk, BUCKETS, 0);
    if (facts->walk->n == 0 || buckets == NULL)
        return FALSE;
    ml_table_entries_init(entries, facts->walk, NODE);
    entries->n_places = buckets->request_bytes / facts->walk->parts[BUCKETS].stride;
    for (guint64 i = 0; i < MIN(entries->n_places, MOST_PLACES); i++) {
        guint before = entries->entries->len;
        if (!add_bucket(entries, buckets, i)) {
            g_ptr_array_set_size(entries->entries, (int)before);
            break;
        }
    }
    return entries->entries->len > 0;
}

/* --- dict ------------------------------------------------------------------------------------- */

gboolean
ml_table_entries_dict(MlTableEntries *entries, const MlDiagramFacts *facts)
{
    MlDictView view;
    if (facts->walk->n == 0 || !ml_dict_view_init(&view, facts, NULL))
        return FALSE;
    ml_table_entries_init(entries, facts->walk, ML_DICT_ENTRIES);
    entries->n_places = view.capacity;
    guint64 next = 0;
    for (guint i = 0; i < view.n_ways; i++) {
        guint64 number = view.way[i].entry;
        while (next < number)
            ml_table_entries_add(entries, next++, NULL); /* it was deleted */
        GArray *cells = ml_block_element_cells(facts->walk, view.entries, number, entries->digits);
        MlTableEntry *entry = ml_table_entries_add(entries, next++, cells);
        g_autofree char *slot = ml_wording_count(view.way[i].slot);
        entry->slot = view.way[i].slot;
        g_free(entry->label);
        entry->label = g_strdup_printf("[%s]", slot);
    }
    return entries->entries->len > 0;
}

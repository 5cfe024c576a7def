#include "diagram/kinds/logical_shapes.h"

#include "diagram/kinds/boxed_array_view.h"
#include "diagram/kinds/chain.h"
#include "diagram/kinds/dict_view.h"
#include "diagram/kinds/slots_view.h"
#include "diagram/wording.h"

#define MOST_SLOTS ML_WALK_HEAD /* of a table: as many as any picture shows */
#define CHAIN_MOST ML_WALK_HEAD

enum { FIRST_PART, SECOND_PART };

/* --- arrays and chains ------------------------------------------------------------------------ */

/* Returns: FALSE where the pointer or what it leads to was not sampled. */
static gboolean
add_slot(MlLogical *logical, const MlWalkSample *array, guint group, guint64 slot)
{
    gint64 target = 0;
    if (!ml_walk_field(logical->walk, array, slot, 0, &target) ||
        ml_walk_find(logical->walk, (guint64)target) == NULL)
        return FALSE;
    ml_logical_begin_group(logical, group);
    ml_logical_add(logical, array, slot, 0, slot);
    return TRUE;
}

MlLogical *
ml_logical_pointer_array(const MlDiagramFacts *facts)
{
    guint64 n = facts->walk->n;
    MlLogical *logical = ml_logical_new(facts->walk);
    const MlWalkSample *array = n > 0 ? ml_walk_sample(facts->walk, ML_BOXED_ARRAY, 0) : NULL;
    guint i = 0;
    while (array != NULL && i < MIN(n, ML_RUN_MAX) && add_slot(logical, array, i, i))
        i++;
    if (array != NULL && i < n)
        add_slot(logical, array, i, n - 1);
    logical->has_last = TRUE;
    return logical;
}

/* As the links lead from the first node on; then the last node. */
MlLogical *
ml_logical_chain(const MlDiagramFacts *facts)
{
    const MlWalk *walk = facts->walk;
    guint part = ml_chain_node(walk);
    int next = ml_logical_link(walk, part, 0);
    const MlWalkSample *node = ml_walk_sample(walk, part, 0);
    MlLogical *logical = ml_logical_new(walk);
    for (guint i = 0; node != NULL && i < ML_RUN_MAX; i++) {
        gint64 target = 0;
        ml_logical_begin_group(logical, i);
        ml_logical_add(logical, node, 0, 0, i);
        gboolean leads_on = next >= 0 && ml_walk_field(walk, node, 0, (guint)next, &target) &&
                            target != 0 && ml_logical_find(logical, (guint64)target) == NULL;
        node = leads_on ? ml_walk_find(walk, (guint64)target) : NULL;
    }
    const MlWalkSample *last = walk->n > 0 ? ml_walk_sample(walk, part, walk->n - 1) : NULL;
    if (last != NULL && ml_logical_find(logical, last->address) == NULL) {
        ml_logical_begin_group(logical, logical->n_groups);
        ml_logical_add(logical, last, 0, 0, walk->n - 1);
    }
    logical->has_last = TRUE;
    logical->n_numbers[0] = walk->n;
    return logical;
}

/* --- tables ----------------------------------------------------------------------------------- */

/* Returns: FALSE where the chain was not sampled to its end. */
static gboolean
add_bucket(MlLogical *logical, const MlWalkSample *buckets, guint bucket)
{
    const MlWalk *walk = logical->walk;
    gint64 address = 0;
    int next = ml_logical_link(walk, SECOND_PART, 0);
    if (!ml_walk_field(walk, buckets, bucket, 0, &address))
        return FALSE;
    ml_logical_begin_group(logical, bucket);
    ml_logical_add(logical, buckets, bucket, 0, bucket);
    for (guint i = 0; address != 0; i++) {
        const MlWalkSample *node = ml_walk_find(walk, (guint64)address);
        address = 0;
        if (node == NULL || i == CHAIN_MOST)
            return FALSE;
        ml_logical_add(logical, node, 0, 1, i);
        if (next >= 0 && !ml_walk_field(walk, node, 0, (guint)next, &address))
            return FALSE;
    }
    return TRUE;
}

MlLogical *
ml_logical_buckets(const MlDiagramFacts *facts)
{
    MlLogical *logical = ml_logical_new(facts->walk);
    const MlWalkSample *buckets = ml_walk_sample(facts->walk, FIRST_PART, 0);
    for (guint i = 0; facts->walk->n > 0 && buckets != NULL && i < MOST_SLOTS; i++)
        if (!add_bucket(logical, buckets, i))
            break;
    return logical;
}

MlLogical *
ml_logical_open_table(const MlDiagramFacts *facts)
{
    MlSlotsView view;
    MlLogical *logical = ml_logical_new(facts->walk);
    gboolean is_used = FALSE;
    if (facts->walk->n == 0 || !ml_slots_view_init(&view, facts, NULL))
        return logical;
    for (guint i = 0; i < MOST_SLOTS && ml_slots_view_read(&view, i, NULL, &is_used); i++) {
        ml_logical_begin_group(logical, i);
        if (!is_used) {
            ml_logical_add_unused(logical, view.keys, i, 0);
            continue;
        }
        MlLogicalBox *box = ml_logical_add(logical, view.keys, i, 0, i);
        if (view.values != NULL && view.values != view.keys)
            ml_logical_add_cell(logical, box, view.values, i, 0);
    }
    return logical;
}

/* The slots of the index by rising number, each with the entry it leads to; a group is an entry. */
MlLogical *
ml_logical_entries(const MlDiagramFacts *facts)
{
    const MlWalk *walk = facts->walk;
    MlLogical *logical = ml_logical_new(walk);
    MlDictView view;
    if (!ml_dict_view_init(&view, facts, NULL))
        return logical;
    for (guint k = 0; k < view.n_ways; k++) {
        const MlDictWay *way = &view.way[view.by_slot[k]];
        ml_logical_begin_group(logical, way->entry);
        MlLogicalBox *slot = ml_logical_add(logical, view.index, way->slot, 0, way->slot);
        slot->cell[slot->n_cells++] = (MlLogicalCell){
            .role = ML_ROLE_INDEX,
            .text = ml_wording_count(way->entry),
            .address = slot->address,
            .target = ml_dict_view_entry(&view, way->entry),
        };
    }
    for (guint i = 0; i < view.n_ways; i++) {
        ml_logical_begin_group(logical, view.way[i].entry);
        ml_logical_add(logical, view.entries, view.way[i].entry, 1, view.way[i].entry);
    }
    return logical;
}

/* What the pictures of tables in characters are made of: lines, each an element or a node with the
 * objects behind it. */
#pragma once

#include "diagram/block.h"
#include "diagram/kind.h"

#define ML_TABLE_OBJECTS 2

/* Behind a pointer. */
typedef struct {
    guint cell; /* the pointer */
    const MlWalkSample *block;
    GArray *cells; /* of MlBlockCell */
} MlTableObject;

typedef struct {
    char *label;    /* (nullable): "[3]" */
    char *note;     /* (nullable): "home [5]" */
    GArray *cells;  /* (nullable): of MlBlockCell; NULL: unused */
    guint depth;    /* in a chain: how many nodes lead to it from the bucket */
    guint64 number; /* of the element */
    guint64 slot;   /* of an index, that leads to it, where it is in use */
    guint n_objects;
    MlTableObject object[ML_TABLE_OBJECTS];
} MlTableEntry;

typedef struct {
    const MlWalk *walk;
    guint holder;       /* the part whose elements or nodes are the lines */
    guint digits;       /* of addresses */
    gboolean is_split;  /* hash, key and value lie in an array each */
    guint64 n_places;   /* buckets, slots or entries there is room for, in all */
    GPtrArray *entries; /* of MlTableEntry */
} MlTableEntries;

/**
 * ml_table_entries_init: no lines yet.
 */
void ml_table_entries_init(MlTableEntries *entries, const MlWalk *walk, guint holder);
void ml_table_entries_clear(MlTableEntries *entries);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlTableEntries, ml_table_entries_clear)

/**
 * ml_table_entries_add: a line.
 * @number: "[3]"
 * @cells: (transfer full) (nullable)
 *
 * Returns: (transfer none).
 */
MlTableEntry *ml_table_entries_add(MlTableEntries *entries, guint64 number, GArray *cells);

static inline MlTableEntry *
ml_table_entry(const MlTableEntries *entries, guint i)
{
    return (MlTableEntry *)g_ptr_array_index(entries->entries, i);
}

/**
 * ml_table_entries_slots, ml_table_entries_buckets, ml_table_entries_dict: those of each shape, as
 * far as they were sampled.
 *
 * Returns: FALSE where there are none.
 */
gboolean ml_table_entries_slots(MlTableEntries *entries, const MlDiagramFacts *facts);
gboolean ml_table_entries_buckets(MlTableEntries *entries, const MlDiagramFacts *facts);
gboolean ml_table_entries_dict(MlTableEntries *entries, const MlDiagramFacts *facts);

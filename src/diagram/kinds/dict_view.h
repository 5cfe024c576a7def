/* What pictures show of a compact dict: its first entries, each with the slot of the index that
 * leads to it. */
#pragma once

#include "diagram/kind.h"

#define ML_DICT_WAYS 6 /* for so many entries a walk samples the slots */

/* The parts, in the order in which every structure of that shape names them. */
enum { ML_DICT_INDEX, ML_DICT_ENTRIES };

typedef struct {
    guint entry;
    guint64 slot;
} MlDictWay;

typedef struct {
    const MlWalk *walk;
    const MlWalkSample *index;
    const MlWalkSample *entries;
    guint64 n_slots;
    guint64 capacity; /* entries that there is room for */
    guint n_ways;
    MlDictWay way[ML_DICT_WAYS]; /* of entry 0, 1, 2 … */
    guint by_slot[ML_DICT_WAYS]; /* the ways by rising slot */
} MlDictView;

/**
 * ml_dict_view_init: find the entries that can be shown.
 *
 * Errors: ML_ERROR_INPUT where a recorded walk lacks the index or the entries.
 */
gboolean ml_dict_view_init(MlDictView *view, const MlDiagramFacts *facts, GError **error);

/**
 * ml_dict_view_slot: the number that stands in a slot of the index.
 * @ret_number: (out)
 * @ret_is_used: (out): else the slot is empty
 *
 * Returns: FALSE where the slot was not sampled.
 */
gboolean ml_dict_view_slot(
    const MlDictView *view, guint64 slot, guint64 *ret_number, gboolean *ret_is_used);

/**
 * ml_dict_view_keep: show no more than the first @n entries.
 */
void ml_dict_view_keep(MlDictView *view, guint n);

/**
 * ml_dict_view_entry: the address of an entry.
 */
guint64 ml_dict_view_entry(const MlDictView *view, guint64 entry);

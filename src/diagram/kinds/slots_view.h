/* What pictures show of an open hash table: its slots from the first on, kept in one array of
 * { hash, key, value }, or in an array for each of the three. */
#pragma once

#include "diagram/kind.h"

typedef struct {
    const MlWalk *walk;
    const MlWalkSample *hashes;
    const MlWalkSample *keys;   /* the same block, where a slot is in one piece */
    const MlWalkSample *values; /* (nullable): where values are their own keys */
    guint hash;                 /* its field */
    guint64 n_slots;
} MlSlotsView;

/**
 * ml_slots_view_init: find the arrays.
 *
 * Errors: ML_ERROR_INPUT where a recorded walk lacks them.
 */
gboolean ml_slots_view_init(MlSlotsView *view, const MlDiagramFacts *facts, GError **error);

/**
 * ml_slots_view_is_split: whether there is an array for each of hash, key and value.
 */
static inline gboolean
ml_slots_view_is_split(const MlSlotsView *view)
{
    return view->keys != view->hashes;
}

/**
 * ml_slots_view_read: what is in a slot.
 * @ret_hash: (out) (nullable)
 * @ret_is_used: (out)
 *
 * Returns: FALSE where the slot was not sampled.
 */
gboolean ml_slots_view_read(
    const MlSlotsView *view, guint64 slot, guint64 *ret_hash, gboolean *ret_is_used);

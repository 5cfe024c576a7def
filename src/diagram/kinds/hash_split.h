/* An open hash table that keeps hashes, keys and values in an array each: the three side by side.
 */
#pragma once

#include "diagram/kind.h"

/**
 * ml_hash_split_layout: see MlDiagramKind; for a walk that ml_slots_view_is_split() holds of.
 */
gboolean ml_hash_split_layout(const MlDiagramFacts *facts, MlScene *scene, GError **error);

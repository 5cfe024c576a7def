/* Every structure there is. */
#pragma once

#include "core/structure.h"

/**
 * ml_structures: all structures, in the order of `memlab list`.
 *
 * Returns: (transfer none) (array length=ret_count).
 */
const MlStructure *const *ml_structures(size_t *ret_count);

/**
 * ml_structure_find: a structure by its exact name.
 *
 * Returns: (transfer none) (nullable).
 */
const MlStructure *ml_structure_find(const char *name);

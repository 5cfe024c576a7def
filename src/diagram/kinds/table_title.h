/* What the pictures of tables find: where the bytes of a table go that are not data. */
#pragma once

#include "diagram/kind.h"

/**
 * ml_table_title: "An open hash table is 52 % empty: 3.1 times its data"; for few entries the sum.
 *
 * Returns: (transfer full).
 */
char *ml_table_title(const MlDiagramFacts *facts);

/* The logical view in characters. */
#pragma once

#include "diagram/logical.h"

/**
 * ml_logical_sketch: boxes and arrows, ended by an empty line; where not even one group fits,
 * words.
 *
 * Returns: (transfer full): styled, lines ended by \n, none wider than @columns.
 */
char *ml_logical_sketch(const MlLogical *logical, gboolean ascii, int columns);

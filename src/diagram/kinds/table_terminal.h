/* The pictures of tables in characters: their places from top to bottom, and to the right what is
 * behind them. */
#pragma once

#include "diagram/kind.h"

/* As MlDiagramKind's `terminal`; words where there is no room. */
char *ml_slots_sketch(const MlDiagramFacts *facts, gboolean ascii, int columns);
char *ml_buckets_sketch(const MlDiagramFacts *facts, gboolean ascii, int columns);
char *ml_dict_sketch(const MlDiagramFacts *facts, gboolean ascii, int columns);

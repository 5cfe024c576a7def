/* The logical view of each shape that has one: which boxes there are, and in what order. */
#pragma once

#include "diagram/kind.h"

/* All as MlDiagramKind's `logical`; of what was sampled. */
MlLogical *ml_logical_pointer_array(const MlDiagramFacts *facts);
MlLogical *ml_logical_chain(const MlDiagramFacts *facts);
MlLogical *ml_logical_buckets(const MlDiagramFacts *facts);
MlLogical *ml_logical_open_table(const MlDiagramFacts *facts);
MlLogical *ml_logical_entries(const MlDiagramFacts *facts);

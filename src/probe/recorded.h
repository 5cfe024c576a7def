/* The walk where a structure's own cannot be trusted: the blocks that memlab-record.so has seen. */
#pragma once

#include "core/structure.h"

/**
 * ml_recorded_walk: report all recorded blocks, each as one of the part that asks for that size.
 * @n, @options: of the structure, whose plan says which part does
 *
 * Returns: false where this probe is not recorded, or not for this.
 */
bool ml_recorded_walk(
    const MlStructure *structure, uint64_t n, const MlOptions *options, MlWalkSink *sink);

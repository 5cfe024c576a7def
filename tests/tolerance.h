/* By how much an allocator's model may be off. */
#pragma once

#include "facts/ledger.h"
#include "model/allocator.h"

/**
 * ml_tolerance: bytes by which measured and model may differ: so many pages, or so many parts of
 * the model's bytes, the larger of the two.
 *
 * Structures of one block an element (lists, boxes, trees) and those of large blocks (arrays,
 * tables) have limits of their own.
 */
guint64 ml_tolerance(
    const MlAllocator *allocator, const MlStructure *structure, const MlLedger *ledger);

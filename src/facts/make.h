/* Making facts: from a model or a measurement to a Ledger, from a walk to a Walk. */
#pragma once

#include "facts/ledger.h"
#include "facts/walk.h"
#include "measure/measure.h"
#include "model/allocator.h"

/**
 * ml_ledger_compute: the model's ledger; nothing is built.
 *
 * Errors: ML_ERROR_USAGE where n elements do not fit into an address space.
 * Returns: (transfer full).
 */
MlLedger *ml_ledger_compute(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    GError **error);

/**
 * ml_ledger_measure: build, measure, and set beside the model.
 * @ret_walk: (out) (optional) (transfer full): the sampled blocks of the last run
 *
 * Errors: as ml_measure().
 * Returns: (transfer full).
 */
MlLedger *ml_ledger_measure(const MlMeasureRequest *request, MlWalk **ret_walk, GError **error);

/**
 * ml_walk_from_sink: a Walk from what a probe's walk collected.
 *
 * Returns: (transfer full).
 */
MlWalk *ml_walk_from_sink(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    const MlWalkSink *sink);

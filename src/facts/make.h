/* Making facts: from a model or a measurement to a Ledger, from a walk to a Walk, from one probe to
 * a Timeline. */
#pragma once

#include "base/spec.h"
#include "facts/ledger.h"
#include "facts/timeline.h"
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
 * ml_ledger_estimate: the same without hashing a table's keys, which may be a page or two off: for
 * a line through many n.
 */
MlLedger *ml_ledger_estimate(const MlStructure *structure,
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

typedef struct {
    const GArray *choices; /* of MlChoice: what is built, in this order, and freed in the same */
    guint64 n;             /* elements of each */
    const MlAllocator *allocator;
    gboolean as_shipped; /* with the allocator's own settings */
    gboolean force;      /* build even what does not seem to fit */
} MlTimelineRequest;

/**
 * ml_timeline_measure: one fresh probe; the start, each build, each free, and a trim at the end.
 *
 * Nothing is trimmed in between, so that what is freed and held can be seen.  Errors: as
 * ml_measure(); ML_ERROR_USAGE, too, where one process cannot hold all.
 * Returns: (transfer full).
 */
MlTimeline *ml_timeline_measure(const MlTimelineRequest *request, GError **error);

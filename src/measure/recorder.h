/* The record of a probe's live blocks and of its peak, kept by memlab-record.so inside it. */
#pragma once

#include <glib.h>

#include "core/record.h"
#include "model/allocator.h"

typedef struct MlRecorder MlRecorder;

/**
 * ml_recorder_check: whether a probe with this allocator can be recorded.
 *
 * Errors: ML_ERROR_SURROUNDINGS: its malloc is linked into the probe, and nothing can be preloaded
 * in front of it.
 */
gboolean ml_recorder_check(const MlAllocator *allocator, GError **error);

/**
 * ml_recorder_new: an empty record; MlProbeSettings hands it to one probe.
 * @max_blocks: blocks that may live at once; 0: only the peak is kept
 *
 * Takes 16 to 32 B of shared memory for each block that there can be.  Errors:
 * ML_ERROR_SURROUNDINGS.  Returns: (transfer full).
 */
MlRecorder *ml_recorder_new(guint64 max_blocks, GError **error);
void ml_recorder_free(MlRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlRecorder, ml_recorder_free)

/**
 * ml_recorder_fd: the shared memory, for the probe to inherit.  Stays the recorder's.
 */
int ml_recorder_fd(const MlRecorder *recorder);

/**
 * ml_recorder_check_loaded: whether the probe really has memlab-record.so in it.
 *
 * Errors: ML_ERROR_SURROUNDINGS.
 */
gboolean ml_recorder_check_loaded(const MlRecorder *recorder, GError **error);

/**
 * ml_recorder_stand_for_walk: have the probe report the recorded blocks where it is told to walk.
 */
void ml_recorder_stand_for_walk(MlRecorder *recorder);

/**
 * ml_recorder_restart: forget peak and blocks; blocks from before are never listed.  The probe
 * stands still.
 */
void ml_recorder_restart(MlRecorder *recorder);

/**
 * ml_recorder_record: what was recorded since; its blocks are in no order, with free slots between.
 *
 * Returns: (transfer none).
 */
const MlRecord *ml_recorder_record(const MlRecorder *recorder);

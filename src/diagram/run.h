/* A run: blocks of one part in the order of the walk, of which a picture shows the first ones and
 * the last. */
#pragma once

#include "diagram/kind.h"

/* Room for as many blocks as can ever be shown. */
#define ML_RUN_MAX (ML_WALK_HEAD + ML_WALK_TAIL)

typedef struct {
    guint64 index;
    const MlWalkSample *block;
} MlRunBlock;

typedef struct {
    const MlWalk *walk;
    const MlLedger *ledger;
    guint part;
    guint64 n; /* blocks of that part */
    guint n_head;
    MlRunBlock head[ML_RUN_MAX]; /* blocks 0, 1, 2 … */
    MlRunBlock last;             /* block n - 1, where n > 0 */
} MlRun;

/**
 * ml_run_init: find the blocks of a part that can be shown.
 *
 * Errors: ML_ERROR_INPUT where a recorded walk lacks the first or the last block.
 */
gboolean ml_run_init(MlRun *run, const MlDiagramFacts *facts, guint part, GError **error);

/**
 * ml_run_pick: the blocks to show where there is room for @max: all, or the first ones and the
 * last one.
 * @max: at least 1
 * @ret_blocks: (out): room for ML_RUN_MAX
 *
 * Returns: how many; fewer than n where some are left out.
 */
guint ml_run_pick(const MlRun *run, guint max, MlRunBlock *ret_blocks);

/**
 * ml_run_touch: whether each block begins where the one before it ends; the last one is left out
 * where there are undrawn ones before it.
 */
gboolean ml_run_touch(const MlRun *run, const MlRunBlock *blocks, guint n);

/**
 * ml_run_digits: of addresses, so that those of all blocks that can be shown differ.
 */
guint ml_run_digits(const MlRun *run);

/**
 * ml_run_claim: what the caption says: the sum per element, or where all are shown the whole sum.
 * @n_shown: elements in the picture
 */
void ml_run_claim(const MlRun *run, guint n_shown, MlClaim *ret_claim);

/* What the pictures of a boxed array show of it: the array, and those of its elements whose box
 * was sampled. */
#pragma once

#include "diagram/kind.h"

/* The parts, in the order in which every structure of that shape names them. */
enum { ML_BOXED_ARRAY, ML_BOXED_BOX };

typedef struct {
    guint64 index;
    const MlWalkSample *box; /* what slot `index` of the array points to */
} MlBoxedElement;

typedef struct {
    const MlWalk *walk;
    const MlLedger *ledger;
    const MlWalkSample *array; /* (nullable): NULL for n = 0 */
    guint n_head;
    MlBoxedElement head[ML_WALK_HEAD]; /* elements 0, 1, 2 … */
    MlBoxedElement last;               /* element n - 1, where n > 0 */
} MlBoxedView;

/* Room for as many elements as can ever be shown. */
#define ML_BOXED_MAX (ML_WALK_HEAD + 1)

/**
 * ml_boxed_view_init: find the elements that can be shown.
 *
 * Errors: ML_ERROR_INPUT where a recorded walk lacks the array, or the first or last box.
 */
gboolean ml_boxed_view_init(MlBoxedView *view, const MlDiagramFacts *facts, GError **error);

/**
 * ml_boxed_view_pick: the elements to show where there is room for @max: all, or the first ones
 * and the last one.
 * @max: at least 1
 * @ret_elements: (out): room for ML_BOXED_MAX
 *
 * Returns: how many; fewer than n where some are left out.
 */
guint ml_boxed_view_pick(const MlBoxedView *view, guint max, MlBoxedElement *ret_elements);

/**
 * ml_boxed_view_touch: whether each of the elements' blocks begins where the one before it ends;
 * the last one is left out where there are undrawn ones before it.
 */
gboolean ml_boxed_view_touch(const MlBoxedView *view, const MlBoxedElement *elements, guint n);

/**
 * ml_boxed_view_digits: of addresses, so that those of all boxes that can be shown differ.
 */
guint ml_boxed_view_digits(const MlBoxedView *view);

/**
 * ml_boxed_view_claim: what the caption says: the sum per element, or where all are shown the
 * whole sum.
 * @n_shown: elements in the picture
 */
void ml_boxed_view_claim(const MlBoxedView *view, guint n_shown, MlClaim *ret_claim);

/**
 * ml_boxed_view_title: the finding: "A boxed array takes five times its data".
 * ml_boxed_view_of_what: what the caption's total is of: "per element", "5 elements".
 *
 * Returns: (transfer full).
 */
char *ml_boxed_view_title(const MlBoxedView *view);
char *ml_boxed_view_of_what(const MlBoxedView *view, const MlClaim *claim);

/**
 * ml_boxed_array_terminal: the picture in characters; see MlDiagramKind.
 */
char *ml_boxed_array_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

/**
 * ml_boxed_array_describe: the picture in words; see MlDiagramKind.
 */
char *ml_boxed_array_describe(const MlDiagramFacts *facts);

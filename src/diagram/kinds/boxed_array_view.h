/* What the pictures of a boxed array show of it: the array, and those of its elements whose box
 * was sampled. */
#pragma once

#include "diagram/run.h"

/* The parts, in the order in which every structure of that shape names them. */
enum { ML_BOXED_ARRAY, ML_BOXED_BOX };

typedef struct {
    MlRun boxes;               /* box i is what slot i of the array points to */
    const MlWalkSample *array; /* (nullable): NULL for n = 0 */
    gboolean is_shared;        /* there are fewer boxes: the slots beyond lead to the same again */
} MlBoxedView;

/* A slot that is drawn. */
typedef struct {
    guint64 index;  /* in the array */
    guint64 target; /* the address in it */
    int box;        /* which of the drawn boxes it leads to; -1: none of them */
} MlBoxedSlot;

/**
 * ml_boxed_view_init: find the elements that can be shown.
 *
 * Errors: ML_ERROR_INPUT where a recorded walk lacks the array, or the first or last box.
 */
gboolean ml_boxed_view_init(MlBoxedView *view, const MlDiagramFacts *facts, GError **error);

/**
 * ml_boxed_view_slots: the slots to draw with these boxes: the first ones, as far as they lead to
 * one of them, and the last.
 * @boxes: (array length=n_boxes): those that are drawn
 * @most: slots, at least 1
 * @ret_slots: (out): room for @most
 *
 * Returns: how many.
 */
guint ml_boxed_view_slots(const MlBoxedView *view,
    const MlRunBlock *boxes,
    guint n_boxes,
    guint most,
    MlBoxedSlot *ret_slots);

/**
 * ml_boxed_array_title: the finding.  Returns: (transfer full).
 */
char *ml_boxed_array_title(const MlBoxedView *view, const MlDiagramFacts *facts);

/**
 * ml_boxed_array_terminal: the picture in characters; see MlDiagramKind.
 */
char *ml_boxed_array_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

/**
 * ml_boxed_array_describe: the picture in words; see MlDiagramKind.
 */
char *ml_boxed_array_describe(const MlDiagramFacts *facts);

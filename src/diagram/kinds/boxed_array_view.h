/* What the pictures of a boxed array show of it: the array, and those of its elements whose box
 * was sampled. */
#pragma once

#include "diagram/run.h"

/* The parts, in the order in which every structure of that shape names them. */
enum { ML_BOXED_ARRAY, ML_BOXED_BOX };

typedef struct {
    MlRun boxes;               /* box i is what slot i of the array points to */
    const MlWalkSample *array; /* (nullable): NULL for n = 0 */
} MlBoxedView;

/**
 * ml_boxed_view_init: find the elements that can be shown.
 *
 * Errors: ML_ERROR_INPUT where a recorded walk lacks the array, or the first or last box.
 */
gboolean ml_boxed_view_init(MlBoxedView *view, const MlDiagramFacts *facts, GError **error);

/**
 * ml_boxed_array_terminal: the picture in characters; see MlDiagramKind.
 */
char *ml_boxed_array_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

/**
 * ml_boxed_array_describe: the picture in words; see MlDiagramKind.
 */
char *ml_boxed_array_describe(const MlDiagramFacts *facts);

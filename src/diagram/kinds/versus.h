/* Several structures over n: words, and the form of characters. */
#pragma once

#include "diagram/kind.h"

typedef struct {
    guint64 from;
    guint64 to;
    double most; /* bytes per element, model or measured */
} MlVersusRange;

MlVersusRange ml_versus_range(const MlDiagramFacts *facts);

/**
 * ml_versus_title: what the picture shows.  Returns: (transfer full).
 */
char *ml_versus_title(const MlDiagramFacts *facts);

/**
 * ml_versus_origin: "measured, unexplained −0.4 B at worst".
 *
 * Returns: (transfer full) (nullable): NULL where nothing was measured.
 */
char *ml_versus_origin(const MlDiagramFacts *facts);

char *ml_versus_describe(const MlDiagramFacts *facts);
char *ml_versus_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

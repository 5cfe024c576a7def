/* What the picture of reserved pages says, shared by its layout, its words and its characters. */
#pragma once

#include "diagram/kinds/page_map.h"

/**
 * ml_residency_title: the finding: how many of the reserved pages are in RAM.
 *
 * Returns: (transfer full).
 */
char *ml_residency_title(const MlPageView *view);

char *ml_residency_describe(const MlDiagramFacts *facts);
char *ml_residency_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

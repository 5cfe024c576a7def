/* The saw-tooth, for its form of characters and for its words. */
#pragma once

#include "diagram/kind.h"

#define ML_SAW_TOOTH_MODEL ((MlPen){ .ink = ML_INK_FAINT, .width = 4 })
#define ML_SAW_TOOTH_RESERVED ((MlPen){ .ink = ML_INK_MUTED, .width = 3, .dashed = TRUE })

/**
 * ml_saw_tooth_title: what the picture shows.  Returns: (transfer full).
 */
char *ml_saw_tooth_title(const MlSeries *series);

/**
 * ml_saw_tooth_jumps: "It grows at 13 sizes, each time from about 33 to about 66 B per element."
 *
 * Returns: (transfer full).
 */
char *ml_saw_tooth_jumps(const MlSeries *series);

char *ml_saw_tooth_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

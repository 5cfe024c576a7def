/* Patterns: what tells roles apart where colour cannot (print, colour-blind eyes, projectors). */
#pragma once

#include "core/role.h"
#include "diagram/outline.h"

/* One tile, repeated from the picture's origin on. */
typedef struct {
    double w, h;
    double stroke;            /* px: the outline is drawn; 0: it is filled */
    MlOutline *outline;       /* lines may reach over the tile's edge, into the next */
    gboolean rising, falling; /* it is diagonals: / \ */
} MlPattern;

#define ML_PATTERN_FINE 0.6 /* scale in small cells */

/**
 * ml_pattern_init: the tile of a role.
 * @scale: 1, or ML_PATTERN_FINE
 *
 * Returns: FALSE where the role has none (data).
 */
gboolean ml_pattern_init(MlPattern *pattern, MlRole role, double scale);

/**
 * ml_pattern_cover: what the tiles draw in @box and around it, in as few lines as will do.
 *
 * Returns: (transfer full).
 */
MlOutline *ml_pattern_cover(const MlPattern *pattern, MlBox box);
void ml_pattern_clear(MlPattern *pattern);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlPattern, ml_pattern_clear)

/* The logical view in a scene: a band above the byte map, with a heading for each of the two. */
#pragma once

#include "diagram/logical.h"
#include "diagram/scene.h"

/**
 * ml_logical_reserve: set scene->above, so that the byte map leaves room for the logical view.
 *
 * In a low scene objects are folded into the cells that lead to them.  Errors: ML_ERROR_USAGE where
 * the byte map would have less than the least room; it says what helps.
 */
gboolean ml_logical_reserve(MlScene *scene, MlLogical *logical, GError **error);

/**
 * ml_logical_draw: draw, in the room reserved, what the byte map shows, as far as there is room.
 * @logical: (transfer none): as it was reserved for
 */
void ml_logical_draw(MlScene *scene, const MlLogical *logical);

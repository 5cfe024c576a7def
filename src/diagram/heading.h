/* The title of a picture, set so that it fits: a short one in large letters, a long one in smaller
 * ones and up to two lines, and one that is longer still cut off. */
#pragma once

#include "diagram/scene.h"

/**
 * ml_heading_draw: the title.
 * @ladder: (transfer none): wordings, longest first; NULL-terminated
 */
void ml_heading_draw(MlScene *scene, const char *const *ladder);

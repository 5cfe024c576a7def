/* What is checked of a picture is checked of each of its frames. */
#pragma once

#include "diagram/scene.h"

/**
 * first_complaint: what ml_scene_check() has to say first of the whole picture, or of a frame of
 * it.
 *
 * Returns: (transfer full): NULL where all are sound.
 */
char *first_complaint(MlScene *scene, const MlLedger *ledger);

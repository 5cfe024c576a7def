/* What must hold of the logical view in a scene; part of ml_scene_check(). */
#pragma once

#include "diagram/scene.h"

/**
 * ml_check_logical: add what is wrong to @complaints, of char *.
 */
void ml_check_logical(const MlScene *scene, GPtrArray *complaints);

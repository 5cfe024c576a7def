/* The axis under bars of bytes. */
#pragma once

#include "diagram/scene.h"

/**
 * ml_axis_bytes: from 0 to @bytes, to the scene's scale, with ticks at powers of two.
 * @x, @y: of its 0
 */
void ml_axis_bytes(MlScene *scene, double x, double y, double bytes);

/* Where lines run: through boxes, and across each other. */
#pragma once

#include "diagram/outline.h"

/**
 * ml_crossing_point: the point at @t, 0 to 1, of the segment that begins at @from.
 */
MlPoint ml_crossing_point(MlPoint from, const MlSeg *seg, double t);

/**
 * ml_crossing_runs_through: whether the outline touches the inside of @box.
 */
gboolean ml_crossing_runs_through(const MlOutline *line, MlBox box);

/**
 * ml_crossing_angle: the least angle at which two outlines cross, in degrees; 180 where they do
 * not, 0 where they run along each other.
 */
double ml_crossing_angle(const MlOutline *a, const MlOutline *b);

/**
 * ml_crossing_end_alike: whether two outlines end in one point: arrows to it may join on their way.
 */
gboolean ml_crossing_end_alike(const MlOutline *a, const MlOutline *b);

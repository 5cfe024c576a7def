/* Arrows: a dot in the pointer's cell, a line, and a head whose tip lands on the byte pointed to.
 *
 * The outline of an arrow is MOVE to the dot, LINE to just outside its block, then on to the tip.
 * Inside its block it is drawn in the ink of the cell's pattern, outside in the pointers' line
 * colour: so it can be seen on both, in every theme. */
#pragma once

#include "diagram/scene.h"

#define ML_ARROW_WIDTH 4.0
#define ML_ARROW_DOT 7.5
#define ML_ARROW_LEAST_ANGLE 19.0 /* degrees at which two may cross */

/**
 * ml_arrow_down: from a cell down to a byte below it, in an S.
 * @dot: in the cell
 * @edge: y of the cell's lower edge
 * @tip: on the left edge of the byte, at the top of its cell
 * @target: the byte's address
 *
 * Arrows whose ends are in the same order never cross.  Returns: (transfer none).
 */
MlItem *ml_arrow_down(MlScene *scene, MlPoint dot, double edge, MlPoint tip, guint64 target);

/**
 * ml_arrow_step: the same in right angles, running sideways at @y; it breaks what it crosses.
 */
MlItem *ml_arrow_step(
    MlScene *scene, MlPoint dot, double edge, double y, MlPoint tip, guint64 target);

/**
 * ml_arrow_arc: from a cell in an arc to a byte in the same row.
 * @dot: in the cell
 * @edge: y of the cells' edge that the arc leaves from and arrives at
 * @rise: how far the arc's top is from the edge; below 0: the arc runs above
 * @tip_x: the byte's left edge
 */
MlItem *ml_arrow_arc(
    MlScene *scene, MlPoint dot, double edge, double rise, double tip_x, guint64 target);
MlOutline *ml_arrow_arc_outline(MlPoint dot, double edge, double rise, double tip_x);

/**
 * ml_arrow_lane: the same in right angles, where arcs would cross; it breaks what it crosses.
 */
MlItem *ml_arrow_lane(
    MlScene *scene, MlPoint dot, double edge, double rise, double tip_x, guint64 target);

/**
 * ml_arrow_sideways: from a cell to a byte to the right of it: straight where both are at one
 * height, else in an S; straight to the left as well.
 * @edge: x of the right (left) edge of the cell's block
 * @lead_in: px before the tip from which on the arrow runs straight, over the size field
 */
MlItem *ml_arrow_sideways(
    MlScene *scene, MlPoint dot, double edge, double lead_in, MlPoint tip, guint64 target);

/**
 * ml_arrow_sideways_step: the same in right angles, running up or down at @x; it breaks what it
 * crosses.
 */
MlItem *ml_arrow_sideways_step(
    MlScene *scene, MlPoint dot, double edge, double x, MlPoint tip, guint64 target);

/**
 * ml_arrow_stub: the part inside the cell.  ml_arrow_shaft: the line outside, cut where the head
 * begins.  ml_arrow_head: the head, to be filled.
 * @arrow: (transfer none): an arrow's outline
 *
 * Returns: (transfer full).
 */
MlOutline *ml_arrow_stub(const MlOutline *arrow);
MlOutline *ml_arrow_shaft(const MlOutline *arrow);
MlOutline *ml_arrow_head(const MlOutline *arrow);

static inline MlPoint
ml_arrow_tip(const MlOutline *arrow)
{
    return ml_outline_seg(arrow, arrow->len - 1)->to;
}

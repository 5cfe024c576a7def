#include "diagram/arrow.h"

#include <math.h>

#define HEAD_LENGTH 20
#define HEAD_HALF_WIDTH 9.5
#define SHAFT_CUT 18 /* the line ends this far before the tip, under the head */
#define CLEAR_OF_FRAME 4
#define BEND 0.55 /* of the height: how long the S stays upright at its ends */

#define ROUND_TOP 0.75 /* of the height of an arc's control points: the curve's own height */
#define CORNER 18.0
#define CORNER_BEND 0.55 /* of the radius: a quarter of a circle, nearly */

static MlItem *
add_arrow(MlScene *scene, MlOutline *outline, guint64 target)
{
    MlPen pen = { .ink = ml_ink_of(ML_INK_LINE, ML_ROLE_POINTER), .width = ML_ARROW_WIDTH };
    MlItem *item = ml_scene_path(scene, outline, pen, ML_INK_NONE);
    item->path.is_arrow = TRUE;
    item->path.target = target;
    return item;
}

/* From the dot to just outside the block. */
static MlOutline *
begin(MlPoint dot, MlPoint outside)
{
    MlOutline *outline = ml_outline_new();
    ml_outline_move(outline, dot.x, dot.y);
    ml_outline_line(outline, outside.x, outside.y);
    return outline;
}

MlItem *
ml_arrow_down(MlScene *scene, MlPoint dot, double edge, MlPoint tip, guint64 target)
{
    double bend = (tip.y - edge) * BEND;
    MlOutline *outline = begin(dot, (MlPoint){ dot.x, edge + CLEAR_OF_FRAME });
    ml_outline_curve(
        outline, (MlPoint){ dot.x, edge + bend }, (MlPoint){ tip.x, tip.y - bend }, tip);
    return add_arrow(scene, outline, target);
}

MlOutline *
ml_arrow_arc_outline(MlPoint dot, double edge, double rise, double tip_x)
{
    double top = edge + rise / ROUND_TOP;
    MlOutline *outline = begin(dot, (MlPoint){ dot.x, edge + copysign(CLEAR_OF_FRAME, rise) });
    ml_outline_curve(
        outline, (MlPoint){ dot.x, top }, (MlPoint){ tip_x, top }, (MlPoint){ tip_x, edge });
    return outline;
}

MlItem *
ml_arrow_arc(MlScene *scene, MlPoint dot, double edge, double rise, double tip_x, guint64 target)
{
    return add_arrow(scene, ml_arrow_arc_outline(dot, edge, rise, tip_x), target);
}

/* A quarter of a circle from where the pen is: first along x or y, then along the other. */
static void
turn(MlOutline *outline, MlPoint corner, MlPoint to)
{
    MlPoint from = ml_outline_seg(outline, outline->len - 1)->to;
    ml_outline_curve(outline,
        (MlPoint){ from.x + (corner.x - from.x) * CORNER_BEND,
            from.y + (corner.y - from.y) * CORNER_BEND },
        (MlPoint){ to.x + (corner.x - to.x) * CORNER_BEND, to.y + (corner.y - to.y) * CORNER_BEND },
        to);
}

/* From where the pen is to @y, there sideways to @x, and on in the direction of @onward. */
static void
run_sideways(MlOutline *outline, double x, double y, double onward)
{
    MlPoint from = ml_outline_seg(outline, outline->len - 1)->to;
    double across = fabs(x - from.x) / 2;
    double radius = fmin(fmin(CORNER, across), fabs(y - from.y));
    double along = copysign(radius, x - from.x);
    double back = copysign(radius, y - from.y);
    ml_outline_line(outline, from.x, y - back);
    turn(outline, (MlPoint){ from.x, y }, (MlPoint){ from.x + along, y });
    ml_outline_line(outline, x - along, y);
    turn(outline, (MlPoint){ x, y }, (MlPoint){ x, y + copysign(radius, onward) });
}

MlItem *
ml_arrow_step(MlScene *scene, MlPoint dot, double edge, double y, MlPoint tip, guint64 target)
{
    MlOutline *outline = begin(dot, (MlPoint){ dot.x, edge + CLEAR_OF_FRAME });
    run_sideways(outline, tip.x, y, 1);
    ml_outline_line(outline, tip.x, tip.y);
    MlItem *item = add_arrow(scene, outline, target);
    item->path.is_cased = TRUE;
    return item;
}

MlItem *
ml_arrow_lane(MlScene *scene, MlPoint dot, double edge, double rise, double tip_x, guint64 target)
{
    MlOutline *outline = begin(dot, (MlPoint){ dot.x, edge + copysign(CLEAR_OF_FRAME, rise) });
    run_sideways(outline, tip_x, edge + rise, -rise);
    ml_outline_line(outline, tip_x, edge);
    MlItem *item = add_arrow(scene, outline, target);
    item->path.is_cased = TRUE;
    return item;
}

MlItem *
ml_arrow_sideways(
    MlScene *scene, MlPoint dot, double edge, double lead_in, MlPoint tip, guint64 target)
{
    double outside = edge + copysign(CLEAR_OF_FRAME, tip.x - dot.x);
    MlOutline *outline = begin(dot, (MlPoint){ outside, dot.y });
    double before = tip.x - fmax(lead_in, HEAD_LENGTH);
    double bend = (before - edge) * BEND;
    if (dot.y != tip.y)
        ml_outline_curve(outline,
            (MlPoint){ edge + bend, dot.y },
            (MlPoint){ before - bend, tip.y },
            (MlPoint){ before, tip.y });
    ml_outline_line(outline, tip.x, tip.y);
    return add_arrow(scene, outline, target);
}

MlItem *
ml_arrow_sideways_step(
    MlScene *scene, MlPoint dot, double edge, double x, MlPoint tip, guint64 target)
{
    double radius = fmin(CORNER, fabs(tip.y - dot.y) / 2);
    double down = copysign(radius, tip.y - dot.y);
    MlOutline *outline = begin(dot, (MlPoint){ edge + CLEAR_OF_FRAME, dot.y });
    ml_outline_line(outline, x - radius, dot.y);
    turn(outline, (MlPoint){ x, dot.y }, (MlPoint){ x, dot.y + down });
    ml_outline_line(outline, x, tip.y - down);
    turn(outline, (MlPoint){ x, tip.y }, (MlPoint){ x + radius, tip.y });
    ml_outline_line(outline, tip.x, tip.y);
    MlItem *item = add_arrow(scene, outline, target);
    item->path.is_cased = TRUE;
    return item;
}

MlOutline *
ml_arrow_stub(const MlOutline *arrow)
{
    MlPoint dot = ml_outline_seg(arrow, 0)->to;
    MlPoint edge = ml_outline_seg(arrow, 1)->to;
    double length = hypot(edge.x - dot.x, edge.y - dot.y);
    double part = fmax(0, length - CLEAR_OF_FRAME) / length;
    MlOutline *stub = ml_outline_new();
    ml_outline_move(stub, dot.x, dot.y);
    ml_outline_line(stub, dot.x + (edge.x - dot.x) * part, dot.y + (edge.y - dot.y) * part);
    return stub;
}

/* The unit vector in which the arrow arrives. */
static MlPoint
arrival(const MlOutline *arrow)
{
    const MlSeg *last = ml_outline_seg(arrow, arrow->len - 1);
    MlPoint from = last->op == ML_SEG_CURVE ? last->c2 : ml_outline_seg(arrow, arrow->len - 2)->to;
    double length = hypot(last->to.x - from.x, last->to.y - from.y);
    return (MlPoint){ (last->to.x - from.x) / length, (last->to.y - from.y) / length };
}

MlOutline *
ml_arrow_shaft(const MlOutline *arrow)
{
    MlPoint along = arrival(arrow);
    MlPoint dot = ml_outline_seg(arrow, 0)->to;
    MlPoint edge = ml_outline_seg(arrow, 1)->to;
    double length = hypot(edge.x - dot.x, edge.y - dot.y);
    double back = CLEAR_OF_FRAME / length;
    MlOutline *shaft = ml_outline_new();
    ml_outline_move(shaft, edge.x - (edge.x - dot.x) * back, edge.y - (edge.y - dot.y) * back);
    ml_outline_line(shaft, edge.x, edge.y);
    g_array_append_vals(shaft, ml_outline_seg(arrow, 2), arrow->len - 2);
    MlSeg *last = &g_array_index(shaft, MlSeg, shaft->len - 1);
    last->to.x -= along.x * SHAFT_CUT;
    last->to.y -= along.y * SHAFT_CUT;
    last->c2.x -= along.x * SHAFT_CUT;
    last->c2.y -= along.y * SHAFT_CUT;
    return shaft;
}

MlOutline *
ml_arrow_head(const MlOutline *arrow)
{
    MlPoint along = arrival(arrow);
    MlPoint tip = ml_arrow_tip(arrow);
    MlPoint foot = { tip.x - along.x * HEAD_LENGTH, tip.y - along.y * HEAD_LENGTH };
    MlOutline *head = ml_outline_new();
    ml_outline_move(head, tip.x, tip.y);
    ml_outline_line(head, foot.x - along.y * HEAD_HALF_WIDTH, foot.y + along.x * HEAD_HALF_WIDTH);
    ml_outline_line(head, foot.x + along.y * HEAD_HALF_WIDTH, foot.y - along.x * HEAD_HALF_WIDTH);
    ml_outline_close(head);
    return head;
}

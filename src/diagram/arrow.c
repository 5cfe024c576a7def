#include "diagram/arrow.h"

#include <math.h>

#define HEAD_LENGTH 20
#define HEAD_HALF_WIDTH 9.5
#define SHAFT_CUT 18 /* the line ends this far before the tip, under the head */
#define CLEAR_OF_FRAME 4
#define BEND 0.55 /* of the height: how long the S stays upright at its ends */

MlItem *
ml_arrow_down(MlScene *scene, MlPoint dot, double edge, MlPoint tip, guint64 target)
{
    double bend = (tip.y - edge) * BEND;
    MlOutline *outline = ml_outline_new();
    ml_outline_move(outline, dot.x, dot.y);
    ml_outline_line(outline, dot.x, edge + CLEAR_OF_FRAME);
    ml_outline_curve(
        outline, (MlPoint){ dot.x, edge + bend }, (MlPoint){ tip.x, tip.y - bend }, tip);
    MlPen pen = { .ink = ml_ink_of(ML_INK_LINE, ML_ROLE_POINTER), .width = ML_ARROW_WIDTH };
    MlItem *item = ml_scene_path(scene, outline, pen, ML_INK_NONE);
    item->path.is_arrow = TRUE;
    item->path.target = target;
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
    MlPoint edge = ml_outline_seg(arrow, 1)->to;
    MlOutline *shaft = ml_outline_new();
    ml_outline_move(shaft, edge.x, edge.y - CLEAR_OF_FRAME);
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

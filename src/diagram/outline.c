#include "diagram/outline.h"

#include <math.h>

#define N_TEETH 4
#define TOOTH_DEPTH 9
#define CIRCLE_CONTROL 0.5523 /* a quarter circle as a cubic Bézier curve */

MlOutline *
ml_outline_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(MlSeg));
}

static void
append(MlOutline *outline, MlSeg seg)
{
    g_array_append_val(outline, seg);
}

void
ml_outline_move(MlOutline *outline, double x, double y)
{
    append(outline, (MlSeg){ .op = ML_SEG_MOVE, .to = { x, y } });
}

void
ml_outline_line(MlOutline *outline, double x, double y)
{
    append(outline, (MlSeg){ .op = ML_SEG_LINE, .to = { x, y } });
}

void
ml_outline_curve(MlOutline *outline, MlPoint c1, MlPoint c2, MlPoint to)
{
    append(outline, (MlSeg){ .op = ML_SEG_CURVE, .c1 = c1, .c2 = c2, .to = to });
}

void
ml_outline_close(MlOutline *outline)
{
    MlPoint begin = { 0, 0 };
    for (guint i = outline->len; i-- > 0;) {
        if (ml_outline_seg(outline, i)->op == ML_SEG_MOVE) {
            begin = ml_outline_seg(outline, i)->to;
            break;
        }
    }
    append(outline, (MlSeg){ .op = ML_SEG_CLOSE, .to = begin });
}

void
ml_outline_add_box(MlOutline *outline, MlBox box)
{
    ml_outline_move(outline, box.x, box.y);
    ml_outline_line(outline, box.x + box.w, box.y);
    ml_outline_line(outline, box.x + box.w, box.y + box.h);
    ml_outline_line(outline, box.x, box.y + box.h);
    ml_outline_close(outline);
}

void
ml_outline_add_circle(MlOutline *outline, double x, double y, double radius)
{
    double k = radius * CIRCLE_CONTROL;
    double r = radius;
    ml_outline_move(outline, x + r, y);
    ml_outline_curve(
        outline, (MlPoint){ x + r, y + k }, (MlPoint){ x + k, y + r }, (MlPoint){ x, y + r });
    ml_outline_curve(
        outline, (MlPoint){ x - k, y + r }, (MlPoint){ x - r, y + k }, (MlPoint){ x - r, y });
    ml_outline_curve(
        outline, (MlPoint){ x - r, y - k }, (MlPoint){ x - k, y - r }, (MlPoint){ x, y - r });
    ml_outline_curve(
        outline, (MlPoint){ x + k, y - r }, (MlPoint){ x + r, y - k }, (MlPoint){ x + r, y });
    ml_outline_close(outline);
}

MlOutline *
ml_outline_torn(MlBox box, gboolean left, gboolean right)
{
    MlOutline *outline = ml_outline_new();
    ml_outline_move(outline, box.x, box.y);
    for (int i = 0; i <= 2 * N_TEETH; i++) {
        double inwards = right && i % 2 == 1 ? TOOTH_DEPTH : 0;
        ml_outline_line(outline, box.x + box.w - inwards, box.y + box.h * i / (2 * N_TEETH));
    }
    for (int i = 2 * N_TEETH; i > 0; i--) {
        double inwards = left && i % 2 == 1 ? TOOTH_DEPTH : 0;
        ml_outline_line(outline, box.x + inwards, box.y + box.h * i / (2 * N_TEETH));
    }
    ml_outline_close(outline);
    return outline;
}

static void
include(MlPoint point, double *left, double *top, double *right, double *bottom)
{
    *left = fmin(*left, point.x);
    *top = fmin(*top, point.y);
    *right = fmax(*right, point.x);
    *bottom = fmax(*bottom, point.y);
}

MlBox
ml_outline_bounds(const MlOutline *outline)
{
    double left = INFINITY;
    double top = INFINITY;
    double right = -INFINITY;
    double bottom = -INFINITY;
    for (guint i = 0; i < outline->len; i++) {
        const MlSeg *seg = ml_outline_seg(outline, i);
        include(seg->to, &left, &top, &right, &bottom);
        if (seg->op == ML_SEG_CURVE) {
            include(seg->c1, &left, &top, &right, &bottom);
            include(seg->c2, &left, &top, &right, &bottom);
        }
    }
    return (MlBox){ left, top, right - left, bottom - top };
}

#include "diagram/crossing.h"

#include <math.h>

#define CURVE_STEPS 64
#define CHORDS 24     /* of a curve, to cross it with another */
#define SAME_LINE 0.5 /* px: closer parallels are one line */
#define ALONG 4       /* px that two lines must share to run along each other */
#define NEVER 180.0
#define PARALLEL 1e-9

MlPoint
ml_crossing_point(MlPoint from, const MlSeg *seg, double t)
{
    double u = 1 - t;
    if (seg->op != ML_SEG_CURVE)
        return (MlPoint){ u * from.x + t * seg->to.x, u * from.y + t * seg->to.y };
    double a = u * u * u;
    double b = 3 * u * u * t;
    double c = 3 * u * t * t;
    double d = t * t * t;
    return (MlPoint){ a * from.x + b * seg->c1.x + c * seg->c2.x + d * seg->to.x,
        a * from.y + b * seg->c1.y + c * seg->c2.y + d * seg->to.y };
}

static gboolean
holds(MlBox box, MlPoint p)
{
    return p.x > box.x && p.x < box.x + box.w && p.y > box.y && p.y < box.y + box.h;
}

/* Whether all of a segment is on one side of the box: a curve stays between its control points. */
static gboolean
keeps_clear(MlPoint from, const MlSeg *seg, MlBox box)
{
    MlPoint c1 = seg->op == ML_SEG_CURVE ? seg->c1 : from;
    MlPoint c2 = seg->op == ML_SEG_CURVE ? seg->c2 : seg->to;
    double left = fmin(fmin(from.x, seg->to.x), fmin(c1.x, c2.x));
    double right = fmax(fmax(from.x, seg->to.x), fmax(c1.x, c2.x));
    double top = fmin(fmin(from.y, seg->to.y), fmin(c1.y, c2.y));
    double bottom = fmax(fmax(from.y, seg->to.y), fmax(c1.y, c2.y));
    return right <= box.x || left >= box.x + box.w || bottom <= box.y || top >= box.y + box.h;
}

gboolean
ml_crossing_runs_through(const MlOutline *line, MlBox box)
{
    for (guint i = 1; i < line->len; i++) {
        const MlSeg *seg = ml_outline_seg(line, i);
        MlPoint from = ml_outline_seg(line, i - 1)->to;
        if (seg->op == ML_SEG_MOVE || keeps_clear(from, seg, box))
            continue;
        for (int k = 0; k <= CURVE_STEPS; k++)
            if (holds(box, ml_crossing_point(from, seg, (double)k / CURVE_STEPS)))
                return TRUE;
    }
    return FALSE;
}

/* The outline as straight pieces.  Returns: (transfer full): of MlPoint. */
static GArray *
flatten(const MlOutline *outline)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(MlPoint));
    g_array_append_val(points, ml_outline_seg(outline, 0)->to);
    for (guint i = 1; i < outline->len; i++) {
        const MlSeg *seg = ml_outline_seg(outline, i);
        int n = seg->op == ML_SEG_CURVE ? CHORDS : 1;
        for (int k = 1; k <= n; k++) {
            MlPoint point =
                ml_crossing_point(ml_outline_seg(outline, i - 1)->to, seg, (double)k / n);
            g_array_append_val(points, point);
        }
    }
    return points;
}

static double
cross(MlPoint a, MlPoint b)
{
    return a.x * b.y - a.y * b.x;
}

static MlPoint
from_to(MlPoint a, MlPoint b)
{
    return (MlPoint){ b.x - a.x, b.y - a.y };
}

/* Of two parallels: 0 where they share more than a point, else NEVER. */
static double
parallel_angle(MlPoint a, MlPoint along, MlPoint b, MlPoint b_end)
{
    double length = hypot(along.x, along.y);
    if (fabs(cross(from_to(a, b), along)) / length > SAME_LINE)
        return NEVER;
    MlPoint to_b = from_to(a, b);
    MlPoint to_end = from_to(a, b_end);
    double s = (to_b.x * along.x + to_b.y * along.y) / length;
    double t = (to_end.x * along.x + to_end.y * along.y) / length;
    double shared = fmin(fmax(s, t), length) - fmax(fmin(s, t), 0);
    return shared > ALONG ? 0 : NEVER;
}

static double
piece_angle(MlPoint a, MlPoint a_end, MlPoint b, MlPoint b_end)
{
    MlPoint u = from_to(a, a_end);
    MlPoint v = from_to(b, b_end);
    double lengths = hypot(u.x, u.y) * hypot(v.x, v.y);
    if (lengths <= 0)
        return NEVER;
    double sine = cross(u, v) / lengths;
    if (fabs(sine) < PARALLEL)
        return parallel_angle(a, u, b, b_end);
    MlPoint between = from_to(a, b);
    double s = cross(between, v) / cross(u, v);
    double t = cross(between, u) / cross(u, v);
    if (s < 0 || s > 1 || t < 0 || t > 1)
        return NEVER;
    return asin(fmin(fabs(sine), 1)) * 180 / G_PI;
}

/* Too far apart to meet, or to run along each other. */
static gboolean
are_apart(MlBox a, MlBox b)
{
    return a.x > b.x + b.w + SAME_LINE || b.x > a.x + a.w + SAME_LINE ||
           a.y > b.y + b.h + SAME_LINE || b.y > a.y + a.h + SAME_LINE;
}

double
ml_crossing_angle(const MlOutline *a, const MlOutline *b)
{
    if (are_apart(ml_outline_bounds(a), ml_outline_bounds(b)))
        return NEVER;
    g_autoptr(GArray) p = flatten(a);
    g_autoptr(GArray) q = flatten(b);
    double least = NEVER;
    for (guint i = 1; i < p->len; i++)
        for (guint k = 1; k < q->len; k++)
            least = fmin(least,
                piece_angle(g_array_index(p, MlPoint, i - 1),
                    g_array_index(p, MlPoint, i),
                    g_array_index(q, MlPoint, k - 1),
                    g_array_index(q, MlPoint, k)));
    return least;
}

gboolean
ml_crossing_end_alike(const MlOutline *a, const MlOutline *b)
{
    MlPoint between = from_to(ml_outline_seg(a, a->len - 1)->to, ml_outline_seg(b, b->len - 1)->to);
    return hypot(between.x, between.y) < SAME_LINE;
}

#include "diagram/pattern.h"

#include <math.h>

static void
line(MlOutline *outline, double x0, double y0, double x1, double y1)
{
    ml_outline_move(outline, x0, y0);
    ml_outline_line(outline, x1, y1);
}

/* The corners need the neighbours' lines, or they would be cut where tiles meet. */
static void
diagonals(MlOutline *outline, double size, gboolean rising)
{
    double half = size / 2;
    for (int i = -1; i <= 1; i++) {
        double shift = i * half;
        if (rising)
            line(outline, shift - half, shift + size + half, shift + size + half, shift - half);
        else
            line(outline, shift - half, -shift - half, shift + size + half, size - shift + half);
    }
}

static MlPattern
tile(double w, double h, double stroke)
{
    return (MlPattern){ .w = w, .h = h, .stroke = stroke, .outline = ml_outline_new() };
}

static MlPattern
dots(double k)
{
    MlPattern p = tile(14 * k, 28 * k, 0);
    double radius = 1.7 * fmax(k, 0.7);
    ml_outline_add_circle(p.outline, p.w / 4, p.h / 4, radius);
    ml_outline_add_circle(p.outline, p.w * 3 / 4, p.h * 3 / 4, radius);
    return p;
}

static MlPattern
slashes(double size, double stroke, gboolean rising)
{
    MlPattern p = tile(size, size, stroke);
    diagonals(p.outline, size, rising);
    p.rising = rising;
    p.falling = !rising;
    return p;
}

static MlPattern
crosses(double size, double stroke)
{
    MlPattern p = slashes(size, stroke, TRUE);
    diagonals(p.outline, size, FALSE);
    p.falling = TRUE;
    return p;
}

static MlPattern
ruled(double k)
{
    MlPattern p = tile(10 * k, 10 * k, 2 * k);
    line(p.outline, 0, p.h / 2, p.w, p.h / 2);
    return p;
}

static MlPattern
sparse_dashes(double k)
{
    MlPattern p = tile(32 * k, 28 * k, 2.6 * k);
    line(p.outline, 2 * k, 7 * k, 14 * k, 7 * k);
    line(p.outline, 18 * k, 21 * k, 30 * k, 21 * k);
    return p;
}

static MlPattern
checks(double size)
{
    MlPattern p = tile(2 * size, 2 * size, 0);
    ml_outline_add_box(p.outline, (MlBox){ 0, 0, size, size });
    ml_outline_add_box(p.outline, (MlBox){ size, size, size, size });
    return p;
}

gboolean
ml_pattern_init(MlPattern *pattern, MlRole role, double scale)
{
    double k = scale;
    *pattern = (MlPattern){ 0 };
    switch (role) {
    case ML_ROLE_POINTER:
        *pattern = dots(k);
        break;
    case ML_ROLE_OBJECT_HEADER:
        *pattern = slashes(12 * k, 2 * k, TRUE);
        break;
    case ML_ROLE_INDEX:
        *pattern = ruled(k);
        break;
    case ML_ROLE_ALLOCATOR:
        *pattern = slashes(14 * k, 4.5 * k, FALSE);
        break;
    case ML_ROLE_PADDING:
        *pattern = crosses(16 * k, 1.6 * k);
        break;
    case ML_ROLE_UNUSED:
        *pattern = sparse_dashes(k);
        break;
    case ML_ROLE_UNEXPLAINED:
        *pattern = checks(9 * k);
        break;
    case ML_ROLE_DATA:
    case ML_N_ROLES:
        break;
    }
    return pattern->outline != NULL;
}

/* Diagonals run on from tile to tile: as one line each they are drawn ten times as fast.  Rising
 * ones are x + y = k × size, falling ones x - y = k × size. */
static void
add_long_diagonals(MlOutline *outline, double size, MlBox box, gboolean rising)
{
    double top = box.y - size;
    double bottom = box.y + box.h + size;
    double slope = rising ? 1 : -1;
    double first = floor((box.x + slope * (rising ? top : bottom)) / size) * size;
    double last = box.x + box.w + slope * (rising ? bottom : top);
    for (double sum = first; sum <= last; sum += size)
        line(outline, sum - slope * bottom, bottom, sum - slope * top, top);
}

static void
add_tile(MlOutline *outline, const MlPattern *pattern, double dx, double dy)
{
    for (guint i = 0; i < pattern->outline->len; i++) {
        MlSeg seg = *ml_outline_seg(pattern->outline, i);
        seg.c1 = (MlPoint){ seg.c1.x + dx, seg.c1.y + dy };
        seg.c2 = (MlPoint){ seg.c2.x + dx, seg.c2.y + dy };
        seg.to = (MlPoint){ seg.to.x + dx, seg.to.y + dy };
        g_array_append_val(outline, seg);
    }
}

MlOutline *
ml_pattern_cover(const MlPattern *pattern, MlBox box)
{
    MlOutline *outline = ml_outline_new();
    if (pattern->rising)
        add_long_diagonals(outline, pattern->w, box, TRUE);
    if (pattern->falling)
        add_long_diagonals(outline, pattern->w, box, FALSE);
    if (pattern->rising || pattern->falling)
        return outline;
    double left = floor(box.x / pattern->w) * pattern->w;
    for (double y = floor(box.y / pattern->h) * pattern->h; y < box.y + box.h; y += pattern->h)
        for (double x = left; x < box.x + box.w; x += pattern->w)
            add_tile(outline, pattern, x, y);
    return outline;
}

void
ml_pattern_clear(MlPattern *pattern)
{
    g_clear_pointer(&pattern->outline, g_array_unref);
}

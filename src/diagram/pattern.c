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

static void
square(MlOutline *outline, double x, double y, double size)
{
    ml_outline_move(outline, x, y);
    ml_outline_line(outline, x + size, y);
    ml_outline_line(outline, x + size, y + size);
    ml_outline_line(outline, x, y + size);
    ml_outline_close(outline);
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
    return p;
}

static MlPattern
crosses(double size, double stroke)
{
    MlPattern p = slashes(size, stroke, TRUE);
    diagonals(p.outline, size, FALSE);
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
    MlPattern p = tile(40 * k, 32 * k, 2 * k);
    line(p.outline, 4 * k, 8 * k, 16 * k, 8 * k);
    line(p.outline, 24 * k, 24 * k, 36 * k, 24 * k);
    return p;
}

static MlPattern
checks(double size)
{
    MlPattern p = tile(2 * size, 2 * size, 0);
    square(p.outline, 0, 0, size);
    square(p.outline, size, size, size);
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

void
ml_pattern_clear(MlPattern *pattern)
{
    g_clear_pointer(&pattern->outline, g_array_unref);
}

/* Patterns: what covers a box at once is what its tiles would draw, one by one. */
#include "ml_test.h"

#include <math.h>

#include "diagram/pattern.h"

#define NEAR 1e-6

static double
distance(MlPoint p, MlPoint a, MlPoint b)
{
    double dx = b.x - a.x;
    double dy = b.y - a.y;
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* px from @p to the nearest line of an outline that is moved by (@dx, @dy). */
static double
nearest(const MlOutline *outline, MlPoint p, double dx, double dy)
{
    double least = INFINITY;
    MlPoint moved = { p.x - dx, p.y - dy };
    for (guint i = 1; i < outline->len; i++)
        if (ml_outline_seg(outline, i)->op != ML_SEG_MOVE)
            least = fmin(least,
                distance(
                    moved, ml_outline_seg(outline, i - 1)->to, ml_outline_seg(outline, i)->to));
    return least;
}

/* The same where the picture is tiled: the tile that @p lies in has all the lines it needs. */
static double
nearest_in_tiles(const MlPattern *pattern, MlPoint p)
{
    double dx = floor(p.x / pattern->w) * pattern->w;
    double dy = floor(p.y / pattern->h) * pattern->h;
    return nearest(pattern->outline, p, dx, dy);
}

static gboolean
is_inked(double distance, double stroke)
{
    return distance <= stroke / 2;
}

static void
assert_covered(const MlPattern *pattern, MlBox box)
{
    g_autoptr(GArray) cover = ml_pattern_cover(pattern, box);
    for (double y = box.y + 0.3; y < box.y + box.h; y += 1.7)
        for (double x = box.x + 0.2; x < box.x + box.w; x += 1.9) {
            double tiled = nearest_in_tiles(pattern, (MlPoint){ x, y });
            double covered = nearest(cover, (MlPoint){ x, y }, 0, 0);
            if (is_inked(tiled - NEAR, pattern->stroke))
                assert_true(is_inked(covered - 2 * NEAR, pattern->stroke));
            if (is_inked(covered + 2 * NEAR, pattern->stroke))
                assert_true(is_inked(tiled - NEAR, pattern->stroke));
        }
}

static void
a_box_is_covered_as_with_tiles(void **state)
{
    static const MlBox boxes[] = {
        { 0, 0, 60, 40 },
        { 101.5, 733.25, 83, 21 },
        { -37, -12, 50, 30 },
        { 900, 20, 2, 90 },
    };
    for (int role = 0; role < ML_N_ROLES; role++)
        for (int fine = 0; fine <= 1; fine++) {
            g_auto(MlPattern) pattern = { 0 };
            gboolean has_any = ml_pattern_init(&pattern, (MlRole)role, fine ? ML_PATTERN_FINE : 1);
            if (!has_any || pattern.stroke <= 0) /* what is filled is put tile by tile */
                continue;
            for (guint i = 0; i < G_N_ELEMENTS(boxes); i++)
                assert_covered(&pattern, boxes[i]);
        }
}

/* Thousands of short pieces took most of the time of a chart. */
static void
diagonals_are_long_lines(void **state)
{
    static const MlRole roles[] = { ML_ROLE_ALLOCATOR, ML_ROLE_OBJECT_HEADER, ML_ROLE_PADDING };
    for (guint i = 0; i < G_N_ELEMENTS(roles); i++) {
        g_auto(MlPattern) pattern = { 0 };
        assert_true(ml_pattern_init(&pattern, roles[i], 1));
        g_autoptr(GArray) cover = ml_pattern_cover(&pattern, (MlBox){ 80, 200, 1760, 600 });
        assert_in_range(cover->len, 300, 1000);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_box_is_covered_as_with_tiles),
        cmocka_unit_test(diagonals_are_long_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

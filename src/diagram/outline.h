/* Outlines: lines and curves, in pixels of the picture, y downwards. */
#pragma once

#include <glib.h>

typedef struct {
    double x, y, w, h;
} MlBox;

typedef struct {
    double x, y;
} MlPoint;

typedef enum {
    ML_SEG_MOVE,
    ML_SEG_LINE,
    ML_SEG_CURVE,
    ML_SEG_CLOSE,
} MlSegOp;

typedef struct {
    MlSegOp op;
    MlPoint c1, c2; /* control points of a CURVE */
    MlPoint to;     /* where the pen ends; a CLOSE repeats where it began */
} MlSeg;

/* A GArray of MlSeg. */
typedef GArray MlOutline;

/**
 * ml_outline_new: an empty outline.
 *
 * Returns: (transfer full): free with g_array_unref().
 */
MlOutline *ml_outline_new(void);
void ml_outline_move(MlOutline *outline, double x, double y);
void ml_outline_line(MlOutline *outline, double x, double y);
void ml_outline_curve(MlOutline *outline, MlPoint c1, MlPoint c2, MlPoint to);
void ml_outline_close(MlOutline *outline);

/**
 * ml_outline_add_box: append the four sides of a box, closed.
 */
void ml_outline_add_box(MlOutline *outline, MlBox box);

/**
 * ml_outline_add_circle: append a whole circle.
 */
void ml_outline_add_circle(MlOutline *outline, double x, double y, double radius);

/**
 * ml_outline_torn: a box with a zigzag for its left or right edge, or both: what goes on unseen.
 *
 * Returns: (transfer full).
 */
MlOutline *ml_outline_torn(MlBox box, gboolean left, gboolean right);

/**
 * ml_outline_bounds: the box around all points, control points included.
 */
MlBox ml_outline_bounds(const MlOutline *outline);

static inline const MlSeg *
ml_outline_seg(const MlOutline *outline, guint i)
{
    return &g_array_index(outline, MlSeg, i);
}

static inline MlBox
ml_box_inset(MlBox box, double by)
{
    return (MlBox){ box.x + by, box.y + by, box.w - 2 * by, box.h - 2 * by };
}

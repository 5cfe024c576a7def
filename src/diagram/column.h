/* An array block from top to bottom, one element a row; what is left out leaves a gap. */
#pragma once

#include "diagram/scene.h"
#include "facts/walk.h"

typedef struct {
    MlScene *scene;
    const MlWalk *walk;
    const MlWalkSample *block;
    guint digits;             /* of addresses */
    guint step;               /* of a build-up: that of the scene when the column was begun */
    double x, y;              /* y: where the next row begins */
    double width;             /* of a row */
    double gap;               /* px that a skip takes */
    double widest_foot;       /* malloc's rounding is left out where it is wider; 0: no limit */
    double bottom;            /* what is below has no room; 0: no limit */
    double top, body;         /* of the piece being drawn; its rows begin at `body` */
    gboolean is_open;         /* the piece goes on above */
    double drawn[ML_N_ROLES]; /* bytes by role: what the part says, not the cells */
} MlColumn;

#define ML_COLUMN_FIELD_HEIGHT 40.0
#define ML_COLUMN_GAP_HEIGHT 40.0
#define ML_COLUMN_EMPTY_HEIGHT 36.0

/**
 * ml_column_begin: malloc's size field, where there is one.
 * @at: the upper left corner of the frame
 */
void ml_column_begin(MlColumn *column,
    MlScene *scene,
    const MlWalk *walk,
    const MlWalkSample *block,
    guint digits,
    MlPoint at);

/**
 * ml_column_add: one element.
 * @is_used: else its bytes are unused
 *
 * Returns: its box.
 */
MlBox ml_column_add(MlColumn *column, guint64 element, gboolean is_used, double height);

/**
 * ml_column_skip: elements that are not drawn.
 * @n: how many; 0: that is said elsewhere
 */
void ml_column_skip(MlColumn *column, guint64 n);

/**
 * ml_column_draw_more: dots, and how many elements they stand for.
 * @at: where they begin, and their middle
 * @n: 0: that is said elsewhere
 */
void ml_column_draw_more(MlScene *scene, MlPoint at, guint64 n);

/**
 * ml_column_break: the elements go on at the top of another column.
 */
void ml_column_break(MlColumn *column, MlPoint at);

/**
 * ml_column_end: malloc's rounding, where it is small, and the frame.
 * ml_column_end_height: the px it takes.
 */
void ml_column_end(MlColumn *column);
double ml_column_end_height(const MlWalk *walk, const MlWalkSample *block);

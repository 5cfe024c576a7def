/* Painting: a scene broken down into fills, strokes and letters, which any file format can draw.
 *
 * How a cell, a swatch, an arrow looks is decided here, once; a backend knows six operations. */
#pragma once

#include "diagram/scene.h"
#include "diagram/theme.h"

/* A box, or an outline. */
typedef struct {
    MlBox box;                /* bounds */
    double radius;            /* of a box's corners */
    const MlOutline *outline; /* (nullable): NULL: the box itself */
} MlForm;

typedef struct {
    MlInk ink;
    double width;
    double dash[2]; /* px on, px off; 0: not dashed */
    gboolean round; /* round ends and corners */
} MlStroke;

typedef struct MlPainter MlPainter;
struct MlPainter {
    void (*begin_group)(MlPainter *self, const MlGroup *group);
    void (*end_group)(MlPainter *self);
    /* @bytes: of memory that the form stands for; 0: none */
    void (*fill)(MlPainter *self, const MlForm *form, MlInk ink, double alpha, double bytes);
    void (*fill_pattern)(MlPainter *self, const MlForm *form, MlRole role, gboolean fine);
    void (*stroke)(MlPainter *self, const MlForm *form, const MlStroke *stroke);
    /* @halo: ink and px around the letters, under them; width 0: none */
    void (*text)(MlPainter *self, const MlItem *text, MlStroke halo);
};

/**
 * ml_paint_scene: paint all items of @scene that are shown, background first, with @painter.
 */
void ml_paint_scene(const MlScene *scene, const MlTheme *theme, MlPainter *painter);

/**
 * ml_paint_is_fine: whether a cell takes the finer pattern.
 */
gboolean ml_paint_is_fine(const MlItem *cell);

/* A strip: blocks of a run side by side in address order; those that do not touch stand apart.  How
 * many are drawn, and how wide a byte is, follows from the room. */
#pragma once

#include "diagram/run.h"

typedef struct {
    MlScene *scene;
    const MlRun *run;
    double y, height; /* of the frames */
    guint digits;     /* of addresses */
    guint n;          /* blocks drawn */
    gboolean is_elided;
    MlRunBlock block[ML_RUN_MAX]; /* in the order of the run */
    guint order[ML_RUN_MAX];      /* blocks by rising address */
    double x[ML_RUN_MAX];         /* of the frame, by block */
    double field_width;           /* of malloc's size field; 0: there is none */
    guint step;                   /* of a build-up, with which the first block comes */
    guint singly;                 /* so many come one by one, then the rest */
} MlStrip;

/* What else must fit. */
typedef struct {
    double fixed_bytes, bytes_each; /* another row: so many bytes, and so many for each block */
    double elided_bytes;            /* more in that row, where blocks are left out */
    guint fewest;                   /* blocks, even if addresses cannot be read; 0: two */
    gboolean crowded; /* many blocks rather than addresses that can be read in their cells */
} MlStripNeeds;

/**
 * ml_strip_init: fit as many blocks as there is room for, and place them.
 * @scene: (transfer none): its byte_width is set
 * @run: (transfer none): of one block or more
 *
 * All blocks, as wide as they can be; else as many as fit with addresses that can be read, the last
 * one among them.  Errors: ML_ERROR_USAGE where not even one fits.
 */
gboolean ml_strip_init(
    MlStrip *strip, MlScene *scene, const MlRun *run, const MlStripNeeds *needs, GError **error);

/**
 * ml_strip_width: the width of block @i with malloc's own, in px.
 * ml_strip_byte_0: x of the byte that pointers to it point to.
 */
double ml_strip_width(const MlStrip *strip, guint i);
double ml_strip_byte_0(const MlStrip *strip, guint i);

/**
 * ml_strip_is_gap: whether the @k-th block by address, @k > 0, does not touch the one before.
 */
gboolean ml_strip_is_gap(const MlStrip *strip, guint k);

/**
 * ml_strip_touch: whether all blocks touch that have none undrawn between them.
 */
gboolean ml_strip_touch(const MlStrip *strip);

/**
 * ml_strip_step: what follows comes with block @i of the run.
 */
void ml_strip_step(const MlStrip *strip, guint i);

/**
 * ml_strip_draw: the blocks, and dots where undrawn ones lie between them.
 */
void ml_strip_draw(const MlStrip *strip);

/**
 * ml_strip_draw_names: the field names under the leftmost block.
 * ml_strip_draw_words: what these blocks are, and whether they touch.
 */
void ml_strip_draw_names(const MlStrip *strip, double baseline);
void ml_strip_draw_words(const MlStrip *strip, double x, double baseline);

/**
 * ml_strip_draw_dimensions: what the leftmost block asked for, and what it takes, in two rows.
 */
void ml_strip_draw_dimensions(const MlStrip *strip, double y);

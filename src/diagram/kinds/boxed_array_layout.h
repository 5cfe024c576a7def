/* Where the things in the picture of a boxed array are: how many elements fit, how wide a byte is,
 * and where each slot and each box begins. */
#pragma once

#include "diagram/kinds/boxed_array_view.h"
#include "diagram/strip.h"

#define ML_BOXED_SLOT_BYTES 8
#define ML_BOXED_TORN_BYTES 4.8 /* the width of a torn half cell */

/* Where the rows are; a low scene has fewer of them, a high one more air between them. */
typedef struct {
    double caption; /* baseline above the array; 0: none */
    double array_y, array_height;
    double box_y, box_height;
    double names;      /* baseline of the fields' names below the boxes; 0: none */
    double dimensions; /* y of the first dimension line; 0: none */
    double not_drawn;  /* baseline of what is not drawn; 0: none */
} MlBoxedRows;

typedef struct {
    MlScene *scene;
    const MlBoxedView *view;
    MlBoxedRows rows;
    MlStrip boxes;
    guint n_slots; /* drawn */
    MlBoxedSlot slot[ML_RUN_MAX];
    double slot_x[ML_RUN_MAX];
    gboolean is_elided; /* slots are left out before the last one */
    double slot_width;
    double torn_width;
    double array_x; /* of the frame */
} MlBoxedLayout;

/**
 * ml_boxed_layout_init: fit as many elements as there is room for, and place them.
 * @scene: (transfer none): its byte_width is set
 * @view: (transfer none): of one element or more
 *
 * Errors: ML_ERROR_USAGE where not even two boxes fit.
 */
gboolean ml_boxed_layout_init(
    MlBoxedLayout *layout, MlScene *scene, const MlBoxedView *view, GError **error);

/**
 * ml_boxed_layout_rows: place the rows between the title and the @rule above the footer.
 */
void ml_boxed_layout_rows(MlBoxedLayout *layout, double rule);

/**
 * ml_boxed_layout_claim: what the caption says of it.
 */
void ml_boxed_layout_claim(const MlBoxedLayout *layout, MlClaim *ret_claim);

/**
 * ml_boxed_layout_rounding: bytes of malloc's rounding behind the array.
 * ml_boxed_layout_rounding_is_torn: whether they are too many to be drawn to scale.
 */
guint64 ml_boxed_layout_rounding(const MlBoxedLayout *layout);
gboolean ml_boxed_layout_rounding_is_torn(const MlBoxedLayout *layout);

/**
 * ml_boxed_draw_array: the pointer array: size field, slots, what is left out, rounding.
 */
void ml_boxed_draw_array(const MlBoxedLayout *layout);

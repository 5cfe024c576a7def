/* Where the boxes and arrows of a logical view are: how many of its groups fit into a width, and
 * which way each arrow takes.  The same for pixels and for characters. */
#pragma once

#include "diagram/logical.h"

/* How wide things are, in whatever the picture is made of. */
typedef struct {
    double (*text_width)(gpointer data, const MlLogicalCell *cell);
    gpointer data;
    double width;       /* of the room */
    double least_cell;  /* of a cell without text */
    double padding;     /* of a cell, for both sides of its text together */
    double dot_room;    /* of a pointer, to the right of the text in its cell */
    double gap;         /* between boxes */
    double link_gap;    /* between boxes with a link from one to the other */
    double dots;        /* where boxes are left out */
    double tip_gap;     /* between the tips of arrows to one box */
    gboolean is_square; /* arrows run in right angles, whether they cross or not */
    double widest_slot; /* to which elements are spread so that what is below lies straight */
} MlLogicalMeasure;

typedef struct {
    const MlLogicalBox *box;
    double x, width;
    double cell_x[ML_LOGICAL_CELLS]; /* from the box's left edge */
    double cell_width[ML_LOGICAL_CELLS];
    gboolean touches; /* the one before it */
    gboolean after_dots;
} MlLogicalPlace;

/* Down from one row to the next, or sideways to a neighbour. */
typedef struct {
    guint from, to; /* places */
    guint cell;
    gboolean is_sideways;
    gboolean is_back; /* to the left */
    double dot_x, tip_x;
    guint lane; /* where arrows between these rows cross: the height at which it runs sideways */
} MlLogicalArrow;

typedef struct {
    const MlLogical *logical;
    GArray *places;                    /* of MlLogicalPlace: by row, then from left to right */
    guint begin[ML_LOGICAL_ROWS + 1];  /* places of row r: from begin[r] to begin[r + 1] */
    GArray *arrows;                    /* of MlLogicalArrow */
    gboolean goes_on[ML_LOGICAL_ROWS]; /* there is more behind the row's last box */
    guint n_lanes[ML_LOGICAL_ROWS];    /* below the row; 0: arrows there do not cross */
} MlLogicalLayout;

/**
 * ml_logical_layout_init: fit as many groups as there is room for: all, or the first ones and the
 * last one; where those would be but empty slots, from another one on.
 * @is_shown: (nullable): by group; FALSE: it is left out whatever the room
 *
 * Returns: FALSE where not even one fits; clear the layout all the same.
 */
gboolean ml_logical_layout_init(MlLogicalLayout *layout,
    const MlLogical *logical,
    const MlLogicalMeasure *measure,
    const gboolean *is_shown);
void ml_logical_layout_clear(MlLogicalLayout *layout);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlLogicalLayout, ml_logical_layout_clear)

static inline MlLogicalPlace *
ml_logical_place(const MlLogicalLayout *layout, guint i)
{
    return &g_array_index(layout->places, MlLogicalPlace, i);
}

static inline MlLogicalArrow *
ml_logical_arrow(const MlLogicalLayout *layout, guint i)
{
    return &g_array_index(layout->arrows, MlLogicalArrow, i);
}

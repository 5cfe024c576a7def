/* The logical view of a structure: boxes and the pointers between them; nothing of headers, of
 * malloc, or of where it all lies.
 *
 * It is made from the same walk as the byte map.  Boxes stand in rows: what the pointers of one row
 * lead to stands in the next one, or, along a chain, to the right in the same.  Each object is one
 * box, however many pointers lead to it: so sharing shows. */
#pragma once

#include "core/role.h"
#include "facts/walk.h"

#define ML_LOGICAL_CELLS 4
#define ML_LOGICAL_ROWS 3

typedef struct {
    MlRole role;
    char *text;      /* (nullable): what stands in it */
    guint64 address; /* of its bytes */
    guint64 target;  /* what a pointer holds; 0: none */
    gboolean is_null;
} MlLogicalCell;

typedef struct {
    guint64 address; /* what pointers to it hold */
    guint part;
    guint row;
    guint group;         /* of boxes that are shown together or not at all */
    guint64 number;      /* in its block, or along its chain */
    gboolean is_element; /* of a block of several: it has its number, and touches its neighbours */
    guint n_cells;
    MlLogicalCell cell[ML_LOGICAL_CELLS];
} MlLogicalBox;

typedef struct {
    const MlWalk *walk;
    guint group; /* of what is added */
    guint n_groups;
    guint most;        /* groups to be shown */
    gboolean has_last; /* the last group is the structure's end: it is shown before others are */
    guint n_rows;
    guint64
        n_numbers[ML_LOGICAL_ROWS]; /* of the row's elements or nodes, in all; 0: not numbered */
    GPtrArray *boxes; /* of MlLogicalBox, as they stand in their row, from left to right */
} MlLogical;

/**
 * ml_logical_new: no boxes yet.
 * @walk: (transfer none): outlives it
 */
MlLogical *ml_logical_new(const MlWalk *walk);
void ml_logical_free(MlLogical *logical);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlLogical, ml_logical_free)

/**
 * ml_logical_add: a box for one element of a sampled block, and below it boxes for the objects that
 * its pointers lead to.
 * @number: along a chain; of an element of a block of several its number in that
 *
 * What is there already is not added again.  Returns: (transfer none): the box.
 */
MlLogicalBox *ml_logical_add(
    MlLogical *logical, const MlWalkSample *block, guint64 element, guint row, guint64 number);

/**
 * ml_logical_add_unused: a box for an element that holds nothing.
 */
void ml_logical_add_unused(
    MlLogical *logical, const MlWalkSample *block, guint64 element, guint row);

/**
 * ml_logical_add_cell: one more field of an element in a box, where it is data or a pointer.
 */
void ml_logical_add_cell(MlLogical *logical,
    MlLogicalBox *box,
    const MlWalkSample *block,
    guint64 element,
    guint number);

/**
 * ml_logical_begin_group: what is added from now on belongs to that group.
 */
void ml_logical_begin_group(MlLogical *logical, guint group);

/**
 * ml_logical_find: the box that a pointer leads to.
 *
 * Returns: (transfer none) (nullable).
 */
const MlLogicalBox *ml_logical_find(const MlLogical *logical, guint64 address);

/**
 * ml_logical_fold: objects of the last row that only one pointer leads to are written into the cell
 * of that pointer; what is shared stays.
 */
void ml_logical_fold(MlLogical *logical);

/**
 * ml_logical_link: the number of a node's field that leads on along its chain.
 * @nth: 0: to the next, 1: another one (back)
 *
 * As its sampled blocks have it.  Returns: -1 where there is none.
 */
int ml_logical_link(const MlWalk *walk, guint part, guint nth);

/**
 * ml_logical_row_label: what a row's boxes are; "objects", where they are of several parts.
 */
const char *ml_logical_row_label(const MlLogical *logical, guint row);

/**
 * ml_logical_words: "Boxes and pointers: [0] → 0; [1] → 1; [2] → the same 0."
 *
 * Returns: (transfer full).
 */
char *ml_logical_words(const MlLogical *logical);

static inline MlLogicalBox *
ml_logical_box(const MlLogical *logical, guint i)
{
    return (MlLogicalBox *)g_ptr_array_index(logical->boxes, i);
}

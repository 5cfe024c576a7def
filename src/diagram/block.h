/* One block of memory as a row of cells: malloc's size field, the fields, malloc's rounding. */
#pragma once

#include "diagram/scene.h"
#include "facts/walk.h"

/* One field of a block. */
typedef struct {
    gint64 offset; /* from the block's address; the size field lies before it */
    guint64 bytes;
    MlRole role;
    const char *name;       /* "value"; "size" and "rounding" for malloc's own */
    const char *short_name; /* (nullable): the same under a narrow cell */
    char *label;            /* (nullable): what stands in it */
    char *short_label;      /* (nullable): the same in a narrow cell */
    guint64 target;         /* of a pointer; 0: none */
    gboolean is_null;       /* a pointer to nothing */
} MlBlockCell;

/**
 * ml_block_cells: the cells of a block that is one element (a node, an object).
 * @digits: of addresses, see ml_block_address_digits()
 *
 * In address order and without gaps: they cover the block from its size field to its usable end.
 * Returns: (transfer full): of MlBlockCell; free with g_array_unref().
 */
GArray *ml_block_cells(const MlWalk *walk, const MlWalkSample *block, guint digits);

/**
 * ml_block_element_cells: the same of one element of an array block, without malloc's own.
 *
 * Returns: (transfer full): of MlBlockCell; offsets are from the block's address.
 */
GArray *ml_block_element_cells(
    const MlWalk *walk, const MlWalkSample *block, guint64 element, guint digits);

/**
 * ml_block_bytes: what the block takes: size field, request and rounding.
 */
guint64 ml_block_bytes(const MlWalk *walk, const MlWalkSample *block);

/**
 * ml_block_is_followed_by: whether @next begins where @block ends.
 */
gboolean ml_block_is_followed_by(
    const MlWalk *walk, const MlWalkSample *block, const MlWalkSample *next);

/**
 * ml_block_draw_cell: one cell, with what stands in it.
 * @address: of the block
 * @element: whose bytes these are, or -1
 *
 * Returns: (transfer none): the cell.
 */
const MlItem *ml_block_draw_cell(
    MlScene *scene, const MlBlockCell *cell, guint64 address, gint64 element, MlBox box);

/**
 * ml_block_draw: a block to the scene's scale, framed.
 * @at, @height: of its frame; a low one has no words in its pointers, and none in its size field,
 *   where arrows run
 * @element: whose bytes these are, or -1
 *
 * Returns: x of the byte that pointers to it point to.
 */
double ml_block_draw(MlScene *scene,
    const MlWalk *walk,
    const MlWalkSample *block,
    guint digits,
    gint64 element,
    MlPoint at,
    double height);

/**
 * ml_block_draw_null: the stroke through the cell of a pointer to nothing.
 */
void ml_block_draw_null(MlScene *scene, MlBox cell);

/**
 * ml_block_draw_names: the names of a block's fields, each under its cell.
 * @x: of the block's frame
 */
void ml_block_draw_names(MlScene *scene, const GArray *cells, double x, double baseline);

/**
 * ml_block_address_label: the last digits of an address: "…810".
 *
 * Returns: (transfer full).
 */
char *ml_block_address_label(guint64 address, guint digits);

/**
 * ml_block_address_digits: how many digits tell these addresses apart; at least 3, which do not
 * change with address randomisation.
 */
guint ml_block_address_digits(const guint64 *addresses, guint n);

/* From this height on words and arrows have room in one cell. */
#define ML_BLOCK_HIGH 80.0

/* Frames around what malloc handed out as one. */
#define ML_BLOCK_FRAME ((MlPen){ .ink = ML_INK_TEXT, .width = 3.5 })

/* Layout: one struct as the compiler lays it out: fields, and the holes between them.
 *
 * Nothing is built or measured for it: offsets and sizes are those of the code that memlab runs.
 * JSON schema: memlab.layout.1. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "core/structure.h"
#include "facts/options.h"

typedef struct {
    char *name; /* as in C */
    guint64 offset;
    guint64 bytes; /* of one */
    guint64 count; /* so many side by side; 1: no array */
    MlRole role;
} MlLayoutField;

/* Bytes of the struct that have one use. */
typedef struct {
    guint64 offset;
    guint64 bytes;
    MlRole role;
    const MlLayoutField *field; /* (nullable): NULL: a hole */
} MlLayoutPiece;

typedef struct {
    char *structure; /* "linked-list" */
    char *title;     /* "linked list" */
    MlFactOptions options;
    char *part;     /* "node": the kind of block whose elements have this layout */
    guint64 bytes;  /* sizeof; of a text, with its final NUL */
    GArray *fields; /* of MlLayoutField: offsets rise, no two overlap */

    /* What follows in the same block, as long as it comes: characters, links. */
    char *tail; /* (nullable) */
    guint64 tail_offset;
    MlRole tail_role;

    char *machine; /* "x86-64" */
    guint64 word_bytes;
} MlLayout;

#define ML_LAYOUT_MAX_BYTES (1u << 20)
#define ML_LAYOUT_MAX_FIELDS 1000u

/**
 * ml_layouts_of: the structs that the blocks of a structure are made of.
 * @n: elements; the width of a field may depend on it
 * @layouts: (inout) (element-type MlLayout): those with several fields that there are for each
 *   element; where there are none, those that there are once
 *
 * Errors: ML_ERROR_USAGE where no block of it has several fields, with structures that have one.
 */
gboolean ml_layouts_of(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    GPtrArray *layouts,
    GError **error);

/**
 * ml_layout_has_fields: whether ml_layouts_of() finds any.
 */
gboolean ml_layout_has_fields(const MlStructure *structure, const MlOptions *options);

/**
 * ml_layout_new: an empty layout, for the one who fills it in.
 */
MlLayout *ml_layout_new(void);
void ml_layout_free(MlLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlLayout, ml_layout_free)

static inline const MlLayoutField *
ml_layout_field(const MlLayout *layout, guint i)
{
    return &g_array_index(layout->fields, MlLayoutField, i);
}

/**
 * ml_layout_pieces: fields and holes, from the first byte to the last without gaps.
 *
 * Returns: (transfer full) (element-type MlLayoutPiece): they borrow the layout's fields.
 */
GArray *ml_layout_pieces(const MlLayout *layout);

/**
 * ml_layout_roles: bytes by role; they sum to the layout's.
 */
void ml_layout_roles(const MlLayout *layout, double ret_bytes[ML_N_ROLES]);

/**
 * ml_layout_same_fields: whether two structs have the same fields, in whatever order.
 */
gboolean ml_layout_same_fields(const MlLayout *a, const MlLayout *b);

/**
 * ml_layout_to_json: the layout as schema memlab.layout.1.
 *
 * Returns: (transfer full).
 */
json_t *ml_layout_to_json(const MlLayout *layout);

/**
 * ml_layout_from_json: a layout kept earlier.
 *
 * Errors: ML_ERROR_INPUT names the field and the key that is missing or wrong.
 * Returns: (transfer full).
 */
MlLayout *ml_layout_from_json(const json_t *json, GError **error);

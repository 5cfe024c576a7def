/* Parts: the kinds of block a structure is made of, and which byte of each has which role.
 *
 * A block is a run of equal elements: an array block holds `request / stride` of them, of which
 * `used` are in use; a node or a box holds one. A text block is one element followed by its
 * characters; the final NUL is the element's last byte.  A block with room (a node of a B-tree)
 * has some fields once and others for each of its places, of which `used` are taken. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/role.h"
#include "core/slices.h"

#define ML_MAX_PARTS 8
#define ML_MAX_FIELDS 8

typedef enum {
    ML_FIELD_INT,     /* a number, shown as such */
    ML_FIELD_POINTER, /* an address of another block, or NULL */
    ML_FIELD_TYPE,    /* a type pointer; shown as the type's name */
    ML_FIELD_HASH,    /* a stored hash */
    ML_FIELD_TEXT,    /* characters; size 0 in the element, the block's length gives the rest */
} MlFieldKind;

typedef struct {
    const char *name; /* as in the C struct */
    uint32_t offset;  /* bytes from the element's start, from offsetof */
    uint32_t size;    /* bytes */
    MlRole role;
    MlFieldKind kind;
    bool each;             /* in a part with room: the first of so many, side by side */
    const char *type_name; /* (nullable): what a ML_FIELD_TYPE field says: "int", "str" */
} MlField;

typedef struct {
    const char *name; /* on screen: "pointer array"; key form has underscores */
    uint32_t stride;  /* bytes of one element */
    bool text;        /* characters follow the one element */
    bool sliced;      /* its blocks come from GLib's slices, which ask malloc for whole slabs */
    bool links;       /* pointers follow the one element */
    bool sparse;      /* elements in use lie anywhere in its blocks: ml_walk_taken() says which */
    uint32_t room;    /* places for elements in one block of `stride` bytes; 0: a run of elements */
    uint32_t n_fields;
    MlField fields[ML_MAX_FIELDS];
} MlPart;

/**
 * ml_part_is_sliced: whether a block of so many bytes comes from a slice: longer ones do not.
 */
static inline bool
ml_part_is_sliced(const MlPart *part, uint64_t request_bytes)
{
    return part->sliced && ml_slice_block(request_bytes) <= ML_SLICE_MOST;
}

/**
 * ml_part_init: begin a part without fields.
 * @name: (transfer none): static text
 * @stride: bytes of one element
 */
void ml_part_init(MlPart *part, const char *name, size_t stride);

/**
 * ml_part_add: describe one field of the part's element.
 * @offset: bytes, from offsetof
 * @size: bytes, from sizeof
 *
 * Fields must come in rising offset and not overlap; bytes that no field covers are padding.
 * Returns: (transfer none): the field, to set what is rarely needed (type_name).
 */
MlField *ml_part_add(
    MlPart *part, const char *name, size_t offset, size_t size, MlRole role, MlFieldKind kind);

/* A field of a struct, under its own name. */
#define ML_PART_FIELD(part, type, field, role, kind)                                               \
    ml_part_add(part, #field, offsetof(type, field), sizeof(((type *)0)->field), role, kind)

/**
 * ml_part_add_each: describe a field that each of the block's places has; the part's room must be
 * set.
 * @offset, @size: bytes, of the first
 */
MlField *ml_part_add_each(
    MlPart *part, const char *name, size_t offset, size_t size, MlRole role, MlFieldKind kind);

/**
 * ml_part_roles: what the bytes of blocks of this part are for.
 * @request_bytes: the sum of the blocks' requests
 * @used: the sum of their elements in use
 * @ret_bytes: (out): bytes by role; sums to @request_bytes
 *
 * Shape: ret_bytes[ML_N_ROLES].  Bytes beyond the used elements are `unused`, or `data` in a text
 * part.  Errors: none (pure).
 */
void ml_part_roles(
    const MlPart *part, uint64_t request_bytes, uint64_t used, uint64_t ret_bytes[ML_N_ROLES]);

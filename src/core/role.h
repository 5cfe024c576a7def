/* What each byte is for: the eight roles, in the order used everywhere. */
#pragma once

typedef enum {
    ML_ROLE_DATA,          /* the value itself */
    ML_ROLE_POINTER,       /* every link and reference */
    ML_ROLE_OBJECT_HEADER, /* what a runtime keeps in front of a value */
    ML_ROLE_INDEX,         /* a table's own metadata: hashes, index slots */
    ML_ROLE_ALLOCATOR,     /* field + rounding + stock */
    ML_ROLE_PADDING,       /* holes in structs, a string's NUL */
    ML_ROLE_UNUSED,        /* capacity beyond length, its resident part */
    ML_ROLE_UNEXPLAINED,   /* measured - model, signed; never folded into another role */
    ML_N_ROLES
} MlRole;

/**
 * ml_role_id: the token of a role in JSON and on the command line ("object-header").
 * ml_role_label: the words on screen ("object header", "malloc's own").
 * ml_role_short: the shortest word for a narrow cell ("header" never stands alone: "obj. header").
 *
 * Returns: (transfer none): static text.  Errors: none; @role must be below ML_N_ROLES.
 */
const char *ml_role_id(MlRole role);
const char *ml_role_label(MlRole role);
const char *ml_role_short(MlRole role);

/* What a GHashTable asks for while it grows and shrinks, without building one. */
#pragma once

#include "structure/deleted.h"
#include "structure/glib/common.h"
#include "structure/key_format.h"
#include "structure/value_rule.h"

enum {
    ML_GHASH_KEYS = ML_OPTION_SLICES + 1,
    ML_GHASH_KEY_FORMAT,
    ML_GHASH_KEY_LENGTH,
    ML_GHASH_VALUE,
    ML_GHASH_DELETED,
};
enum {
    ML_GHASH_PART_HEADER,
    ML_GHASH_PART_KEYS,
    ML_GHASH_PART_HASHES,
    ML_GHASH_PART_VALUES,
    ML_GHASH_PART_STRINGS, /* only with keys=string */
};

enum { ML_GHASH_FIRST_HASH = 2 }; /* less marks slots that are unused or were emptied */

/* How the entries of one table are made. */
typedef struct {
    bool string_keys;
    uint64_t every; /* of how many keys that are made one stays */
    MlKeyFormat format;
    MlValueRule rule;
} MlGHashKind;

/* Source: GLib 2.74, ghash.c, struct _GHashTable. */
struct hash_table {
    gsize size; /* slots, a power of two */
    gint mod;   /* the largest prime below it */
    guint mask;
    gint length;
    gint occupied; /* and those that were deleted */
    guint big_keys : 1;
    guint big_values : 1;
    gpointer
        keys; /* of 4 B until one key needs 8; the same array as `values` while all are equal */
    guint *hashes;
    gpointer values;
    GHashFunc hash;
    GEqualFunc equal;
    gint references;
    gint version;
    GDestroyNotify key_destroy;
    GDestroyNotify value_destroy;
};

void ml_ghash_kind_init(MlGHashKind *kind, const MlOptions *options);

/**
 * ml_ghash_int_key: the integer key of element @i: one more than i, so that a value that is i
 * differs from it.  (Where every value equals its key, GLib keeps them once.)
 */
static inline int64_t
ml_ghash_int_key(uint64_t i)
{
    return (int64_t)(i + 1);
}

/**
 * ml_ghash_bytes: of one key or value in its array: 4, or 8 once one needs that.
 * @n: entries that stay; once wide, an array is never made narrower
 */
size_t ml_ghash_key_bytes(const MlGHashKind *kind, uint64_t n);
size_t ml_ghash_value_bytes(const MlGHashKind *kind, uint64_t n);

/**
 * ml_ghash_plan: the requests for a table in which @n entries stay, and the table's slots and
 * capacity.
 */
void ml_ghash_plan(const MlGHashKind *kind, uint64_t n, MlPlan *plan);

/**
 * ml_ghash_reach: tells that plan how far the arrays of keys and values are written.
 */
void ml_ghash_reach(const MlGHashKind *kind, uint64_t n, MlPlan *plan);

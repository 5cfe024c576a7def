/* Walk: sampled live blocks of one structure, with their addresses and bytes.
 *
 * JSON schema: memlab.walk.1.  The pictures are drawn from it, live or recorded. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "core/walk.h"
#include "facts/ledger.h"
#include "measure/page_map.h"

typedef struct {
    char *structure;
    char *title;
    char *shape; /* "pointer-array" */
    MlFactOptions options;
    guint64 n;
    char *allocator;
    guint64 field_bytes; /* malloc's size field before a small block; 0: this allocator has none */
    MlOrigin origin;
    guint n_parts;
    MlPart parts[ML_MAX_PARTS]; /* names point into static text or into `owned_names` */
    MlWalkTotals totals[ML_MAX_PARTS];
    guint n_samples;
    MlWalkSample *samples;  /* by walk order within each part */
    MlPageMap *pages;       /* (nullable): what each page is made of, where that was asked for */
    GPtrArray *owned_names; /* (nullable): what parts point to in a recorded walk */
} MlWalk;

void ml_walk_free(MlWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlWalk, ml_walk_free)

/**
 * ml_walk_part: the number of a part by name.
 *
 * Returns: -1 where there is none.
 */
int ml_walk_part(const MlWalk *walk, const char *name);

/**
 * ml_walk_sample: the sampled block number @ordinal of a part.
 *
 * Returns: (transfer none) (nullable): NULL where that block was not sampled.
 */
const MlWalkSample *ml_walk_sample(const MlWalk *walk, guint part, guint64 ordinal);

/**
 * ml_walk_find: the sampled block that a pointer leads to.
 *
 * Returns: (transfer none) (nullable): NULL where no sampled block begins there.
 */
const MlWalkSample *ml_walk_find(const MlWalk *walk, guint64 address);

/**
 * ml_walk_field: one field of one element of a sampled block, as an integer.
 * @element: index within the block
 * @ret_value: (out): zero-extended; a signed field is sign-extended
 *
 * Returns: FALSE where those bytes were not sampled.
 */
gboolean ml_walk_field(const MlWalk *walk,
    const MlWalkSample *sample,
    guint64 element,
    guint field,
    gint64 *ret_value);

/**
 * ml_walk_text: the characters of a sampled text block.
 *
 * Returns: (transfer full) (nullable): valid UTF-8.
 */
char *ml_walk_text(const MlWalk *walk, const MlWalkSample *sample);

json_t *ml_walk_to_json(const MlWalk *walk);
MlWalk *ml_walk_from_json(const json_t *json, GError **error);

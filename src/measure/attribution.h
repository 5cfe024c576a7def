/* Every new resident page has an owner: live blocks, what malloc adds to them, free space between
 * them, or the allocator alone. */
#pragma once

#include "core/census.h"
#include "measure/pages.h"
#include "measure/probe.h"

/* Bytes but where said; those from owned to unattributed sum to n_new × page size. */
typedef struct {
    gboolean is_known;        /* FALSE: the kernel does not let the pages be read */
    guint64 n_new;            /* pages */
    guint64 n_vanished;       /* pages */
    guint64 owned;            /* asked for by live blocks */
    guint64 allocator;        /* size fields and rounding of live blocks */
    guint64 free;             /* between live blocks on their pages */
    guint64 allocator_only;   /* pages without a live block */
    guint64 unattributed;     /* pages without one in mappings that are no allocator's */
    guint64 already_resident; /* memo: live blocks' bytes on pages that were resident before */
} MlAttribution;

/**
 * ml_attribution_make: walk the live blocks of one structure, and give each new page's bytes away.
 * @before, @after: (transfer none): pages around the build
 * @n_parts: of the structure
 * @ret_census: (out) (transfer none): claimed bytes, by part; valid until the probe's next walk
 * @ret_invalid: (inout) (transfer full) (nullable): why the books do not balance
 *
 * Errors: ML_ERROR_SURROUNDINGS.
 * Returns: (transfer none): the walk.
 */
const MlWalkSink *ml_attribution_make(MlProbe *probe,
    guint32 handle,
    guint32 n_parts,
    const MlPages *before,
    const MlPages *after,
    MlAttribution *ret_attribution,
    MlCensus **ret_census,
    char **ret_invalid,
    GError **error);

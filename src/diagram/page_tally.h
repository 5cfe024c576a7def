/* What the pages of a page map add up to, and what is said of them. */
#pragma once

#include "diagram/caption.h"
#include "diagram/kind.h"

typedef struct {
    guint64 n_pages[ML_N_PAGE_STATES];
    guint64 n_resident;         /* old and new ones */
    guint64 n_with_blocks;      /* of these, those that hold some of a block, beside malloc's own */
    double bytes[ML_N_ROLES];   /* on resident pages; what is free on new ones is malloc's */
    guint64 reserved_by_blocks; /* bytes of blocks on pages that are not resident */
} MlPageTally;

/**
 * ml_page_tally: count all pages.
 */
void ml_page_tally(const MlPageMap *map, MlPageTally *ret_tally);

/**
 * ml_page_run_resident: what the resident pages of a run hold, free room on new ones as malloc's.
 *
 * Shape: ret_bytes[ML_N_ROLES].
 */
void ml_page_run_resident(const MlPageMap *map, const MlPageRun *run, double ret_bytes[ML_N_ROLES]);

/**
 * ml_page_bytes_count: what one page that is spelled out holds, in the same way.
 */
void ml_page_bytes_count(
    const MlPageMap *map, const MlPageBytes *page, double ret_bytes[ML_N_ROLES]);

/**
 * ml_page_byte_role: what a byte of a page that is spelled out is for.
 *
 * Returns: FALSE where it is no byte of the structure's, nor free.
 */
gboolean ml_page_byte_role(const MlPageBytes *page, guint64 offset, MlRole *ret_role);

/**
 * ml_page_claim: the sum of these bytes, per page where there are several and many bytes.
 */
MlClaim ml_page_claim(const double bytes[ML_N_ROLES], guint64 n_pages, gboolean per_page);

/**
 * ml_page_set_caption: the sum, worded, by ml_caption_reserve() or ml_caption_sum().
 */
void ml_page_set_caption(
    MlScene *scene, const MlDiagramFacts *facts, const MlClaim *claim, guint64 n, MlCaptionSet set);

/**
 * ml_page_sum_words: "4 096 B (a page, on average, measured) = 1 024 data + 3 072 pointers."
 *
 * Returns: (transfer full).
 */
char *ml_page_sum_words(const MlDiagramFacts *facts, const MlClaim *claim, guint64 n_pages);

/**
 * ml_page_count: "1 page", "9 770 pages".
 *
 * Returns: (transfer full).
 */
char *ml_page_count(guint64 n);

/* Page maps for tests that measure nothing. */
#pragma once

#include "diagram/kind.h"

/* Pages at made-up addresses: a heap, and far above it a mapping. */
typedef struct {
    guint64 n_old;    /* pages of the heap that were resident before, each with one block */
    guint64 n_new;    /* pages of the heap, full of nodes */
    guint64 n_alone;  /* pages that malloc alone uses */
    guint64 n_mapped; /* pages of the mapping, full of data */
    guint64 n_absent; /* and behind them those never touched */
    gboolean varied;  /* no page of nodes is like the next */
} MadePages;

/**
 * ml_test_pages: the map of such pages; the first ones are spelled out.
 *
 * Returns: (transfer full).
 */
MlPageMap *ml_test_pages(const MadePages *made);

/**
 * ml_test_paged_walk: the walk of a structure, with that map.
 *
 * Returns: (transfer full).
 */
MlWalk *ml_test_paged_walk(const char *spec, guint64 n, const MadePages *made);

/* A linked list that lies on such pages, ready to be drawn. */
typedef struct {
    MlWalk *walk;
    MlLedger *ledger;
    const MlLedger *ledgers[1];
    MlDiagramFacts facts;
} MadeWalk;

/**
 * made_walk_init: @n is what is said of it, not what it was built of.
 */
void made_walk_init(MadeWalk *made, const MadePages *pages, guint64 n);
void made_walk_clear(MadeWalk *made);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MadeWalk, made_walk_clear)

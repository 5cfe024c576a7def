/* The page map: what each page of a structure is made of, and a few pages byte by byte.
 *
 * Taken by a census by role, after everything has been measured.  Pages that are much alike are
 * told together, and where too many differ, so are neighbours: the sums stay exact. */
#pragma once

#include "core/census.h"
#include "measure/pages.h"
#include "measure/probe.h"

/* Neighbouring pages. */
typedef struct {
    guint64 from; /* address of the first one */
    guint64 n_pages[ML_N_PAGE_STATES];
    guint64 bytes[ML_N_PAGE_STATES][ML_N_ROLES]; /* of live blocks; the rest of a page is free */
} MlPageRun;

/* A page byte by byte. */
typedef struct {
    guint64 address;
    MlPageState state;
    guint8 *bytes; /* MlPageMap.page_bytes of them, each as core/census.h has it */
} MlPageBytes;

typedef struct {
    guint64 page_bytes;
    GArray *runs;  /* of MlPageRun, by rising address; at most ML_PAGE_MAP_RUNS if they touch */
    guint n_shown; /* all pages with blocks; where they are more than fit, one of each kind */
    MlPageBytes shown[ML_CENSUS_SHOWN];
} MlPageMap;

#define ML_PAGE_MAP_RUNS 2048

/**
 * ml_page_map_new: an empty map, for the one who fills it in.
 */
MlPageMap *ml_page_map_new(guint64 page_bytes);
void ml_page_map_free(MlPageMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlPageMap, ml_page_map_free)

/**
 * ml_page_map_take: walk the live blocks of a structure once more, and note what its pages hold.
 * @by_part: (transfer none): the census that was taken before; read before it is gone
 * @before, @after: (transfer none): pages around the build
 *
 * Pages that were resident before and hold no block are left out, and so are new ones in mappings
 * that are no allocator's.  Errors: ML_ERROR_SURROUNDINGS.
 * Returns: (transfer full).
 */
MlPageMap *ml_page_map_take(MlProbe *probe,
    guint32 handle,
    MlCensus *by_part,
    const MlPages *before,
    const MlPages *after,
    GError **error);

/**
 * ml_page_run_pages: all pages of a run.
 */
static inline guint64
ml_page_run_pages(const MlPageRun *run)
{
    return run->n_pages[ML_PAGE_OLD] + run->n_pages[ML_PAGE_NEW] + run->n_pages[ML_PAGE_ABSENT];
}

static inline const MlPageRun *
ml_page_map_run(const MlPageMap *map, guint i)
{
    return &g_array_index(map->runs, MlPageRun, i);
}

/* All pages in rows, as they lie in memory: each filled from below with what its bytes are for.
 *
 * How many pages a row has follows from the room; where a page is too narrow to be seen, a row is a
 * band.  Pages that are not resident are hollow. */
#pragma once

#include "diagram/scene.h"
#include "measure/page_map.h"

#define ML_PAGE_GRID_REGIONS 4   /* where there are more, they follow one another in one row */
#define ML_PAGE_GRID_VISIBLE 6.0 /* px across: pages stand apart */
#define ML_PAGE_GRID_FEW 64      /* pages */

typedef struct {
    MlScene *scene;
    const MlPageMap *map;
    gboolean with_absent;
    GArray *runs; /* of MlPageRun: those that are drawn */
    MlBox box;    /* of the whole */
    guint64 columns;
    guint64 n_rows;
    double w, h;            /* of a page, px */
    double gap;             /* px between rows */
    gboolean parts_regions; /* each begins in a row of its own */
    gboolean has_captions;  /* and has one above it */
    guint64 n_left_out;     /* absent pages that are not drawn, being too many */
} MlPageGrid;

/**
 * ml_page_grid_init: fit the pages into a box.
 * @scene, @map: (transfer none): of at least one page
 * @with_absent: reserved pages that are not resident, too
 *
 * The grid's box is as small as the pages need.
 */
void ml_page_grid_init(
    MlPageGrid *grid, MlScene *scene, const MlPageMap *map, MlBox box, gboolean with_absent);
void ml_page_grid_clear(MlPageGrid *grid);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlPageGrid, ml_page_grid_clear)

/**
 * ml_page_grid_draw: the pages.
 */
void ml_page_grid_draw(const MlPageGrid *grid);

/**
 * ml_page_grid_mark: a frame around one page.
 */
void ml_page_grid_mark(const MlPageGrid *grid, guint64 address);

/**
 * ml_page_grid_row_words: "a row is 256 pages, 1 MiB".
 *
 * Returns: (transfer full).
 */
char *ml_page_grid_row_words(const MlPageGrid *grid);

/* --- for whoever walks over it ---------------------------------------------------------------- */

/* Pages of one run in one row. */
typedef struct {
    const MlPageRun *run;
    guint64 first; /* page of the run */
    guint64 n_pages;
    gboolean begins_region;
    MlBox box;
} MlPagePiece;

typedef void (*MlPageVisit)(const MlPageGrid *grid, const MlPagePiece *piece, gpointer data);

/**
 * ml_page_grid_visit: all pages, in the order of their addresses, piece by piece.
 */
void ml_page_grid_visit(const MlPageGrid *grid, MlPageVisit visit, gpointer data);

/**
 * ml_page_grid_pages: pages of a run that are drawn.
 */
guint64 ml_page_grid_pages(const MlPageGrid *grid, const MlPageRun *run);

/**
 * ml_page_grid_begins_region: whether a run lies far from the one before.
 */
gboolean ml_page_grid_begins_region(const MlPageGrid *grid, const MlPageRun *run);

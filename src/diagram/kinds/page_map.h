/* What the picture of pages says, shared by its layout, its words and its characters. */
#pragma once

#include "diagram/page_tally.h"

typedef struct {
    const MlDiagramFacts *facts;
    const MlPageMap *map;
    MlPageTally tally;
    gboolean is_whole;        /* every page with blocks is spelled out */
    double bytes[ML_N_ROLES]; /* on the pages that are spelled out */
} MlPageView;

void ml_page_view_init(MlPageView *view, const MlDiagramFacts *facts);

/**
 * ml_page_view_title: the finding; few elements lie on so many pages, of many pages so much is
 * data.
 * @in_detail: pages are shown byte by byte
 *
 * Returns: (transfer full).
 */
char *ml_page_view_title(const MlPageView *view);

/**
 * ml_page_view_data: "25 %", "0.6 %" of these bytes.
 *
 * Returns: (transfer full).
 */
char *ml_page_view_data(const double bytes[ML_N_ROLES]);

#define ML_PAGE_MAP_COLUMNS 48 /* of a terminal; below, words must do */

/**
 * ml_page_map_describe_bytes: append what a page begins with.
 * ml_page_map_append_bytes: append its bytes in characters; rows that repeat are counted.
 */
void ml_page_map_describe_bytes(const MlPageMap *map, const MlPageBytes *page, GString *words);
void ml_page_map_append_bytes(
    GString *text, const MlPageMap *map, const MlPageBytes *page, gboolean ascii, int columns);

char *ml_page_map_describe(const MlDiagramFacts *facts);
char *ml_page_map_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

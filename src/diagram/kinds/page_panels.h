/* Pages byte by byte, side by side: above each what it is, below it how much is data. */
#pragma once

#include "diagram/kinds/page_map.h"
#include "diagram/page_panel.h"

#define ML_PAGE_PANELS_TOP 190.0   /* of the headings */
#define ML_PAGE_PANELS_LABELS 96.0 /* px for the addresses on the left */

typedef struct {
    MlScene *scene;
    guint64 page_bytes;
    guint n;          /* side by side */
    guint side, rows; /* bytes across and down */
    double px;        /* of a byte */
} MlPagePanels;

/* How large a byte may be. */
typedef struct {
    double least, most; /* px */
    guint most_wide;    /* a row may be so many times as long as it is usual, a power of two */
} MlPagePanelSize;

/* What is seen in the pages that are drawn. */
typedef struct {
    gboolean ticks;  /* a block begins inside of one */
    gboolean others; /* some bytes are not the structure's */
} MlPageMarks;

/**
 * ml_page_marks_add: and in this page.
 */
void ml_page_marks_add(MlPageMarks *marks, const MlPageMap *map, const MlPageBytes *page);

/**
 * ml_page_panels_fit: choose how large they are.
 * @panels: (inout): scene, page_bytes and n are given
 * @width: px for all of them
 * @bottom: y of where they end
 *
 * A row has several cache lines where that makes bytes larger.  Returns: FALSE where there is no
 * room.
 */
gboolean ml_page_panels_fit(
    MlPagePanels *panels, double width, double bottom, const MlPagePanelSize *size);

/**
 * ml_page_panels_width: of one, px.  ml_page_panels_pitch: from one to the next.
 */
double ml_page_panels_width(const MlPagePanels *panels);
double ml_page_panels_pitch(const MlPagePanels *panels);

/**
 * ml_page_panels_draw: one of them.
 * @heading: (transfer none): wordings, longest first; NULL-terminated
 * @aside: no sum of the caption counts it
 */
void ml_page_panels_draw(const MlPagePanels *panels,
    const MlPageMap *map,
    const MlPageBytes *page,
    double x,
    const char *const *heading,
    gboolean aside);

/**
 * ml_page_panels_addresses: where in the page some rows are, left of a panel at @x.
 */
void ml_page_panels_addresses(const MlPagePanels *panels, double x);

/**
 * ml_page_panels_words: how they are to be read.  ml_page_panels_brief: that alone which has to be
 * said.
 * @marks: in all that are drawn
 *
 * Returns: (transfer full).
 */
char *ml_page_panels_words(const MlPagePanels *panels, const MlPageMarks *marks);
char *ml_page_panels_brief(const MlPagePanels *panels, const MlPageMarks *marks);

/* Links between the blocks of a strip: which arrow runs where, so that all can be told apart.
 *
 * Of a block's links those in its first pointer run above the strip and those in its second below;
 * where there is only one, links to higher addresses run above and links to lower ones below.  Arcs
 * where these cross well, else lanes. */
#pragma once

#include "diagram/strip.h"

#define ML_LINKS_MAX (2 * ML_RUN_MAX)

typedef struct {
    guint from, to; /* blocks of the strip */
    guint field;
    gboolean below;
    double dot_x, tip_x;
    double rise; /* of its top, from the strip's edge; below 0: above the strip */
} MlLink;

typedef struct {
    const MlStrip *strip;
    guint n;
    MlLink link[ML_LINKS_MAX];
    gboolean in_lanes[2]; /* above, below */
    double depth[2];      /* px that the side takes */
} MlLinks;

/**
 * ml_links_init: find the links between drawn blocks, and a way for each.
 * @strip: (transfer none): placed
 * @limit: px that each side may take
 * @clear: px below the strip that lanes must leave free, for the names of fields
 */
void ml_links_init(MlLinks *links, const MlStrip *strip, double limit, double clear);

/**
 * ml_links_clear_below: px to the right of @x, in that block, that no line crosses below the
 * strip; INFINITY where there is none.
 */
double ml_links_clear_below(const MlLinks *links, guint block, double x);

void ml_links_draw(const MlLinks *links);

/* A page byte by byte: a row is a cache line or several, a tick begins a block. */
#pragma once

#include "diagram/scene.h"
#include "measure/page_map.h"

/**
 * ml_page_panel_side: bytes in a row, and about as many rows.
 */
guint ml_page_panel_side(guint64 page_bytes);

/**
 * ml_page_panel_draw: all bytes of a page, framed.
 * @at: of the frame
 * @side: bytes in a row
 * @px: of a byte, across and down
 * @aside: no sum of the caption counts it
 */
void ml_page_panel_draw(MlScene *scene,
    const MlPageMap *map,
    const MlPageBytes *page,
    MlPoint at,
    guint side,
    double px,
    gboolean aside);

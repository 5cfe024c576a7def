/* PNG and PDF, through cairo. */
#pragma once

#include "diagram/painter.h"

/**
 * ml_cairo_render_png: the scene as a PNG picture.
 * @scale: px of the file in one px of the finished picture
 *
 * Errors: ML_ERROR_USAGE for a picture above 32767 px a side; ML_ERROR_SURROUNDINGS where memory
 * runs out.  Returns: (transfer full).
 */
GBytes *ml_cairo_render_png(
    const MlScene *scene, const MlTheme *theme, double scale, GError **error);

/**
 * ml_cairo_render_pdf: the scene as one page of the size of a slide; text can be searched.
 * @scale: 1: 960 by 540 pt
 *
 * Its dates come from SOURCE_DATE_EPOCH (else 1970), so that the same scene is the same file.
 * Errors: as for PNG.  Returns: (transfer full).
 */
GBytes *ml_cairo_render_pdf(
    const MlScene *scene, const MlTheme *theme, double scale, GError **error);

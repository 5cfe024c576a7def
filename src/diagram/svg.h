/* SVG: real text, titles and descriptions, and bytes as data; written by hand, so that the same
 * scene is the same file everywhere. */
#pragma once

#include "diagram/painter.h"

/**
 * ml_svg_render: the scene as an SVG document.
 * @scale: px of the picture's nominal size in one px of the finished picture; it is vector all the
 * same
 *
 * Where the theme has a dark sister, the picture follows the viewer's preference.  All ids begin
 * with one that hangs on the content, so that several pictures can stand in one page.
 * Returns: (transfer full): UTF-8.  Errors: none.
 */
GString *ml_svg_render(const MlScene *scene, const MlTheme *theme, double scale);

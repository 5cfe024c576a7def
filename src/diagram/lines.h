/* Words broken into lines of some width. */
#pragma once

#include "diagram/text_metrics.h"

/**
 * ml_lines_wrap: break at blanks, and after hyphens.
 * @width: px of a line, at most
 * @most: lines, at most
 *
 * What does not fit is cut, with an ellipsis in its place.
 * Returns: (transfer full) (element-type utf8): at least one line.
 */
GPtrArray *ml_lines_wrap(
    MlMetrics *metrics, const char *words, MlType type, double width, guint most);

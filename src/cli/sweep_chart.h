/* A sweep as a chart: of one structure by what its bytes are for, of several a line each. */
#pragma once

#include <glib.h>

/**
 * ml_sweep_chart_write: draw into a file.
 * @series: (element-type MlSeries): get the model's line between their points
 * @path: its name says the format; "-" is SVG on standard output
 *
 * Errors: as ml_diagram_scene() and ml_file_write().
 */
gboolean ml_sweep_chart_write(GPtrArray *series, const char *path, GError **error);

/**
 * ml_sweep_chart_print: draw with characters on standard output.
 */
gboolean ml_sweep_chart_print(GPtrArray *series, GError **error);

/* A series as a table: for a terminal, and as CSV. */
#pragma once

#include "facts/series.h"

/**
 * ml_series_table: a row a point: bytes per element by the model and as measured, reserved, at the
 * peak; the bytes; unexplained.
 * @columns: where they are too few, what is least needed is left out; no figure is ever cut
 *
 * Notes of points stand below.  Returns: (transfer full): styled text.
 */
char *ml_series_table(const MlSeries *series, int columns);

/**
 * ml_series_csv: all points of all series, under one line of names; bytes are whole numbers, what
 * was not measured is empty.
 * @series: (element-type MlSeries)
 *
 * As RFC 4180 has it, but for lines ended by \n.  Returns: (transfer full).
 */
char *ml_series_csv(const GPtrArray *series);

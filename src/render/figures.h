/* How a figure is written, the same everywhere. */
#pragma once

#include "facts/ledger.h"

/**
 * ml_figure_held: "40 009 728 B = 38.2 MiB = 40.0 MB".
 *
 * Returns: (transfer full).
 */
char *ml_figure_held(guint64 bytes);

/**
 * ml_figure_signed: "+4 096", "-512", "0"; thousands parted by blanks.
 *
 * Returns: (transfer full).
 */
char *ml_figure_signed(gint64 bytes);

/**
 * ml_figure_name: the structure as it is typed, with the options that differ from the default.
 *
 * Returns: (transfer full).
 */
char *ml_figure_name(const MlLedger *ledger);

/**
 * ml_figure_bar_cells: a bar's length in cells.
 * @value, @largest: in the same unit
 * @room: cells for @largest
 *
 * Returns: 0 for nothing, else at least 1.
 */
int ml_figure_bar_cells(double value, double largest, int room);

/**
 * ml_figure_cell: append a table cell, padded to its column.
 */
void ml_figure_cell(GString *text, const char *cell, int columns, gboolean right_aligned);

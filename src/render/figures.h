/* How a figure is written, the same everywhere. */
#pragma once

#include "facts/ledger.h"

/**
 * ml_figure_held: "40 009 728 B = 38.2 MiB = 40.0 MB"; the units of ml_bytes_both.
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
 * ml_figure_cell: append a table cell, padded to its column.
 */
void ml_figure_cell(GString *text, const char *cell, int columns, gboolean right_aligned);

/**
 * ml_figure_stack: append one bar made of its roles, in their order.
 * @bytes: by role; negative ones are left out
 * @largest: bytes of the longest bar in the picture
 * @room: cells for @largest
 *
 * Each role that is there at all has its share, rounded so that the bar's length is right.
 * Returns: cells used.
 */
int ml_figure_stack(
    GString *text, const double bytes[ML_N_ROLES], double largest, int room, gboolean ascii);

/**
 * ml_figure_flow: pieces side by side; one that does not fit begins another line, so that no figure
 * is ever broken.
 * @pieces: (array zero-terminated=1): styled text; a piece wider than @columns overhangs
 * @gap: between two on one line
 * @indent: blanks before every line, counted in @columns
 *
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_figure_flow(const char *const *pieces, const char *gap, int columns, int indent);

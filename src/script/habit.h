/* What Python and C hands type, and what to write instead. */
#pragma once

#include <glib.h>

/**
 * ml_habit_find: look for what another language would understand.
 * @source: the cell
 * @kinds: as ml_scan_cell() gives them
 * @ret_offset: (out): where it stands, in bytes
 *
 * Returns: (transfer full) (nullable): "write a = a + 1"; NULL where all is well.
 */
char *ml_habit_find(const char *source, const guint8 *kinds, gsize *ret_offset);

/**
 * ml_habit_name: what to write for a name that is not known here but is elsewhere: "True", "int".
 *
 * Returns: (transfer none) (nullable): "write true".
 */
const char *ml_habit_name(const char *name);

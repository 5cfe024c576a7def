/* GLib's slices in a probe: on or off for all that it builds, from its start. */
#pragma once

#include <glib.h>

#include "core/structure.h"

/**
 * ml_slices_default: "on" or "off": how this GLib is where nobody says otherwise.
 */
const char *ml_slices_default(void);

/**
 * ml_slices_of: what a structure's option `slices` says.
 *
 * Returns: (transfer none) (nullable): NULL where it has none.
 */
const char *ml_slices_of(const MlStructure *structure, const MlOptions *options);

/**
 * ml_slices_fill_slabs: whether building @n elements takes blocks from slices for each of them.
 */
gboolean ml_slices_fill_slabs(const MlStructure *structure, const MlOptions *options, guint64 n);

/**
 * ml_slices_check: whether a probe that has its slices @on_or_off can build a structure.
 *
 * Errors: ML_ERROR_USAGE.
 */
gboolean ml_slices_check(
    const MlStructure *structure, const MlOptions *options, const char *on_or_off, GError **error);

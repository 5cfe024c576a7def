/* What the commands about structures have in common: STRUCTURE… and -n. */
#pragma once

#include <glib.h>

#include "base/spec.h"

extern char *ml_count_text; /* -n, as typed */

#define ML_COUNT_OPTION                                                                            \
    {                                                                                              \
        "count", 'n', 0, G_OPTION_ARG_STRING, &ml_count_text,                                      \
            "number of elements: 1000, 1e6, 2.5e3, 10M, 16Ki (default 1e6)", "N"                   \
    }

extern char *ml_slices_text; /* --slices, as typed */

#define ML_SLICES_ARGUMENT                                                                         \
    {                                                                                              \
        "slices", 0, 0, G_OPTION_ARG_STRING, &ml_slices_text,                                      \
            "whether GLib's structures take small blocks from its slices", "on|off"                \
    }

/**
 * ml_arguments_structures: each word of @arguments as a structure with its options.
 *
 * Where --slices was given, it is set for each that has slices.
 *
 * Errors: ML_ERROR_USAGE for none at all, or one that is unknown.
 * Returns: (transfer full) (element-type MlChoice).
 */
GArray *ml_arguments_structures(char **arguments, GError **error);

/**
 * ml_arguments_count: what -n says, or a million.
 */
gboolean ml_arguments_count(guint64 *ret_count, GError **error);

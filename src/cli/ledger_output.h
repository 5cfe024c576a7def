/* What the commands that print ledgers have in common. */
#pragma once

#include "facts/ledger.h"
#include "render/ledger_text.h"

extern char *ml_by_text; /* --by, as typed */

#define ML_BY_OPTION                                                                               \
    {                                                                                              \
        "by", 0, 0, G_OPTION_ARG_STRING, &ml_by_text, "rows are roles (default) or parts",         \
            "role|part"                                                                            \
    }

/**
 * ml_ledger_settings: how tables are wanted.
 *
 * Errors: ML_ERROR_USAGE for a --by that is neither.
 */
gboolean ml_ledger_settings(MlTableSettings *ret_settings, GError **error);

/**
 * ml_ledger_title: "boxed-array   n = 1 000 000   malloc: glibc 2.36".
 * @malloc_name: the allocator's name, or the libc that was measured
 * @remark: (nullable): stands at the end
 * @columns: where they are too few, it takes more lines
 *
 * Returns: (transfer full): styled text, ended by \n.
 */
char *ml_ledger_title(
    const MlLedger *ledger, const char *malloc_name, const char *remark, int columns);

/**
 * ml_ledger_held: "  held in RAM   40 009 728 B = 38.2 MiB = 40.0 MB".
 * @label, @remark: (nullable): before and after the figures
 * @columns: where they are too few, it is broken between the figures
 *
 * Returns: (transfer full): ended by \n.
 */
char *ml_ledger_held(const char *label, guint64 bytes, const char *remark, int columns);

/**
 * ml_output_ledgers: print ledgers as JSON: one object, or an array of several.
 * @ledgers: (element-type MlLedger)
 */
gboolean ml_output_ledgers(const GPtrArray *ledgers, GError **error);

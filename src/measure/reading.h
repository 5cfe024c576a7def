/* What the kernel says a process holds, read from outside. */
#pragma once

#include <glib.h>

/* Bytes. */
typedef struct {
    guint64 rss_anon; /* private pages: only the structure's data is here */
    guint64 rss;      /* all resident pages */
    guint64 peak_rss; /* VmHWM; reads up to some 20 pages low */
    guint64 page_tables;
    guint64 swap;
} MlReading;

/**
 * ml_reading_take: read /proc/@pid/status, again until two readings agree.
 *
 * Errors: ML_ERROR_SURROUNDINGS: "cannot measure here: …".
 */
gboolean ml_reading_take(GPid pid, MlReading *ret_reading, GError **error);

/**
 * ml_reading_reset_peak: let peak_rss start again at rss.
 *
 * Returns: FALSE where the kernel refuses (/proc/PID/clear_refs); peak_rss is then no use.
 */
gboolean ml_reading_reset_peak(GPid pid);

/**
 * ml_reading_check: ask a second source whether the first can be trusted.
 * @ret_reason: (out) (nullable): why not: huge pages, or two counters that differ
 *
 * Returns: whether smaps_rollup agrees; TRUE, too, where it cannot be read.
 */
gboolean ml_reading_check(GPid pid, const MlReading *reading, char **ret_reason);

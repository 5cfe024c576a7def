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

/**
 * ml_reading_absent: how much of an address range is on pages that are not resident.
 * @ret_absent: (out): bytes of [@from, @to) on such pages
 *
 * Errors: ML_ERROR_SURROUNDINGS where /proc/PID/pagemap cannot be read.
 */
gboolean ml_reading_absent(GPid pid, guint64 from, guint64 to, guint64 *ret_absent, GError **error);

/**
 * ml_reading_heap: where the process's heap lies (brk).
 *
 * Returns: FALSE where there is none, or /proc/PID/maps cannot be read.
 */
gboolean ml_reading_heap(GPid pid, guint64 *ret_from, guint64 *ret_to);

/* Which private pages of a process are resident, as a snapshot.
 *
 * Taken while the process stands still and before its blocks are walked: a walk reads, and on some
 * machines reading an untouched page makes it resident. */
#pragma once

#include <glib.h>

typedef struct MlPages MlPages;

/**
 * ml_pages_take: the resident anonymous pages of a process: those that RssAnon counts.
 *
 * By PAGEMAP_SCAN where the kernel has it (Linux 6.7), else 8 B of /proc/PID/pagemap a page.
 * Errors: ML_ERROR_SURROUNDINGS.
 * Returns: (transfer full).
 */
MlPages *ml_pages_take(GPid pid, GError **error);

/**
 * ml_pages_can_scan: whether this kernel has PAGEMAP_SCAN, and lets it be used.
 */
gboolean ml_pages_can_scan(void);

/**
 * ml_pages_take_slowly: the same without PAGEMAP_SCAN.
 */
MlPages *ml_pages_take_slowly(GPid pid, GError **error);

void ml_pages_free(MlPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlPages, ml_pages_free)

guint64 ml_pages_bytes(const MlPages *pages);

/**
 * ml_pages_compare: the pages of @after, each new or resident before.
 * @ret_ranges: (out) (transfer full) (element-type MlCensusRange): by rising address
 * @ret_n_new, @ret_n_vanished: (out): pages
 */
void ml_pages_compare(const MlPages *before,
    const MlPages *after,
    GArray **ret_ranges,
    guint64 *ret_n_new,
    guint64 *ret_n_vanished);

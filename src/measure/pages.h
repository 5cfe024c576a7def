/* Which pages of a process are resident, as a snapshot.
 *
 * Taken while the process stands still and before its blocks are walked: a walk reads, and on some
 * machines reading an untouched page makes it resident. */
#pragma once

#include <glib.h>

typedef struct MlPages MlPages;

/**
 * ml_pages_take: the resident pages of all private, writable mappings.
 *
 * Reads 8 B of /proc/PID/pagemap a page: some 4 ms a GiB.  Errors: ML_ERROR_SURROUNDINGS.
 * Returns: (transfer full).
 */
MlPages *ml_pages_take(GPid pid, GError **error);
void ml_pages_free(MlPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlPages, ml_pages_free)

/**
 * ml_pages_absent: how many bytes of [@from, @to) lie on pages that are not resident.
 */
guint64 ml_pages_absent(const MlPages *pages, guint64 from, guint64 to);

/**
 * ml_pages_in_heap: whether an address lies in the heap (brk), not in a mapping of its own.
 */
gboolean ml_pages_in_heap(const MlPages *pages, guint64 address);

/* What address space a process has: its mappings, as /proc/PID/maps lists them. */
#pragma once

#include <glib.h>

typedef struct {
    guint64 from; /* addresses [from, to), whole pages */
    guint64 to;
    gboolean is_foreign; /* a file's private pages, or the stack: no allocator's */
    gboolean is_memory;  /* anonymous, and may be written: what an allocator hands out */
} MlMapping;

/**
 * ml_mappings_take: all mappings, by rising address; none where they cannot be read.
 *
 * Returns: (transfer full) (element-type MlMapping).
 */
GArray *ml_mappings_take(GPid pid);

/**
 * ml_mappings_find: the mapping that holds @address.
 *
 * Returns: (transfer none) (nullable).
 */
const MlMapping *ml_mappings_find(const GArray *mappings, guint64 address);

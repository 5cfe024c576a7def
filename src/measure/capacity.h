/* Does it fit?  Asked before anything is built. */
#pragma once

#include <glib.h>

#include "base/spec.h"
#include "model/allocator.h"

/**
 * ml_capacity_available: bytes that a new process may take: the least of free memory, the control
 * group's limit, and the limit on address space.
 *
 * Errors: ML_ERROR_SURROUNDINGS where the kernel does not say.
 */
gboolean ml_capacity_available(guint64 *ret_bytes, GError **error);

/**
 * ml_capacity_cgroup: bytes that the control groups we are in leave.
 *
 * Returns: G_MAXUINT64 where they set no limit.
 */
guint64 ml_capacity_cgroup(void);

/**
 * ml_capacity_address_space: bytes of address space that 'ulimit -v' allows a process.
 *
 * Returns: G_MAXUINT64 where there is no limit.
 */
guint64 ml_capacity_address_space(void);

/**
 * ml_capacity_check_size: whether n elements fit into an address space at all.
 *
 * Errors: ML_ERROR_USAGE, with the product.
 */
gboolean ml_capacity_check_size(
    const MlStructure *structure, const MlOptions *options, guint64 n, GError **error);

/**
 * ml_capacity_check: whether building n elements fits into what is available (and
 * ml_capacity_check_size()).
 *
 * Errors: ML_ERROR_SURROUNDINGS, with the predicted size and the largest n that fits.
 */
gboolean ml_capacity_check(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    GError **error);

/**
 * ml_capacity_check_together: the same for several structures of n elements each, built one after
 * the other and all alive.
 * @choices: (transfer none) (element-type MlChoice)
 */
gboolean ml_capacity_check_together(
    const GArray *choices, guint64 n, const MlAllocator *allocator, GError **error);

/**
 * ml_capacity_largest: the largest n whose peak under @allocator is at most @bytes.
 */
guint64 ml_capacity_largest(const MlStructure *structure,
    const MlOptions *options,
    const MlAllocator *allocator,
    guint64 bytes);

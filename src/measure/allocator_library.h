/* Where an allocator that is preloaded lies. */
#pragma once

#include <glib.h>

#include "core/structure.h"
#include "model/allocator.h"

/**
 * ml_allocator_library: the file to preload for an allocator that has a library.
 *
 * Errors: ML_ERROR_SURROUNDINGS with the package that brings it.
 * Returns: (transfer full).
 */
char *ml_allocator_library(const MlAllocator *allocator, GError **error);

/**
 * ml_allocator_installed: whether a probe can be started with it: its library or its own probe is
 * there.
 */
gboolean ml_allocator_installed(const MlAllocator *allocator);

/**
 * ml_allocator_runs: whether the allocator's probe holds a structure: its own always, a library's
 * only where the library is linked in, too.
 */
gboolean ml_allocator_runs(const MlAllocator *allocator, const MlStructure *structure);

/**
 * ml_allocator_check_runs: the same, for someone who has to be told.
 *
 * Errors: ML_ERROR_USAGE.
 */
gboolean ml_allocator_check_runs(
    const MlAllocator *allocator, const MlStructure *structure, GError **error);

/* Where an allocator that is preloaded lies. */
#pragma once

#include <glib.h>

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

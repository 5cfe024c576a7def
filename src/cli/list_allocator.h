/* What `memlab list` says of allocators. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "model/allocator.h"

/**
 * ml_list_add_allocators: append a line for each, and how to install what is missing.
 */
void ml_list_add_allocators(GString *text);

/**
 * ml_list_allocator: print one: what requests take, whose model it is, where it comes from.
 */
gboolean ml_list_allocator(const MlAllocator *allocator, GError **error);

/**
 * ml_list_allocator_json: the same as an object.  Returns: (transfer full).
 */
json_t *ml_list_allocator_json(const MlAllocator *allocator);

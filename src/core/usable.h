/* How much of a block may be used: what the allocator in use says. */
#pragma once

#include <stddef.h>

/**
 * ml_block_usable: bytes from a live block's start that malloc has set aside for it.
 * @request_bytes: as it was asked for
 *
 * malloc_usable_size(), but for allocators that keep no sizes: the probe of such a one brings its
 * own.
 */
size_t ml_block_usable(const void *address, size_t request_bytes);

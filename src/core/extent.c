#include "core/extent.h"

#include <malloc.h>

MlBlockExtent
ml_block_extent(const void *address, uint64_t request_bytes)
{
    return (MlBlockExtent){ .usable = malloc_usable_size((void *)(uintptr_t)address) };
}

/* Sanitised builds bring a malloc of their own. */
bool
ml_block_has_chunk(void)
{
    return false;
}

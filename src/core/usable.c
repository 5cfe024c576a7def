#include "core/usable.h"

#include <malloc.h>
#include <stdint.h>

size_t
ml_block_usable(const void *address, size_t request_bytes)
{
    return malloc_usable_size((void *)(uintptr_t)address);
}

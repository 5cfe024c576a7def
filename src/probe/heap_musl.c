/* musl's malloc, in a probe that is linked with nothing else. */
#include <malloc.h>
#include <stdio.h>

#include "core/extent.h"
#include "probe/heap.h"

enum { FIELD = 4 };

/* musl says of a block what was asked for; what its slot has beyond that counts as free space.
 * Source: musl 1.2.3, src/malloc/mallocng/meta.h: 4 B in front of a block say where its group is.
 */
MlBlockExtent
ml_block_extent(const void *address, uint64_t request_bytes)
{
    return (MlBlockExtent){
        .field = FIELD,
        .usable = malloc_usable_size((void *)(uintptr_t)address),
    };
}

bool
ml_block_has_chunk(void)
{
    return false;
}

void
ml_heap_start(void)
{
}

/* musl does not say its version. */
void
ml_heap_describe(char *ret_libc, char *ret_allocator, size_t size)
{
    snprintf(ret_libc, size, "musl");
    snprintf(ret_allocator, size, "musl");
}

/* musl has no call for it; it gives back by itself. */
void
ml_heap_settle(void)
{
}

void
ml_heap_align(void)
{
}

/* musl's malloc, in a probe that is linked with nothing else. */
#include <stdio.h>

#include "probe/heap.h"

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

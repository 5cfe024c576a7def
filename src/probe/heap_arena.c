/* An arena: a pointer that only moves up.
 *
 * A block costs its size rounded up to 16 B, and nothing else: no size field, no lists.  The price:
 * what is freed stays, unless it was the last block.  (A program that needs arenas frees the whole
 * of one at once.)  It stands beside malloc as a subject of lessons, and it is malloc in this
 * probe, so that every structure runs on it unchanged. */
#include <errno.h>
#include <gnu/libc-version.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/extent.h"
#include "probe/heap.h"

#define SPACE_BYTES (UINT64_C(1) << 36) /* of address space: only what is written costs RAM */
enum { GRAIN = 16 };

static char *start;
static char *next;      /* where the next block begins */
static char *last;      /* the block that was handed out last */
static char *dirty_end; /* from here on all is zero and untouched */

static size_t
round_up(size_t bytes, size_t step)
{
    return (bytes + step - 1) / step * step;
}

static bool
reserve_space(void)
{
    void *space = mmap(NULL,
        SPACE_BYTES,
        PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
        -1,
        0);
    if (space == MAP_FAILED)
        return false;
    start = next = dirty_end = space;
    return true;
}

void *
malloc(size_t bytes)
{
    if ((start == NULL && !reserve_space()) ||
        bytes > SPACE_BYTES - (size_t)(next - start) - GRAIN) {
        errno = ENOMEM;
        return NULL;
    }
    last = next;
    next += round_up(bytes > 0 ? bytes : 1, GRAIN);
    if (dirty_end < next)
        dirty_end = next;
    return last;
}

void
free(void *block)
{
    if (block != NULL && block == last)
        next = last;
}

/* Fresh space is zero already, and writing zeros would make it resident. */
void *
calloc(size_t count, size_t size)
{
    size_t bytes;
    char *written_end = dirty_end;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    char *block = malloc(bytes);
    if (block != NULL && block < written_end) {
        size_t written = (size_t)(written_end - block);
        memset(block, 0, bytes < written ? bytes : written);
    }
    return block;
}

/* The last block grows where it is.  Another moves; its old size is written down nowhere, so as
 * much is copied as there can be of it. */
void *
realloc(void *old, size_t bytes)
{
    if (old == NULL)
        return malloc(bytes);
    size_t behind = (size_t)(next - (char *)old);
    if (old == last)
        next = last;
    char *block = malloc(bytes);
    if (block != NULL && block != old)
        memcpy(block, old, bytes < behind ? bytes : behind);
    return block;
}

MlBlockExtent
ml_block_extent(const void *address, uint64_t request_bytes)
{
    return (MlBlockExtent){ .usable = round_up(request_bytes > 0 ? request_bytes : 1, GRAIN) };
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

void
ml_heap_describe(char *ret_libc, char *ret_allocator, size_t size)
{
    snprintf(ret_libc, size, "glibc %s", gnu_get_libc_version());
    snprintf(ret_allocator, size, "arena");
}

/* Whole pages behind the last block go back. */
void
ml_heap_settle(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *from = (char *)round_up((uintptr_t)next, page);
    if (from < dirty_end) {
        madvise(from, (size_t)(dirty_end - from), MADV_DONTNEED);
        dirty_end = from;
    }
}

void
ml_heap_align(void)
{
    next = (char *)round_up((uintptr_t)next, (size_t)sysconf(_SC_PAGESIZE));
    last = NULL;
}

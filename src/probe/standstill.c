#include "probe/standstill.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    STACK_BYTES = 256 * 1024, /* more than any structure's deepest call */
    MMAP_THRESHOLD = 128 * 1024,
    TRIM_THRESHOLD = 128 * 1024,
    FIELD = 8,
    SMALL = 24,       /* asks for the smallest chunk, */
    SMALL_CHUNK = 32, /* which is this long */
    TRIES = 64,
};

/* The program's own data, from the linker. */
extern char __data_start[];
extern char _end[];

static size_t
page_bytes(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

__attribute__((noinline)) static void
touch_stack(void)
{
    volatile char stack[STACK_BYTES];
    size_t page = page_bytes();
    for (size_t i = 0; i < sizeof stack; i += page)
        stack[i] = 0;
    stack[sizeof stack - 1] = 0;
}

static void
touch(uintptr_t address)
{
    volatile char *byte = (volatile char *)address;
    *byte = *byte;
}

static void
touch_data(void)
{
    uintptr_t end = (uintptr_t)_end;
    for (uintptr_t at = (uintptr_t)__data_start; at < end; at += page_bytes())
        touch(at);
    touch(end - 1);
}

void
ml_standstill_prepare(void)
{
    mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD);
    mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD);
    touch_stack();
    touch_data();
    free(malloc(SMALL));
}

void
ml_standstill_align_heap(void)
{
    size_t page = page_bytes();
    for (int i = 0; i < TRIES; i++) {
        /* Where would the next fresh chunk's user bytes be, and how far is the page's end? */
        uintptr_t next = (uintptr_t)malloc(SMALL) + SMALL_CHUNK;
        size_t gap = page - next % page;
        if (gap == page)
            return;
        if (gap < SMALL_CHUNK)
            gap += page;
        /* A chunk out of an earlier hole lies elsewhere: then the hole is gone, and we try again.
         */
        if ((uintptr_t)malloc(gap - FIELD) == next)
            return;
    }
}

void
ml_standstill_trim(void)
{
    malloc_trim(0);
}

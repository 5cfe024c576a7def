/* glibc's malloc, or one that was preloaded. */
#include "probe/heap.h"

#include <gnu/libc-version.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/extent.h"
#include "probe/heap_preloaded.h"
#include "structure/glib/slices.h"

/* --- glibc ------------------------------------------------------------------------------------ */

enum {
    MMAP_THRESHOLD = 128 * 1024,
    TRIM_THRESHOLD = 128 * 1024,
    FIELD = 8,
    SMALL = 24,       /* asks for the smallest chunk, */
    SMALL_CHUNK = 32, /* which is this long */
    CHUNK_STEP = 16,
    CACHE_MAX = 1032, /* the largest request that the thread's cache serves */
    HOLE_MAX = 64 * 1024,
    TRIES = 64,
};

static void
glibc_describe(char *ret_name, size_t size)
{
    snprintf(ret_name, size, "glibc %s", gnu_get_libc_version());
}

static void
glibc_settle(void)
{
    malloc_trim(0);
}

/* Takes and keeps whatever earlier blocks have left behind, in the bins and in the thread's cache:
 * the models begin with an empty heap. */
static void
glibc_use_up(void)
{
    /* Longer than any hole: it is cut off the top, and joins it again. */
    void *behind_all = malloc(HOLE_MAX);
    uintptr_t top = (uintptr_t)behind_all;
    free(behind_all);
    for (size_t bytes = SMALL; bytes <= CACHE_MAX; bytes += CHUNK_STEP)
        while ((uintptr_t)malloc(bytes) < top)
            continue;
}

/* A few kilobytes are left behind. */
static void
glibc_align(void)
{
    glibc_use_up();
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
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

/* --- which it is ------------------------------------------------------------------------------ */

static const MlPreloaded *preloaded; /* NULL: glibc's own */
static bool has_chunks;              /* glibc's: a size field before each block can be read */

/* --- blocks ----------------------------------------------------------------------------------- */

/* Whether that reading is right in the glibc that is here. */
static bool
chunks_can_be_read(void)
{
    static const size_t sizes[] = { SMALL, MMAP_THRESHOLD };
    bool agree = true;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        void *volatile block = malloc(sizes[i]);
        agree =
            agree && block != NULL && ml_chunk_extent(block).usable == malloc_usable_size(block);
        free(block);
    }
    return agree;
}

MlBlockExtent
ml_block_extent(const void *address, uint64_t request_bytes)
{
    if (has_chunks)
        return ml_chunk_extent(address);
    return (MlBlockExtent){
        .field = preloaded == NULL ? FIELD : 0,
        .usable = malloc_usable_size((void *)(uintptr_t)address),
    };
}

bool
ml_block_has_chunk(void)
{
    return has_chunks;
}

/* --- the probe's calls ------------------------------------------------------------------------ */

void
ml_heap_start(void)
{
    preloaded = ml_preloaded_find();
    if (preloaded != NULL)
        return;
    /* glibc would otherwise move its thresholds after each freed large block. */
    mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD);
    mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD);
    has_chunks = chunks_can_be_read();
}

void
ml_heap_describe(char *ret_libc, char *ret_allocator, size_t size)
{
    glibc_describe(ret_libc, size);
    if (preloaded != NULL)
        preloaded->describe(ret_allocator, size);
    else
        glibc_describe(ret_allocator, size);
}

void
ml_heap_settle(void)
{
    if (preloaded != NULL)
        preloaded->settle();
    else
        glibc_settle();
}

void
ml_heap_align(void)
{
    ml_slices_use_up();
    if (preloaded == NULL)
        glibc_align();
    else if (preloaded->align != NULL)
        preloaded->align();
}

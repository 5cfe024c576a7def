/* glibc's malloc, or one that was preloaded: told apart by the symbols it brings. */
#include "probe/heap.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/extent.h"

/* What a symbol is, said by the kind it belongs to: ISO C does not let void * become a function. */
typedef union {
    void *symbol;
    int (*mallctl)(const char *name, void *old, size_t *old_size, void *new, size_t new_size);
    int (*mi_version)(void);
    void (*mi_collect)(bool force);
    void *(*mi_heap_new)(void);
    void *(*mi_heap_set_default)(void *heap);
    void (*release_free_memory)(void);
    const char *(*tc_version)(int *ret_major, int *ret_minor, const char **ret_patch);
    int (*number)(const char *name, size_t *ret_value);
    void (*mark_thread_idle)(void);
} Entry;

static Entry
find_entry(const char *name)
{
    return (Entry){ .symbol = dlsym(RTLD_DEFAULT, name) };
}

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
    TCMALLOC_CLASS_MAX = 256 * 1024,
};

static void
glibc_describe(Entry entry, char *ret_name, size_t size)
{
    snprintf(ret_name, size, "glibc %s", gnu_get_libc_version());
}

static void
glibc_settle(Entry entry)
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

/* --- preloaded -------------------------------------------------------------------------------- */

/* Source: jemalloc 5.3, doc/jemalloc.xml.in: "version", "thread.tcache.flush", "arena.<i>.purge"
 * with i = MALLCTL_ARENAS_ALL (4096). */
static void
jemalloc_describe(Entry entry, char *ret_name, size_t size)
{
    const char *version = "";
    size_t version_size = sizeof version;
    entry.mallctl("version", &version, &version_size, NULL, 0);
    size_t digits = strcspn(version, "-"); /* "5.3.0-0-g54eaed1d8b56…" */
    snprintf(ret_name, size, "jemalloc %.*s", (int)digits, version);
}

static void
jemalloc_settle(Entry entry)
{
    entry.mallctl("thread.tcache.flush", NULL, NULL, NULL, 0);
    entry.mallctl("arena.4096.purge", NULL, NULL, NULL, 0);
}

/* Source: mimalloc 2.0, include/mimalloc.h: the version is 100 × major + 10 × minor + patch. */
static void
mimalloc_describe(Entry entry, char *ret_name, size_t size)
{
    int version = entry.mi_version();
    snprintf(ret_name, size, "mimalloc %d.%d.%d", version / 100, version / 10 % 10, version % 10);
}

static void
mimalloc_settle(Entry entry)
{
    Entry collect = find_entry("mi_collect");
    if (collect.symbol != NULL)
        collect.mi_collect(true);
}

/* A heap of its own for what comes: it has no slabs yet. */
static void
mimalloc_align(void)
{
    Entry make = find_entry("mi_heap_new");
    Entry set = find_entry("mi_heap_set_default");
    void *heap = make.symbol != NULL && set.symbol != NULL ? make.mi_heap_new() : NULL;
    if (heap != NULL)
        set.mi_heap_set_default(heap);
}

/* Source: gperftools 2.10, src/gperftools/tcmalloc.h.in and malloc_extension_c.h. */
static void
tcmalloc_describe(Entry entry, char *ret_name, size_t size)
{
    int major = 0;
    int minor = 0;
    const char *patch;
    Entry version = find_entry("tc_version");
    if (version.symbol != NULL)
        version.tc_version(&major, &minor, &patch);
    snprintf(ret_name, size, "tcmalloc %d.%d", major, minor);
}

static void
tcmalloc_settle(Entry entry)
{
    entry.release_free_memory();
}

/* Free blocks in whichever of its lists. */
static size_t
tcmalloc_free_bytes(Entry number)
{
    static const char *const names[] = {
        "tcmalloc.thread_cache_free_bytes",
        "tcmalloc.transfer_cache_free_bytes",
        "tcmalloc.central_cache_free_bytes",
    };
    size_t sum = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t bytes = 0;
        number.number(names[i], &bytes);
        sum += bytes;
    }
    return sum;
}

/* Takes and keeps the free blocks of each class that earlier ones have left behind.  A thread's
 * cache that is new fetches one block at a time: where there are more free ones after it than
 * before, it was cut from a fresh span, which it leaves again. */
static void
tcmalloc_align(void)
{
    Entry number = find_entry("MallocExtension_GetNumericProperty");
    Entry idle = find_entry("MallocExtension_MarkThreadIdle");
    if (number.symbol == NULL || idle.symbol == NULL)
        return;
    idle.mark_thread_idle();
    size_t free_bytes = tcmalloc_free_bytes(number);
    for (size_t bytes = 1; bytes <= TCMALLOC_CLASS_MAX;) {
        void *block = malloc(bytes);
        size_t usable = malloc_usable_size(block);
        size_t now = tcmalloc_free_bytes(number);
        if (now >= free_bytes) {
            free(block);
            bytes = usable + 1;
        }
        idle.mark_thread_idle();
        free_bytes = tcmalloc_free_bytes(number);
    }
}

/* --- which it is ------------------------------------------------------------------------------ */

typedef struct {
    const char *symbol; /* that no other allocator has; NULL: any */
    void (*describe)(Entry entry, char *ret_name, size_t size);
    void (*settle)(Entry entry);
    void (*align)(void); /* (nullable) */
} HeapKind;

static const HeapKind kinds[] = {
    { "mallctl", jemalloc_describe, jemalloc_settle, NULL },
    { "mi_version", mimalloc_describe, mimalloc_settle, mimalloc_align },
    { "MallocExtension_ReleaseFreeMemory", tcmalloc_describe, tcmalloc_settle, tcmalloc_align },
    { NULL, glibc_describe, glibc_settle, glibc_align },
};

static const HeapKind *kind;
static Entry kind_entry;
static bool has_chunks; /* glibc's: a size field before each block can be read */

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
        .field = kind->symbol == NULL ? FIELD : 0,
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
    kind = kinds;
    while (kind->symbol != NULL && (kind_entry = find_entry(kind->symbol)).symbol == NULL)
        kind++;
    if (kind->symbol != NULL)
        return;
    /* glibc would otherwise move its thresholds after each freed large block. */
    mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD);
    mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD);
    has_chunks = chunks_can_be_read();
}

void
ml_heap_describe(char *ret_libc, char *ret_allocator, size_t size)
{
    glibc_describe(kind_entry, ret_libc, size);
    kind->describe(kind_entry, ret_allocator, size);
}

void
ml_heap_settle(void)
{
    kind->settle(kind_entry);
}

void
ml_heap_align(void)
{
    if (kind->align != NULL)
        kind->align();
}

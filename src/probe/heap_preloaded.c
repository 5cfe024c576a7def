#include "probe/heap_preloaded.h"

#include <dlfcn.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TCMALLOC_CLASS_MAX = 256 * 1024 };

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

static Entry entry; /* of the one that is there: its own symbol */

/* Source: jemalloc 5.3, doc/jemalloc.xml.in: "version", "thread.tcache.flush", "arena.<i>.purge"
 * with i = MALLCTL_ARENAS_ALL (4096). */
static void
jemalloc_describe(char *ret_name, size_t size)
{
    const char *version = "";
    size_t version_size = sizeof version;
    entry.mallctl("version", &version, &version_size, NULL, 0);
    size_t digits = strcspn(version, "-"); /* "5.3.0-0-g54eaed1d8b56…" */
    snprintf(ret_name, size, "jemalloc %.*s", (int)digits, version);
}

static void
jemalloc_settle(void)
{
    entry.mallctl("thread.tcache.flush", NULL, NULL, NULL, 0);
    entry.mallctl("arena.4096.purge", NULL, NULL, NULL, 0);
}

/* Source: mimalloc 2.0, include/mimalloc.h: the version is 100 × major + 10 × minor + patch. */
static void
mimalloc_describe(char *ret_name, size_t size)
{
    int version = entry.mi_version();
    snprintf(ret_name, size, "mimalloc %d.%d.%d", version / 100, version / 10 % 10, version % 10);
}

static void
mimalloc_settle(void)
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
tcmalloc_describe(char *ret_name, size_t size)
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
tcmalloc_settle(void)
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

static const MlPreloaded all[] = {
    { "mallctl", jemalloc_describe, jemalloc_settle, NULL },
    { "mi_version", mimalloc_describe, mimalloc_settle, mimalloc_align },
    { "MallocExtension_ReleaseFreeMemory", tcmalloc_describe, tcmalloc_settle, tcmalloc_align },
};

const MlPreloaded *
ml_preloaded_find(void)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        entry = find_entry(all[i].symbol);
        if (entry.symbol != NULL)
            return &all[i];
    }
    return NULL;
}

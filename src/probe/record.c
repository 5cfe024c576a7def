/* memlab-record.so: preloaded in front of whatever answers malloc, it keeps a table of live blocks
 * and reads what the process holds whenever that may be about to fall.
 *
 * Every call is passed on to the next malloc (dlsym(RTLD_NEXT)), so that the heap is the one that
 * would be there without it.  The table is shared memory, which RssAnon does not count.  It slows
 * every call and is never part of a timed run.  One thread, as the probe has. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/record.h"
#include "core/wire.h"

#define EXPORT __attribute__((visibility("default")))

/* --- the next malloc -------------------------------------------------------------------------- */

static struct {
    void *(*malloc)(size_t bytes);
    void *(*calloc)(size_t count, size_t bytes);
    void *(*realloc)(void *block, size_t bytes);
    void (*free)(void *block);
    int (*posix_memalign)(void **ret_block, size_t alignment, size_t bytes);
    size_t (*usable)(void *block);
} next;

/* dlsym() may itself ask for memory before it has told where memory comes from. */
static _Alignas(16) char early[4096];
static size_t early_used;

static void *
early_alloc(size_t bytes)
{
    size_t rounded = (bytes + 15) / 16 * 16;
    if (rounded > sizeof early - early_used) {
        errno = ENOMEM;
        return NULL;
    }
    early_used += rounded;
    return early + early_used - rounded;
}

static bool
is_early(const void *block)
{
    return (const char *)block >= early && (const char *)block < early + sizeof early;
}

/* ISO C does not let void * become a function, POSIX says that it is one. */
static void
find_next(const char *name, void *ret_function)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(ret_function, &symbol, sizeof symbol);
}

/* Returns: whether the next malloc is known by now. */
static bool
has_next(void)
{
    static bool is_looking;
    if (next.usable != NULL)
        return true;
    if (is_looking)
        return false;
    is_looking = true;
    find_next("malloc", &next.malloc);
    find_next("calloc", &next.calloc);
    find_next("realloc", &next.realloc);
    find_next("free", &next.free);
    find_next("posix_memalign", &next.posix_memalign);
    find_next("malloc_usable_size", &next.usable);
    is_looking = false;
    return true;
}

/* --- what the process holds ------------------------------------------------------------------- */

static MlRecord *record; /* NULL: nobody listens */
static int statm = -1;
static uint64_t page_bytes;

/* /proc/self/statm in pages: size, resident, of those shared; the rest is RssAnon. */
static void
note_held(void)
{
    char text[128];
    ssize_t length = pread(statm, text, sizeof text - 1, 0);
    if (length <= 0)
        return;
    text[length] = '\0';
    char *at = text;
    strtoull(at, &at, 10);
    uint64_t resident = strtoull(at, &at, 10);
    uint64_t held = (resident - strtoull(at, &at, 10)) * page_bytes;
    record->readings++;
    if (record->peak_bytes < held)
        record->peak_bytes = held;
}

/* --- the table: open addressing, no tombstones ------------------------------------------------ */

static uint64_t
home(uint64_t address)
{
    /* Blocks are multiples of 16 apart; the multiplier is 2^64 over the golden ratio. */
    return (address / 16 * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (record->n_slots - 1);
}

static uint64_t
after(uint64_t slot)
{
    return (slot + 1) & (record->n_slots - 1);
}

static void
add(const void *block, size_t bytes)
{
    if (record == NULL || record->n_slots == 0 || block == NULL)
        return;
    if (record->n_live >= record->n_slots / 4 * 3) {
        record->lost++;
        return;
    }
    uint64_t slot = home((uintptr_t)block);
    while (record->blocks[slot].address != 0)
        slot = after(slot);
    record->blocks[slot] = (MlRecordBlock){ .address = (uintptr_t)block, .bytes = bytes };
    record->n_live++;
}

/* Moves back what stands behind the hole and would no longer be found. */
static void
close_hole(uint64_t hole)
{
    uint64_t mask = record->n_slots - 1;
    for (uint64_t slot = after(hole); record->blocks[slot].address != 0; slot = after(slot)) {
        uint64_t wanted = home(record->blocks[slot].address);
        if (((slot - wanted) & mask) >= ((slot - hole) & mask)) {
            record->blocks[hole] = record->blocks[slot];
            hole = slot;
        }
    }
    record->blocks[hole] = (MlRecordBlock){ 0 };
}

/* A block that is not there was asked for before the record began. */
static void
drop(const void *block)
{
    if (record == NULL || record->n_slots == 0 || block == NULL)
        return;
    uint64_t slot = home((uintptr_t)block);
    while (record->blocks[slot].address != 0 && record->blocks[slot].address != (uintptr_t)block)
        slot = after(slot);
    if (record->blocks[slot].address == 0)
        return;
    close_hole(slot);
    record->n_live--;
}

static void
before_change(void *block, size_t bytes)
{
    if (record != NULL && (bytes >= ML_RECORD_LARGE_BYTES ||
                              (block != NULL && next.usable(block) >= ML_RECORD_LARGE_BYTES)))
        note_held();
}

/* --- malloc ----------------------------------------------------------------------------------- */

EXPORT void *
malloc(size_t bytes)
{
    if (!has_next())
        return early_alloc(bytes);
    void *block = next.malloc(bytes);
    add(block, bytes);
    return block;
}

EXPORT void *
calloc(size_t count, size_t bytes)
{
    if (!has_next())
        return early_alloc(count * bytes); /* never handed out before, so it is zero */
    void *block = next.calloc(count, bytes);
    add(block, count * bytes);
    return block;
}

EXPORT void
free(void *block)
{
    if (block == NULL || is_early(block) || !has_next())
        return;
    before_change(block, 0);
    drop(block);
    next.free(block);
}

EXPORT void *
realloc(void *old, size_t bytes)
{
    if (is_early(old)) {
        void *block = malloc(bytes);
        size_t left = (size_t)(early + sizeof early - (char *)old);
        return block != NULL ? memcpy(block, old, bytes < left ? bytes : left) : NULL;
    }
    if (!has_next())
        return early_alloc(bytes);
    before_change(old, bytes);
    void *block = next.realloc(old, bytes);
    if (block != NULL || bytes == 0)
        drop(old);
    add(block, bytes);
    return block;
}

EXPORT int
posix_memalign(void **ret_block, size_t alignment, size_t bytes)
{
    if (!has_next())
        return ENOMEM;
    int failure = next.posix_memalign(ret_block, alignment, bytes);
    if (failure == 0)
        add(*ret_block, bytes);
    return failure;
}

EXPORT void *
aligned_alloc(size_t alignment, size_t bytes)
{
    void *block = NULL;
    size_t at_least = alignment < sizeof block ? sizeof block : alignment;
    errno = posix_memalign(&block, at_least, bytes);
    return block;
}

EXPORT void *
memalign(size_t alignment, size_t bytes)
{
    return aligned_alloc(alignment, bytes);
}

/* --- start ------------------------------------------------------------------------------------ */

__attribute__((constructor)) static void
start(void)
{
    struct stat file;
    has_next();
    page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
    statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (statm < 0 || fstat(ML_WIRE_RECORD_FD, &file) != 0 ||
        (uint64_t)file.st_size < sizeof(MlRecord))
        return;
    void *shared =
        mmap(NULL, (size_t)file.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, ML_WIRE_RECORD_FD, 0);
    if (shared == MAP_FAILED)
        return;
    record = shared;
    record->loaded = 1;
    note_held();
}

/* Pools: blocks of one size class share a 4 KiB pool, pools come from 256 KiB arenas.
 *
 * No block has a size field; a pool has one header for all its blocks, found from a block's
 * address. Blocks of more than 512 B are mapped by themselves, 16 B in front.  The scheme is that
 * of Python's small-object allocator (source: CPython 3.11, Objects/obmalloc.c), here as a subject
 * of lessons; it is malloc in this probe, so that every structure runs on it unchanged. */
#include <errno.h>
#include <gnu/libc-version.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core/extent.h"
#include "probe/heap.h"

enum {
    GRAIN = 16,
    SMALL_MAX = 512,
    N_CLASSES = SMALL_MAX / GRAIN,
    POOL_BYTES = 4096,
    ARENA_BYTES = 256 * 1024,
    POOL_HEADER = 48,
    LARGE_FIELD = 16,
};

/* At the start of each pool, and of each large mapping (there class_bytes is 0). */
typedef struct Pool {
    uint32_t class_bytes;
    uint32_t live;
    uint32_t fresh; /* offset of the first byte that was never handed out */
    uint32_t unused;
    void *freed; /* blocks that were given back, linked through their first 8 bytes */
    struct Pool *next;
    struct Pool *previous; /* of the pools of this class that have room */
} Pool;

/* A large block's first 16 bytes: the second word stands where a pool has `fresh`. */
typedef struct {
    uint32_t class_bytes; /* 0 */
    uint32_t unused;
    size_t mapped_bytes;
} Large;

_Static_assert(sizeof(Pool) <= POOL_HEADER && sizeof(Large) <= LARGE_FIELD, "headers fit");

static Pool *with_room[N_CLASSES + 1];
static Pool *empty; /* pools without a live block */
static char *arena_next;
static char *arena_end;

/* --- pools ------------------------------------------------------------------------------------ */

static Pool *
new_pool(void)
{
    if (empty != NULL) {
        Pool *pool = empty;
        empty = pool->next;
        return pool;
    }
    if (arena_next == arena_end) {
        char *arena =
            mmap(NULL, ARENA_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (arena == MAP_FAILED)
            return NULL;
        arena_next = arena;
        arena_end = arena + ARENA_BYTES;
    }
    Pool *pool = (void *)arena_next;
    arena_next += POOL_BYTES;
    return pool;
}

static void
link_pool(Pool *pool)
{
    Pool **head = &with_room[pool->class_bytes / GRAIN];
    pool->previous = NULL;
    pool->next = *head;
    if (*head != NULL)
        (*head)->previous = pool;
    *head = pool;
}

static void
unlink_pool(Pool *pool)
{
    if (pool->previous != NULL)
        pool->previous->next = pool->next;
    else
        with_room[pool->class_bytes / GRAIN] = pool->next;
    if (pool->next != NULL)
        pool->next->previous = pool->previous;
}

static bool
has_room(const Pool *pool)
{
    return pool->freed != NULL || pool->fresh + pool->class_bytes <= POOL_BYTES;
}

static void *
small_alloc(uint32_t class_bytes)
{
    Pool *pool = with_room[class_bytes / GRAIN];
    if (pool == NULL) {
        pool = new_pool();
        if (pool == NULL)
            return NULL;
        *pool = (Pool){ .class_bytes = class_bytes, .fresh = POOL_HEADER };
        link_pool(pool);
    }
    void *block = pool->freed;
    if (block != NULL) {
        pool->freed = *(void **)block;
    } else {
        block = (char *)pool + pool->fresh;
        pool->fresh += class_bytes;
    }
    pool->live++;
    if (!has_room(pool))
        unlink_pool(pool);
    return block;
}

static void
small_free(Pool *pool, void *block)
{
    bool had_room = has_room(pool);
    *(void **)block = pool->freed;
    pool->freed = block;
    pool->live--;
    if (pool->live > 0) {
        if (!had_room)
            link_pool(pool);
        return;
    }
    if (had_room)
        unlink_pool(pool);
    pool->next = empty;
    empty = pool;
}

/* --- large blocks ----------------------------------------------------------------------------- */

static size_t
mapping_bytes(size_t bytes)
{
    return (bytes + LARGE_FIELD + POOL_BYTES - 1) / POOL_BYTES * POOL_BYTES;
}

static void *
large_alloc(size_t bytes)
{
    size_t mapped_bytes = mapping_bytes(bytes);
    if (mapped_bytes < bytes)
        return NULL;
    Large *large =
        mmap(NULL, mapped_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (large == MAP_FAILED)
        return NULL;
    large->mapped_bytes = mapped_bytes;
    return (char *)large + LARGE_FIELD;
}

/* Pools and mappings begin at a multiple of POOL_BYTES, and no block does. */
static void *
page_of(const void *block)
{
    return (void *)((uintptr_t)block / POOL_BYTES * POOL_BYTES);
}

static bool
is_large(const void *block)
{
    return ((Pool *)page_of(block))->class_bytes == 0;
}

/* --- malloc ----------------------------------------------------------------------------------- */

void *
malloc(size_t bytes)
{
    void *block =
        bytes > SMALL_MAX
            ? large_alloc(bytes)
            : small_alloc((uint32_t)((bytes > 0 ? bytes : 1) + GRAIN - 1) / GRAIN * GRAIN);
    if (block == NULL)
        errno = ENOMEM;
    return block;
}

void
free(void *block)
{
    if (block == NULL)
        return;
    if (is_large(block))
        munmap(page_of(block), ((Large *)page_of(block))->mapped_bytes);
    else
        small_free(page_of(block), block);
}

/* A fresh mapping is zero already, and writing zeros would make it resident. */
void *
calloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    void *block = malloc(bytes);
    return block == NULL || bytes > SMALL_MAX ? block : memset(block, 0, bytes);
}

size_t
malloc_usable_size(void *block)
{
    if (block == NULL)
        return 0;
    return is_large(block) ? ((Large *)page_of(block))->mapped_bytes - LARGE_FIELD
                           : ((Pool *)page_of(block))->class_bytes;
}

/* A mapping grows where it is, or the kernel moves its pages: nothing is copied. */
static void *
remap(void *old, size_t bytes)
{
    Large *large = page_of(old);
    size_t mapped_bytes = mapping_bytes(bytes);
    large = mremap(large, large->mapped_bytes, mapped_bytes, MREMAP_MAYMOVE);
    if (large == MAP_FAILED)
        return NULL;
    large->mapped_bytes = mapped_bytes;
    return (char *)large + LARGE_FIELD;
}

void *
realloc(void *old, size_t bytes)
{
    if (old == NULL)
        return malloc(bytes);
    size_t usable = malloc_usable_size(old);
    if (bytes > SMALL_MAX && is_large(old))
        return remap(old, bytes);
    if (bytes <= usable && bytes > usable - GRAIN)
        return old;
    void *block = malloc(bytes);
    if (block == NULL)
        return NULL;
    memcpy(block, old, bytes < usable ? bytes : usable);
    free(old);
    return block;
}

MlBlockExtent
ml_block_extent(const void *address, uint64_t request_bytes)
{
    return (MlBlockExtent){
        .field = is_large(address) ? LARGE_FIELD : 0,
        .usable = malloc_usable_size((void *)(uintptr_t)address),
    };
}

bool
ml_block_has_chunk(void)
{
    return false;
}

/* --- the probe's calls ------------------------------------------------------------------------ */

void
ml_heap_start(void)
{
}

void
ml_heap_describe(char *ret_libc, char *ret_allocator, size_t size)
{
    snprintf(ret_libc, size, "glibc %s", gnu_get_libc_version());
    snprintf(ret_allocator, size, "pool");
}

/* Empty pools go back whole.  Their links would be lost with them, so they leave the list: a lesson
 * may want to see the arena shrink, and nothing else needs them again. */
void
ml_heap_settle(void)
{
    while (empty != NULL) {
        Pool *pool = empty;
        empty = pool->next;
        munmap(pool, POOL_BYTES);
    }
}

/* What is built next gets pools of its own: those begun until now count as full. */
void
ml_heap_align(void)
{
    for (int i = 0; i <= N_CLASSES; i++) {
        while (with_room[i] != NULL) {
            Pool *pool = with_room[i];
            unlink_pool(pool);
            pool->fresh = POOL_BYTES;
            pool->freed = NULL;
        }
    }
}

/* musl's malloc, in a probe that is linked with nothing else. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/extent.h"
#include "core/musl_classes.h"
#include "probe/heap.h"

/* The layout that a block's place is read from.  Blocks lie in slots of equal length, slots in
 * groups; 4 B in front of a block say where its group begins and which slot it is.
 * Source: musl 1.2.1 to 1.2.5, src/malloc/mallocng/meta.h, struct group, struct meta, get_meta. */
typedef struct {
    void *previous;
    void *next;
    const void *group;
    uint32_t available;
    uint32_t freed;
    uint64_t last_slot : 5, may_be_freed : 1, class : 6, mapped_pages : 52;
} Meta;

typedef struct {
    const Meta *meta;
    uint64_t pad;
    unsigned char storage[];
} Group;

enum { MAPPED_PAGE = 4096, SLOT_BITS = 31 };

static bool layout_is_known;

static const Group *
group_of(const unsigned char *block)
{
    uint64_t units = *(const uint16_t *)(const void *)(block - 2);
    if (block[-4] != 0)
        units = *(const uint32_t *)(const void *)(block - 8);
    return (const void *)(block - units * ML_MUSL_UNIT - sizeof(Group));
}

/* musl itself says of a block that it holds what was asked for, and no more: this is how long it
 * really is, up to its slot's end. */
static uint64_t
room(const unsigned char *block)
{
    const Group *group = group_of(block);
    const Meta *meta = group->meta;
    uint64_t slot_bytes = meta->last_slot == 0 && meta->mapped_pages > 0
                              ? meta->mapped_pages * MAPPED_PAGE - sizeof(Group)
                              : (uint64_t)ml_musl_class_units[meta->class] * ML_MUSL_UNIT;
    const unsigned char *slot = group->storage + slot_bytes * (block[-3] & SLOT_BITS);
    return (uint64_t)(slot + slot_bytes - ML_MUSL_FIELD - block);
}

MlBlockExtent
ml_block_extent(const void *address, uint64_t request_bytes)
{
    return (MlBlockExtent){
        .field = ML_MUSL_FIELD,
        .usable = layout_is_known ? room(address) : malloc_usable_size((void *)(uintptr_t)address),
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
    void *volatile block = malloc(ML_MUSL_UNIT);
    if (block == NULL)
        return;
    const Group *group = group_of(block);
    layout_is_known = group->meta->group == group && room(block) >= malloc_usable_size(block) &&
                      room(block) < 2 * ML_MUSL_UNIT + malloc_usable_size(block);
    free(block);
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

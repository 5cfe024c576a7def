#include "model/allocators/musl_heap.h"

#include <assert.h>
#include <stddef.h>

#include "core/arithmetic.h"

enum {
    UNIT = ML_MUSL_UNIT,
    RECORDS_PER_PAGE = 101, /* struct meta, 40 B, behind 24 B of struct meta_area */
};

/* --- groups ----------------------------------------------------------------------------------- */

static bool
has_room(const MlMuslHeap *heap, uint32_t class)
{
    uint32_t group = heap->current[class];
    return group != ML_MUSL_NO_GROUP && heap->groups[group].reached < heap->groups[group].slots;
}

/* The first blocks of a class may share slots of the next.  Source: malloc.c, malloc, "use coarse
 * size classes initially". */
static uint32_t
choose_class(const MlMuslHeap *heap, uint64_t request_bytes)
{
    uint32_t class = ml_musl_class(request_bytes);
    if (class < 4 || class >= 32 || class == 6 || class % 2 != 0 || heap->usage[class] > 0)
        return class;
    uint64_t usage = heap->usage[class + 1] + (has_room(heap, class + 1) ? 0 : 3);
    return usage <= 12 ? class + 1 : class;
}

static uint32_t take_slot(MlMuslHeap *heap, uint32_t class, uint64_t request_bytes);

void
ml_musl_init(MlMuslHeap *heap, uint64_t page_bytes)
{
    *heap = (MlMuslHeap){ .page_bytes = page_bytes };
    for (uint32_t i = 0; i < ML_MUSL_CLASSES; i++)
        heap->current[i] = ML_MUSL_NO_GROUP;
}

static void
count_groups(MlMuslHeap *heap, uint64_t count)
{
    heap->n_groups += count;
    heap->most_groups = ml_most(heap->most_groups, heap->n_groups);
}

static uint32_t
add_group(MlMuslHeap *heap, MlMuslGroup group)
{
    uint32_t i = 0;
    while (i < ML_MUSL_GROUPS && heap->groups[i].used)
        i++;
    assert(i < ML_MUSL_GROUPS);
    heap->groups[i] = group;
    heap->groups[i].used = true;
    count_groups(heap, 1);
    return i;
}

/* Of a full group without a slot that may become free, its bytes are all that must be known. */
static void
retire(MlMuslHeap *heap, uint32_t class)
{
    uint32_t current = heap->current[class];
    if (current == ML_MUSL_NO_GROUP || heap->groups[current].fleeting > 0)
        return;
    heap->full_bytes += heap->groups[current].mapped_bytes;
    heap->groups[current].used = false;
}

static void
begin_group(MlMuslHeap *heap, uint32_t class, uint64_t request_bytes)
{
    MlMuslShape shape = ml_musl_shape(heap->usage, class, request_bytes, heap->page_bytes);
    uint32_t parent = shape.mapped_bytes > 0 ? ML_MUSL_NO_GROUP
                                             : take_slot(heap, shape.parent_class, request_bytes);
    retire(heap, class);
    heap->usage[class] += shape.slots;
    heap->current[class] = add_group(heap,
        (MlMuslGroup){
            .class = class,
            .slots = shape.slots,
            .mapped_bytes = shape.mapped_bytes,
            .parent = parent,
        });
}

/* Returns: the group. */
static uint32_t
take_slot(MlMuslHeap *heap, uint32_t class, uint64_t request_bytes)
{
    if (!has_room(heap, class))
        begin_group(heap, class, request_bytes);
    MlMuslGroup *group = &heap->groups[heap->current[class]];
    group->reached++;
    group->fleeting++;
    return heap->current[class];
}

/* A block that stays keeps its group, and the group in whose slot that lies. */
static void
make_lasting(MlMuslHeap *heap, uint32_t i)
{
    while (!heap->groups[i].lasting) {
        heap->groups[i].lasting = true;
        i = heap->groups[i].parent;
        if (i == ML_MUSL_NO_GROUP)
            return;
        heap->groups[i].fleeting--;
    }
}

/* A group without a block goes: its slot, or its mapping, is free. */
static void
free_slot(MlMuslHeap *heap, uint32_t i)
{
    while (i != ML_MUSL_NO_GROUP) {
        MlMuslGroup *group = &heap->groups[i];
        if (--group->fleeting > 0 || group->lasting)
            return;
        group->used = false;
        heap->n_groups--;
        if (group->class != ML_MUSL_MAPPED) {
            heap->usage[group->class] -= group->slots;
            if (heap->current[group->class] == i)
                heap->current[group->class] = ML_MUSL_NO_GROUP;
        }
        i = group->parent;
    }
}

/* --- blocks ----------------------------------------------------------------------------------- */

MlMuslPlace
ml_musl_alloc(MlMuslHeap *heap, uint64_t request_bytes)
{
    if (request_bytes >= ML_MUSL_THRESHOLD) {
        MlMuslGroup group = {
            .class = ML_MUSL_MAPPED,
            .slots = 1,
            .reached = 1,
            .fleeting = 1,
            .parent = ML_MUSL_NO_GROUP,
            .mapped_bytes = ml_musl_mapping(request_bytes, heap->page_bytes),
        };
        return (MlMuslPlace){ .group = add_group(heap, group), .start = UNIT };
    }
    uint32_t class = choose_class(heap, request_bytes);
    uint32_t i = take_slot(heap, class, request_bytes);
    uint64_t before = heap->groups[i].reached - 1;
    return (MlMuslPlace){ .group = i, .start = UNIT + before * ml_musl_class_units[class] * UNIT };
}

void
ml_musl_free(MlMuslHeap *heap, MlMuslPlace place)
{
    free_slot(heap, place.group);
}

uint64_t
ml_musl_usable(const MlMuslHeap *heap, MlMuslPlace place)
{
    const MlMuslGroup *group = &heap->groups[place.group];
    if (group->slots == 1 && group->mapped_bytes > 0)
        return group->mapped_bytes - UNIT - ML_MUSL_FIELD;
    return (uint64_t)ml_musl_class_units[group->class] * UNIT - ML_MUSL_FIELD;
}

uint64_t
ml_musl_usable_of_many(uint64_t request_bytes, uint64_t page_bytes)
{
    if (request_bytes >= ML_MUSL_THRESHOLD)
        return ml_musl_mapping(request_bytes, page_bytes) - UNIT - ML_MUSL_FIELD;
    uint32_t class = ml_musl_class(request_bytes);
    MlMuslShape shape = ml_musl_shape(NULL, class, request_bytes, page_bytes);
    if (shape.slots == 1 && shape.mapped_bytes > 0)
        return shape.mapped_bytes - UNIT - ML_MUSL_FIELD;
    return (uint64_t)ml_musl_class_units[class] * UNIT - ML_MUSL_FIELD;
}

void
ml_musl_remap(MlMuslHeap *heap, MlMuslPlace place, uint64_t request_bytes)
{
    heap->groups[place.group].mapped_bytes = ml_musl_mapping(request_bytes, heap->page_bytes);
}

/* Whole groups at a time once their shape no longer depends on how many there are. */
static void
repeat_class(MlMuslHeap *heap, uint32_t class, uint64_t request_bytes, uint64_t count)
{
    while (count > 0) {
        if (!has_room(heap, class)) {
            MlMuslShape shape = ml_musl_shape(heap->usage, class, request_bytes, heap->page_bytes);
            MlMuslShape last = ml_musl_shape(NULL, class, request_bytes, heap->page_bytes);
            uint64_t groups = shape.slots == last.slots ? count / shape.slots : 0;
            heap->usage[class] += groups * shape.slots;
            heap->full_bytes += groups * shape.mapped_bytes;
            count_groups(heap, groups);
            if (shape.mapped_bytes == 0)
                repeat_class(heap, shape.parent_class, request_bytes, groups);
            count -= groups * shape.slots;
            if (count == 0)
                return;
            begin_group(heap, class, request_bytes);
        }
        MlMuslGroup *group = &heap->groups[heap->current[class]];
        make_lasting(heap, heap->current[class]);
        uint32_t slots = (uint32_t)ml_least(group->slots - group->reached, count);
        group->reached += slots;
        group->touched_bytes = request_bytes;
        count -= slots;
    }
}

void
ml_musl_repeat(MlMuslHeap *heap, uint64_t request_bytes, uint64_t count)
{
    while (count > 0 && request_bytes < ML_MUSL_THRESHOLD &&
           choose_class(heap, request_bytes) != ml_musl_class(request_bytes)) {
        repeat_class(heap, choose_class(heap, request_bytes), request_bytes, 1);
        count--;
    }
    if (request_bytes < ML_MUSL_THRESHOLD) {
        repeat_class(heap, ml_musl_class(request_bytes), request_bytes, count);
    } else {
        heap->full_bytes += count * ml_musl_mapping(request_bytes, heap->page_bytes);
        count_groups(heap, count);
    }
}

/* The size of a block stands at its slot's end, so that a mapping's last page is touched too.
 * Source: meta.h, set_size. */
static uint64_t
group_resident(const MlMuslGroup *group, uint64_t page_bytes)
{
    if (group->slots == 1) {
        uint64_t written = ml_round_up(UNIT + group->touched_bytes, page_bytes);
        return ml_least(written + page_bytes, group->mapped_bytes);
    }
    uint64_t reached = UNIT + (uint64_t)group->reached * ml_musl_class_units[group->class] * UNIT;
    return ml_least(ml_round_up(reached, page_bytes), group->mapped_bytes);
}

uint64_t
ml_musl_resident(const MlMuslHeap *heap)
{
    uint64_t records = heap->most_groups / RECORDS_PER_PAGE; /* the first page has some already */
    uint64_t bytes = heap->full_bytes + records * heap->page_bytes;
    for (uint32_t i = 0; i < ML_MUSL_GROUPS; i++)
        if (heap->groups[i].used)
            bytes += group_resident(&heap->groups[i], heap->page_bytes);
    return bytes;
}

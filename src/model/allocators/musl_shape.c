#include "model/allocators/musl_shape.h"

#include <stddef.h>

#include "core/arithmetic.h"
#include "core/musl_classes.h"

#define MANY UINT32_MAX

enum {
    UNIT = ML_MUSL_UNIT,
    N_SMALL = 9,
};

/* Slots of a group: the more there are of a class, the more.  Source: malloc.c, small_cnt_tab,
 * med_cnt_tab. */
static const uint8_t small_slots[N_SMALL][3] = { { 30, 30, 30 },
    { 31, 15, 15 },
    { 20, 10, 10 },
    { 31, 15, 7 },
    { 25, 12, 6 },
    { 21, 10, 5 },
    { 18, 8, 4 },
    { 31, 15, 7 },
    { 28, 14, 6 } };
static const uint8_t medium_slots[4] = { 28, 24, 20, 32 };

uint32_t
ml_musl_class(uint64_t request_bytes)
{
    uint32_t class = 0;
    while ((uint64_t)ml_musl_class_units[class] * UNIT < request_bytes + ML_MUSL_FIELD)
        class ++;
    return class;
}

uint64_t
ml_musl_mapping(uint64_t request_bytes, uint64_t page_bytes)
{
    return ml_round_up(request_bytes + ML_MUSL_FIELD + UNIT, page_bytes);
}

uint64_t
ml_musl_slot_bytes(uint64_t request_bytes, uint64_t page_bytes)
{
    return request_bytes >= ML_MUSL_THRESHOLD
               ? ml_musl_mapping(request_bytes, page_bytes)
               : (uint64_t)ml_musl_class_units[ml_musl_class(request_bytes)] * UNIT;
}

static uint32_t
slots_by_usage(uint32_t class, uint64_t usage)
{
    if (class < N_SMALL) {
        uint32_t i = 0;
        while (i < 2 && 4u * small_slots[class][i] > usage)
            i++;
        return small_slots[class][i];
    }
    uint32_t slots = medium_slots[class % 4];
    while (slots % 2 == 0 && 4 * slots > usage)
        slots /= 2;
    while ((uint64_t)ml_musl_class_units[class] * slots >= 65536)
        slots /= 2;
    return slots;
}

/* A group that is more than the class needs is cut to fewer slots. */
static uint32_t
fewer_slots(uint32_t class, uint32_t slots, uint64_t usage, uint64_t page_bytes)
{
    uint64_t bytes = (uint64_t)ml_musl_class_units[class] * UNIT * slots;
    if (4 * slots <= usage)
        return slots;
    if (class % 4 == 1 && bytes > 8 * page_bytes)
        return 2;
    if (class % 4 == 2 && bytes > 4 * page_bytes)
        return 3;
    if (class % 4 == 0 && bytes > 8 * page_bytes)
        return 3;
    return class % 4 == 0 && bytes > 2 * page_bytes ? 5 : slots;
}

/* Source: malloc.c, alloc_group. */
MlMuslShape
ml_musl_shape(const uint64_t *usages, uint32_t class, uint64_t request_bytes, uint64_t page_bytes)
{
    uint64_t size = (uint64_t)ml_musl_class_units[class] * UNIT;
    uint64_t usage = usages != NULL ? usages[class] : MANY;
    uint32_t slots = slots_by_usage(class, usage);
    if (slots == 1 && size + UNIT <= page_bytes / 2)
        slots = 2;
    if (size * slots + UNIT <= page_bytes / 2)
        return (MlMuslShape){ .slots = slots,
            .parent_class = ml_musl_class(UNIT + slots * size - ML_MUSL_FIELD) };

    if (usages != NULL && class % 2 == 0 && class < 32)
        usage += usages[class + 1];
    slots = fewer_slots(class, slots, usage, page_bytes);
    uint64_t alone = ml_musl_mapping(request_bytes, page_bytes);
    if (slots <= 7 && (alone < size + UNIT || (alone >= 4 * page_bytes && 2 * slots > usage)))
        return (MlMuslShape){ .slots = 1, .mapped_bytes = alone };
    return (MlMuslShape){ .slots = slots,
        .mapped_bytes = ml_round_up(size * slots + UNIT, page_bytes) };
}

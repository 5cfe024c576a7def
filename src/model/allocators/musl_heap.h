/* musl's malloc at work: groups of 1 to 32 equal slots, each group a mapping of its own or, while
 * it is small, a slot of a larger class.
 *
 * Source: musl 1.2.3, src/malloc/mallocng/malloc.c, meta.h, free.c. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/musl_classes.h"
#include "core/plan.h"
#include "model/allocators/musl_shape.h"
#include "model/allocators/thinning.h"

enum {
    ML_MUSL_GROUPS = 512,
    ML_MUSL_NO_GROUP = ML_MUSL_GROUPS,
    ML_MUSL_MAPPED = ML_MUSL_CLASSES, /* the class of a block that is mapped by itself */
};

typedef struct {
    bool used;
    bool lasting; /* holds blocks that are never freed */
    uint32_t class;
    uint32_t slots;
    uint32_t reached;       /* slots that were ever handed out */
    uint32_t fleeting;      /* slots that may become free again */
    uint32_t parent;        /* the group in whose slot it lies */
    uint64_t mapped_bytes;  /* 0: it lies in a slot */
    uint64_t touched_bytes; /* of the block, where there is but one slot */
} MlMuslGroup;

typedef struct {
    uint64_t page_bytes;
    uint64_t usage[ML_MUSL_CLASSES]; /* slots, taken or not */
    uint32_t current[ML_MUSL_CLASSES];
    uint64_t n_groups; /* also those that are full and last, of which no more is known */
    uint64_t most_groups;
    uint64_t full_bytes; /* their mappings */
    MlMuslGroup groups[ML_MUSL_GROUPS];
    uint64_t n_rounds;
    MlThinRuns runs; /* of each class: as if its blocks began a group */
} MlMuslHeap;

void ml_musl_init(MlMuslHeap *heap, uint64_t page_bytes);

/* Where a block lies. */
typedef struct {
    uint32_t group; /* ML_MUSL_NO_GROUP: in one of which no more is known */
    uint64_t start; /* from the group's first byte */
} MlMuslPlace;

MlMuslPlace ml_musl_alloc(MlMuslHeap *heap, uint64_t request_bytes);
void ml_musl_free(MlMuslHeap *heap, MlMuslPlace place);

/**
 * ml_musl_usable: from a block's address to its slot's end.
 */
uint64_t ml_musl_usable(const MlMuslHeap *heap, MlMuslPlace place);

/**
 * ml_musl_usable_of_many: the same, of a block among many of its size.
 */
uint64_t ml_musl_usable_of_many(uint64_t request_bytes, uint64_t page_bytes);

/**
 * ml_musl_remap: the kernel moves the pages of a mapping that grows.
 */
void ml_musl_remap(MlMuslHeap *heap, MlMuslPlace place, uint64_t request_bytes);

/**
 * ml_musl_repeat: @count blocks that are never freed.
 *
 * Time: the same at any @count.
 */
void ml_musl_repeat(MlMuslHeap *heap, uint64_t request_bytes, uint64_t count);

/**
 * ml_musl_note_rounds: so many rounds of those blocks were made.
 * ml_musl_thin: of all of these, free those that @every does not divide.  Approximate: where groups
 * begin is not known to the block.
 */
void ml_musl_note_rounds(MlMuslHeap *heap, const MlStep *step);
void ml_musl_thin(MlMuslHeap *heap, uint64_t every);

/**
 * ml_musl_resident: pages of groups, as far as their slots were handed out, and the pages of
 * records that say where groups are; in bytes.
 */
uint64_t ml_musl_resident(const MlMuslHeap *heap);

/* The shape of what musl's malloc makes: classes of slots, and how many slots a group has.
 *
 * Source: musl 1.2.3, src/malloc/mallocng/malloc.c and meta.h. */
#pragma once

#include <stdint.h>

#define ML_MUSL_THRESHOLD 131052 /* from here on a block is mapped by itself */

/**
 * ml_musl_class: the class of a request below the threshold.
 */
uint32_t ml_musl_class(uint64_t request_bytes);

/**
 * ml_musl_mapping: bytes of the mapping that holds one block alone.
 */
uint64_t ml_musl_mapping(uint64_t request_bytes, uint64_t page_bytes);

/**
 * ml_musl_slot_bytes: what a request takes: its slot, or its mapping.
 */
uint64_t ml_musl_slot_bytes(uint64_t request_bytes, uint64_t page_bytes);

typedef struct {
    uint32_t slots;
    uint64_t mapped_bytes; /* 0: the group lies in a slot of */
    uint32_t parent_class;
} MlMuslShape;

/**
 * ml_musl_shape: what the next group of a class would be.
 * @usages: (nullable): slots there are of each class; NULL: many
 * @request_bytes: of the block that needs it
 */
MlMuslShape ml_musl_shape(
    const uint64_t *usages, uint32_t class, uint64_t request_bytes, uint64_t page_bytes);

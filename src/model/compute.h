/* From a structure and an allocator to bytes by part and role. */
#pragma once

#include "core/structure.h"
#include "model/allocator.h"

typedef struct {
    uint64_t role[ML_N_ROLES]; /* resident bytes */
    uint64_t field;            /* these two make role[ML_ROLE_ALLOCATOR] */
    uint64_t rounding;
    MlPartCost cost;
} MlModelPart;

typedef struct {
    MlPlan plan;
    uint32_t n_parts;
    MlModelPart part[ML_MAX_PARTS];
    MlCost cost; /* cost.stock belongs to no part */
} MlModel;

/**
 * ml_compute: what n elements cost under a model; nothing is built.
 * @n: small enough that n times an element fits into 2^47 bytes
 * @ret_model: (out): its parts' roles and the stock sum to cost.resident exactly
 *
 * Time: a few hundred steps at any n.  Units: bytes.  Errors: none (pure).
 */
void ml_compute(const MlStructure *structure,
    const MlOptions *options,
    uint64_t n,
    const MlAllocator *allocator,
    uint64_t page_bytes,
    MlModel *ret_model);

/**
 * ml_compute_counting: the same, but how far a hash table is written is counted by hashing its
 * keys, where ml_compute() takes it to be written whole, which may be a page or two too many.
 *
 * Time: beside those steps as long as hashing n keys takes, 2 to 40 ns each.
 */
void ml_compute_counting(const MlStructure *structure,
    const MlOptions *options,
    uint64_t n,
    const MlAllocator *allocator,
    uint64_t page_bytes,
    MlModel *ret_model);

/**
 * ml_element_bytes: the least that one element asks for, over all its blocks.
 *
 * For the check that n elements fit into an address space at all.
 */
uint64_t ml_element_bytes(const MlStructure *structure, const MlOptions *options);

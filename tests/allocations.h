/* What the code under test asks of malloc, in order; and its refusal, when told.
 *
 * A program that uses this is linked with --wrap for malloc, calloc, realloc and free, so that the
 * calls of all that is linked into it pass through here; those of shared libraries do not. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    ML_CALL_ALLOC, /* malloc, calloc, realloc of NULL */
    ML_CALL_REALLOC,
    ML_CALL_FREE,
} MlCallKind;

typedef struct {
    MlCallKind kind;
    uint64_t bytes; /* asked for; FREE: 0 */
    size_t block;   /* the number of the block's first request, counted among all ALLOCs from 0 */
} MlCall;

/**
 * ml_allocations_begin: from now on calls are recorded.
 * @refuse: the request that is refused, counted from 0 among ALLOCs and REALLOCs; SIZE_MAX: none
 */
void ml_allocations_begin(size_t refuse);

/**
 * ml_allocations_end: record no more.
 */
void ml_allocations_end(void);

/**
 * ml_allocations_calls: what was recorded since it began.
 *
 * Returns: (transfer none) (array length=ret_count).
 */
const MlCall *ml_allocations_calls(size_t *ret_count);

/**
 * ml_allocations_live: recorded blocks that were not freed since.
 */
size_t ml_allocations_live(void);

/**
 * ml_allocations_foreign: frees and reallocs of what is no live recorded block.
 */
size_t ml_allocations_foreign(void);

/* A census by role: what each byte of the live blocks is for.
 *
 * Slower than one by part, and asked for only where it is to be seen: each field of each element is
 * claimed by itself, so that a page's bytes are right however blocks lie across its edges. */
#pragma once

#include "core/census.h"

/**
 * ml_role_claim_block: claim the bytes of one block, its size field and its rounding with them.
 * @used: elements in use; of a sparse part none is claimed as such yet
 */
void ml_role_claim_block(MlCensus *census,
    const MlPart *part,
    uint64_t address,
    uint64_t request_bytes,
    uint64_t used,
    MlBlockExtent extent);

/**
 * ml_role_claim_taken: of a sparse block that is claimed already, one element is in use.
 * @address: of the element
 */
void ml_role_claim_taken(MlCensus *census, const MlPart *part, uint64_t address);

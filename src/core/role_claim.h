/* A census by role: what each byte of the live blocks is for.
 *
 * Slower than one by part, and asked for only where it is to be seen: each field of each element is
 * claimed by itself, so that a page's bytes are right however blocks lie across its edges. */
#pragma once

#include "core/census.h"

/**
 * ml_role_claim_run: claim the bytes of blocks side by side, their size fields and their rounding
 * with them.  Of a sparse part no element is claimed as in use yet.
 */
void ml_role_claim_run(MlCensus *census, const MlPart *part, const MlBlockRun *run);

/**
 * ml_role_claim_taken: of a sparse block that is claimed already, one element is in use.
 * @address: of the element
 */
void ml_role_claim_taken(MlCensus *census, const MlPart *part, uint64_t address);

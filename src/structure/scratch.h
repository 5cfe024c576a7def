/* Memory for the length of a build that is no part of the structure.
 *
 * It does not come from malloc and is shared, not private: so neither the heap nor RssAnon ever
 * sees it. */
#pragma once

#include <stddef.h>

/**
 * ml_scratch_take: @bytes of zeros.
 *
 * Returns: NULL where there is no memory.
 */
void *ml_scratch_take(size_t bytes);
void ml_scratch_give_back(void *scratch, size_t bytes);

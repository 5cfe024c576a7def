#include "structure/deleted.h"

#include <stdlib.h>

bool
ml_deleted_accepts(const char *text)
{
    return ml_option_is_count(text, ML_DELETED_MAX);
}

uint64_t
ml_deleted_every(const char *text)
{
    return strtoull(text, NULL, 10) + 1;
}

#include "structure/deleted.h"

#include <stdlib.h>
#include <string.h>

bool
ml_deleted_accepts(const char *text)
{
    return text[0] != '\0' && strlen(text) <= 4 && strspn(text, "0123456789") == strlen(text) &&
           strtoull(text, NULL, 10) <= ML_DELETED_MAX;
}

uint64_t
ml_deleted_every(const char *text)
{
    return strtoull(text, NULL, 10) + 1;
}

/* Elements that were made and deleted again: what they leave behind is holes. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/options.h"

#define ML_DELETED_MAX 1000

/* clang-format off */
#define ML_DELETED_OPTION                                                                          \
    { .name = "deleted",                                                                           \
      .meaning = "when all is built: so many elements are deleted for each that stays",            \
      .text_default = "0", .text_expected = "a whole number from 0 to 1000",                       \
      .text_accepts = ml_deleted_accepts }
/* clang-format on */

/**
 * ml_deleted_accepts: whether @text is a number of deletions for each element that stays.
 */
bool ml_deleted_accepts(const char *text);

/**
 * ml_deleted_every: of how many elements that are made one stays: 1, or more with deletions.
 * @text: accepted
 */
uint64_t ml_deleted_every(const char *text);

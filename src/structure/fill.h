/* How full a hash table gets before it grows. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/options.h"

/* A share of the slots: 3/4. */
typedef struct {
    uint32_t part;
    uint32_t whole;
} MlFill;

/* clang-format off */
#define ML_FILL_OPTION(usual, accepts, expected)                                                   \
    { .name = "fill", .meaning = "how full it gets before it grows",                               \
      .text_default = usual, .text_expected = expected, .text_accepts = accepts }
/* Where entries lie in the slots themselves, one slot at least must stay empty. */
#define ML_FILL_OPEN(usual)                                                                        \
    ML_FILL_OPTION(usual, ml_fill_accepts_open, "a share below 1, as in 1/2 or 90%")
#define ML_FILL_CHAINED(usual)                                                                     \
    ML_FILL_OPTION(usual, ml_fill_accepts_chained, "a share up to 16, as in 1/2, 2 or 150%")
/* clang-format on */

/**
 * ml_fill_parse: read "3/4", "2" or "75%"; from 1/16 to 16.
 *
 * Returns: false where it is none; @ret_fill is then undefined.
 */
bool ml_fill_parse(const char *text, MlFill *ret_fill);

bool ml_fill_accepts_open(const char *text);
bool ml_fill_accepts_chained(const char *text);

/**
 * ml_fill_room: entries that so many slots may hold.
 */
uint64_t ml_fill_room(MlFill fill, uint64_t n_slots);

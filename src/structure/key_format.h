/* Keys by rule: "key: %i" makes "key: 0", "key: 1", … */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/structure.h"

#define ML_KEY_LENGTH_MAX 1000

/* clang-format off */
/* Of a table with an option "keys": two options. */
#define ML_KEY_OPTIONS                                                                             \
    { .name = "key_format", .meaning = "what string keys look like; implies keys=string",          \
      .text_default = "key: %i", .text_expected = "text with one %i, as in 'key: %i'",             \
      .text_accepts = ml_key_format_accepts,                                                       \
      .implies_name = "keys", .implies_value = "string" },                                         \
    { .name = "key_length", .meaning = "the least length of string keys; implies keys=string",     \
      .text_default = "0", .text_expected = ML_KEY_LENGTH_EXPECTED,                                \
      .text_accepts = ml_key_length_accepts,                                                       \
      .implies_name = "keys", .implies_value = "string" }
#define ML_KEY_LENGTH_EXPECTED "a whole number of characters, at most 1000"
/* clang-format on */

typedef struct {
    char prefix[ML_OPTION_TEXT_SIZE];
    char suffix[ML_OPTION_TEXT_SIZE];
    uint32_t prefix_length;
    uint32_t suffix_length;
    uint32_t width; /* least number of digits, as in "%06i" */
    char fill;      /* '0' or ' ' */
} MlKeyFormat;

/**
 * ml_key_format_parse: read a format with exactly one %i (or %d), at most 20 wide; %% is a per
 * cent.
 *
 * Returns: false where it is none; @ret_format is then undefined.
 */
bool ml_key_format_parse(const char *text, MlKeyFormat *ret_format);

/**
 * ml_key_format_accepts: whether ml_key_format_parse() would take it.
 */
bool ml_key_format_accepts(const char *text);

/**
 * ml_key_length_accepts: whether @text is a length for keys.
 */
bool ml_key_length_accepts(const char *text);

/**
 * ml_key_format_init: keys of a format, none of them shorter than a length: the number is filled up
 * with zeros, or with what the format says.
 * @format, @length: accepted
 */
void ml_key_format_init(MlKeyFormat *format, const char *text, const char *length);

/**
 * ml_key_format_write: the key of number @i.
 *
 * Returns: its length in bytes, without the NUL.
 */
size_t ml_key_format_write(const MlKeyFormat *format, uint64_t i, char ret_key[ML_KEY_MAX]);

/**
 * ml_key_format_run: keys of equal length that begin at number @i.
 * @ret_length: (out): bytes of each, without the NUL
 *
 * Returns: the first number whose key is longer, at most @end.
 */
uint64_t ml_key_format_run(
    const MlKeyFormat *format, uint64_t i, uint64_t end, uint64_t *ret_length);

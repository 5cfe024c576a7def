/* Keys by rule: "key: %i" makes "key: 0", "key: 1", … */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/options.h"

#define ML_KEY_MAX (ML_OPTION_TEXT_SIZE + 24) /* bytes of the longest key with its NUL */

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

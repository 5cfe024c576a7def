/* Values by rule: "i", "i*2", "2*i + 1", "7". */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t factor;
    int64_t offset;
} MlValueRule; /* value = factor × i + offset */

/**
 * ml_value_rule_parse: read a sum of terms, each a number, i, or a product of the two.
 *
 * Returns: false where it is none; @ret_rule is then undefined.
 */
bool ml_value_rule_parse(const char *text, MlValueRule *ret_rule);

/**
 * ml_value_rule_accepts: whether ml_value_rule_parse() would take it.
 */
bool ml_value_rule_accepts(const char *text);

/**
 * ml_value_rule_at: the value of number @i, modulo 2^64.
 */
int64_t ml_value_rule_at(const MlValueRule *rule, uint64_t i);

/**
 * ml_value_rule_run: values that have equally many characters when they are written down, from
 * number @i on.
 * @ret_length: (out): of each, with its sign
 *
 * Returns: the first number of which that is not so, at most @end.  Where values overflow on the
 * way to @end, they are taken for one run of the longest: how often they change is not bounded.
 */
uint64_t ml_value_rule_run(const MlValueRule *rule, uint64_t i, uint64_t end, uint32_t *ret_length);

/**
 * ml_value_write: a value as text.
 *
 * Returns: its length in bytes, without the NUL.
 */
#define ML_VALUE_TEXT_SIZE 21
uint32_t ml_value_write(int64_t value, char ret_text[ML_VALUE_TEXT_SIZE]);

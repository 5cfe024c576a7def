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

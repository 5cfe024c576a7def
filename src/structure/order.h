/* A fixed shuffle of the numbers below n, without a table. */
#pragma once

#include <stdint.h>

/* Numbers below n in an order that looks random and is the same on every machine. */
typedef struct {
    uint64_t n;
    uint64_t mask; /* of the least power of two that is not below n, less 1 */
} MlOrder;

void ml_order_init(MlOrder *order, uint64_t n);

/**
 * ml_order_at: the number in place @i, below n; each number is in one place.
 */
uint64_t ml_order_at(const MlOrder *order, uint64_t i);

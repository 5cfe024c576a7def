/* Arithmetic of bytes and addresses. */
#pragma once

#include <stdint.h>

static inline uint64_t
ml_round_up(uint64_t bytes, uint64_t step)
{
    return (bytes + step - 1) / step * step;
}

static inline uint64_t
ml_least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static inline uint64_t
ml_most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

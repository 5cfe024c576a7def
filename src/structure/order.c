#include "structure/order.h"

void
ml_order_init(MlOrder *order, uint64_t n)
{
    *order = (MlOrder){ .n = n };
    while (order->mask + 1 < n)
        order->mask = 2 * order->mask + 1;
}

/* Each step can be undone, so that no two numbers become one: an odd factor, and a shift of what is
 * above onto what is below, both within the mask's bits. */
static uint64_t
mix(uint64_t x, uint64_t mask)
{
    unsigned bits = mask == 0 ? 0 : 64 - (unsigned)__builtin_clzll(mask);
    unsigned half = bits / 2 > 0 ? bits / 2 : 1;
    for (int round = 0; round < 3; round++) {
        x = (x * UINT64_C(0x9e3779b97f4a7c15) + UINT64_C(0x7f4a7c15)) & mask;
        x ^= x >> half;
    }
    return x;
}

/* What falls beyond n is mixed again until it does not: a walk along one cycle of the mixing, so
 * that here, too, no two become one.  Source: "cycle walking", Black and Rogaway, "Ciphers with
 * arbitrary finite domains" (2002). */
uint64_t
ml_order_at(const MlOrder *order, uint64_t i)
{
    do
        i = mix(i, order->mask);
    while (i >= order->n);
    return i;
}

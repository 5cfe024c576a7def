/* Where the last entry of a GHashTable lies: every key is hashed and put where GLib puts it.
 * Source: GLib 2.74, ghash.c: g_hash_table_lookup_node(), g_hash_table_hash_to_index(). */
#include "structure/glib/hash_table.h"

#include <stdlib.h>

#include "core/arithmetic.h"
#include "structure/reach.h"

#define WORD_BITS 64

/* By the power of two: the largest prime below it. */
static const guint largest_prime[] = {
    1,
    2,
    3,
    7,
    13,
    31,
    61,
    127,
    251,
    509,
    1021,
    2039,
    4093,
    8191,
    16381,
    32749,
    65521,
    131071,
    262139,
    524287,
    1048573,
    2097143,
    4194301,
    8388593,
    16777213,
    33554393,
    67108859,
    134217689,
    268435399,
    536870909,
    1073741789,
    2147483647,
};

static guint
hash_of(const MlGHashKind *kind, uint64_t i)
{
    guint hash = g_direct_hash(ml_to_pointer(ml_ghash_int_key(i)));
    if (kind->string_keys) {
        char text[ML_KEY_MAX];
        ml_key_format_write(&kind->format, i, text);
        hash = g_str_hash(text);
    }
    return MAX(hash, (guint)ML_GHASH_FIRST_HASH);
}

/* Slots up to the last one taken.  Entries are put in the order in which they came; GLib puts those
 * in another that were there when it grew, which lets a few change places with one another. */
static uint64_t
place_all(const MlGHashKind *kind, uint64_t made, uint64_t n_slots, uint64_t *taken)
{
    guint prime = largest_prime[__builtin_ctzll(n_slots)];
    uint64_t reach = 0;
    for (uint64_t i = 0; i < made; i++) {
        uint64_t slot = hash_of(kind, i) * 11 % prime;
        for (uint64_t step = 1; taken[slot / WORD_BITS] >> slot % WORD_BITS & 1; step++)
            slot = (slot + step) & (n_slots - 1);
        taken[slot / WORD_BITS] |= UINT64_C(1) << slot % WORD_BITS;
        reach = ml_most(reach, slot + 1);
    }
    return reach;
}

void
ml_ghash_reach(const MlGHashKind *kind, uint64_t n, MlPlan *plan)
{
    uint64_t n_slots = plan->slots;
    bool has_shrunk = kind->every > 1; /* perhaps; then what stays was written before */
    if (has_shrunk || n > ML_REACH_MOST_KEYS)
        return;
    uint64_t *taken = calloc(n_slots / WORD_BITS + 1, sizeof *taken);
    if (taken == NULL)
        return;
    uint64_t reach = place_all(kind, n, n_slots, taken);
    free(taken);
    ml_plan_reach(plan, ML_GHASH_PART_KEYS, reach * ml_ghash_key_bytes(kind, n));
    ml_plan_reach(plan, ML_GHASH_PART_VALUES, reach * ml_ghash_value_bytes(kind, n));
}

/* How far a hash table is written: whether its last slots are taken hangs on the hashes, and on
 * that whether its last page is ever touched.  Counted by hashing every key. */
#pragma once

#include "structure/entry.h"

#define ML_REACH_MOST_KEYS 10000000 /* more take longer to hash than a page is worth */

/* Hashes key number @i of a kind: all that a count needs of it. */
uint64_t ml_reach_hash(const MlEntryKind *kind, uint64_t i);

/**
 * ml_reach_homes: of @n_slots places that keys go to by their hash alone, a power of two, as many
 * as there are up to the last one taken.
 * @made: keys that are inserted
 *
 * Returns: @n_slots where there are more than ML_REACH_MOST_KEYS.
 */
uint64_t ml_reach_homes(const MlOptions *options, uint64_t made, uint64_t n_slots);

/**
 * ml_reach_linear: the same of slots where a key whose place is taken goes to the next one free.
 */
uint64_t ml_reach_linear(const MlOptions *options, uint64_t made, uint64_t n_slots);

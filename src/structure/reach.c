#include "structure/reach.h"

#include "core/arithmetic.h"

/* No run of taken slots is so long, but where nearly all are taken; and then the last ones are. */
#define TAIL 4096u

uint64_t
ml_reach_hash(const MlEntryKind *kind, uint64_t i)
{
    MlKeyProbe probe;
    ml_key_probe_init(kind, i, &probe);
    return ml_key_hash(kind, probe.key);
}

uint64_t
ml_reach_homes(const MlOptions *options, uint64_t made, uint64_t n_slots)
{
    MlEntryKind kind;
    ml_entry_kind_init(&kind, options);
    if (made > ML_REACH_MOST_KEYS)
        return n_slots;
    uint64_t reach = 0;
    for (uint64_t i = 0; i < made; i++)
        reach = ml_most(reach, (ml_reach_hash(&kind, i) & (n_slots - 1)) + 1);
    return reach;
}

/* Whoever comes in which order, the same slots are taken: each by one of those whose home it is, or
 * by one that found all taken from its home to here. */
uint64_t
ml_reach_linear(const MlOptions *options, uint64_t made, uint64_t n_slots)
{
    uint32_t homes[TAIL] = { 0 };
    MlEntryKind kind;
    ml_entry_kind_init(&kind, options);
    if (made > ML_REACH_MOST_KEYS)
        return n_slots;
    uint64_t n = ml_least(n_slots, TAIL);
    uint64_t first = n_slots - n;
    for (uint64_t i = 0; i < made; i++) {
        uint64_t home = ml_reach_hash(&kind, i) & (n_slots - 1);
        if (home >= first)
            homes[home - first]++;
    }
    uint64_t reach = 0;
    uint64_t seeking = 0;
    for (uint64_t i = 0; i < n; i++) {
        seeking += homes[i];
        if (seeking == 0)
            continue;
        reach = first + i + 1;
        seeking--;
    }
    return reach;
}

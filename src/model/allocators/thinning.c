#include "model/allocators/thinning.h"

#include <assert.h>

#include "core/arithmetic.h"

void
ml_thin_note(MlThinRuns *runs, MlThinRun run)
{
    for (uint32_t i = runs->n_runs; i-- > 0;) {
        MlThinRun *last = &runs->runs[i];
        if (last->owner != run.owner)
            continue;
        if (last->width != run.width || last->first_round + last->count != run.first_round ||
            last->start + last->count * last->width != run.start)
            break;
        last->count += run.count;
        return;
    }
    assert(runs->n_runs < ML_THIN_MAX_RUNS);
    runs->runs[runs->n_runs++] = run;
}

uint64_t
ml_thin_cycle(uint64_t step, uint64_t length)
{
    uint64_t a = length;
    uint64_t b = step % length;
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return length / a;
}

/* Slabs in which one of @count rounds lies.
 * @first: the place of the first round */
static uint64_t
slabs_hit_by_few(uint64_t first, uint64_t period, uint32_t width, uint64_t count, uint64_t places)
{
    uint64_t hit = 0;
    uint64_t next = 0; /* the first slab that is not counted yet */
    for (uint64_t k = 0; k < count; k++) {
        uint64_t from = (first + k * period) / places;
        uint64_t to = (first + k * period + width - 1) / places;
        hit += to + 1 - ml_most(from, next);
        next = to + 1;
    }
    return hit;
}

/* The same at any count: after a cycle a round lies in its slab as the first one did. */
static uint64_t
slabs_hit(uint64_t first, uint64_t period, uint32_t width, uint64_t count, uint64_t places)
{
    uint64_t cycle = ml_thin_cycle(period, places);
    uint64_t cycles = (count - 1) / cycle;
    uint64_t rest = (count - 1) % cycle + 1;
    uint64_t hit = slabs_hit_by_few(first, period, width, rest, places);
    if (cycles == 0)
        return hit;
    uint64_t with_cycle = slabs_hit_by_few(first, period, width, cycle + 1, places);
    return hit + cycles * (with_cycle - slabs_hit_by_few(first, period, width, 1, places));
}

MlThinned
ml_thin_emptied(const MlThinRun *run, uint64_t every, uint64_t places)
{
    uint64_t end = run->start + run->count * run->width;
    uint64_t first_slab =
        (run->start + places - 1) / places; /* the first that is the run's alone */
    uint64_t end_slab = (end + places - 1) / places;
    uint64_t slabs = end_slab > first_slab ? end_slab - first_slab : 0;
    uint64_t first_round = ml_round_up(run->first_round, every);
    uint64_t end_round = run->first_round + run->count;
    if (first_round >= end_round)
        return (MlThinned){ slabs, slabs > 0 };

    uint64_t stay = (end_round - first_round + every - 1) / every;
    uint64_t first = run->start + (first_round - run->first_round) * run->width;
    uint64_t period = every * run->width;
    uint64_t last_slab = (first + (stay - 1) * period + run->width - 1) / places;
    uint64_t hit = slabs_hit(first, period, run->width, stay, places);
    hit -= first / places < first_slab; /* that one is shared with others */
    return (MlThinned){ slabs - ml_least(slabs, hit), slabs > 0 && last_slab + 1 < end_slab };
}

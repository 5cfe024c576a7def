/* Rounds of blocks of which but each so-many-th stays, and the slabs that this leaves empty.
 *
 * Places are numbered through all slabs of one kind: slab s has the places from s × its length. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define ML_THIN_MAX_RUNS 64

/* Rounds whose blocks lie side by side. */
typedef struct {
    const void *owner; /* the kind of slab */
    uint64_t start;    /* the first block's place */
    uint64_t first_round;
    uint64_t count; /* rounds */
    uint32_t width; /* blocks of a round */
} MlThinRun;

typedef struct {
    uint32_t n_runs;
    MlThinRun runs[ML_THIN_MAX_RUNS];
} MlThinRuns;

/**
 * ml_thin_note: keep account of one more run; one that goes on where the last of its owner ended
 * makes that one longer.
 */
void ml_thin_note(MlThinRuns *runs, MlThinRun run);

/* Slabs that were emptied. */
typedef struct {
    uint64_t slabs;
    bool last; /* the run's last one is among them */
} MlThinned;

/**
 * ml_thin_emptied: slabs of which every place belonged to the run, and nothing stays.
 * @every: of the rounds, those numbered by its multiples stay
 * @places: of a slab
 *
 * A last slab that the run has only begun counts as well.
 * Time: some thousand steps at any count.
 */
MlThinned ml_thin_emptied(const MlThinRun *run, uint64_t every, uint64_t places);

/**
 * ml_thin_cycle: after how many steps of @step the remainder by @length is the same again.
 */
uint64_t ml_thin_cycle(uint64_t step, uint64_t length);

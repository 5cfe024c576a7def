/* How long it takes to build, traverse and look up: beside what it costs in memory. */
#pragma once

#include "measure/measure.h"

typedef enum {
    ML_TIME_BUILD,          /* into fresh memory: every page is a page fault */
    ML_TIME_BUILD_AGAIN,    /* the same after it was destroyed: into what the allocator still has */
    ML_TIME_TRAVERSE,       /* all elements once, in the structure's own order */
    ML_TIME_LOOK_UP,        /* elements by number or key, in order */
    ML_TIME_LOOK_UP_RANDOM, /* and in random order */
    ML_N_TIMES
} MlTimeKind;

/* One operation, over all repeats. */
typedef struct {
    double seconds;        /* median */
    double spread_seconds; /* longest - shortest */
    guint64 count;         /* elements in one run: n, or fewer look-ups where they take long */
    guint64 page_faults;   /* median; minor ones, of the operation itself */
} MlTime;

typedef struct {
    guint repeats; /* 0: nothing was timed */
    MlTime time[ML_N_TIMES];
    double fault_seconds; /* what one page fault takes here: median over fresh pages */
} MlTimes;

/**
 * ml_time_id: the token of a time in JSON: "look-up-random".
 * ml_time_label: the words on screen: "look up, random order".
 */
const char *ml_time_id(MlTimeKind kind);
const char *ml_time_label(MlTimeKind kind);

/**
 * ml_time_measure: time the operations in fresh probes; nothing else is measured in these runs.
 * @request: its repeats: 0 stands for 5
 *
 * Errors: as ml_measure().
 */
gboolean ml_time_measure(const MlMeasureRequest *request, MlTimes *ret_times, GError **error);

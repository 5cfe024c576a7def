/* What this machine can measure, found by trying. */
#pragma once

#include <glib.h>

typedef enum {
    ML_FINDING_GOOD,
    ML_FINDING_LIMITED, /* measuring works, with what the finding names */
    ML_FINDING_BAD,     /* measuring does not work */
} MlFindingLevel;

typedef struct {
    MlFindingLevel level;
    char *subject; /* "RSS source" */
    char *text;    /* what was found, and the remedy where there is one */
} MlFinding;

void ml_finding_free(MlFinding *finding);

/**
 * ml_finding_new: a finding; @format as for printf.
 *
 * Returns: (transfer full).
 */
MlFinding *ml_finding_new(MlFindingLevel level, const char *subject, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/**
 * ml_surroundings_examine: kernel, RSS source and its self-check, pages, huge pages, swap,
 * overcommit, control group, available memory, allocators.
 *
 * Starts a few probes; takes some tens of milliseconds.
 * Returns: (transfer full) (element-type MlFinding).
 */
GPtrArray *ml_surroundings_examine(void);

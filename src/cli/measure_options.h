/* Options of the commands that measure. */
#pragma once

#include "facts/make.h"

extern int ml_repeats;          /* --repeat */
extern gboolean ml_force;       /* --force */
extern char *ml_allocator_text; /* --allocator, as typed */
extern gboolean ml_as_shipped;  /* --as-shipped */
extern gboolean ml_exact_peak;  /* --peak */
extern gboolean ml_by_recorder; /* --recorded */

#define ML_ALLOCATOR_OPTION                                                                        \
    {                                                                                              \
        "allocator", 0, 0, G_OPTION_ARG_STRING, &ml_allocator_text,                                \
            "who answers malloc: one of those that 'memlab list' shows (glibc)", "NAME"            \
    }

#define ML_MEASURE_OPTIONS                                                                         \
    { "repeat",                                                                                    \
        0,                                                                                         \
        0,                                                                                         \
        G_OPTION_ARG_INT,                                                                          \
        &ml_repeats,                                                                               \
        "fresh processes to build in (default 5 up to 1e6 elements, else 1)",                      \
        "R" },                                                                                     \
        ML_ALLOCATOR_OPTION,                                                                       \
        { "as-shipped",                                                                            \
            0,                                                                                     \
            0,                                                                                     \
            G_OPTION_ARG_NONE,                                                                     \
            &ml_as_shipped,                                                                        \
            "with the allocator's own settings, and nothing given back before reading",            \
            NULL },                                                                                \
    {                                                                                              \
        "force", 0, 0, G_OPTION_ARG_NONE, &ml_force, "build even what does not seem to fit", NULL  \
    }

/**
 * ml_chosen_allocator: the one --allocator names, or the default.
 *
 * Errors: ML_ERROR_USAGE, with those there are.
 * Returns: (transfer none).
 */
const MlAllocator *ml_chosen_allocator(GError **error);

/**
 * ml_measure_options: what these options ask for, as a request without structure and n.
 *
 * Errors: ML_ERROR_USAGE.
 */
gboolean ml_measure_options(MlMeasureRequest *ret_request, GError **error);

/**
 * ml_measure_tell_notes: say on standard error what the surroundings refused.
 * @notes: (nullable): one a line
 */
void ml_measure_tell_notes(const char *notes);

/**
 * ml_measure_tell: say on standard error what makes a measurement doubtful.
 *
 * Returns: the exit status that follows: 0 where it is valid.
 */
int ml_measure_tell(const MlLedger *ledger);

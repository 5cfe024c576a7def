/* One error domain; its codes are the exit statuses. */
#pragma once

#include <glib.h>

#define ML_ERROR (ml_error_quark())
GQuark ml_error_quark(void);

typedef enum {
    ML_ERROR_WRONG = 1,        /* a wrong answer, or outside a tolerance */
    ML_ERROR_USAGE = 2,        /* the command line, a number that does not parse or overflows */
    ML_ERROR_INPUT = 3,        /* a bad lesson, exercise, answers or recording file */
    ML_ERROR_SURROUNDINGS = 4, /* no /proc, disk, memory, fonts */
    ML_ERROR_INTERNAL = 5,     /* a fault of memlab's own */
    ML_ERROR_INTERRUPTED = 130 /* Ctrl-C */
} MlErrorCode;

/**
 * ml_error_status: the exit status for an error.
 * @error: (nullable)
 *
 * Returns: 0 for NULL; a foreign domain is a fault of our own: 5.
 */
int ml_error_status(const GError *error);

/**
 * ml_fail: set an error of ours.
 * @format: lower case; names the thing and the remedy
 *
 * Returns: FALSE, so that a caller can return it.
 */
gboolean ml_fail(GError **error, MlErrorCode code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/**
 * ml_refuse: a ML_ERROR_USAGE about what somebody typed: "'12abc' is not a number".
 * @typed: shown in quotes, cleaned and shortened
 *
 * Returns: FALSE.
 */
gboolean ml_refuse(GError **error, const char *typed, const char *why);

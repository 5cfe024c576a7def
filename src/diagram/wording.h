/* Figures and findings as they are written on pictures; the same in every locale. */
#pragma once

#include <glib.h>

#include "facts/ledger.h"

/* A space that parts thousands and never breaks; narrower than a blank. */
#define ML_THIN_SPACE "\u202f"

/* A signed figure that rounds to nothing. */
#define ML_WORDING_ZERO "±0"

/* All return: (transfer full). */

/**
 * ml_wording_count: "1 000 000".
 */
char *ml_wording_count(guint64 count);

/**
 * ml_wording_amount: "40", "40.1", "4 096"; "–" for NAN; the minus is U+2212.
 */
char *ml_wording_amount(double amount, int decimals);

/**
 * ml_wording_signed: "+0.8", "−7.1"; "±0" for what rounds to nothing.
 */
char *ml_wording_signed(double amount, int decimals);

/**
 * ml_wording_factor: "5×", "14.1×".
 */
char *ml_wording_factor(double factor);

/**
 * ml_wording_times: "twice", "five times", "5.2 times".
 */
char *ml_wording_times(double factor);

/**
 * ml_wording_a: "A boxed array", "An open table".
 */
char *ml_wording_a(const char *noun);

/**
 * ml_wording_origin: "model", "measured, unexplained +0.8 B", "recorded, unexplained ±0 B".
 */
char *ml_wording_origin(const MlLedger *ledger);

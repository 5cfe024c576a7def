/* Facts for tests that measure nothing. */
#pragma once

#include "facts/ledger.h"
#include "facts/make.h"
#include "facts/walk.h"

/**
 * ml_test_model: the model's ledger of a structure as it is typed.
 *
 * Fails the test where there is none.  Returns: (transfer full).
 */
MlLedger *ml_test_model(const char *spec, guint64 n);

/**
 * ml_test_measured: the same as if it had been measured, @unexplained bytes off the model.
 *
 * Every part holds what the model says; what is unexplained is left to the total.
 * Returns: (transfer full).
 */
MlLedger *ml_test_measured(const char *spec, guint64 n, gint64 unexplained);

/**
 * ml_test_walk: the walk of a structure that was built in this process, and is gone again.
 *
 * Its sampled blocks are rounded up as glibc does on a fresh heap.
 * Returns: (transfer full).
 */
MlWalk *ml_test_walk(const char *spec, guint64 n);

/**
 * ml_test_walk_ledger: what a measurement says of such a walk, malloc's share as in the model.
 *
 * Returns: (transfer full).
 */
MlLedger *ml_test_walk_ledger(const char *spec, const MlWalk *walk);

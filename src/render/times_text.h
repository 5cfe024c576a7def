/* How long the operations took, as a table on a terminal. */
#pragma once

#include "facts/ledger.h"

/**
 * ml_times_table: each operation with its total, its time per element, the spread of the repeats,
 * and what page faults have to do with it.
 * @columns: of the terminal; where they are too few, names stand above their figures
 *
 * Returns: (transfer full): lines ended by \n; "" where nothing was timed.
 */
char *ml_times_table(const MlLedger *ledger, int columns);

/* Who owns the new pages, as a table on a terminal. */
#pragma once

#include "facts/ledger.h"

/**
 * ml_attribution_table: each new resident byte with its owner, their sum, and the remainder that no
 * block owns.
 * @columns: of the terminal; where they are too few, words are wrapped, and names stand above
 * their figures
 *
 * Returns: (transfer full): lines ended by \n; "" where nothing was measured.
 */
char *ml_attribution_table(const MlLedger *ledger, int columns);

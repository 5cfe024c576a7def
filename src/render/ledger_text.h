/* A ledger as a table on a terminal. */
#pragma once

#include "facts/ledger.h"

typedef struct {
    int columns;      /* of the terminal */
    gboolean ascii;   /* bars in ASCII */
    gboolean by_part; /* rows are parts, not roles */
} MlTableSettings;

/**
 * ml_ledger_line: "used 38.15 MiB RAM in 0.126 s, peaked 0.00 MiB above current, total …".
 * A peak that is the kernel's, which reads low, is "at least" so much.
 * @columns: where they are too few, it is broken at its commas
 *
 * Returns: (transfer full): ended by \n; "" where nothing was measured.
 */
char *ml_ledger_line(const MlLedger *ledger, int columns);

/**
 * ml_ledger_table: where the bytes are: role or part, bytes per element with a bar, model and
 * measured side by side, the sum, and `unexplained` with sign and per cent.
 *
 * Rows that are zero are left out, but never `unexplained`.  Where columns are few, bars go first,
 * then bytes per element, then the model beside what was measured; no figure is ever cut.
 * Returns: (transfer full): styled text.
 */
char *ml_ledger_table(const MlLedger *ledger, const MlTableSettings *settings);

/**
 * ml_ledger_opened: what malloc's own is made of: "malloc's own 8 005 632 = size fields 8 000 016 +
 * …".
 * @columns: where they are too few, it is broken before a sign
 *
 * Returns: (transfer full): ended by \n; "" where malloc has nothing.
 */
char *ml_ledger_opened(const MlLedger *ledger, int columns);

/* A ledger as a table on a terminal. */
#pragma once

#include "facts/ledger.h"

typedef struct {
    int columns;      /* of the terminal */
    gboolean ascii;   /* bars in ASCII */
    gboolean by_part; /* rows are parts, not roles */
} MlTableSettings;

/**
 * ml_ledger_line: the line "used 38.15 MiB RAM in 0.126 s, peaked 0.00 MiB above, total …".
 *
 * Returns: (transfer full): styled text, one line, ended by \n; "" where nothing was measured.
 */
char *ml_ledger_line(const MlLedger *ledger);

/**
 * ml_ledger_table: where the bytes are: role or part, bytes per element with a bar, model and
 * measured side by side, the sum, and `unexplained` with sign and per cent.
 *
 * Rows that are zero are left out, but never `unexplained`.
 * Returns: (transfer full): styled text.
 */
char *ml_ledger_table(const MlLedger *ledger, const MlTableSettings *settings);

/**
 * ml_ledger_opened: what malloc's own is made of: "malloc's own 8 005 632 = field 8 000 016 + …".
 *
 * Returns: (transfer full): one line, ended by \n; "" where malloc has nothing.
 */
char *ml_ledger_opened(const MlLedger *ledger);

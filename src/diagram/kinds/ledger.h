/* The bars of ledgers, with or without what was measured under each. */
#pragma once

#include "diagram/kinds/ledger_rows.h"
#include "diagram/label.h"

/**
 * ml_ledger_layout: a bar a row, to scale; axis, legend, title.
 * @title, @subtitle: (transfer none): wordings, longest first
 * @below: the measured bar under the model's
 */
void ml_ledger_layout(const GArray *rows,
    MlScene *scene,
    const char *const *title,
    const char *const *subtitle,
    gboolean below);

/**
 * ml_ledger_most: how many rows there is room for.
 */
guint ml_ledger_most(double height, gboolean below);

/**
 * ml_ledger_terminal: the same in characters: a bar a row.
 *
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_ledger_terminal(const GArray *rows,
    const char *title,
    const char *subtitle,
    gboolean below,
    gboolean ascii,
    int columns);

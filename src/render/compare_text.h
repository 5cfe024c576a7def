/* Several ledgers in one table. */
#pragma once

#include "render/ledger_text.h"

/**
 * ml_compare_table: a row a structure: bytes per element, factor, a bar of its roles, total.
 * Where allocators differ, the rows name them.
 * @ledgers: (array length=n_ledgers)
 * @base_per_element: bytes per element of the packed array of width 8, which the factors are over
 *
 * Returns: (transfer full): styled text, with a legend of the roles that occur.
 */
char *ml_compare_table(const MlLedger *const *ledgers,
    guint n_ledgers,
    double base_per_element,
    const MlTableSettings *settings);

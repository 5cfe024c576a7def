/* The identity of page attribution, checked the same way wherever something was measured. */
#pragma once

#include "facts/ledger.h"

/**
 * ml_attribution_is_whole: whether every byte of every new page has one owner, and new pages less
 * vanished ones are what was measured.
 */
gboolean ml_attribution_is_whole(const MlLedger *ledger);

/**
 * ml_assert_attributed: fail unless it is whole, and nothing lies where no allocator puts blocks.
 */
void ml_assert_attributed(const MlLedger *ledger);

/* The identity of page attribution, checked the same way wherever something was measured. */
#pragma once

#include "facts/ledger.h"

/**
 * ml_assert_attributed: fail unless every byte of every new page has one owner, and new pages less
 * vanished ones are what was measured.
 */
void ml_assert_attributed(const MlLedger *ledger);

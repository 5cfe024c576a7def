/* Series as they are computed, for tests: nothing was measured. */
#pragma once

#include "facts/sweep.h"

/**
 * ml_test_series: the model's points of a structure, named as it is typed.
 *
 * The test fails where it cannot be computed.  Returns: (transfer full).
 */
MlSeries *ml_test_series(const char *spec, const MlSweepRange *range);

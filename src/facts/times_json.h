/* How long the operations took, as JSON. */
#pragma once

#include <jansson.h>

#include "measure/timing.h"

/**
 * ml_times_to_json: {"repeats", "page_fault_seconds", "operations": [{"operation", "count",
 * "seconds", "spread_seconds", "page_faults"}, …]}.
 *
 * Returns: (transfer full) (nullable): NULL where nothing was timed.
 */
json_t *ml_times_to_json(const MlTimes *times);

/**
 * ml_times_from_json: the same, read.
 * @json: (nullable): NULL: nothing was timed
 *
 * Errors: ML_ERROR_INPUT names the key.
 */
void ml_times_from_json(const json_t *json, MlTimes *ret_times, GError **error);

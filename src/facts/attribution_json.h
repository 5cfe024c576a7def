/* Who owns the new pages, as JSON. */
#pragma once

#include <jansson.h>

#include "measure/attribution.h"

/**
 * ml_attribution_to_json: an object of integers: pages and bytes.
 *
 * Returns: (transfer full) (nullable): NULL where the pages are unknown.
 */
json_t *ml_attribution_to_json(const MlAttribution *attribution);

/**
 * ml_attribution_from_json: the same, read.
 * @json: (nullable): NULL: the pages are unknown
 *
 * Errors: ML_ERROR_INPUT names the key.
 */
void ml_attribution_from_json(const json_t *json, MlAttribution *ret_attribution, GError **error);

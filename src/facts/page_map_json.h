/* A page map as JSON: part of a walk.
 *
 *   "page_bytes": 4096, "roles": ["data", …],
 *   "runs": [{"from": ADDRESS, "old": [PAGES, BYTES of each role…], "new": […], "absent": […]}, …],
 *   "shown": [{"address": ADDRESS, "state": "new", "spans": [[BYTES, ROLE, BEGINS], …]}, …]
 *
 * Trailing zeros of a list are left out.  A span is bytes of one role, by its number in "roles", -1
 * where no block has them; BEGINS is 1 where a block begins with it. */
#pragma once

#include <jansson.h>

#include "measure/page_map.h"

json_t *ml_page_map_to_json(const MlPageMap *map);

/**
 * ml_page_map_from_json: the same, read.
 *
 * Errors: ML_ERROR_INPUT says what is wrong.
 * Returns: (transfer full).
 */
MlPageMap *ml_page_map_from_json(const json_t *json, GError **error);

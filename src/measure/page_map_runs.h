/* Pages to runs: those that are alike are told together, and where there are too many kinds, so are
 * neighbours. */
#pragma once

#include "measure/page_map.h"

/**
 * ml_page_runs_add: one more page, or several alike.
 * @run: (transfer none): of a higher address than all before
 */
void ml_page_runs_add(GArray *runs, const MlPageRun *run, guint64 page_bytes);

/**
 * ml_page_runs_shorten: tell neighbours together until there are at most @most runs.
 */
void ml_page_runs_shorten(GArray *runs, guint most, guint64 page_bytes);

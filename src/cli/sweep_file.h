/* A sweep that is kept in a file, so that it can be taken up where it stopped. */
#pragma once

#include "facts/series.h"

/**
 * ml_sweep_file_read: the series in a file that `memlab sweep --json` or `--resume` wrote.
 *
 * Errors: ML_ERROR_INPUT names the file and what is wrong in it.
 * Returns: (transfer full) (element-type MlSeries).
 */
GPtrArray *ml_sweep_file_read(const char *path, GError **error);

/**
 * ml_sweep_file_write: all of them, as ml_sweep_file_read() reads them; whole or not at all.
 */
gboolean ml_sweep_file_write(const char *path, const GPtrArray *series, GError **error);

/**
 * ml_sweep_to_json: one object, or an array of several.  Returns: (transfer full).
 */
json_t *ml_sweep_to_json(const GPtrArray *series);

/**
 * ml_sweep_take_over: what was measured before, put into the series that are to be made.
 * @recorded, @planned: (element-type MlSeries)
 * @path: names the file in messages
 *
 * Errors: ML_ERROR_INPUT where the file is of other structures, allocators or where points are
 * left to measure and it is of another machine: figures of two are not mixed.
 */
gboolean ml_sweep_take_over(
    const GPtrArray *recorded, GPtrArray *planned, const char *path, GError **error);

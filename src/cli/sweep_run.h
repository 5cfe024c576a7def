/* Running a sweep for somebody who watches: progress, Ctrl-C, a file that keeps what there is. */
#pragma once

#include "facts/sweep.h"

/**
 * ml_sweep_watched: measure, with a line of progress on standard error where that is a terminal.
 * @series: (element-type MlSeries)
 * @sweep: repeats, force, jobs; the rest is filled in
 * @save_path: (nullable): where to keep the points, from the first on
 * @ret_interrupted: (out): whether Ctrl-C ended it; then the series have what was measured by then
 *
 * Errors: as ml_sweep_run(), and where @save_path cannot be written.
 */
gboolean ml_sweep_watched(GPtrArray *series,
    const MlSweep *sweep,
    const char *save_path,
    gboolean *ret_interrupted,
    GError **error);

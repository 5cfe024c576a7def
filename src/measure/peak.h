/* The most that a build held at any moment. */
#pragma once

#include "measure/measure.h"

/**
 * ml_peak_measure: fill in @measurement's peak_bytes and peak_is_exact.
 * @measurement: (inout): of a finished measurement, with kernel_peak_bytes
 *
 * A build that never gives a large block back was never larger than at its end, which is known.
 * Any other is built once more, untimed, with memlab-record.so, which reads RssAnon before every
 * large block that goes; unless that would double the time of a single run, and @request does not
 * say that it may.  Then, and where the allocator cannot be recorded, the kernel's VmHWM stands.
 *
 * Errors: as ml_measure().
 */
gboolean ml_peak_measure(
    const MlMeasureRequest *request, MlMeasurement *measurement, GError **error);

/* The environment that a probe starts with: it chooses the allocator and its settings. */
#pragma once

#include "measure/probe.h"

/**
 * ml_probe_environment: nothing of ours, and what @settings ask for.
 *
 * Errors: ML_ERROR_SURROUNDINGS where the allocator is not installed.
 * Returns: (transfer full) (array zero-terminated=1).
 */
char **ml_probe_environment(const MlProbeSettings *settings, GError **error);

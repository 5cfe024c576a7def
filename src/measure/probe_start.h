/* Starting a process that can be measured: clean, on one CPU, at fixed addresses. */
#pragma once

#include <gio/gio.h>

typedef struct {
    GPid pid;
    int socket;
    GString *notes; /* what the surroundings refused, one a line */
} MlStartedProbe;

/**
 * ml_probe_exec: start @path with @walk_fd as its shared memory.
 * @record_fd: shared memory for memlab-record.so; -1: none
 * @environment: (array zero-terminated=1): all that it gets
 * @ret_started: (out caller-allocates): pid and socket are the caller's to reap and close
 *
 * Errors: ML_ERROR_SURROUNDINGS.
 */
gboolean ml_probe_exec(const char *path,
    char *const *environment,
    int walk_fd,
    int record_fd,
    MlStartedProbe *ret_started,
    GError **error);

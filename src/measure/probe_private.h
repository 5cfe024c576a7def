/* What the files of a probe share: its state, and one request with its reply. */
#pragma once

#include "measure/probe.h"

struct MlProbe {
    GPid pid;
    int socket;
    char *notes;
    char *end;           /* (nullable): why there is no probe any more */
    const char *library; /* (nullable): whose code is building */
    const char *slices;  /* GLib's: "on" or "off" */
    char libc[ML_WIRE_NAME_SIZE];
    char malloc_name[ML_WIRE_NAME_SIZE];
    int walk_fd; /* memory that the probe shares: the sink, and behind it a census */
    MlWalkSink *sink;
    MlProbeTime last_time;
    MlCensus *census; /* (nullable) */
    gsize census_bytes;
};

/**
 * ml_probe_call: send a request and wait for the reply.
 *
 * Errors: ML_ERROR_SURROUNDINGS, ML_ERROR_USAGE or ML_ERROR_INTERNAL, by what the probe says or
 * what ended it.
 */
gboolean ml_probe_call(
    MlProbe *probe, MlWireRequest *request, MlWireReply *ret_reply, GError **error);

/**
 * ml_probe_map_shared: map a piece of the memory shared with the probe, which grows to hold it.
 *
 * Errors: ML_ERROR_SURROUNDINGS.
 * Returns: (nullable).
 */
void *ml_probe_map_shared(int fd, gsize offset, gsize bytes, GError **error);

void ml_probe_unmap_census(MlProbe *probe);

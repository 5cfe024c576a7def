/* A running memlab-probe: started, told what to do, and ended. */
#pragma once

#include <gio/gio.h>

#include "core/wire.h"
#include "measure/recorder.h"
#include "model/allocator.h"

typedef struct MlProbe MlProbe;

/* How a probe is to be set up. */
typedef struct {
    const MlAllocator *allocator; /* (nullable): NULL: the default */
    gboolean as_shipped;          /* with the allocator's own settings, not pinned ones */
    const char *slices;           /* (nullable): GLib's: "on" or "off"; NULL: as GLib has it */
    gboolean slabs;               /* slices are to fill slabs by the thousand */
    MlRecorder *recorder;         /* (nullable): preloads memlab-record.so, which writes there */
} MlProbeSettings;

/**
 * ml_probe_start: a fresh probe, warmed up and settled.
 * @settings: (transfer none) (nullable): NULL: the default allocator, pinned
 *
 * Clean environment, one CPU, address randomisation and transparent huge pages off.  Errors:
 * ML_ERROR_SURROUNDINGS where it cannot be started, its allocator is not installed, or it cannot be
 * recorded.
 * Returns: (transfer full).
 */
MlProbe *ml_probe_start(const MlProbeSettings *settings, GError **error);

/**
 * ml_probe_free: end the probe and wait for it.  NULL is fine.
 */
void ml_probe_free(MlProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlProbe, ml_probe_free)

GPid ml_probe_pid(const MlProbe *probe);

/**
 * ml_probe_libc: "glibc 2.36", as the probe says.
 *
 * Returns: (transfer none).
 */
const char *ml_probe_libc(const MlProbe *probe);

/**
 * ml_probe_malloc: who answers malloc in the probe: "glibc 2.36", "jemalloc 5.3.0".
 *
 * Returns: (transfer none).
 */
const char *ml_probe_malloc(const MlProbe *probe);

/**
 * ml_probe_notes: what the surroundings refused, one a line.
 *
 * Returns: (transfer none) (nullable): NULL where nothing was refused.
 */
const char *ml_probe_notes(const MlProbe *probe);

/**
 * ml_probe_build: build a structure and keep it.
 * @ret_handle: (out): names it in later calls
 * @ret_seconds: (out) (optional): wall time of the build itself
 *
 * Errors: ML_ERROR_SURROUNDINGS: malloc returned NULL, or the kernel ended the probe (then every
 * later call fails with the same words).
 */
gboolean ml_probe_build(MlProbe *probe,
    const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    guint32 *ret_handle,
    double *ret_seconds,
    GError **error);

gboolean ml_probe_destroy(MlProbe *probe, guint32 handle, double *ret_seconds, GError **error);

/**
 * ml_probe_settle: malloc_trim(0): give free memory back to the kernel.
 */
gboolean ml_probe_settle(MlProbe *probe, GError **error);

/**
 * ml_probe_walk: walk the live blocks of one structure.
 *
 * Returns: (transfer none): valid until the next walk; NULL on error.
 */
const MlWalkSink *ml_probe_walk(MlProbe *probe, guint32 handle, GError **error);

/**
 * ml_probe_census: the same, and claim the blocks' bytes in the pages given.
 * @ranges: (transfer none) (element-type MlCensusRange): all resident pages, by rising address
 * @wanted: (transfer none): what kind of census; of which structure
 * @ret_census: (out) (transfer none): the claims; valid until the next census
 */
const MlWalkSink *ml_probe_census(MlProbe *probe,
    guint32 handle,
    const GArray *ranges,
    const MlCensus *wanted,
    MlCensus **ret_census,
    GError **error);

gboolean ml_probe_sum(
    MlProbe *probe, guint32 handle, gint64 *ret_sum, double *ret_seconds, GError **error);

/**
 * ml_probe_get, ml_probe_put: one element by insertion order.
 *
 * Errors: ML_ERROR_USAGE where @i is not below the number of elements.
 */
gboolean ml_probe_get(
    MlProbe *probe, guint32 handle, guint64 i, MlElement *ret_element, GError **error);
gboolean ml_probe_put(MlProbe *probe, guint32 handle, guint64 i, gint64 value, GError **error);

/**
 * ml_probe_look_up: look elements up, one after the other.
 * @n: how many at most; fewer where they take more than a fifth of a second
 * @random: in random order, else from the first on
 * @ret_done: (out): how many
 */
gboolean ml_probe_look_up(
    MlProbe *probe, guint32 handle, guint64 n, gboolean random, guint64 *ret_done, GError **error);

/**
 * ml_probe_touch: write to fresh pages, and give them back: what a page fault takes.
 */
gboolean ml_probe_touch(MlProbe *probe, guint64 n_pages, GError **error);

typedef struct {
    double seconds;      /* wall time of the operation itself, in the probe */
    guint64 page_faults; /* minor ones */
} MlProbeTime;

/**
 * ml_probe_last_time: what the last request took.
 */
MlProbeTime ml_probe_last_time(const MlProbe *probe);

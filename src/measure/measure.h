/* One measurement: a fresh probe, one structure, the difference it makes. */
#pragma once

#include "core/structure.h"
#include "measure/attribution.h"
#include "measure/page_map.h"
#include "measure/probe.h"
#include "measure/reading.h"

typedef struct {
    guint64 blocks;
    guint64 requested;
    guint64 usable;
    guint64 used;            /* elements in use */
    guint64 field;           /* malloc's size fields */
    guint64 absent;          /* of requested: on pages nobody has touched */
    guint64 absent_rounding; /* of usable - requested: the same */
} MlMeasuredPart;

typedef struct {
    gint64 bytes;              /* settled change of RssAnon; median over the repeats */
    gint64 raw_bytes;          /* the same as the build left it */
    gint64 held_back_bytes;    /* as shipped: what a pinned run gives back; else 0 */
    guint64 peak_bytes;        /* the most at any moment of the build, above what was held before */
    gboolean peak_is_exact;    /* else it is the kernel's: up to some 100 pages low */
    guint64 kernel_peak_bytes; /* by VmHWM; 0 where it cannot be reset */
    guint64 base_rss_bytes;
    guint64 total_rss_bytes;
    double seconds; /* cold build, median */
    guint repeats;
    guint64 spread_bytes;
    guint n_parts;
    MlMeasuredPart part[ML_MAX_PARTS];
    MlAttribution attribution; /* of the last run */
    char *libc;
    char *malloc_name;    /* who answered malloc: "glibc 2.36" */
    char *invalid_reason; /* (nullable): NULL: valid */
    char *notes;          /* (nullable): what the surroundings refused */
    MlWalkSink *walk;     /* of the last run */
    MlPageMap *page_map;  /* (nullable): of the last run, where it was asked for and can be had */
} MlMeasurement;

typedef struct {
    const MlStructure *structure;
    MlOptions options;
    guint64 n;
    const MlAllocator *allocator; /* (nullable): NULL: the default */
    gboolean as_shipped;          /* neither pinned nor settled: what a program would see */
    guint repeats;                /* fresh probes; 0: 5 up to a million elements, else 1 */
    gboolean force;               /* build even what does not seem to fit */
    gboolean by_recorder;         /* blocks as recorded, not as the structure's walk finds them */
    MlRecorder *recorder;         /* (nullable): of a single run; set within ml_measure() */
    gboolean page_map;            /* what each page is made of, too */
    gboolean exact_peak;          /* even where that takes a second build as long as the first */
} MlMeasureRequest;

/**
 * ml_measure_check_fits: whether what is asked for can be built here.
 *
 * Errors: ML_ERROR_SURROUNDINGS, with the predicted size and the largest n that fits;
 * ML_ERROR_USAGE where no address space would hold it.
 */
gboolean ml_measure_check_fits(const MlMeasureRequest *request, GError **error);

/**
 * ml_measure_settings: the probe that such a measurement starts.
 */
MlProbeSettings ml_measure_settings(const MlMeasureRequest *request);

/**
 * ml_measure: build in fresh probes and read what each holds.
 *
 * Errors: ML_ERROR_SURROUNDINGS: no /proc, too large for this machine (with the largest n that
 * fits), the probe ended by the kernel.
 * Returns: (transfer full).
 */
MlMeasurement *ml_measure(const MlMeasureRequest *request, GError **error);

void ml_measurement_free(MlMeasurement *measurement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlMeasurement, ml_measurement_free)

/* Prints how long the parts of a measurement take, as medians of runs in turn: never a test, as
 * machines are shared and noisy.  (`meson test -C build --benchmark -v`) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/spec.h"
#include "measure/attribution.h"
#include "measure/measure.h"

enum { RUNS = 5, BUILD_RUNS = 101 };

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

static void
die(const GError *error)
{
    fprintf(stderr, "bench_measure: %s\n", error->message);
    exit(1);
}

typedef struct {
    double sum;   /* the structure's own traversal: the least a walk can take */
    double walk;  /* in the probe, blocks reported and no page claimed */
    double whole; /* the same with claims, and each page's bytes given away */
} Times;

static Times
attribute_once(const MlMeasureRequest *request)
{
    GError *error = NULL;
    guint32 handle;
    g_autoptr(MlProbe) probe = ml_probe_start(NULL, &error);
    g_autoptr(MlPages) before = ml_pages_take(ml_probe_pid(probe), &error);
    if (!ml_probe_build(
            probe, request->structure, &request->options, request->n, &handle, NULL, &error))
        die(error);
    g_autoptr(MlPages) after = ml_pages_take(ml_probe_pid(probe), &error);
    MlPart parts[ML_MAX_PARTS];
    guint32 n_parts = request->structure->parts(request->n, &request->options, parts);
    MlAttribution attribution;
    MlCensus *census;
    g_autofree char *invalid = NULL;
    Times times;
    gint64 sum;
    ml_probe_sum(probe, handle, &sum, &times.sum, &error);
    times.sum *= 1000;
    gint64 start = g_get_monotonic_time();
    ml_probe_walk(probe, handle, &error);
    gint64 walked = g_get_monotonic_time();
    ml_attribution_make(
        probe, handle, n_parts, before, after, &attribution, &census, &invalid, &error);
    times.walk = (double)(walked - start) / 1000;
    times.whole = (double)(g_get_monotonic_time() - walked) / 1000;
    if (error != NULL)
        die(error);
    return times;
}

static void
time_attribution(const char *spec, guint64 n)
{
    MlMeasureRequest request = { .n = n };
    GError *error = NULL;
    if (!ml_spec_parse(spec, &request.structure, &request.options, &error))
        die(error);
    double sum[RUNS];
    double walk[RUNS];
    double whole[RUNS];
    for (int i = 0; i < RUNS; i++) {
        Times times = attribute_once(&request);
        sum[i] = times.sum;
        walk[i] = times.walk;
        whole[i] = times.whole;
    }
    printf("%-26s n = %" G_GUINT64_FORMAT
           ": traversal %.1f ms, walk %.1f ms, with attribution %.1f ms\n",
        spec,
        n,
        median(sum, RUNS),
        median(walk, RUNS),
        median(whole, RUNS));
}

/* The build alone, in the probe and in a bare C program, in turn. */
static void
time_build(const char *bare_path, guint64 n)
{
    MlMeasureRequest request = { .n = n, .repeats = 1 };
    GError *error = NULL;
    if (!ml_spec_parse("boxed-array", &request.structure, &request.options, &error))
        die(error);
    g_autofree char *count = g_strdup_printf("%" G_GUINT64_FORMAT, n);
    char *arguments[] = { (char *)(guintptr)bare_path, count, NULL };
    double ours[BUILD_RUNS];
    double bare[BUILD_RUNS];
    double ratios[BUILD_RUNS];
    for (int i = 0; i < BUILD_RUNS; i++) {
        g_autofree char *printed = NULL;
        g_autoptr(MlMeasurement) measured = ml_measure(&request, &error);
        if (measured == NULL ||
            !g_spawn_sync(
                NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &printed, NULL, NULL, &error))
            die(error);
        ours[i] = measured->seconds * 1000;
        bare[i] = g_ascii_strtod(strchr(printed, ' '), NULL) / 1e6;
        ratios[i] = ours[i] / bare[i];
    }
    printf("build of boxed-array, n = %s: %.1f ms, bare C loop %.1f ms, ratio %.3f (target 1.02)\n",
        count,
        median(ours, BUILD_RUNS),
        median(bare, BUILD_RUNS),
        median(ratios, BUILD_RUNS));
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        time_build(argv[1], 1000000);
    time_attribution("linked-list", 10000000);
    time_attribution("linked-list:order=shuffled", 10000000);
    time_attribution("boxed-array", 10000000);
    time_attribution("boxed-array:order=shuffled", 10000000);
    time_attribution("packed-array", 10000000);
    return 0;
}

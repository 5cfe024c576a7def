/* Prints how long eight standard slides take, drawn from the gallery's recordings in one process,
 * as medians of runs in CPU time: never a test, as machines are shared and noisy.
 * (`meson test -C build --benchmark -v`) */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "diagram/diagram.h"

enum { RUNS = 7 };

static const char *const slides[] = {
    "boxed-array",
    "linked-list",
    "list-scattered",
    "hash-chained",
    "dict-compact",
    "ledger",
    "model-measured",
    "saw-tooth",
};

static void
die(const GError *error)
{
    fprintf(stderr, "bench_diagrams: %s\n", error->message);
    exit(1);
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
read_recordings(const char *folder, MlRecording recordings[])
{
    GError *error = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(slides); i++) {
        g_autofree char *name = g_strconcat(slides[i], ".json", NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!ml_recording_read(path, &recordings[i], &error))
            die(error);
    }
}

/* Of this process alone: others may be at work on the machine.  Returns: ms. */
static double
now(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

/* Laid out and drawn, fonts and all.  Returns: ms. */
static double
draw(const char *kind_name, const MlRecording *recording, MlFormat format, gsize *ret_bytes)
{
    GError *error = NULL;
    double start = now();
    const MlDiagramKind *kind = ml_diagram_find(kind_name, &error);
    MlDiagramFacts facts = ml_diagram_facts(recording);
    g_autoptr(MlScene) scene = kind != NULL ? ml_diagram_scene(kind, &facts, NULL, &error) : NULL;
    g_autoptr(GBytes) bytes =
        scene != NULL ? ml_diagram_render(scene, format, ml_themes()[0], 1, &error) : NULL;
    if (bytes == NULL)
        die(error);
    *ret_bytes = g_bytes_get_size(bytes);
    return now() - start;
}

static void
time_format(const MlRecording recordings[], MlFormat format, const char *name, double target)
{
    double whole[RUNS];
    double each[G_N_ELEMENTS(slides)][RUNS];
    gsize bytes[G_N_ELEMENTS(slides)];
    for (guint run = 0; run < RUNS; run++) {
        whole[run] = 0;
        for (guint i = 0; i < G_N_ELEMENTS(slides); i++) {
            each[i][run] = draw(slides[i], &recordings[i], format, &bytes[i]);
            whole[run] += each[i][run];
        }
    }
    qsort(whole, RUNS, sizeof *whole, compare);
    printf("eight slides as %s: %.0f ms (target %.0f)\n", name, whole[RUNS / 2], target);
    for (guint i = 0; i < G_N_ELEMENTS(slides); i++) {
        qsort(each[i], RUNS, sizeof *each[i], compare);
        printf("  %-16s %6.1f ms %8zu bytes\n", slides[i], each[i][RUNS / 2], bytes[i]);
    }
}

int
main(int argc, char **argv)
{
    MlRecording recordings[G_N_ELEMENTS(slides)] = { 0 };
    if (argc != 2) {
        fprintf(stderr, "usage: bench_diagrams FOLDER of recordings\n");
        return 2;
    }
    read_recordings(argv[1], recordings);
    time_format(recordings, ML_FORMAT_SVG, "SVG", 200);
    time_format(recordings, ML_FORMAT_PNG, "PNG of 1920 by 1080", 1000);
    time_format(recordings, ML_FORMAT_PDF, "PDF", 1000);
    for (guint i = 0; i < G_N_ELEMENTS(slides); i++)
        ml_recording_clear(&recordings[i]);
    return 0;
}

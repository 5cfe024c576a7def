/* Prints how long slides take, eight of them together, drawn from the gallery's recordings in one
 * process, as medians of runs in CPU time: never a test, as machines are shared and noisy.
 * (`meson test -C build --benchmark -v`) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "diagram/diagram.h"

enum { RUNS = 7 };

/* The eight whose sum has a target; the other kinds follow them. */
static const char *const standard[] = {
    "boxed-array",
    "linked-list",
    "list-scattered",
    "hash-chained",
    "dict-compact",
    "ledger",
    "model-measured",
    "saw-tooth",
};

typedef struct {
    const MlDiagramKind *kind;
    gboolean is_standard;
    MlRecording recording;
    double ms[RUNS];
    gsize bytes;
} Slide;

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

static gboolean
is_standard(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(standard); i++)
        if (strcmp(standard[i], name) == 0)
            return TRUE;
    return FALSE;
}

static GArray *
read_slides(const char *folder)
{
    GArray *slides = g_array_new(FALSE, TRUE, sizeof(Slide));
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++) {
        GError *error = NULL;
        Slide slide = { .kind = *kind, .is_standard = is_standard((*kind)->name) };
        g_autofree char *name = g_strconcat((*kind)->name, ".json", NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!ml_recording_read(path, &slide.recording, &error))
            die(error);
        g_array_append_val(slides, slide);
    }
    return slides;
}

/* Of this process alone: others may be at work on the machine.  Returns: ms. */
static double
now(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

/* Laid out and drawn, fonts and all.  Returns: ms. */
static double
draw(Slide *slide, MlFormat format)
{
    GError *error = NULL;
    double start = now();
    MlDiagramFacts facts = ml_diagram_facts(&slide->recording);
    g_autoptr(MlScene) scene = ml_diagram_scene(slide->kind, &facts, NULL, &error);
    g_autoptr(GBytes) bytes =
        scene != NULL ? ml_diagram_render(scene, format, ml_themes()[0], 1, &error) : NULL;
    if (bytes == NULL)
        die(error);
    slide->bytes = g_bytes_get_size(bytes);
    return now() - start;
}

static void
time_format(GArray *slides, MlFormat format, const char *name, double target)
{
    double whole[RUNS] = { 0 };
    for (guint run = 0; run < RUNS; run++)
        for (guint i = 0; i < slides->len; i++) {
            Slide *slide = &g_array_index(slides, Slide, i);
            slide->ms[run] = draw(slide, format);
            whole[run] += slide->is_standard ? slide->ms[run] : 0;
        }
    qsort(whole, RUNS, sizeof *whole, compare);
    printf("eight slides as %s: %.0f ms (target %.0f)\n", name, whole[RUNS / 2], target);
    for (guint i = 0; i < slides->len; i++) {
        Slide *slide = &g_array_index(slides, Slide, i);
        qsort(slide->ms, RUNS, sizeof *slide->ms, compare);
        printf("  %-16s%s %6.1f ms %8zu bytes\n",
            slide->kind->name,
            slide->is_standard ? " " : "+",
            slide->ms[RUNS / 2],
            slide->bytes);
    }
}

int
main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bench_diagrams FOLDER of recordings\n");
        return 2;
    }
    g_autoptr(GArray) slides = read_slides(argv[1]);
    time_format(slides, ML_FORMAT_SVG, "SVG", 200);
    time_format(slides, ML_FORMAT_PNG, "PNG of 1920 by 1080", 1000);
    time_format(slides, ML_FORMAT_PDF, "PDF", 1000);
    for (guint i = 0; i < slides->len; i++)
        ml_recording_clear(&g_array_index(slides, Slide, i).recording);
    return 0;
}

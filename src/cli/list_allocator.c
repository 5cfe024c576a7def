#include "cli/list_allocator.h"

#include "base/number.h"
#include "base/text.h"
#include "cli/output.h"
#include "measure/allocator_library.h"
#include "render/figures.h"
#include "structure/registry.h"

/* Requests that show an allocator's steps: within one of them and just beyond. */
static const guint64 requests[] = { 1, 16, 24, 25, 40, 48, 64, 100, 1000, 5000, 100000 };

void
ml_list_add_allocators(GString *text)
{
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    g_string_append(text, "\nallocators, for --allocator\n");
    for (size_t i = 0; i < n_allocators; i++) {
        const MlAllocator *allocator = allocators[i];
        g_autofree char *name = ml_text_styled(ML_STYLE_BOLD, allocator->name);
        ml_figure_cell(text, name, 18, FALSE);
        g_string_append(text, allocator->summary);
        if (!ml_allocator_installed(allocator))
            g_string_append_printf(
                text, " (not installed: apt-get install %s)", allocator->run.package);
        g_string_append_c(text, '\n');
    }
}

/* --- one -------------------------------------------------------------------------------------- */

static void
add_row(GString *text, const char *name, const char *words)
{
    g_string_append_printf(text, "%-13s%s\n", name, words);
}

static void
add_requests(GString *text, const MlAllocator *allocator)
{
    g_string_append(text, "\n  bytes asked for    taken, with all that is rounded up\n");
    for (guint i = 0; i < G_N_ELEMENTS(requests); i++) {
        g_autofree char *asked = ml_group_digits(requests[i], " ");
        g_autofree char *taken = ml_group_digits(allocator->taken(requests[i]), " ");
        g_string_append_printf(text, "  %15s  %7s\n", asked, taken);
    }
    g_string_append_c(text, '\n');
}

static void
add_origin(GString *text, const MlAllocatorRun *run, gboolean is_installed)
{
    if (run->version != NULL) {
        g_autofree char *version = g_strdup_printf(
            "version %s; others are measured too, and a note says so", run->version);
        add_row(text, "model of", version);
    }
    if (run->package != NULL) {
        g_autofree char *package = g_strdup_printf("Debian package %s, %s",
            run->package,
            is_installed ? "installed" : "not installed: apt-get install it");
        add_row(text, "comes with", package);
    }
    if (run->pinned[0] != NULL) {
        g_autofree char *all = g_strjoinv(" ", (char **)(guintptr)run->pinned);
        g_autofree char *pinned = g_strdup_printf("%s, unless --as-shipped", all);
        add_row(text, "runs with", pinned);
    }
}

static gboolean
runs_libraries(const MlAllocator *allocator)
{
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    for (size_t i = 0; i < n_structures; i++)
        if (!ml_allocator_runs(allocator, structures[i]))
            return FALSE;
    return TRUE;
}

gboolean
ml_list_allocator(const MlAllocator *allocator, GError **error)
{
    g_autofree char *name = ml_text_styled(ML_STYLE_BOLD, allocator->name);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s\n%s\n", name, allocator->summary);
    add_requests(text, allocator);
    add_origin(text, &allocator->run, ml_allocator_installed(allocator));
    add_row(
        text, "holds", runs_libraries(allocator) ? "every structure" : "memlab's own structures");
    g_autofree char *whole = g_string_free(text, FALSE);
    return ml_output(whole, error);
}

json_t *
ml_list_allocator_json(const MlAllocator *allocator)
{
    json_t *taken = json_array();
    for (guint i = 0; i < G_N_ELEMENTS(requests); i++)
        json_array_append_new(taken,
            json_pack("{s:I, s:I}",
                "request_bytes",
                (json_int_t)requests[i],
                "taken_bytes",
                (json_int_t)allocator->taken(requests[i])));
    return json_pack("{s:s, s:s, s:s*, s:s*, s:b, s:o}",
        "allocator",
        allocator->name,
        "summary",
        allocator->summary,
        "model_version",
        allocator->run.version,
        "package",
        allocator->run.package,
        "installed",
        ml_allocator_installed(allocator),
        "requests",
        taken);
}

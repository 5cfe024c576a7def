#include "measure/surroundings.h"

#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/number.h"
#include "measure/capacity.h"
#include "measure/measure.h"
#include "measure/pages.h"
#include "structure/registry.h"

enum { EMPTY_BUILDS = 5 };

void
ml_finding_free(MlFinding *finding)
{
    if (finding == NULL)
        return;
    g_free(finding->subject);
    g_free(finding->text);
    g_free(finding);
}

MlFinding *
ml_finding_new(MlFindingLevel level, const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    MlFinding *finding = g_new(MlFinding, 1);
    finding->level = level;
    finding->subject = g_strdup(subject);
    finding->text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return finding;
}

/* --- one question each ------------------------------------------------------------------------ */

static MlFinding *
examine_kernel(void)
{
    struct utsname system;
    if (uname(&system) != 0)
        return ml_finding_new(ML_FINDING_LIMITED, "kernel", "unknown");
    return ml_finding_new(ML_FINDING_GOOD,
        "kernel",
        "%s %s, %s, pages of %ld B",
        system.sysname,
        system.release,
        system.machine,
        sysconf(_SC_PAGESIZE));
}

/* The self-check of the ruler: nothing built must be nothing measured. */
static void
examine_measuring(GPtrArray *findings)
{
    const MlStructure *structure = ml_structure_find("packed-array");
    MlMeasureRequest request = { .structure = structure, .repeats = EMPTY_BUILDS, .force = TRUE };
    ml_options_defaults(structure->options, structure->n_options, &request.options);
    g_autoptr(GError) error = NULL;
    g_autoptr(MlMeasurement) empty = ml_measure(&request, &error);
    if (empty == NULL) {
        g_ptr_array_add(
            findings, ml_finding_new(ML_FINDING_BAD, "measuring", "%s", error->message));
        return;
    }
    g_ptr_array_add(findings, ml_finding_new(ML_FINDING_GOOD, "malloc", "%s", empty->libc));
    gboolean exact = empty->bytes == 0 && empty->spread_bytes == 0;
    g_ptr_array_add(findings,
        ml_finding_new(exact ? ML_FINDING_GOOD : ML_FINDING_LIMITED,
            "RSS source",
            "RssAnon, read from outside; an empty build costs %" G_GINT64_FORMAT
            " B, spread %" G_GUINT64_FORMAT " B in %d tries",
            empty->bytes,
            empty->spread_bytes,
            EMPTY_BUILDS));
    if (empty->invalid_reason != NULL)
        g_ptr_array_add(
            findings, ml_finding_new(ML_FINDING_BAD, "second source", "%s", empty->invalid_reason));
    g_auto(GStrv) notes = g_strsplit(empty->notes != NULL ? empty->notes : "", "\n", -1);
    for (guint i = 0; notes[i] != NULL && notes[i][0] != '\0'; i++)
        g_ptr_array_add(findings, ml_finding_new(ML_FINDING_LIMITED, "refused", "%s", notes[i]));
}

static MlFinding *
examine_pages(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MlPages) pages = ml_pages_take(getpid(), &error);
    if (pages != NULL)
        return ml_finding_new(ML_FINDING_GOOD, "pages", "/proc/PID/pagemap can be read");
    return ml_finding_new(ML_FINDING_BAD, "pages", "%s", error->message);
}

static MlFinding *
examine_huge_pages(void)
{
    g_autofree char *mode = NULL;
    if (!g_file_get_contents("/sys/kernel/mm/transparent_hugepage/enabled", &mode, NULL, NULL))
        return ml_finding_new(ML_FINDING_GOOD, "huge pages", "this kernel has none");
    g_strchomp(mode);
    return ml_finding_new(ML_FINDING_GOOD, "huge pages", "%s; switched off for the probe", mode);
}

static MlFinding *
examine_swap(void)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/meminfo", &text, NULL, NULL))
        return ml_finding_new(ML_FINDING_LIMITED, "swap", "unknown");
    const char *line = strstr(text, "SwapTotal:");
    guint64 bytes =
        line != NULL ? g_ascii_strtoull(line + strlen("SwapTotal:"), NULL, 10) * 1024 : 0;
    if (bytes == 0)
        return ml_finding_new(ML_FINDING_GOOD, "swap", "none");
    g_autofree char *size = ml_bytes_iec(bytes, 1);
    return ml_finding_new(ML_FINDING_GOOD,
        "swap",
        "%s; a measurement during which pages are swapped out is marked as not valid",
        size);
}

static MlFinding *
examine_memory(void)
{
    guint64 available;
    g_autoptr(GError) error = NULL;
    if (!ml_capacity_available(&available, &error))
        return ml_finding_new(ML_FINDING_LIMITED, "memory", "%s", error->message);
    g_autofree char *size = ml_bytes_iec(available, 1);
    return ml_finding_new(ML_FINDING_GOOD, "memory", "%s available for a structure", size);
}

GPtrArray *
ml_surroundings_examine(void)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)ml_finding_free);
    g_ptr_array_add(findings, examine_kernel());
    examine_measuring(findings);
    g_ptr_array_add(findings, examine_pages());
    g_ptr_array_add(findings, examine_huge_pages());
    g_ptr_array_add(findings, examine_swap());
    g_ptr_array_add(findings, examine_memory());
    return findings;
}

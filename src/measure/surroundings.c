#include "measure/surroundings.h"

#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/number.h"
#include "measure/allocator_library.h"
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
    if (pages == NULL)
        return ml_finding_new(ML_FINDING_LIMITED,
            "pages",
            "cannot be read: totals are exact, owners of pages unknown");
    if (!ml_pages_can_scan())
        return ml_finding_new(ML_FINDING_GOOD,
            "pages",
            "read page by page: this kernel has no PAGEMAP_SCAN, or refuses it");
    return ml_finding_new(ML_FINDING_GOOD, "pages", "found by PAGEMAP_SCAN");
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

/* What lets a program promise itself more than there is: then a build is killed, not refused. */
static MlFinding *
examine_overcommit(void)
{
    static const char *const modes[] = {
        "heuristic: the kernel refuses only what is hopeless",
        "always: the kernel refuses nothing, and kills when memory has run out",
        "never: malloc may fail well before memory is full",
    };
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/sys/vm/overcommit_memory", &text, NULL, NULL))
        return ml_finding_new(ML_FINDING_GOOD, "overcommit", "unknown");
    guint64 mode = g_ascii_strtoull(text, NULL, 10);
    return ml_finding_new(
        ML_FINDING_GOOD, "overcommit", "%s", mode < G_N_ELEMENTS(modes) ? modes[mode] : "unknown");
}

static MlFinding *
examine_cgroup(void)
{
    guint64 left = ml_capacity_cgroup();
    if (!g_file_test("/proc/self/cgroup", G_FILE_TEST_EXISTS))
        return ml_finding_new(ML_FINDING_GOOD, "cgroup", "unknown: /proc/self/cgroup is not there");
    if (left == G_MAXUINT64)
        return ml_finding_new(ML_FINDING_GOOD, "cgroup", "no limit on memory");
    g_autofree char *size = ml_bytes_iec(left, 1);
    return ml_finding_new(ML_FINDING_GOOD, "cgroup", "its limit leaves %s", size);
}

static MlFinding *
examine_allocators(void)
{
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    g_autoptr(GPtrArray) there = g_ptr_array_new();
    GString *missing = g_string_new(NULL);
    for (size_t i = 0; i < n_allocators; i++) {
        if (ml_allocator_installed(allocators[i]))
            g_ptr_array_add(there, (gpointer)(guintptr)allocators[i]->name);
        else
            g_string_append_printf(missing, " %s", allocators[i]->run.package);
    }
    g_ptr_array_add(there, NULL);
    g_autofree char *names = g_strjoinv(" ", (char **)there->pdata);
    g_autofree char *packages = g_string_free(missing, FALSE);
    if (*packages == '\0')
        return ml_finding_new(ML_FINDING_GOOD, "allocators", "%s", names);
    return ml_finding_new(
        ML_FINDING_GOOD, "allocators", "%s; for the others: apt-get install%s", names, packages);
}

static MlFinding *
examine_memory(void)
{
    guint64 available;
    g_autoptr(GError) error = NULL;
    if (!ml_capacity_available(&available, &error))
        return ml_finding_new(ML_FINDING_LIMITED, "memory", "%s", error->message);
    g_autofree char *size = ml_bytes_iec(available, 1);
    guint64 addresses = ml_capacity_address_space();
    if (addresses == G_MAXUINT64)
        return ml_finding_new(ML_FINDING_GOOD, "memory", "%s available for a structure", size);
    g_autofree char *limit = ml_bytes_iec(addresses, 1);
    return ml_finding_new(ML_FINDING_GOOD,
        "memory",
        "%s available for a structure; 'ulimit -v' allows a process %s of address space",
        size,
        limit);
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
    g_ptr_array_add(findings, examine_overcommit());
    g_ptr_array_add(findings, examine_cgroup());
    g_ptr_array_add(findings, examine_memory());
    g_ptr_array_add(findings, examine_allocators());
    return findings;
}

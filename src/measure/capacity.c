#include "measure/capacity.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "model/compute.h"

/* What user space can address on x86-64 and arm64: 2^47 B. */
#define ADDRESS_SPACE_BYTES (G_GUINT64_CONSTANT(1) << 47)
/* A control group's limit from here on is none: version 1 says 2^63 less a page. */
#define NO_LIMIT (G_GUINT64_CONSTANT(1) << 60)
/* Left to everybody else: page tables, the front end, other programs. */
#define MARGIN_BYTES (G_GUINT64_CONSTANT(64) << 20)

/* --- what is available ------------------------------------------------------------------------ */

static gboolean
read_mem_available(guint64 *ret_bytes)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/meminfo", &text, NULL, NULL))
        return FALSE;
    const char *line = strstr(text, "MemAvailable:");
    if (line == NULL)
        return FALSE;
    *ret_bytes = g_ascii_strtoull(line + strlen("MemAvailable:"), NULL, 10) * 1024;
    return TRUE;
}

/* Where /proc/meminfo is hidden: what is free now, without what could be freed. */
static gboolean
ask_free_memory(guint64 *ret_bytes)
{
    struct sysinfo info;
    if (sysinfo(&info) != 0)
        return FALSE;
    *ret_bytes = ((guint64)info.freeram + info.bufferram) * info.mem_unit;
    return TRUE;
}

/* A figure in one file; G_MAXUINT64 for "max", or where there is none. */
static guint64
read_figure(const char *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL) || !g_ascii_isdigit(text[0]))
        return G_MAXUINT64;
    return g_ascii_strtoull(text, NULL, 10);
}

/* The two forms of control groups: how /proc/self/cgroup names them, and where their figures are.
 */
typedef struct {
    const char *line; /* what our line in /proc/self/cgroup contains before the path */
    const char *root;
    const char *limit;
    const char *used;
} CgroupForm;

static const CgroupForm cgroup_forms[] = {
    { "0::", "/sys/fs/cgroup", "memory.max", "memory.current" },
    { ":memory:", "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes" },
};

/* What our control group and those above it leave. */
static guint64
cgroup_available(const CgroupForm *form, const char *own_groups)
{
    const char *line = strstr(own_groups, form->line);
    if (line == NULL)
        return G_MAXUINT64;
    const char *path = line + strlen(form->line);
    g_autofree char *relative = g_strndup(path, strcspn(path, "\n"));
    g_autofree char *folder = g_build_filename(form->root, relative, NULL);
    guint64 available = G_MAXUINT64;
    while (strlen(folder) >= strlen(form->root)) {
        guint64 limit = read_figure(folder, form->limit);
        guint64 used = read_figure(folder, form->used);
        if (limit < NO_LIMIT && used != G_MAXUINT64)
            available = MIN(available, limit > used ? limit - used : 0);
        char *parent = g_path_get_dirname(folder);
        g_free(folder);
        folder = parent;
    }
    return available;
}

guint64
ml_capacity_cgroup(void)
{
    g_autofree char *own_groups = NULL;
    guint64 available = G_MAXUINT64;
    if (g_file_get_contents("/proc/self/cgroup", &own_groups, NULL, NULL))
        for (guint i = 0; i < G_N_ELEMENTS(cgroup_forms); i++)
            available = MIN(available, cgroup_available(&cgroup_forms[i], own_groups));
    return available;
}

guint64
ml_capacity_address_space(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return G_MAXUINT64;
    return limit.rlim_cur;
}

gboolean
ml_capacity_available(guint64 *ret_bytes, GError **error)
{
    guint64 available;
    if (!read_mem_available(&available) && !ask_free_memory(&available))
        return ml_fail(
            error, ML_ERROR_SURROUNDINGS, "the kernel does not say how much memory is free");
    available = MIN(available, ml_capacity_cgroup());
    available = MIN(available, ml_capacity_address_space());
    *ret_bytes = available > MARGIN_BYTES ? available - MARGIN_BYTES : 0;
    return TRUE;
}

/* --- whether it fits -------------------------------------------------------------------------- */

gboolean
ml_capacity_check_size(
    const MlStructure *structure, const MlOptions *options, guint64 n, GError **error)
{
    guint64 element_bytes = ml_element_bytes(structure, options);
    guint64 product;
    if (!__builtin_mul_overflow(n, element_bytes, &product) && product <= ADDRESS_SPACE_BYTES)
        return TRUE;
    g_autofree char *count = ml_group_digits(n, " ");
    return ml_fail(error,
        ML_ERROR_USAGE,
        "n = %s: %s × %" G_GUINT64_FORMAT
        " B is %.3g B, more than an address space of 128 TiB holds",
        count,
        count,
        element_bytes,
        (double)n * (double)element_bytes);
}

static guint64
peak_bytes(
    const MlStructure *structure, const MlOptions *options, guint64 n, const MlAllocator *allocator)
{
    g_autofree MlModel *model = g_new(MlModel, 1);
    ml_compute(structure, options, n, allocator, (guint64)sysconf(_SC_PAGESIZE), model);
    return model->cost.peak;
}

guint64
ml_capacity_largest(const MlStructure *structure,
    const MlOptions *options,
    const MlAllocator *allocator,
    guint64 bytes)
{
    guint64 fits = 0;
    guint64 too_many = ADDRESS_SPACE_BYTES / ml_element_bytes(structure, options);
    while (too_many - fits > 1) {
        guint64 middle = fits + (too_many - fits) / 2;
        if (peak_bytes(structure, options, middle, allocator) <= bytes)
            fits = middle;
        else
            too_many = middle;
    }
    return fits;
}

/* Two leading digits are enough to type, and stay below the limit. */
static guint64
round_down(guint64 n)
{
    guint64 unit = 1;
    while (n / unit >= 100)
        unit *= 10;
    return n / unit * unit;
}

/* @subject: what would be built, @how: "" or " together" */
static gboolean
refuse(const char *subject,
    guint64 n,
    guint64 needed,
    const char *how,
    guint64 available,
    guint64 largest,
    GError **error)
{
    g_autofree char *count = ml_group_digits(n, " ");
    g_autofree char *needed_text = ml_bytes_iec(needed, 1);
    g_autofree char *available_text = ml_bytes_iec(available, 1);
    g_autofree char *largest_text = ml_group_digits(round_down(largest), " ");
    return ml_fail(error,
        ML_ERROR_SURROUNDINGS,
        "%s with n = %s would take %s%s, and %s are available here; n = %s fits "
        "(--force tries all the same)",
        subject,
        count,
        needed_text,
        how,
        available_text,
        largest_text);
}

gboolean
ml_capacity_check(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    GError **error)
{
    guint64 available;
    if (!ml_capacity_check_size(structure, options, n, error) ||
        !ml_capacity_available(&available, error))
        return FALSE;
    guint64 needed = peak_bytes(structure, options, n, allocator);
    if (needed <= available)
        return TRUE;
    guint64 largest = ml_capacity_largest(structure, options, allocator, available);
    return refuse(structure->name, n, needed, "", available, largest, error);
}

/* --- several at once -------------------------------------------------------------------------- */

/* The most that there is at any moment: what was built before, and the next one's peak. */
static guint64
peak_together(const GArray *choices, guint64 n, const MlAllocator *allocator)
{
    g_autofree MlModel *model = g_new(MlModel, 1);
    guint64 page_bytes = (guint64)sysconf(_SC_PAGESIZE);
    guint64 built = 0;
    guint64 peak = 0;
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        ml_compute(choice->structure, &choice->options, n, allocator, page_bytes, model);
        peak = MAX(peak, built + model->cost.peak);
        built += model->cost.resident;
    }
    return peak;
}

/* @too_many: an n that does not fit */
static guint64
largest_together(
    const GArray *choices, const MlAllocator *allocator, guint64 bytes, guint64 too_many)
{
    guint64 fits = 0;
    while (too_many - fits > 1) {
        guint64 middle = fits + (too_many - fits) / 2;
        if (peak_together(choices, middle, allocator) <= bytes)
            fits = middle;
        else
            too_many = middle;
    }
    return fits;
}

gboolean
ml_capacity_check_together(
    const GArray *choices, guint64 n, const MlAllocator *allocator, GError **error)
{
    guint64 available;
    if (!ml_capacity_available(&available, error))
        return FALSE;
    guint64 needed = peak_together(choices, n, allocator);
    if (needed <= available)
        return TRUE;
    guint64 largest = largest_together(choices, allocator, available, n);
    g_autofree char *subject = g_strdup_printf("these %u structures", choices->len);
    return refuse(subject, n, needed, " together", available, largest, error);
}

#include "measure/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/types.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.h"
#include "core/census.h"

/* Addresses [from, to). */
typedef struct {
    guint64 from;
    guint64 to;
} Range;

struct MlPages {
    guint64 page_bytes;
    GArray *resident; /* of Range, rising, no two touch */
};

static MlPages *
pages_new(void)
{
    MlPages *pages = g_new0(MlPages, 1);
    pages->page_bytes = (guint64)sysconf(_SC_PAGESIZE);
    pages->resident = g_array_new(FALSE, FALSE, sizeof(Range));
    return pages;
}

void
ml_pages_free(MlPages *pages)
{
    if (pages == NULL)
        return;
    g_array_unref(pages->resident);
    g_free(pages);
}

static Range
range_at(const MlPages *pages, guint i)
{
    return g_array_index(pages->resident, Range, i);
}

static void
add_resident(MlPages *pages, Range range)
{
    GArray *resident = pages->resident;
    Range *last = resident->len > 0 ? &g_array_index(resident, Range, resident->len - 1) : NULL;
    if (last != NULL && last->to == range.from)
        last->to = range.to;
    else
        g_array_append_val(resident, range);
}

/* --- PAGEMAP_SCAN ----------------------------------------------------------------------------- */

/* Source: Linux 6.7, include/uapi/linux/fs.h, which Debian 12's headers are older than. */
typedef struct {
    __u64 start;
    __u64 end;
    __u64 categories;
} PageRegion;

typedef struct {
    __u64 size;
    __u64 flags;
    __u64 start;
    __u64 end;
    __u64 walk_end;
    __u64 regions;
    __u64 n_regions;
    __u64 max_pages;
    __u64 category_inverted;
    __u64 category_mask;
    __u64 category_anyof_mask;
    __u64 return_mask;
} PagemapScan;

#define PAGEMAP_SCAN_CALL _IOWR('f', 16, PagemapScan)
#define CATEGORY_FILE (UINT64_C(1) << 2)
#define CATEGORY_PRESENT (UINT64_C(1) << 3)
#define CATEGORY_ZERO (UINT64_C(1) << 5)
#define ADDRESS_SPACE_END (UINT64_C(1) << 47)
enum { MAX_REGIONS = 512 };

static gboolean
scan(MlPages *pages, int pagemap)
{
    PageRegion regions[MAX_REGIONS];
    PagemapScan arguments = {
        .size = sizeof arguments,
        .end = ADDRESS_SPACE_END - pages->page_bytes,
        .regions = (guintptr)regions,
        .n_regions = MAX_REGIONS,
        .category_inverted = CATEGORY_FILE | CATEGORY_ZERO,
        .category_mask = CATEGORY_PRESENT | CATEGORY_FILE | CATEGORY_ZERO,
        .return_mask = CATEGORY_PRESENT,
    };
    while (arguments.start < arguments.end) {
        int n_regions = ioctl(pagemap, PAGEMAP_SCAN_CALL, &arguments);
        if (n_regions < 0)
            return FALSE;
        for (int i = 0; i < n_regions; i++)
            add_resident(pages, (Range){ regions[i].start, regions[i].end });
        arguments.start = arguments.walk_end;
    }
    return TRUE;
}

/* --- pagemap, page by page -------------------------------------------------------------------- */

/* Source: Documentation/admin-guide/mm/pagemap.rst: bit 63 present, bit 61 a page of a file or
 * shared. */
#define ENTRY_PRESENT (UINT64_C(1) << 63)
#define ENTRY_FILE (UINT64_C(1) << 61)
enum { BATCH = 4096 };

static gboolean
read_mapping(MlPages *pages, int pagemap, Range mapping)
{
    guint64 entries[BATCH];
    guint64 at = mapping.from;
    while (at < mapping.to) {
        size_t count = MIN((mapping.to - at) / pages->page_bytes, BATCH);
        off_t offset = (off_t)(at / pages->page_bytes * sizeof *entries);
        if (pread(pagemap, entries, count * sizeof *entries, offset) !=
            (ssize_t)(count * sizeof *entries))
            return FALSE;
        for (size_t i = 0; i < count; i++, at += pages->page_bytes)
            if ((entries[i] & (ENTRY_PRESENT | ENTRY_FILE)) == ENTRY_PRESENT)
                add_resident(pages, (Range){ at, at + pages->page_bytes });
    }
    return TRUE;
}

/* A line of /proc/PID/maps: "from-to rw-p offset device inode name".  The kernel's own pages
 * ("[vdso]", "[vvar]") are not the process's; a shared mapping has no anonymous page. */
static gboolean
read_mappings(MlPages *pages, FILE *maps, int pagemap)
{
    char line[512];
    while (fgets(line, sizeof line, maps) != NULL) {
        char *dash;
        char *permissions;
        Range mapping = { .from = g_ascii_strtoull(line, &dash, 16) };
        mapping.to = g_ascii_strtoull(dash + 1, &permissions, 16);
        gboolean is_private = strlen(permissions) > 4 && permissions[4] == 'p';
        gboolean is_kernels = strstr(permissions, "[v") != NULL;
        if (is_private && !is_kernels && !read_mapping(pages, pagemap, mapping))
            return FALSE;
    }
    return TRUE;
}

/* --- either ----------------------------------------------------------------------------------- */

static MlPages *
take(GPid pid, gboolean may_scan, GError **error)
{
    g_autofree char *maps_path = g_strdup_printf("/proc/%d/maps", (int)pid);
    g_autofree char *pagemap_path = g_strdup_printf("/proc/%d/pagemap", (int)pid);
    g_autoptr(MlPages) pages = pages_new();

    FILE *maps = fopen(maps_path, "re");
    int pagemap = open(pagemap_path, O_RDONLY | O_CLOEXEC);
    gboolean opened = maps != NULL && pagemap >= 0;
    gboolean ok = opened && may_scan && scan(pages, pagemap);
    if (opened && !ok) {
        g_array_set_size(pages->resident, 0);
        ok = read_mappings(pages, maps, pagemap);
    }
    int reason = errno;
    if (maps != NULL)
        fclose(maps);
    if (pagemap >= 0)
        close(pagemap);
    if (!ok) {
        ml_fail(error,
            ML_ERROR_SURROUNDINGS,
            "cannot measure here: %s cannot be read: %s",
            maps == NULL ? maps_path : pagemap_path,
            g_strerror(reason));
        return NULL;
    }
    return g_steal_pointer(&pages);
}

MlPages *
ml_pages_take(GPid pid, GError **error)
{
    return take(pid, TRUE, error);
}

MlPages *
ml_pages_take_slowly(GPid pid, GError **error)
{
    return take(pid, FALSE, error);
}

gboolean
ml_pages_can_scan(void)
{
    g_autoptr(MlPages) pages = pages_new();
    int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    if (pagemap < 0)
        return FALSE;
    gboolean can = scan(pages, pagemap);
    close(pagemap);
    return can;
}

/* --- comparing -------------------------------------------------------------------------------- */

guint64
ml_pages_bytes(const MlPages *pages)
{
    guint64 bytes = 0;
    for (guint i = 0; i < pages->resident->len; i++)
        bytes += range_at(pages, i).to - range_at(pages, i).from;
    return bytes;
}

static void
add_census_range(GArray *ranges, guint64 from, guint64 to, guint64 page_bytes, MlPageState state)
{
    if (from == to)
        return;
    MlCensusRange range = { .from = from, .to = to, .state = (guint64)state };
    if (ranges->len > 0) {
        const MlCensusRange *last = &g_array_index(ranges, MlCensusRange, ranges->len - 1);
        range.first_page = last->first_page + (last->to - last->from) / page_bytes;
    }
    g_array_append_val(ranges, range);
}

/* Cuts one range of @after where ranges of @before begin and end in it.
 * Returns: bytes that were resident before.  @i: the first range of @before that may reach in. */
static guint64
split(const MlPages *before, guint *i, Range range, GArray *ranges)
{
    guint64 old_bytes = 0;
    guint64 at = range.from;
    while (*i < before->resident->len && range_at(before, *i).to <= range.from)
        (*i)++;
    for (guint k = *i; k < before->resident->len && range_at(before, k).from < range.to; k++) {
        guint64 from = MAX(range_at(before, k).from, range.from);
        guint64 to = MIN(range_at(before, k).to, range.to);
        add_census_range(ranges, at, from, before->page_bytes, ML_PAGE_NEW);
        add_census_range(ranges, from, to, before->page_bytes, ML_PAGE_OLD);
        old_bytes += to - from;
        at = to;
    }
    add_census_range(ranges, at, range.to, before->page_bytes, ML_PAGE_NEW);
    return old_bytes;
}

void
ml_pages_compare(const MlPages *before,
    const MlPages *after,
    GArray **ret_ranges,
    guint64 *ret_n_new,
    guint64 *ret_n_vanished)
{
    GArray *ranges = g_array_new(FALSE, FALSE, sizeof(MlCensusRange));
    guint64 old_bytes = 0;
    guint first = 0;
    for (guint i = 0; i < after->resident->len; i++)
        old_bytes += split(before, &first, range_at(after, i), ranges);
    *ret_ranges = ranges;
    *ret_n_new = (ml_pages_bytes(after) - old_bytes) / after->page_bytes;
    *ret_n_vanished = (ml_pages_bytes(before) - old_bytes) / before->page_bytes;
}

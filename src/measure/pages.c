#include "measure/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

enum { BATCH = 4096 };

#define PAGEMAP_PRESENT (UINT64_C(1) << 63)

/* Addresses [from, to). */
typedef struct {
    guint64 from;
    guint64 to;
} Range;

struct MlPages {
    guint64 page_bytes;
    Range heap;
    GArray *resident; /* of Range, rising, no two touch */
};

void
ml_pages_free(MlPages *pages)
{
    if (pages == NULL)
        return;
    g_array_unref(pages->resident);
    g_free(pages);
}

static void
add_resident_page(MlPages *pages, guint64 address)
{
    GArray *resident = pages->resident;
    Range *last = resident->len > 0 ? &g_array_index(resident, Range, resident->len - 1) : NULL;
    if (last != NULL && last->to == address) {
        last->to += pages->page_bytes;
    } else {
        Range range = { address, address + pages->page_bytes };
        g_array_append_val(resident, range);
    }
}

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
            if ((entries[i] & PAGEMAP_PRESENT) != 0)
                add_resident_page(pages, at);
    }
    return TRUE;
}

/* A line of /proc/PID/maps: "from-to rw-p offset device inode name". */
static gboolean
read_mappings(MlPages *pages, FILE *maps, int pagemap)
{
    char line[512];
    while (fgets(line, sizeof line, maps) != NULL) {
        char *dash;
        char *permissions;
        Range mapping = { .from = g_ascii_strtoull(line, &dash, 16) };
        mapping.to = g_ascii_strtoull(dash + 1, &permissions, 16);
        if (strncmp(permissions, " rw-p ", 6) != 0)
            continue;
        if (strstr(permissions, "[heap]") != NULL)
            pages->heap = mapping;
        if (!read_mapping(pages, pagemap, mapping))
            return FALSE;
    }
    return TRUE;
}

MlPages *
ml_pages_take(GPid pid, GError **error)
{
    g_autofree char *maps_path = g_strdup_printf("/proc/%d/maps", (int)pid);
    g_autofree char *pagemap_path = g_strdup_printf("/proc/%d/pagemap", (int)pid);
    g_autoptr(MlPages) pages = g_new0(MlPages, 1);
    pages->page_bytes = (guint64)sysconf(_SC_PAGESIZE);
    pages->resident = g_array_new(FALSE, FALSE, sizeof(Range));

    FILE *maps = fopen(maps_path, "re");
    int pagemap = open(pagemap_path, O_RDONLY | O_CLOEXEC);
    gboolean ok = maps != NULL && pagemap >= 0 && read_mappings(pages, maps, pagemap);
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

guint64
ml_pages_absent(const MlPages *pages, guint64 from, guint64 to)
{
    guint64 present = 0;
    for (guint i = 0; i < pages->resident->len; i++) {
        const Range *range = &g_array_index(pages->resident, Range, i);
        guint64 start = MAX(from, range->from);
        guint64 end = MIN(to, range->to);
        if (end > start)
            present += end - start;
    }
    return to - from - present;
}

gboolean
ml_pages_in_heap(const MlPages *pages, guint64 address)
{
    return address >= pages->heap.from && address < pages->heap.to;
}

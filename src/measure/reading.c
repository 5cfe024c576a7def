#include "measure/reading.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

enum {
    STATUS_BYTES = 8192,
    MAX_TRIES = 8, /* the counters stand still at once; this is against a surprise */
};

static int
open_proc(GPid pid, const char *file, int flags)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
    return open(path, flags | O_CLOEXEC);
}

/* A file of /proc as text.  Returns: FALSE, with errno, where it cannot be read. */
static gboolean
read_proc(GPid pid, const char *file, char *ret_text, size_t size)
{
    int fd = open_proc(pid, file, O_RDONLY);
    if (fd < 0)
        return FALSE;
    size_t length = 0;
    ssize_t got;
    while (length < size - 1 && (got = read(fd, ret_text + length, size - 1 - length)) > 0)
        length += (size_t)got;
    close(fd);
    ret_text[length] = '\0';
    return length > 0;
}

/* The figure of a line such as "RssAnon:     112 kB", in bytes; 0 where there is none. */
static guint64
find_bytes(const char *text, const char *name)
{
    g_autofree char *start = g_strdup_printf("\n%s:", name);
    const char *line = strstr(text, start);
    return line != NULL ? g_ascii_strtoull(line + strlen(start), NULL, 10) * 1024 : 0;
}

static gboolean
read_status(GPid pid, MlReading *ret_reading, GError **error)
{
    char text[STATUS_BYTES];
    if (!read_proc(pid, "status", text, sizeof text) || strstr(text, "RssAnon:") == NULL) {
        return ml_fail(error,
            ML_ERROR_SURROUNDINGS,
            "cannot measure here: /proc/%d/status has no RssAnon (is /proc mounted?)",
            (int)pid);
    }
    *ret_reading = (MlReading){
        .rss_anon = find_bytes(text, "RssAnon"),
        .rss = find_bytes(text, "VmRSS"),
        .peak_rss = find_bytes(text, "VmHWM"),
        .page_tables = find_bytes(text, "VmPTE"),
        .swap = find_bytes(text, "VmSwap"),
    };
    return TRUE;
}

gboolean
ml_reading_take(GPid pid, MlReading *ret_reading, GError **error)
{
    MlReading last;
    if (!read_status(pid, &last, error))
        return FALSE;
    for (int i = 0; i < MAX_TRIES; i++) {
        MlReading next;
        if (!read_status(pid, &next, error))
            return FALSE;
        gboolean stands_still = next.rss_anon == last.rss_anon && next.rss == last.rss;
        last = next;
        if (stands_still)
            break;
    }
    *ret_reading = last;
    return TRUE;
}

gboolean
ml_reading_reset_peak(GPid pid)
{
    int fd = open_proc(pid, "clear_refs", O_WRONLY);
    if (fd < 0)
        return FALSE;
    gboolean ok = write(fd, "5", 1) == 1;
    close(fd);
    return ok;
}

gboolean
ml_reading_check(GPid pid, const MlReading *reading, char **ret_reason)
{
    char text[STATUS_BYTES];
    if (reading->swap > 0) {
        *ret_reason = g_strdup_printf("%" G_GUINT64_FORMAT
                                      " B of the probe were swapped out; close other programs",
            reading->swap);
        return FALSE;
    }
    if (!read_proc(pid, "smaps_rollup", text, sizeof text))
        return TRUE;
    guint64 huge = find_bytes(text, "AnonHugePages");
    guint64 anonymous = find_bytes(text, "Anonymous");
    if (huge > 0)
        *ret_reason = g_strdup_printf("%" G_GUINT64_FORMAT " B lie in huge pages", huge);
    else if (anonymous != reading->rss_anon)
        *ret_reason = g_strdup_printf("the kernel's two counters differ: RssAnon %" G_GUINT64_FORMAT
                                      " B, smaps_rollup %" G_GUINT64_FORMAT " B",
            reading->rss_anon,
            anonymous);
    return *ret_reason == NULL;
}

#include "measure/mappings.h"

#include <stdio.h>
#include <string.h>

/* A line of /proc/PID/maps: "from-to rw-p offset device inode name". */
static MlMapping
parse(const char *line)
{
    char *rest;
    MlMapping mapping = { .from = g_ascii_strtoull(line, &rest, 16) };
    mapping.to = g_ascii_strtoull(rest + 1, &rest, 16);
    mapping.is_foreign = strstr(rest, " /") != NULL || strstr(rest, "[stack]") != NULL;
    mapping.is_memory = !mapping.is_foreign && g_str_has_prefix(rest, " rw-p");
    return mapping;
}

GArray *
ml_mappings_take(GPid pid)
{
    GArray *mappings = g_array_new(FALSE, FALSE, sizeof(MlMapping));
    g_autofree char *path = g_strdup_printf("/proc/%d/maps", (int)pid);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return mappings;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
        MlMapping mapping = parse(lines[i]);
        g_array_append_val(mappings, mapping);
    }
    return mappings;
}

const MlMapping *
ml_mappings_find(const GArray *mappings, guint64 address)
{
    guint low = 0;
    guint high = mappings->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const MlMapping *mapping = &g_array_index(mappings, MlMapping, middle);
        if (address >= mapping->from && address < mapping->to)
            return mapping;
        if (mapping->from > address)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

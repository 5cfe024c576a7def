#include "base/number.h"
#include "session/session.h"

#define LONG_FORM_COLUMNS 100

char *
ml_cell_line_text(const MlCellLine *line, int columns)
{
    const char *name;
    double unit = ml_bytes_unit(MAX(line->total_bytes, line->peak_bytes), &name);
    g_autofree char *used = ml_fixed((double)line->used_bytes / unit, 2);
    g_autofree char *seconds = ml_fixed(line->seconds, 3);
    g_autofree char *peak = ml_fixed((double)line->peak_bytes / unit, 2);
    g_autofree char *total = ml_fixed((double)line->total_bytes / unit, 2);

    if (columns >= LONG_FORM_COLUMNS)
        return g_strdup_printf("In [%u] used %s %s RAM in %s s, peaked %s %s above current, "
                               "total RAM usage %s %s",
            line->number,
            used,
            name,
            seconds,
            peak,
            name,
            total,
            name);
    return g_strdup_printf("[%u]  %s%s %s   %s s   peak +%s   total %s %s",
        line->number,
        *used == '-' ? "" : "+",
        used,
        name,
        seconds,
        peak,
        total,
        name);
}

#include "base/number.h"
#include "session/session.h"

#define LONG_FORM_COLUMNS 100
#define MIB 0x1p20

char *
ml_cell_line_text(const MlCellLine *line, int columns)
{
    g_autofree char *used = ml_fixed((double)line->used_bytes / MIB, 2);
    g_autofree char *seconds = ml_fixed(line->seconds, 3);
    g_autofree char *peak = ml_fixed((double)line->peak_bytes / MIB, 2);
    g_autofree char *total = ml_fixed((double)line->total_bytes / MIB, 2);

    if (columns >= LONG_FORM_COLUMNS)
        return g_strdup_printf("In [%u] used %s MiB RAM in %s s, peaked %s MiB above current, "
                               "total RAM usage %s MiB",
            line->number,
            used,
            seconds,
            peak,
            total);
    return g_strdup_printf("[%u]  %s%s MiB   %s s   peak +%s   total %s MiB",
        line->number,
        *used == '-' ? "" : "+",
        used,
        seconds,
        peak,
        total);
}

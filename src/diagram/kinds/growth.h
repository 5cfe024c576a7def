/* How a structure grows: the moments at which it takes more room, for picture and words. */
#pragma once

#include "diagram/kind.h"

/* One moment. */
typedef struct {
    guint64 n;
    guint64 capacity;
    double bytes[ML_N_ROLES]; /* of live blocks, resident */
    double total;             /* their sum */
    double absent;            /* reserved beyond that, on pages that nobody has touched */
} MlGrowthRow;

/**
 * ml_growth_rows: the last moments up to the series' end, that one included.
 * @most: how many at most
 *
 * Returns: (transfer full) (element-type MlGrowthRow): at least one.
 */
GArray *ml_growth_rows(const MlSeries *series, guint most);

static inline const MlGrowthRow *
ml_growth_row(const GArray *rows, guint i)
{
    return &g_array_index(rows, MlGrowthRow, i);
}

/**
 * ml_growth_check: whether the structure grows at all, as MlDiagramKind.check.
 */
gboolean ml_growth_check(const MlDiagramFacts *facts, GError **error);

/* All return: (transfer full). */
char *ml_growth_title(const MlSeries *series, const GArray *rows);

/**
 * ml_growth_words: "64 B taken", "7.6 MiB in RAM, 376.0 KiB more reserved".
 */
char *ml_growth_words(const MlGrowthRow *row);

/**
 * ml_growth_brief: "64 B", "7.6 MiB": what is held.
 */
char *ml_growth_brief(const MlGrowthRow *row);
char *ml_growth_describe(const MlDiagramFacts *facts);
char *ml_growth_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

#include "base/language.h"
#include "diagram/kinds/saw_tooth.h"

#include <math.h>

#include "diagram/kinds/series_view.h"
#include "diagram/wording.h"

#define MUCH_MORE 1.2
#define WHOLE_FROM 20 /* bytes; from here on a tenth says nothing */

/* How often there is room for more than before, and what is taken per element just before and just
 * after, in the mean. */
typedef struct {
    guint n;
    double before;
    double after;
} Jumps;

static Jumps
count_jumps(const MlSeries *series)
{
    const GArray *line = ml_series_line(series);
    Jumps jumps = { 0 };
    for (guint i = 1; i < line->len; i++) {
        const MlSeriesPoint *a = &g_array_index(line, MlSeriesPoint, i - 1);
        const MlSeriesPoint *b = &g_array_index(line, MlSeriesPoint, i);
        gboolean is_exact = a->capacity == a->n && b->capacity == b->n;
        if (b->capacity <= a->capacity || is_exact)
            continue;
        jumps.n++;
        jumps.before += (double)a->model_bytes / (double)a->n;
        jumps.after += (double)b->model_bytes / (double)b->n;
    }
    jumps.before /= fmax(jumps.n, 1);
    jumps.after /= fmax(jumps.n, 1);
    return jumps;
}

static double
most_reserved(const MlSeries *series)
{
    const GArray *line = ml_series_line(series);
    double most = 0;
    for (guint i = 0; i < line->len; i++) {
        const MlSeriesPoint *point = &g_array_index(line, MlSeriesPoint, i);
        most = fmax(most, (double)ml_series_reserved_bytes(point) / (double)point->n);
    }
    return most;
}

char *
ml_saw_tooth_title(const MlSeries *series)
{
    double held = ml_series_span(series).most;
    double reserved = most_reserved(series);
    g_autofree char *name = ml_wording_a(series->title);
    g_autofree char *words = ml_series_span_words(series);
    if (reserved < MUCH_MORE * held)
        return g_strdup_printf(_("%s: %s per element"), name, words);
    g_autofree char *figure = ml_wording_amount(reserved, reserved < WHOLE_FROM ? 1 : 0);
    return g_strdup_printf(_("%s: %s in RAM, up to %s B reserved"), name, words, figure);
}

char *
ml_saw_tooth_jumps(const MlSeries *series)
{
    Jumps jumps = count_jumps(series);
    if (jumps.n == 0)
        return g_strdup(_("It never grows by more than it needs."));
    g_autofree char *before = ml_wording_amount(jumps.before, 1);
    g_autofree char *after = ml_wording_amount(jumps.after, 1);
    return g_strdup_printf(
        _("It grows %u %s here, on average from %s B to %s B per element at a blow."),
        jumps.n,
        P_("time", "times", jumps.n),
        before,
        after);
}

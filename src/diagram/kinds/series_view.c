#include "diagram/kinds/series_view.h"

#include <math.h>
#include <string.h>

#include "base/language.h"
#include "diagram/wording.h"

#define SEEN 1.01     /* a hundredth is seen in a chart */
#define WHOLE_FROM 20 /* bytes; from here on a tenth says nothing */

static const MlSeriesPoint *
line_point(const MlSeries *series, guint i)
{
    return &g_array_index(ml_series_line(series), MlSeriesPoint, i);
}

static double
per_element(const MlSeriesPoint *point, guint64 bytes)
{
    return (double)bytes / (double)point->n;
}

guint64
ml_series_model_bytes(const MlSeriesPoint *point)
{
    return point->model_bytes;
}

guint64
ml_series_reserved_bytes(const MlSeriesPoint *point)
{
    return MAX(point->reserved_bytes, point->model_bytes);
}

MlSeriesSpan
ml_series_span(const MlSeries *series)
{
    MlSeriesSpan span = { .least = INFINITY, .most = 0 };
    for (guint i = 0; i < ml_series_line(series)->len; i++) {
        const MlSeriesPoint *point = line_point(series, i);
        span.least = fmin(span.least, per_element(point, point->model_bytes));
        span.most = fmax(span.most, per_element(point, point->model_bytes));
    }
    return span;
}

double
ml_series_most(const MlSeries *series)
{
    double most = ml_series_most_held(series);
    for (guint i = 0; i < ml_series_line(series)->len; i++) {
        const MlSeriesPoint *point = line_point(series, i);
        most = fmax(most, per_element(point, ml_series_reserved_bytes(point)));
    }
    return most;
}

double
ml_series_most_held(const MlSeries *series)
{
    double most = ml_series_span(series).most;
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        most = fmax(most, per_element(point, ml_series_point_bytes(point)));
    }
    return most;
}

gboolean
ml_series_reserves(const MlSeries *series)
{
    for (guint i = 0; i < ml_series_line(series)->len; i++) {
        const MlSeriesPoint *point = line_point(series, i);
        if ((double)point->reserved_bytes > SEEN * (double)point->model_bytes)
            return TRUE;
    }
    return FALSE;
}

static guint64
between(guint64 a, guint64 b, double part)
{
    return (guint64)llround((double)a + part * ((double)b - (double)a));
}

MlSeriesPoint
ml_series_at(const MlSeries *series, double n)
{
    guint last = ml_series_line(series)->len - 1;
    guint i = 0;
    while (i + 1 < last && (double)line_point(series, i + 1)->n <= n)
        i++;
    const MlSeriesPoint *a = line_point(series, i);
    const MlSeriesPoint *b = line_point(series, MIN(i + 1, last));
    double way = (double)b->n - (double)a->n;
    double part = way > 0 ? CLAMP((n - (double)a->n) / way, 0, 1) : 0;
    MlSeriesPoint at = {
        .n = between(a->n, b->n, part),
        .model_bytes = between(a->model_bytes, b->model_bytes, part),
        .reserved_bytes = between(a->reserved_bytes, b->reserved_bytes, part),
    };
    for (int role = 0; role < ML_N_ROLES; role++)
        at.role_bytes[role] = between(a->role_bytes[role], b->role_bytes[role], part);
    return at;
}

double
ml_series_end(const MlSeries *series)
{
    const MlSeriesPoint *last = line_point(series, ml_series_line(series)->len - 1);
    return per_element(last, last->model_bytes);
}

void
ml_series_average(const MlSeries *series, double ret_bytes[ML_N_ROLES])
{
    const GArray *line = ml_series_line(series);
    const MlSeriesPoint *points = (const MlSeriesPoint *)(gconstpointer)line->data;
    double way = line->len > 1 ? log((double)points[line->len - 1].n / (double)points[0].n) : 0;
    for (int role = 0; role < ML_N_ROLES; role++) {
        ret_bytes[role] = way > 0 ? 0 : (double)points[0].role_bytes[role] / (double)points[0].n;
        for (guint i = 0; way > 0 && i + 1 < line->len; i++) {
            double step = log((double)points[i + 1].n / (double)points[i].n);
            double left = (double)points[i].role_bytes[role] / (double)points[i].n;
            double right = (double)points[i + 1].role_bytes[role] / (double)points[i + 1].n;
            ret_bytes[role] += (left + right) / 2 * step / way;
        }
    }
}

double
ml_series_worst(const MlSeries *series)
{
    double worst = 0;
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        double off = (double)point->measured_bytes - (double)point->model_bytes;
        if (point->origin != ML_ORIGIN_MODEL && fabs(off / (double)point->n) > fabs(worst))
            worst = off / (double)point->n;
    }
    return worst;
}

/* --- words ------------------------------------------------------------------------------------ */

char *
ml_series_span_words(const MlSeries *series)
{
    MlSeriesSpan span = ml_series_span(series);
    int decimals = span.most < WHOLE_FROM ? 1 : 0;
    g_autofree char *least = ml_wording_amount(span.least, decimals);
    g_autofree char *most = ml_wording_amount(span.most, decimals);
    if (span.most <= SEEN * span.least || strcmp(least, most) == 0)
        return g_strconcat(least, _(" B"), NULL);
    return g_strconcat(least, _(" to "), most, _(" B"), NULL);
}

char **
ml_series_options(const MlSeries *series)
{
    g_autofree char *name = ml_series_name(series);
    const char *colon = strchr(name, ':');
    return g_strsplit(colon != NULL ? colon + 1 : "", ",", -1);
}

char *
ml_series_title_words(const MlSeries *series)
{
    g_auto(GStrv) options = ml_series_options(series);
    g_autofree char *listed = g_strjoinv(", ", options); /* so that a long list can be broken */
    return listed[0] != '\0' ? g_strconcat(series->title, ", ", listed, NULL)
                             : g_strdup(series->title);
}

char *
ml_series_setup(const MlSeries *series)
{
    guint last = ml_series_line(series)->len - 1;
    g_autofree char *from = ml_wording_count(line_point(series, 0)->n);
    g_autofree char *to = ml_wording_count(line_point(series, last)->n);
    return g_strdup_printf(_("n from %s to %s, %s"), from, to, series->allocator);
}

char *
ml_series_origin_words(const MlSeries *series)
{
    MlOrigin origin = ml_series_origin(series);
    if (origin == ML_ORIGIN_MODEL)
        return g_strdup(ml_origin_id(origin));
    g_autofree char *amount = ml_wording_signed(ml_series_worst(series), 1);
    gboolean is_zero = strcmp(amount, ML_WORDING_ZERO) == 0;
    return g_strdup_printf(
        _("%s, unexplained %s B%s"), ml_origin_id(origin), amount, is_zero ? "" : _(" at worst"));
}

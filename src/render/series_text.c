#include "render/series_text.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "render/figures.h"

typedef char *(*Figure)(const MlSeriesPoint *point);

typedef struct {
    const char *title;
    Figure figure;
    gboolean if_measured; /* only where something was measured */
    int need;             /* left out first: the highest */
} Column;

/* --- figures ---------------------------------------------------------------------------------- */

static gboolean
is_measured(const MlSeriesPoint *point)
{
    return point->origin != ML_ORIGIN_MODEL;
}

static char *
per_element(const MlSeriesPoint *point, double bytes)
{
    return ml_fixed(bytes / (double)point->n, 2);
}

static char *
count_figure(const MlSeriesPoint *point)
{
    return ml_group_digits(point->n, " ");
}

static char *
model_figure(const MlSeriesPoint *point)
{
    return per_element(point, (double)point->model_bytes);
}

static char *
measured_figure(const MlSeriesPoint *point)
{
    return is_measured(point) ? per_element(point, (double)ml_series_point_bytes(point))
                              : g_strdup("–");
}

static char *
reserved_figure(const MlSeriesPoint *point)
{
    return per_element(point, (double)point->reserved_bytes);
}

static char *
peak_figure(const MlSeriesPoint *point)
{
    guint64 bytes = is_measured(point) ? point->peak_bytes : point->model_peak_bytes;
    return per_element(point, (double)bytes);
}

static char *
bytes_figure(const MlSeriesPoint *point)
{
    return ml_group_digits(ml_series_point_bytes(point), " ");
}

static char *
unexplained_figure(const MlSeriesPoint *point)
{
    if (!is_measured(point))
        return g_strdup("–");
    g_autofree char *figure = ml_figure_signed(point->measured_bytes - (gint64)point->model_bytes);
    return g_strconcat(figure, point->valid ? "" : " !", NULL);
}

static const Column columns_there_are[] = {
    { "n", count_figure, FALSE, 0 },
    { "model", model_figure, FALSE, 0 },
    { "measured", measured_figure, TRUE, 0 },
    { "reserved", reserved_figure, FALSE, 2 },
    { "peak", peak_figure, FALSE, 3 },
    { "bytes", bytes_figure, FALSE, 1 },
    { "unexplained", unexplained_figure, TRUE, 0 },
};

enum { N_COLUMNS = G_N_ELEMENTS(columns_there_are), MOST_NEED = 3, GAP = 2 };

/* --- the table -------------------------------------------------------------------------------- */

typedef struct {
    const MlSeries *series;
    int width[N_COLUMNS]; /* 0: not shown */
} Table;

static int
column_width(const Column *column, const MlSeries *series)
{
    int width = ml_text_width(column->title);
    for (guint i = 0; i < series->points->len; i++) {
        g_autofree char *figure = column->figure(ml_series_point(series, i));
        width = MAX(width, ml_text_width(figure));
    }
    return width + GAP;
}

/* What is least needed is left out until the rest fits. */
static void
choose_columns(Table *table, int columns)
{
    gboolean any = ml_series_origin(table->series) != ML_ORIGIN_MODEL;
    int total = 0;
    for (int c = 0; c < N_COLUMNS; c++)
        if (any || !columns_there_are[c].if_measured)
            total += table->width[c] = column_width(&columns_there_are[c], table->series);
    for (int need = MOST_NEED; need > 0 && total > columns; need--)
        for (int c = 0; c < N_COLUMNS; c++)
            if (columns_there_are[c].need == need) {
                total -= table->width[c];
                table->width[c] = 0;
            }
}

static void
append_rows(GString *text, const Table *table)
{
    for (int c = 0; c < N_COLUMNS; c++)
        if (table->width[c] > 0)
            ml_figure_cell(text, columns_there_are[c].title, table->width[c], TRUE);
    for (guint i = 0; i < table->series->points->len; i++) {
        g_string_append_c(text, '\n');
        for (int c = 0; c < N_COLUMNS; c++) {
            if (table->width[c] == 0)
                continue;
            g_autofree char *figure =
                columns_there_are[c].figure(ml_series_point(table->series, i));
            ml_figure_cell(text, figure, table->width[c], TRUE);
        }
    }
    g_string_append_c(text, '\n');
}

/* How many points from @first on have a note and no measurement. */
static guint
count_left_out(const MlSeries *series, guint first)
{
    guint end = first;
    while (end < series->points->len && ml_series_point(series, end)->note != NULL &&
           !is_measured(ml_series_point(series, end)))
        end++;
    return end - first;
}

static void
append_note(GString *text, const MlSeriesPoint *point, guint n_left_out, int columns)
{
    g_autofree char *count = ml_group_digits(point->n, " ");
    g_autofree char *clean = ml_text_clean(point->note);
    g_autofree char *more =
        n_left_out > 1 ? g_strdup_printf(" and %u more", n_left_out - 1) : g_strdup("");
    g_autofree char *note = g_strdup_printf(
        "n = %s%s: not %s: %s", count, more, is_measured(point) ? "valid" : "measured", clean);
    g_autofree char *wrapped = ml_text_wrap(note, columns, GAP);
    g_string_append(text, wrapped);
}

char *
ml_series_table(const MlSeries *series, int columns)
{
    Table table = { .series = series };
    choose_columns(&table, columns);
    GString *text = g_string_new(NULL);
    append_rows(text, &table);
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        guint left_out = count_left_out(series, i);
        if (point->note != NULL)
            append_note(text, point, left_out, columns);
        i += left_out > 1 ? left_out - 1 : 0;
    }
    return g_string_free(text, FALSE);
}

/* --- CSV -------------------------------------------------------------------------------------- */

/* Quoted where it must be. */
static void
append_text(GString *csv, const char *text)
{
    if (strpbrk(text, ",\"\n\r") == NULL) {
        g_string_append(csv, text);
        return;
    }
    g_auto(GStrv) pieces = g_strsplit(text, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", pieces);
    g_string_append_printf(csv, "\"%s\"", doubled);
}

static void
append_point(GString *csv, const char *name, const MlSeries *series, const MlSeriesPoint *point)
{
    append_text(csv, name);
    g_string_append_c(csv, ',');
    append_text(csv, series->allocator);
    g_string_append_printf(csv,
        ",%s,%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT,
        ml_origin_id(point->origin),
        point->n,
        point->model_bytes,
        point->model_peak_bytes,
        point->reserved_bytes);
    if (is_measured(point))
        g_string_append_printf(csv,
            ",%" G_GINT64_FORMAT ",%" G_GUINT64_FORMAT ",%s",
            point->measured_bytes,
            point->peak_bytes,
            point->valid ? "true" : "false");
    else
        g_string_append(csv, ",,,");
    g_string_append_c(csv, ',');
    append_text(csv, point->note != NULL ? point->note : "");
    g_string_append_c(csv, '\n');
}

char *
ml_series_csv(const GPtrArray *all)
{
    GString *csv = g_string_new("structure,allocator,origin,n,model_bytes,model_peak_bytes,"
                                "reserved_bytes,measured_bytes,peak_bytes,valid,note\n");
    for (guint s = 0; s < all->len; s++) {
        const MlSeries *series = all->pdata[s];
        g_autofree char *name = ml_series_name(series);
        for (guint i = 0; i < series->points->len; i++)
            append_point(csv, name, series, ml_series_point(series, i));
    }
    return g_string_free(csv, FALSE);
}

#include "base/language.h"
#include "diagram/kinds/growth.h"

#include <math.h>

#include "base/bar.h"
#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "diagram/chart_sketch.h"
#include "diagram/kinds/series_view.h"
#include "diagram/wording.h"
#include "render/figures.h"

enum { TERMINAL_ROWS = 12, LEAST_BAR = 10, INDENT = 2 };

#define MANY 100000 /* bytes; from here on in larger units */

/* --- rows ------------------------------------------------------------------------------------- */

static MlGrowthRow
make_row(const MlSeriesPoint *point)
{
    MlGrowthRow row = { .n = point->n, .capacity = point->capacity };
    for (int role = 0; role < ML_N_ROLES; role++)
        row.bytes[role] = (double)point->role_bytes[role];
    row.bytes[ML_ROLE_ALLOCATOR] -= (double)point->stock_bytes;
    for (int role = 0; role < ML_N_ROLES; role++)
        row.total += row.bytes[role];
    if (point->reserved_bytes > point->model_bytes)
        row.absent = (double)(point->reserved_bytes - point->model_bytes);
    return row;
}

GArray *
ml_growth_rows(const MlSeries *series, guint most)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(MlGrowthRow));
    guint last = series->points->len - 1;
    for (guint i = 0; i <= last; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        gboolean grew = i == 0 || point->capacity > ml_series_point(series, i - 1)->capacity;
        if (!grew && i < last)
            continue;
        MlGrowthRow row = make_row(point);
        g_array_append_val(rows, row);
    }
    if (rows->len > most)
        g_array_remove_range(rows, 0, rows->len - most);
    return rows;
}

gboolean
ml_growth_check(const MlDiagramFacts *facts, GError **error)
{
    const MlSeries *series = facts->series[0];
    for (guint i = 0; i < series->points->len; i++) {
        const MlSeriesPoint *point = ml_series_point(series, i);
        if (point->capacity > 0 && point->capacity != point->n)
            return TRUE;
    }
    return ml_fail(error,
        ML_ERROR_USAGE,
        "growth: a %s takes no more room than its elements need; growing-array and the tables do",
        series->title);
}

/* --- words ------------------------------------------------------------------------------------ */

char *
ml_growth_title(const MlSeries *series, const GArray *rows)
{
    double factor = 0; /* the last time it grew: what it settles down to */
    for (guint i = 1; i < rows->len; i++) {
        double before = (double)ml_growth_row(rows, i - 1)->capacity;
        double after = (double)ml_growth_row(rows, i)->capacity;
        factor = after > before ? after / before : factor;
    }
    if (factor <= 1)
        return g_strdup_printf(_("A %s has room to spare"), series->title);
    g_autofree char *name = ml_wording_a(series->title);
    g_autofree char *times = ml_wording_times(factor);
    name[0] = g_ascii_tolower(name[0]);
    return g_strdup_printf(_("Full? Then %s takes %s the room"), name, times);
}

static char *
amount(double bytes)
{
    if (bytes >= MANY)
        return ml_bytes_iec((guint64)bytes, 1);
    g_autofree char *count = ml_wording_count((guint64)bytes);
    return g_strconcat(count, _(" B"), NULL);
}

char *
ml_growth_brief(const MlGrowthRow *row)
{
    return amount(row->total);
}

char *
ml_growth_words(const MlGrowthRow *row)
{
    g_autofree char *held = amount(row->total);
    if (row->absent <= 0)
        return g_strconcat(held, _(" taken"), NULL);
    g_autofree char *absent = amount(row->absent);
    return g_strdup_printf(_("%s in RAM, %s more reserved"), held, absent);
}

char *
ml_growth_describe(const MlDiagramFacts *facts)
{
    const MlSeries *series = facts->series[0];
    g_autoptr(GArray) rows = ml_growth_rows(series, TERMINAL_ROWS);
    g_autofree char *title = ml_growth_title(series, rows);
    g_autofree char *name = ml_series_title_words(series);
    GString *words = g_string_new(NULL);
    g_string_printf(
        words, _("%s. %s, %s, model: the moments it grows."), title, name, series->allocator);
    for (guint i = 0; i < rows->len; i++) {
        const MlGrowthRow *row = ml_growth_row(rows, i);
        g_autofree char *n = ml_wording_count(row->n);
        g_autofree char *capacity = ml_wording_count(row->capacity);
        g_autofree char *bytes = ml_growth_words(row);
        g_string_append_printf(words, _(" n = %s: capacity %s, %s"), n, capacity, bytes);
        const char *before = " = ";
        for (int role = 0; role < ML_N_ROLES; role++) {
            if (row->bytes[role] <= 0)
                continue;
            g_autofree char *term = ml_wording_count((guint64)row->bytes[role]);
            g_string_append_printf(words, "%s%s %s", before, term, ml_role_label((MlRole)role));
            before = " + ";
        }
        g_string_append_c(words, '.');
    }
    return g_string_free(words, FALSE);
}

/* --- in characters ---------------------------------------------------------------------------- */

static int
widest(const GArray *rows, gboolean of_capacity)
{
    int width = 0;
    for (guint i = 0; i < rows->len; i++) {
        const MlGrowthRow *row = ml_growth_row(rows, i);
        g_autofree char *figure = ml_wording_count(of_capacity ? row->capacity : row->n);
        width = MAX(width, ml_text_width(figure));
    }
    return width;
}

static char *
key(const GArray *rows, gboolean ascii, int columns)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    gboolean reserves = FALSE;
    for (int role = 0; role < ML_N_ROLES; role++) {
        gboolean occurs = FALSE;
        for (guint i = 0; i < rows->len; i++) {
            occurs = occurs || ml_growth_row(rows, i)->bytes[role] > 0;
            reserves = reserves || ml_growth_row(rows, i)->absent > 0;
        }
        g_autofree char *swatch = ml_bar((MlRole)role, 1, ascii);
        if (occurs)
            g_ptr_array_add(pieces, g_strconcat(swatch, " ", ml_role_label((MlRole)role), NULL));
    }
    if (reserves)
        g_ptr_array_add(pieces, g_strdup(_("- reserved, not in RAM")));
    return ml_chart_sketch_key(pieces, columns);
}

static void
append_row(GString *text, const GArray *rows, guint i, gboolean ascii, int columns)
{
    const MlGrowthRow *row = ml_growth_row(rows, i);
    double longest = 0;
    for (guint k = 0; k < rows->len; k++)
        longest = fmax(longest, ml_growth_row(rows, k)->total + ml_growth_row(rows, k)->absent);
    g_autofree char *n = ml_wording_count(row->n);
    g_autofree char *capacity = ml_wording_count(row->capacity);
    g_autofree char *left = ml_text_pad(n, widest(rows, FALSE), TRUE);
    g_autofree char *right = ml_text_pad(capacity, widest(rows, TRUE), TRUE);
    g_autofree char *count = g_strconcat(_("n = "), left, NULL);
    g_autofree char *size = g_strconcat(_("capacity "), right, NULL);
    const char *const pieces[] = { count, size, NULL };
    g_autofree char *head = g_strchomp(ml_figure_flow(pieces, "   ", columns, INDENT));
    int room = columns - ml_text_width(head) - 3;
    gboolean is_below = room < LEAST_BAR;
    g_string_append_printf(text, "%s%s", head, is_below ? "\n    " : "   ");
    room = MAX(is_below ? columns - 2 * INDENT : room, 1);
    int used = ml_figure_stack(text, row->bytes, longest, room, ascii);
    int end = (int)lround((row->total + row->absent) / longest * room);
    for (; row->absent > 0 && used < end; used++)
        g_string_append_c(text, '-');
    g_string_append_c(text, '\n');
}

char *
ml_growth_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    const MlSeries *series = facts->series[0];
    g_autoptr(GArray) rows = ml_growth_rows(series, TERMINAL_ROWS);
    g_autofree char *plain_title = ml_growth_title(series, rows);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, plain_title);
    g_autofree char *head = ml_text_wrap(title, columns, 0);
    g_autofree char *last = ml_growth_words(ml_growth_row(rows, rows->len - 1));
    g_autofree char *below = key(rows, ascii, columns);
    GString *text = g_string_new(NULL);
    g_string_printf(text, "%s\n", head);
    for (guint i = 0; i < rows->len; i++)
        append_row(text, rows, i, ascii, columns);
    g_autofree char *note = g_strdup_printf(_("at the end %s (model)"), last);
    g_autofree char *wrapped = ml_text_wrap(note, columns, 2);
    g_string_append_printf(text, "\n%s%s", wrapped, below);
    return g_string_free(text, FALSE);
}

/* The bars of ledgers in characters: a line that names a structure, its bar, and its figures. */
#include <math.h>
#include <string.h>

#include "base/bar.h"
#include "base/language.h"
#include "base/text.h"
#include "diagram/canvas.h"
#include "diagram/chart_sketch.h"
#include "diagram/kinds/ledger.h"
#include "diagram/wording.h"
#include "render/figures.h"

enum { SWATCH_CELLS = 2, LEAST_BAR = 8 };

typedef struct {
    GString *text;
    const GArray *rows;
    gboolean below; /* what was measured, under the model */
    gboolean ascii;
    int columns;
    int room;       /* cells of the longest bar */
    double longest; /* bytes */
} Sketch;

/* Of a bar by roles: what is unexplained stands in it, unless the measured bar below shows it. */
static void
bar_bytes(const Sketch *sketch, const MlLedgerRow *row, double ret_bytes[ML_N_ROLES])
{
    for (int role = 0; role < ML_N_ROLES; role++)
        ret_bytes[role] = row->sum.bytes[role];
    if (sketch->below)
        ret_bytes[ML_ROLE_UNEXPLAINED] = 0;
}

static char *
figures(const Sketch *sketch, const MlLedgerRow *row)
{
    gboolean is_zero = sketch->ascii && strcmp(row->unexplained, ML_WORDING_ZERO) == 0;
    const char *pieces[] = { row->factor_text, is_zero ? "0" : row->unexplained };
    g_autofree char *total = ml_text_styled(ML_STYLE_BOLD, row->total_text);
    g_autoptr(GString) text = g_string_new(total);
    for (guint i = 0; i < G_N_ELEMENTS(pieces); i++)
        if (pieces[i][0] != '\0')
            g_string_append_printf(text, "  %s", pieces[i]);
    g_autofree char *line = ml_canvas_words(text->str, sketch->ascii, ml_text_width(text->str));
    return g_strdup(g_strchomp(line));
}

static void
measure(Sketch *sketch)
{
    int widest = 0;
    for (guint i = 0; i < sketch->rows->len; i++) {
        const MlLedgerRow *row = ml_ledger_row(sketch->rows, i);
        g_autofree char *beside = figures(sketch, row);
        widest = MAX(widest, ml_text_width(beside));
        double unexplained = row->sum.bytes[ML_ROLE_UNEXPLAINED];
        sketch->longest = fmax(sketch->longest, row->total - fmin(unexplained, 0));
    }
    sketch->room = MAX(sketch->columns - widest - 1, LEAST_BAR);
}

/* What the process took: all that the model says and was there, and what is unexplained. */
static void
append_measured(const Sketch *sketch, const MlLedgerRow *row)
{
    double unexplained = row->sum.bytes[ML_ROLE_UNEXPLAINED];
    double all = row->total / sketch->longest * sketch->room;
    double said = (row->total - fmax(unexplained, 0)) / sketch->longest * sketch->room;
    g_autoptr(GString) bar = g_string_new(NULL);
    for (int i = 0; i < (int)lround(said); i++)
        g_string_append(bar, sketch->ascii ? "-" : "▀");
    g_autofree char *styled = ml_text_styled(ML_STYLE_DIM, bar->str);
    g_autofree char *more =
        ml_bar(ML_ROLE_UNEXPLAINED, (int)(lround(all) - lround(said)), sketch->ascii);
    g_string_append_printf(sketch->text, "%s%s\n", bar->len > 0 ? styled : "", more);
}

static void
append_row(const Sketch *sketch, const MlLedgerRow *row)
{
    double bytes[ML_N_ROLES];
    g_autofree char *name = ml_text_styled(ML_STYLE_BOLD, row->name);
    g_autofree char *words = g_strconcat(name, "  ", row->words, NULL);
    g_autofree char *head = ml_canvas_words(words, sketch->ascii, sketch->columns);
    g_autofree char *beside = figures(sketch, row);
    g_string_append_printf(sketch->text, "\n%s", head);
    bar_bytes(sketch, row, bytes);
    int cells = ml_figure_stack(sketch->text, bytes, sketch->longest, sketch->room, sketch->ascii);
    g_string_append_printf(sketch->text, "%s%s\n", cells > 0 ? " " : "", beside);
    if (sketch->below)
        append_measured(sketch, row);
}

static gboolean
occurs(const Sketch *sketch, MlRole role)
{
    for (guint i = 0; i < sketch->rows->len; i++)
        if (ml_ledger_row(sketch->rows, i)->sum.bytes[role] > 0)
            return TRUE;
    return FALSE;
}

static void
append_key(const Sketch *sketch)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        if (!occurs(sketch, role))
            continue;
        g_autofree char *swatch = ml_bar(role, SWATCH_CELLS, sketch->ascii);
        g_ptr_array_add(pieces, g_strconcat(swatch, " ", ml_role_label(role), NULL));
    }
    if (sketch->below)
        g_ptr_array_add(
            pieces, g_strconcat(sketch->ascii ? "--" : "▀▀", " ", _("growth in RAM"), NULL));
    g_autofree char *key = ml_chart_sketch_key(pieces, sketch->columns);
    g_string_append_printf(sketch->text, "\n%s", key);
}

char *
ml_ledger_terminal(const GArray *rows,
    const char *title,
    const char *subtitle,
    gboolean below,
    gboolean ascii,
    int columns)
{
    g_autofree char *bold = ml_text_styled(ML_STYLE_BOLD, title);
    g_autofree char *head = ml_canvas_words(bold, ascii, columns);
    g_autofree char *setup = ml_canvas_words(subtitle, ascii, columns);
    Sketch sketch = {
        .text = g_string_new(head),
        .rows = rows,
        .below = below,
        .ascii = ascii,
        .columns = columns,
    };
    g_string_append(sketch.text, setup);
    measure(&sketch);
    for (guint i = 0; i < rows->len; i++)
        append_row(&sketch, ml_ledger_row(rows, i));
    append_key(&sketch);
    return g_string_free(sketch.text, FALSE);
}

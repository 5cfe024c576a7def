/* The timeline in characters: a bar a step. */
#include <math.h>

#include "base/bar.h"
#include "base/language.h"
#include "base/text.h"
#include "diagram/canvas.h"
#include "diagram/chart_sketch.h"
#include "diagram/kinds/rss_timeline.h"

enum { INDENT = 2, GAP = 2, LEAST_BAR = 12 };

typedef struct {
    const MlTimeline *timeline;
    gboolean ascii;
    int columns;
    int label_columns;
    int change_columns;
    int peak_columns; /* for words behind the longest bar */
} Sketch;

static void
measure(Sketch *sketch)
{
    for (guint i = 0; i < sketch->timeline->steps->len; i++) {
        g_autofree char *label = ml_timeline_label(sketch->timeline, i);
        g_autofree char *change = ml_timeline_change(sketch->timeline, i);
        g_autofree char *above = ml_timeline_above(sketch->timeline, i);
        int words = ml_text_width(_(" peak ")) + ml_text_width(above);
        gboolean has_peak = ml_timeline_shows_peak(sketch->timeline, i);
        sketch->label_columns = MAX(sketch->label_columns, ml_text_width(label));
        sketch->change_columns = MAX(sketch->change_columns, ml_text_width(change));
        sketch->peak_columns = MAX(sketch->peak_columns, has_peak ? words : 0);
    }
}

static void
repeat(GString *text, const char *glyph, int n)
{
    for (int i = 0; i < n; i++)
        g_string_append(text, glyph);
}

static const char *
held_glyph(const Sketch *sketch)
{
    return sketch->ascii ? "=" : "━";
}

static const char *
peak_glyph(const Sketch *sketch)
{
    return sketch->ascii ? "." : "┄";
}

/* The minus and what parts thousands, as a terminal without Unicode has them. */
static char *
plain_figure(const Sketch *sketch, const char *figure)
{
    g_autofree char *line = ml_canvas_words(figure, sketch->ascii, sketch->columns);
    return g_strdup(g_strchomp(line));
}

static void
append_bar(GString *text, const Sketch *sketch, guint i, int room)
{
    const MlTimelineStep *step = ml_timeline_step(sketch->timeline, i);
    double scale = room / (double)MAX(ml_timeline_peak(sketch->timeline), 1);
    int end = (int)lround((double)step->rss_bytes * scale);
    int held = (int)lround((double)step->held_bytes * scale);
    int peak = (int)lround((double)step->peak_bytes * scale);
    g_autofree char *free_bar = ml_bar(ML_ROLE_ALLOCATOR, held, sketch->ascii);
    repeat(text, held_glyph(sketch), end - held);
    g_string_append(text, free_bar);
    if (!ml_timeline_shows_peak(sketch->timeline, i))
        return;
    g_autofree char *above = ml_timeline_above(sketch->timeline, i);
    g_autofree char *figure = plain_figure(sketch, above);
    repeat(text, peak_glyph(sketch), peak - end);
    g_string_append_printf(text, _(" peak %s"), figure);
}

static void
append_step(GString *text, const Sketch *sketch, guint i)
{
    g_autofree char *label = ml_timeline_label(sketch->timeline, i);
    g_autofree char *change = ml_timeline_change(sketch->timeline, i);
    g_autofree char *figure = plain_figure(sketch, change);
    g_autofree char *left = ml_text_pad(label, sketch->label_columns, FALSE);
    g_autofree char *right = ml_text_pad(figure, sketch->change_columns, TRUE);
    int head = INDENT + sketch->label_columns + GAP + sketch->change_columns + GAP;
    int room = sketch->columns - head - sketch->peak_columns;
    gboolean is_below = room < LEAST_BAR;
    if (is_below)
        room = MAX(sketch->columns - 2 * INDENT - sketch->peak_columns, 1);
    g_autoptr(GString) bar = g_string_new(NULL);
    append_bar(bar, sketch, i, room);
    g_string_append_printf(text, "%*s%s%*s%s", INDENT, "", left, GAP, "", right);
    if (bar->len > 0)
        g_string_append_printf(
            text, "%s%*s%s", is_below ? "\n" : "", is_below ? 2 * INDENT : GAP, "", bar->str);
    g_string_append_c(text, '\n');
}

static char *
key(const Sketch *sketch)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    gboolean has_peak = FALSE;
    gboolean has_held = FALSE;
    for (guint i = 0; i < sketch->timeline->steps->len; i++) {
        has_peak = has_peak || ml_timeline_shows_peak(sketch->timeline, i);
        has_held = has_held || ml_timeline_step(sketch->timeline, i)->held_bytes > 0;
    }
    g_autofree char *swatch = ml_bar(ML_ROLE_ALLOCATOR, 1, sketch->ascii);
    g_ptr_array_add(pieces, g_strconcat(held_glyph(sketch), _(" held after the step"), NULL));
    if (has_held)
        g_ptr_array_add(pieces, g_strconcat(swatch, _(" free, and held by the allocator"), NULL));
    if (has_peak)
        g_ptr_array_add(pieces, g_strconcat(peak_glyph(sketch), _(" peak within it"), NULL));
    return ml_chart_sketch_key(pieces, sketch->columns);
}

char *
ml_timeline_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    Sketch sketch = { .timeline = facts->timeline, .ascii = ascii, .columns = columns };
    const char *unit = ml_timeline_unit(sketch.timeline).name;
    g_autofree char *finding = ml_timeline_finding(sketch.timeline);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, finding);
    g_autofree char *setup = ml_timeline_setup(sketch.timeline);
    g_autofree char *whole =
        g_strdup_printf(_("RSS after each step and its change, in %s; %s"), unit, setup);
    g_autofree char *head = ml_canvas_words(title, ascii, columns);
    g_autofree char *under = ml_canvas_words(whole, ascii, columns);
    g_autofree char *peak = ml_timeline_amount(sketch.timeline, ml_timeline_peak(sketch.timeline));
    GString *text = g_string_new(NULL);
    measure(&sketch);
    g_string_printf(text, "%s%s\n", head, under);
    for (guint i = 0; i < sketch.timeline->steps->len; i++)
        append_step(text, &sketch, i);
    g_autofree char *below = key(&sketch);
    g_autofree char *highest = g_strdup_printf(_("highest peak %s %s"), peak, unit);
    g_autofree char *plain = plain_figure(&sketch, highest);
    g_autofree char *last = ml_text_wrap(plain, columns, INDENT);
    g_string_append_printf(text, "\n%s%s", last, below);
    return g_string_free(text, FALSE);
}

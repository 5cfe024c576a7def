#include "base/language.h"
#include "diagram/kinds/rss_timeline.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "diagram/chart.h"
#include "diagram/wording.h"

#define KIB 1024.0
#define MIB (1024 * KIB)
#define SMALL (4 * MIB) /* below, figures are in KiB */
#define STAYS 0.05      /* of the peak: what is freed and stays is worth a word */
#define GOES 0.01       /* all of it goes but for that */
#define MINUS "\u2212"

/* --- figures ---------------------------------------------------------------------------------- */

MlTimelineUnit
ml_timeline_unit(const MlTimeline *timeline)
{
    guint64 peak = ml_timeline_peak(timeline);
    MlTimelineUnit unit = { .name = "KiB", .bytes = KIB, .decimals = 0 };
    if ((double)peak < SMALL)
        return unit;
    unit.bytes = ml_bytes_unit(peak, &unit.name);
    unit.decimals = 1;
    return unit;
}

gboolean
ml_timeline_shows_peak(const MlTimeline *timeline, guint i)
{
    if (i == 0)
        return FALSE;
    const MlTimelineStep *step = ml_timeline_step(timeline, i);
    guint64 before = ml_timeline_step(timeline, i - 1)->rss_bytes;
    return (double)step->peak_bytes > (double)MAX(before, step->rss_bytes) + MIB;
}

double
ml_timeline_axis(const MlTimeline *timeline, guint n_lines)
{
    double peak = (double)ml_timeline_peak(timeline) / ml_timeline_unit(timeline).bytes;
    return fmax(ml_chart_step(peak, n_lines), 1);
}

/* In units of the last digit. */
static double
rounded(const MlTimelineUnit *unit, guint64 bytes)
{
    return round((double)bytes / unit->bytes * (unit->decimals == 1 ? 10 : 1));
}

static char *
figure(const MlTimelineUnit *unit, double digits)
{
    guint64 per_unit = unit->decimals == 1 ? 10 : 1;
    guint64 size = (guint64)llround(fabs(digits));
    g_autofree char *whole = ml_wording_count(size / per_unit);
    return unit->decimals == 0 ? g_strdup(whole)
                               : g_strdup_printf("%s.%" G_GUINT64_FORMAT, whole, size % per_unit);
}

char *
ml_timeline_amount(const MlTimeline *timeline, guint64 bytes)
{
    const MlTimelineUnit unit = ml_timeline_unit(timeline);
    return figure(&unit, rounded(&unit, bytes));
}

/* The difference of what is printed, not of what was read: so the picture's figures add up. */
static char *
difference(const MlTimeline *timeline, guint64 from, guint64 to)
{
    const MlTimelineUnit unit = ml_timeline_unit(timeline);
    double digits = rounded(&unit, to) - rounded(&unit, from);
    if (digits == 0)
        return g_strdup(ML_WORDING_ZERO);
    g_autofree char *amount = figure(&unit, digits);
    return g_strconcat(digits < 0 ? MINUS : "+", amount, NULL);
}

char *
ml_timeline_change(const MlTimeline *timeline, guint i)
{
    guint64 after = ml_timeline_step(timeline, i)->rss_bytes;
    if (i == 0)
        return ml_timeline_amount(timeline, after);
    return difference(timeline, ml_timeline_step(timeline, i - 1)->rss_bytes, after);
}

char *
ml_timeline_above(const MlTimeline *timeline, guint i)
{
    const MlTimelineStep *step = ml_timeline_step(timeline, i);
    return difference(timeline, step->rss_bytes, step->peak_bytes);
}

/* --- words ------------------------------------------------------------------------------------ */

/* The title, and what tells it from others with the same one: "boxed array bare". */
static char *
structure_words(const MlTimeline *timeline, guint number)
{
    const MlTimelineStructure *own = ml_timeline_structure(timeline, number);
    GString *words = g_string_new(own->title);
    for (guint o = 0; o < own->options.count; o++) {
        gboolean differs = FALSE;
        for (guint i = 0; i < timeline->structures->len; i++) {
            const MlTimelineStructure *other = ml_timeline_structure(timeline, i);
            differs = differs || (strcmp(other->structure, own->structure) == 0 &&
                                     ml_fact_options_differ(&own->options, &other->options, o));
        }
        if (differs)
            g_string_append_printf(words, " %s", own->options.option[o].value);
    }
    return g_string_free(words, FALSE);
}

char *
ml_timeline_label(const MlTimeline *timeline, guint i)
{
    const MlTimelineStep *step = ml_timeline_step(timeline, i);
    if (step->kind != ML_TIMELINE_BUILD && step->kind != ML_TIMELINE_FREE)
        return g_strdup(ml_timeline_kind_id(step->kind));
    g_autofree char *words = structure_words(timeline, step->structure);
    return g_strconcat(step->kind == ML_TIMELINE_FREE ? _("free ") : "", words, NULL);
}

/* Held after any of the frees. */
static guint64
most_held(const MlTimeline *timeline)
{
    guint64 most = 0;
    for (guint i = 0; i < timeline->steps->len; i++) {
        const MlTimelineStep *step = ml_timeline_step(timeline, i);
        if (step->kind == ML_TIMELINE_FREE)
            most = MAX(most, step->held_bytes);
    }
    return most;
}

char *
ml_timeline_finding(const MlTimeline *timeline)
{
    double peak = (double)ml_timeline_peak(timeline);
    double built = peak - (double)ml_timeline_step(timeline, 0)->rss_bytes;
    guint64 held = most_held(timeline);
    g_autofree char *amount = ml_timeline_amount(timeline, held);
    if ((double)held >= STAYS * peak)
        return g_strdup_printf(
            _("Freed, and still held: up to %s %s"), amount, ml_timeline_unit(timeline).name);
    if (built >= STAYS * peak && (double)held < GOES * peak)
        return g_strdup(_("What is freed goes back to the kernel at once"));
    return g_strdup(ML_TIMELINE_TITLE);
}

char *
ml_timeline_setup(const MlTimeline *timeline)
{
    g_autofree char *n = ml_wording_count(timeline->n);
    return g_strdup_printf(_("n = %s; %s%s, %s"),
        n,
        timeline->allocator,
        timeline->as_shipped ? _(" as shipped") : "",
        ml_origin_id(timeline->origin));
}

char *
ml_timeline_describe(const MlDiagramFacts *facts)
{
    const MlTimeline *timeline = facts->timeline;
    const MlTimelineUnit unit = ml_timeline_unit(timeline);
    g_autofree char *finding = ml_timeline_finding(timeline);
    g_autofree char *setup = ml_timeline_setup(timeline);
    g_autofree char *peak = ml_timeline_amount(timeline, ml_timeline_peak(timeline));
    GString *words = g_string_new(NULL);
    g_string_printf(words,
        _("%s. Private pages in RAM (RSS) after each step, in %s; %s."),
        finding,
        unit.name,
        setup);
    for (guint i = 0; i < timeline->steps->len; i++) {
        const MlTimelineStep *step = ml_timeline_step(timeline, i);
        g_autofree char *label = ml_timeline_label(timeline, i);
        g_autofree char *change = ml_timeline_change(timeline, i);
        g_autofree char *level = ml_timeline_amount(timeline, step->rss_bytes);
        g_autofree char *above = ml_timeline_above(timeline, i);
        g_autofree char *held = ml_timeline_amount(timeline, step->held_bytes);
        label[0] = g_ascii_toupper(label[0]);
        g_string_append_printf(words, " %s: %s", label, level);
        if (i > 0)
            g_string_append_printf(words, " (%s)", change);
        if (ml_timeline_shows_peak(timeline, i))
            g_string_append_printf(words,
                _(", peak %s%s above that"),
                timeline->peak_is_exact ? "" : _("at least "),
                above);
        if (rounded(&unit, step->held_bytes) > 0)
            g_string_append_printf(words, _(", %s of it free and held by the allocator"), held);
        g_string_append_c(words, '.');
    }
    g_string_append_printf(words, _(" Highest peak: %s %s."), peak, unit.name);
    return g_string_free(words, FALSE);
}

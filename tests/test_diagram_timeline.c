/* Timelines as columns: every size, every room, both fonts. */
#include "ml_test.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram/kinds/rss_timeline.h"
#include "diagram/lines.h"
#include "diagram/wording.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "made_timeline.h"

#define SMALL 0.125 /* scale of the files compared: quick */
#define MIB (G_GUINT64_CONSTANT(1) << 20)

static MlMetrics *inter;
static MlMetrics *dejavu; /* NULL where it is not installed */

static const MadeTimeline all[] = {
    { .n_structures = 0 },
    { .n_structures = 1, .unit = 0 },
    { .n_structures = 2, .unit = 4096 },
    { .n_structures = 1, .unit = 7 * MIB / 10 },
    { .n_structures = 2, .unit = 900000 },
    { .n_structures = 3, .unit = 30 * MIB, .long_titles = TRUE },
    { .n_structures = 3, .unit = 3333 * MIB },
    { .n_structures = 2, .unit = 900000 * MIB, .long_titles = TRUE },
};

static MlScene *
lay_out(MlMetrics *metrics, const MlTimeline *timeline, const Room *room)
{
    g_autoptr(GError) error = NULL;
    const MlDiagramFacts facts = { .timeline = timeline };
    const MlDiagramKind *kind = ml_diagram_find("rss-timeline", NULL);
    MlScene *scene = room_scene(room, kind->name, metrics);
    if (!kind->layout(&facts, scene, &error))
        fail_msg("%s", error->message);
    return scene;
}

/* --- the columns are what was measured -------------------------------------------------------- */

typedef struct {
    double live; /* px high */
    double held;
    double held_bytes; /* by the area */
} Column;

static Column
find_column(const MlScene *scene, guint step)
{
    Column column = { 0 };
    g_autofree char *id = g_strdup_printf("step-%u", step);
    gboolean is_in = FALSE;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_GROUP)
            is_in = strcmp(item->group.id, id) == 0;
        if (item->kind == ML_ITEM_GROUP_END)
            is_in = FALSE;
        if (is_in && item->kind == ML_ITEM_RECT && item->rect.fill == ML_INK_GRID)
            column.live += item->box.h;
        if (is_in && item->kind == ML_ITEM_AREA) {
            column.held += item->box.h;
            column.held_bytes += item->box.w * item->box.h / item->area.byte_area;
        }
    }
    return column;
}

/* All columns to one scale, and what is held apart in each that shows it.
 * Returns: (transfer full) (nullable): what is wrong. */
static char *
find_fault(const MlScene *scene, const MlTimeline *timeline)
{
    Column start = find_column(scene, 0);
    double scale = (start.live + start.held) / (double)ml_timeline_step(timeline, 0)->rss_bytes;
    for (guint i = 0; i < timeline->steps->len; i++) {
        const MlTimelineStep *step = ml_timeline_step(timeline, i);
        Column column = find_column(scene, i);
        double wanted = (double)step->rss_bytes * scale;
        if (fabs(column.live + column.held - wanted) > 0.01 + wanted * 1e-6)
            return g_strdup_printf(
                "column %u is %g px high, not %g", i, column.live + column.held, wanted);
        if (column.held == 0 && (double)step->held_bytes * scale >= 3.01)
            return g_strdup_printf("column %u does not show what is held", i);
        if (column.held > 0 && fabs(column.held_bytes - (double)step->held_bytes) > 1)
            return g_strdup_printf("column %u shows %g B held", i, column.held_bytes);
    }
    return NULL;
}

static void
assert_sound(MlMetrics *metrics, const MlTimeline *timeline, const Room *room)
{
    g_autoptr(MlScene) scene = lay_out(metrics, timeline, room);
    g_autofree char *fault = find_fault(scene, timeline);
    g_autofree char *complaint = first_complaint(scene, NULL);
    if (fault != NULL || complaint != NULL)
        fail_msg("%u structures in %s%s: %s",
            timeline->structures->len,
            room->size,
            room->large ? ", large" : "",
            fault != NULL ? fault : complaint);
}

static void
every_timeline_is_laid_out_soundly_in_every_room(void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        for (guint r = 0; r < N_ROOMS; r++) {
            g_autoptr(MlTimeline) timeline = ml_test_timeline(&all[i]);
            assert_sound(inter, timeline, &rooms[r]);
            if (dejavu != NULL)
                assert_sound(dejavu, timeline, &rooms[r]);
        }
}

static void
a_wide_picture_has_room_for_more_and_says_how_many(void **state)
{
    g_autoptr(MlTimeline) eight =
        ml_test_timeline(&(MadeTimeline){ .n_structures = 7, .unit = 5 * MIB });
    assert_sound(inter, eight, &rooms[0]);
    g_autoptr(GError) error = NULL;
    g_autoptr(MlTimeline) twenty = ml_test_timeline(&(MadeTimeline){ .n_structures = 20 });
    const MlDiagramFacts facts = { .timeline = twenty };
    const MlDiagramKind *kind = ml_diagram_find("rss-timeline", NULL);
    assert_null(ml_diagram_scene(kind, &facts, NULL, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
    assert_non_null(
        strstr(error->message, "20 structures do not fit into one picture; draw at most 7"));
}

static void
a_column_of_the_wrong_height_is_found(void **state)
{
    g_autoptr(MlTimeline) timeline = ml_test_timeline(&all[5]);
    guint n_faults = 0;
    for (guint which = 0; which < 8; which++) {
        g_autoptr(MlScene) scene = lay_out(inter, timeline, &rooms[0]);
        guint seen = 0;
        for (guint i = 0; i < scene->items->len; i++) {
            MlItem *item = g_ptr_array_index(scene->items, i);
            gboolean is_column = (item->kind == ML_ITEM_RECT && item->rect.fill == ML_INK_GRID) ||
                                 item->kind == ML_ITEM_AREA;
            if (is_column && seen++ == which + 1)
                item->box.h += 2;
        }
        g_autofree char *fault = find_fault(scene, timeline);
        n_faults += fault != NULL ? 1 : 0;
    }
    assert_int_equal(n_faults, 8);
}

/* --- figures and words ------------------------------------------------------------------------ */

static double
read_figure(const char *text)
{
    gboolean is_negative = g_str_has_prefix(text, "\u2212");
    g_auto(GStrv) groups = g_strsplit(text, ML_THIN_SPACE, -1);
    g_autofree char *joined = g_strjoinv(NULL, groups);
    const char *digits = joined + strcspn(joined, "0123456789");
    return g_ascii_strtod(digits, NULL) * (is_negative ? -1 : 1);
}

/* What is printed adds up, though every figure is rounded. */
static void
changes_add_up_to_the_end(void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(MlTimeline) timeline = ml_test_timeline(&all[i]);
        double sum = 0;
        for (guint k = 0; k < timeline->steps->len; k++) {
            const MlTimelineStep *step = ml_timeline_step(timeline, k);
            g_autofree char *change = ml_timeline_change(timeline, k);
            g_autofree char *level = ml_timeline_amount(timeline, step->rss_bytes);
            sum += read_figure(change);
            assert_near(sum, read_figure(level), 1e-6 * fmax(sum, 1));
        }
    }
}

/* Of 30 MiB a build of 60 more peaks at 120 above; 800 KiB are there at the start. */
static void
the_picture_says_what_was_measured(void **state)
{
    g_autoptr(MlTimeline) timeline =
        ml_test_timeline(&(MadeTimeline){ .n_structures = 2, .unit = 30 * MIB });
    g_autoptr(MlScene) scene = lay_out(inter, timeline, &rooms[0]);
    assert_string_equal(scene->title, "Freed, and still held: up to 30.0 MiB");
    assert_int_equal(scene_texts(scene, "0.8"), 1);
    assert_int_equal(scene_texts(scene, "+30.0"), 1);
    assert_int_equal(scene_texts(scene, "+60.0"), 1);
    assert_int_equal(scene_texts(scene, "peak +120.0"), 1);
    assert_int_equal(scene_texts(scene, "±0"), 1); /* the first free */
    assert_int_equal(scene_texts(scene, "free, held"), 2);
    assert_int_equal(scene_texts(scene, "210.8 MiB"), 1);
    assert_int_equal(scene_texts(scene, "the peak within the step"), 1);
    timeline->peak_is_exact = FALSE;
    g_autoptr(MlScene) low = lay_out(inter, timeline, &rooms[0]);
    assert_int_equal(scene_texts(low, "the peak within the step, or more"), 1);
}

/* A peak of less than 1 MiB is none; what does not occur is not explained. */
static void
what_does_not_occur_is_not_in_the_key(void **state)
{
    g_autoptr(MlTimeline) timeline =
        ml_test_timeline(&(MadeTimeline){ .n_structures = 2, .unit = MIB / 4 });
    g_autoptr(MlTimeline) none = ml_test_timeline(&(MadeTimeline){ .n_structures = 0 });
    assert_false(ml_timeline_shows_peak(timeline, 2)); /* exactly 1 MiB above */
    g_array_index(timeline->steps, MlTimelineStep, 2).peak_bytes++;
    assert_true(ml_timeline_shows_peak(timeline, 2));
    g_autoptr(MlScene) scene = lay_out(inter, none, &rooms[0]);
    assert_string_equal(scene->title, ML_TIMELINE_TITLE);
    assert_int_equal(scene_texts(scene, "the peak within the step"), 0);
    assert_int_equal(scene_texts(scene, "free, and held by the allocator"), 0);
}

static void
the_finding_claims_no_more_than_the_figures_show(void **state)
{
    g_autoptr(MlTimeline) timeline =
        ml_test_timeline(&(MadeTimeline){ .n_structures = 1, .unit = 100 * MIB });
    MlTimelineStep *freed = &g_array_index(timeline->steps, MlTimelineStep, 2);
    static const struct {
        guint64 held;
        const char *finding;
    } cases[] = {
        { 100 * MIB, "Freed, and still held: up to 100.0 MiB" },
        { 6 * MIB, "Freed, and still held: up to 6.0 MiB" },
        { 3 * MIB, ML_TIMELINE_TITLE },
        { 4096, "What is freed goes back to the kernel at once" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        freed->held_bytes = cases[i].held;
        g_autofree char *finding = ml_timeline_finding(timeline);
        assert_string_equal(finding, cases[i].finding);
    }
}

static void
the_same_in_characters_and_in_words(void **state)
{
    static const int widths[] = { 80, 40, 30, 132 };
    const MlDiagramKind *kind = ml_diagram_find("rss-timeline", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(all) * G_N_ELEMENTS(widths); i++) {
        int width = widths[i % G_N_ELEMENTS(widths)];
        MadeTimeline made = all[i / G_N_ELEMENTS(widths)];
        made.long_titles = made.long_titles && width >= 80;
        g_autoptr(MlTimeline) timeline = ml_test_timeline(&made);
        const MlDiagramFacts facts = { .timeline = timeline };
        for (int ascii = FALSE; ascii <= TRUE; ascii++) {
            g_autofree char *text = kind->terminal(&facts, ascii, width);
            g_autofree char *plain = ml_text_plain(text);
            g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);
            for (guint k = 0; lines[k] != NULL; k++)
                if (ml_text_width(lines[k]) > width || g_str_has_suffix(lines[k], " "))
                    fail_msg("%d columns: '%s'", width, lines[k]);
            assert_true(!ascii || g_str_is_ascii(plain));
        }
        g_autofree char *words = kind->describe(&facts);
        assert_true(g_utf8_validate(words, -1, NULL));
        assert_true(g_str_has_suffix(words, "iB."));
    }
}

static void
labels_are_broken_where_words_end(void **state)
{
    double width = ml_metrics_width(inter, "ordered", ML_TYPE_FIELD);
    g_autoptr(GPtrArray) lines =
        ml_lines_wrap(inter, "a well-ordered incomprehensible list", ML_TYPE_FIELD, width, 4);
    assert_int_equal(lines->len, 4);
    assert_string_equal(lines->pdata[0], "a well-");
    assert_string_equal(lines->pdata[1], "ordered");
    assert_true(g_str_has_prefix(lines->pdata[2], "incom"));
    assert_true(g_str_has_suffix(lines->pdata[2], "…"));
    assert_string_equal(lines->pdata[3], "list");
    g_autoptr(GPtrArray) one = ml_lines_wrap(inter, "a b c d e f g h", ML_TYPE_FIELD, width, 1);
    assert_int_equal(one->len, 1);
    assert_true(g_str_has_suffix(one->pdata[0], "…"));
}

/* --- files ------------------------------------------------------------------------------------ */

static void
the_same_timeline_is_the_same_file(void **state)
{
    g_autoptr(MlTimeline) timeline = ml_test_timeline(&all[5]);
    for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++)
        for (int format = ML_FORMAT_SVG; format <= ML_FORMAT_PDF; format++) {
            g_autoptr(MlScene) a = lay_out(inter, timeline, &rooms[0]);
            g_autoptr(MlScene) b = lay_out(inter, timeline, &rooms[0]);
            g_autoptr(GBytes) x = ml_diagram_render(a, (MlFormat)format, *theme, SMALL, NULL);
            g_autoptr(GBytes) y = ml_diagram_render(b, (MlFormat)format, *theme, SMALL, NULL);
            assert_true(g_bytes_equal(x, y));
            assert_true(g_bytes_get_size(x) < 300000);
        }
}

static void
no_timeline_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    const MlDiagramFacts none = { .timeline = NULL };
    const MlDiagramKind *kind = ml_diagram_find("rss-timeline", NULL);
    assert_null(ml_diagram_scene(kind, &none, NULL, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
    assert_non_null(strstr(error->message, "rss-timeline: name structures to build and free"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_timeline_is_laid_out_soundly_in_every_room),
        cmocka_unit_test(a_wide_picture_has_room_for_more_and_says_how_many),
        cmocka_unit_test(a_column_of_the_wrong_height_is_found),
        cmocka_unit_test(changes_add_up_to_the_end),
        cmocka_unit_test(the_picture_says_what_was_measured),
        cmocka_unit_test(what_does_not_occur_is_not_in_the_key),
        cmocka_unit_test(the_finding_claims_no_more_than_the_figures_show),
        cmocka_unit_test(the_same_in_characters_and_in_words),
        cmocka_unit_test(labels_are_broken_where_words_end),
        cmocka_unit_test(the_same_timeline_is_the_same_file),
        cmocka_unit_test(no_timeline_is_refused),
    };
    inter = ml_metrics_new(NULL);
    dejavu = fallback_metrics();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_clear_object(&dejavu);
    g_clear_object(&inter);
    return failed;
}

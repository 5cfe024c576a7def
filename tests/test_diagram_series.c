/* The kinds that draw series: every structure, every range, measured and not, in both fonts. */
#include "each_structure.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "made_series.h"

#define SMALL 0.125 /* scale of the files compared: quick */

static const MlSweepRange ranges[] = {
    { .from = 1, .to = 1, .steps = 2, .jumps = TRUE },
    { .from = 1, .to = 3, .steps = 3, .jumps = TRUE },
    { .from = 1, .to = 30, .steps = 6, .jumps = TRUE },
    { .from = 100, .to = 1000, .steps = 6, .jumps = TRUE },
    { .from = 10000, .to = 1000000, .steps = 9, .jumps = TRUE },
    { .from = 1, .to = 10000000000, .steps = 30, .jumps = TRUE },
};

/* --- facts ------------------------------------------------------------------------------------ */

/* Every point as if it had been measured, @off bytes beside the model. */
static void
pretend_measured(MlSeries *series, gint64 off)
{
    for (guint i = 0; i < series->points->len; i++) {
        MlSeriesPoint *point = &g_array_index(series->points, MlSeriesPoint, i);
        point->origin = ML_ORIGIN_MEASURED;
        point->measured_bytes = (gint64)point->model_bytes + off;
        point->valid = TRUE;
    }
}

static MlSeries *
make(const char *spec, const MlSweepRange *range)
{
    MlSeries *series = ml_test_series(spec, range);
    assert_true(ml_series_add_curve(series, NULL));
    return series;
}

static MlDiagramFacts
lend(const MlSeries *const *series, guint n)
{
    return (MlDiagramFacts){ .n_series = n, .series = series };
}

/* --- checks ----------------------------------------------------------------------------------- */

typedef struct {
    double width;
    double height;
} Paper;

static const Paper slide = { 1920, 1080 };

static MlScene *
lay_out(MlMetrics *metrics, const char *kind_name, const MlDiagramFacts *facts, Paper paper)
{
    g_autoptr(GError) error = NULL;
    const MlDiagramKind *kind = ml_diagram_find(kind_name, NULL);
    MlScene *scene = ml_scene_new(kind_name, metrics, NULL, 1);
    scene->width = paper.width;
    scene->height = paper.height;
    if (!kind->layout(facts, scene, &error))
        fail_msg("%s", error->message);
    return scene;
}

/* What is drawn of a chart lies in its plot; no text does. */
static void
assert_areas_clear_of_text(const MlScene *scene)
{
    for (guint a = 0; a < scene->items->len; a++) {
        const MlItem *area = ml_scene_item(scene, a);
        for (guint t = 0; area->kind == ML_ITEM_AREA && t < scene->items->len; t++) {
            const MlItem *text = ml_scene_item(scene, t);
            gboolean apart = text->box.x >= area->box.x + area->box.w ||
                             text->box.x + text->box.w <= area->box.x ||
                             text->box.y >= area->box.y + area->box.h ||
                             text->box.y + text->box.h <= area->box.y;
            if (text->kind == ML_ITEM_TEXT && !apart)
                fail_msg("\"%s\" lies on an area", text->text.string);
        }
    }
}

static void
assert_sound(MlMetrics *metrics, const char *kind, const MlDiagramFacts *facts, Paper paper)
{
    g_autoptr(MlScene) scene = lay_out(metrics, kind, facts, paper);
    g_autofree char *complaint = first_complaint(scene, NULL);
    const MlSeries *series = facts->series[0];
    if (complaint != NULL)
        fail_msg("%s of %s to n = %" G_GUINT64_FORMAT ": %s",
            kind,
            series->structure,
            ml_series_point(series, series->points->len - 1)->n,
            complaint);
    assert_areas_clear_of_text(scene);
}

static void
assert_characters_fit(const char *kind_name, const MlDiagramFacts *facts)
{
    static const int widths[] = { 80, 40, 132 };
    const MlDiagramKind *kind = ml_diagram_find(kind_name, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(widths); i++)
        for (int ascii = FALSE; ascii <= TRUE; ascii++) {
            g_autofree char *text = kind->terminal(facts, ascii, widths[i]);
            g_autofree char *plain = ml_text_plain(text);
            g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);
            for (guint k = 0; lines[k] != NULL; k++)
                if (ml_text_width(lines[k]) > widths[i])
                    fail_msg("%s, %d columns: %s", kind_name, widths[i], lines[k]);
        }
}

static void
assert_drawn(MlMetrics *metrics, const char *kind_name, const MlSeries *series)
{
    const MlDiagramKind *kind = ml_diagram_find(kind_name, NULL);
    MlDiagramFacts facts = lend(&series, 1);
    if (!ml_diagram_accepts(kind, &facts, NULL))
        return;
    assert_sound(metrics, kind_name, &facts, slide);
    assert_characters_fit(kind_name, &facts);
    g_autofree char *words = kind->describe(&facts);
    assert_true(g_utf8_validate(words, -1, NULL));
    assert_true(g_str_has_suffix(words, "."));
}

static MlMetrics *inter;
static MlMetrics *dejavu; /* NULL where it is not installed */

/* --- every structure -------------------------------------------------------------------------- */

static void
draw_all(MlMetrics *metrics, const char *spec, const MlSweepRange *range, gint64 off)
{
    g_autoptr(MlSeries) series = make(spec, range);
    assert_drawn(metrics, "growth", series);
    assert_drawn(metrics, "saw-tooth", series);
    pretend_measured(series, off);
    assert_drawn(metrics, "saw-tooth", series);
    assert_drawn(metrics, "versus", series);
}

static void
every_kind_draws_every_structure_soundly(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();
    for (guint i = 0; i < cases->len; i++) {
        const char *name = ((const MlCase *)cases->pdata[i])->name;
        for (guint r = i % 3; r < G_N_ELEMENTS(ranges); r += 3) { /* two each, in turn */
            draw_all(inter, name, &ranges[r], r % 2 == 0 ? -4096 : 8192);
            if (dejavu != NULL && i % 2 == 0)
                draw_all(dejavu, name, &ranges[r], 4096);
        }
    }
}

static void
assert_fits_every_room(const char *kind, const MlSeries *series)
{
    static const Paper papers[] = {
        { 1120, 720 },
        { 1280, 720 },
        { 1440, 1080 },
        { 1120, 1200 },
        { 2245, 1587 },
        { 3000, 720 },
    };
    MlDiagramFacts facts = lend(&series, 1);
    for (guint i = 0; i < G_N_ELEMENTS(papers); i++) {
        assert_sound(inter, kind, &facts, papers[i]);
        if (dejavu != NULL)
            assert_sound(dejavu, kind, &facts, papers[i]);
    }
}

static void
every_kind_fits_into_every_room(void **state)
{
    static const char *const kinds[] = { "growth", "saw-tooth", "versus" };
    static const char *const specs[] = {
        "growing-array",
        "chained-table",
        "compact-dict:keys=string,values=boxed",
    };
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (guint s = 0; s < G_N_ELEMENTS(specs); s++) {
            g_autoptr(MlSeries) series = make(specs[s], &ranges[4]);
            assert_fits_every_room(kinds[k], series);
            pretend_measured(series, 4096);
            assert_fits_every_room(kinds[k], series);
        }
}

/* --- versus ----------------------------------------------------------------------------------- */

static const char *const six[] = {
    "linked-list",
    "double-list",
    "boxed-array",
    "packed-array",
    "growing-array",
    "compact-dict:keys=string,values=boxed",
};

static void
six_lines_have_their_labels_apart(void **state)
{
    for (guint r = 0; r < G_N_ELEMENTS(ranges); r++) {
        const MlSeries *series[G_N_ELEMENTS(six)];
        for (guint i = 0; i < G_N_ELEMENTS(six); i++)
            series[i] = make(six[i], &ranges[r]);
        for (guint n = 1; n <= G_N_ELEMENTS(six); n++) {
            MlDiagramFacts facts = lend(series, n);
            assert_sound(inter, "versus", &facts, slide);
            assert_sound(inter, "versus", &facts, (Paper){ 1120, 720 });
            assert_characters_fit("versus", &facts);
            if (dejavu != NULL)
                assert_sound(dejavu, "versus", &facts, slide);
        }
        for (guint i = 0; i < G_N_ELEMENTS(six); i++)
            ml_series_free((MlSeries *)(guintptr)series[i]);
    }
}

static void
assert_refused(const char *kind, const MlDiagramFacts *facts, const char *message)
{
    g_autoptr(GError) error = NULL;
    assert_null(ml_diagram_scene(ml_diagram_find(kind, NULL), facts, NULL, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
    assert_string_equal(error->message, message);
}

static void
what_cannot_be_drawn_is_refused(void **state)
{
    g_autoptr(MlSeries) list = make("linked-list", &ranges[2]);
    const MlSeries *many[7] = { list, list, list, list, list, list, list };
    MlDiagramFacts facts = lend(many, 7);
    assert_refused(
        "versus", &facts, "versus: 7 structures do not fit into one picture; draw at most 6");
    assert_refused("saw-tooth", &facts, "saw-tooth: draws one structure at a time");
    facts.n_series = 1;
    assert_refused("growth",
        &facts,
        "growth: a linked list takes no more room than its elements need; growing-array and the "
        "tables do");
    facts.n_series = 0;
    assert_refused("versus",
        &facts,
        "versus: name a structure to draw, such as compact-dict:values=boxed, open-table, "
        "boxed-array, packed-array");
}

/* --- what the pictures say -------------------------------------------------------------------- */

static const MlItem *
find_text(const MlScene *scene, const char *string)
{
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_TEXT && strcmp(item->text.string, string) == 0)
            return item;
    }
    return NULL;
}

static void
a_growing_array_doubles(void **state)
{
    const MlSweepRange range = { .from = 1, .to = 9, .steps = 2, .jumps = TRUE };
    g_autoptr(MlSeries) series = make("growing-array", &range);
    const MlSeries *one = series;
    MlDiagramFacts facts = lend(&one, 1);
    g_autoptr(MlScene) scene = lay_out(inter, "growth", &facts, slide);
    assert_string_equal(scene->title, "Full? Then a growing array takes twice the room");
    assert_non_null(find_text(scene, "capacity 4"));
    assert_non_null(find_text(scene, "capacity 8"));
    assert_non_null(find_text(scene, "capacity 16"));
    assert_non_null(find_text(scene, "144 B"));
    assert_non_null(find_text(scene, "72")); /* data */
    assert_non_null(find_text(scene, "56")); /* spare room */
}

/* From 7 to 15 places is more than twice; what counts is what it settles down to: 15 to 30. */
static void
the_factor_is_that_of_the_last_growth(void **state)
{
    const MlSweepRange range = { .from = 1, .to = 16, .steps = 2, .jumps = TRUE };
    g_autoptr(MlSeries) series = make("ghashtable", &range);
    const MlSeries *one = series;
    MlDiagramFacts facts = lend(&one, 1);
    g_autoptr(MlScene) scene = lay_out(inter, "growth", &facts, slide);
    assert_string_equal(scene->title, "Full? Then a GHashTable takes twice the room");
}

/* Held flat, reserved like saw-teeth. */
static void
a_growing_array_reserves_more_than_it_holds(void **state)
{
    g_autoptr(MlSeries) series = make("growing-array", &ranges[4]);
    const MlSeries *one = series;
    MlDiagramFacts facts = lend(&one, 1);
    g_autoptr(MlScene) scene = lay_out(inter, "saw-tooth", &facts, slide);
    assert_non_null(strstr(scene->title, "in RAM, up to 16."));
    assert_non_null(find_text(scene, "reserved, not in RAM"));
}

/* A part of the picture that is wrong is found: the area that stands for data is made smaller. */
static void
an_area_that_is_too_small_is_found(void **state)
{
    g_autoptr(MlSeries) series = make("open-table", &ranges[4]);
    const MlSeries *one = series;
    MlDiagramFacts facts = lend(&one, 1);
    g_autoptr(MlScene) scene = lay_out(inter, "saw-tooth", &facts, slide);
    for (guint i = 0; i < scene->items->len; i++) {
        MlItem *item = g_ptr_array_index(scene->items, i);
        if (item->kind == ML_ITEM_AREA && item->area.role == ML_ROLE_DATA)
            g_array_index(item->area.outline, MlSeg, 1).to.y += 20;
    }
    g_autoptr(GPtrArray) complaints = ml_scene_check(scene, NULL);
    assert_true(complaints->len > 0);
    assert_non_null(strstr(g_ptr_array_index(complaints, 0), "the cells add up to"));
}

static void
the_same_series_is_the_same_file(void **state)
{
    static const char *const kinds[] = { "saw-tooth", "growth", "versus" };
    g_autoptr(MlSeries) series = make("open-table", &ranges[3]);
    const MlSeries *one = series;
    MlDiagramFacts facts = lend(&one, 1);
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++)
            for (int format = ML_FORMAT_SVG; format <= ML_FORMAT_PDF; format++) {
                g_autoptr(MlScene) a = lay_out(inter, kinds[k], &facts, slide);
                g_autoptr(MlScene) b = lay_out(inter, kinds[k], &facts, slide);
                g_autoptr(GBytes) x = ml_diagram_render(a, (MlFormat)format, *theme, SMALL, NULL);
                g_autoptr(GBytes) y = ml_diagram_render(b, (MlFormat)format, *theme, SMALL, NULL);
                assert_true(g_bytes_equal(x, y));
                assert_true(g_bytes_get_size(x) < 300000);
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_draws_every_structure_soundly),
        cmocka_unit_test(every_kind_fits_into_every_room),
        cmocka_unit_test(six_lines_have_their_labels_apart),
        cmocka_unit_test(what_cannot_be_drawn_is_refused),
        cmocka_unit_test(a_growing_array_doubles),
        cmocka_unit_test(the_factor_is_that_of_the_last_growth),
        cmocka_unit_test(a_growing_array_reserves_more_than_it_holds),
        cmocka_unit_test(an_area_that_is_too_small_is_found),
        cmocka_unit_test(the_same_series_is_the_same_file),
    };
    inter = ml_metrics_new(NULL);
    dejavu = fallback_metrics();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    g_clear_object(&dejavu);
    g_clear_object(&inter);
    return failed;
}

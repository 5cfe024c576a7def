/* Fonts: memlab's own, the system's where these are missing, and none at all.  Each case is a
 * process of its own, as fontconfig reads its configuration once. */
#include "ml_test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "diagram/text_metrics.h"
#include "diagram_facts.h"

typedef struct {
    char *folder; /* empty, but for a configuration without fonts */
    char *no_fonts;
} Place;

static int
set_up(void **state)
{
    Place *place = g_new0(Place, 1);
    place->folder = g_dir_make_tmp("memlab-fonts-XXXXXX", NULL);
    place->no_fonts = g_build_filename(place->folder, "fonts.conf", NULL);
    *state = place;
    return g_file_set_contents(place->no_fonts, "<fontconfig/>\n", -1, NULL) ? 0 : -1;
}

static int
tear_down(void **state)
{
    Place *place = *state;
    g_unlink(place->no_fonts);
    g_rmdir(place->folder);
    g_free(place->folder);
    g_free(place->no_fonts);
    g_free(place);
    return 0;
}

/* Returns: what @test returns in a fresh process. */
static gboolean
holds_elsewhere(gboolean (*test)(const Place *place), const Place *place)
{
    pid_t child = fork();
    if (child == 0)
        _exit(test(place) ? 0 : 1);
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static gboolean
own_fonts_need_no_system(const Place *place)
{
    g_setenv("FONTCONFIG_FILE", place->no_fonts, TRUE);
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    return metrics != NULL && ml_metrics_width(metrics, "40 B", ML_TYPE_TOTAL) > 68;
}

static gboolean
system_fonts_step_in(const Place *place)
{
    g_setenv("MEMLAB_DATA_DIR", place->folder, TRUE);
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    return metrics != NULL;
}

static gboolean
no_font_is_reported(const Place *place)
{
    g_autoptr(GError) error = NULL;
    g_setenv("FONTCONFIG_FILE", place->no_fonts, TRUE);
    g_setenv("MEMLAB_DATA_DIR", place->folder, TRUE);
    return ml_metrics_new(&error) == NULL && error->code == ML_ERROR_SURROUNDINGS &&
           strstr(error->message, "install the package fonts-dejavu-core") != NULL;
}

static void
own_fonts_do_not_hang_on_the_systems_configuration(void **state)
{
    assert_true(holds_elsewhere(own_fonts_need_no_system, *state));
}

static void
without_own_fonts_the_systems_are_used(void **state)
{
    assert_true(holds_elsewhere(system_fonts_step_in, *state));
}

static void
without_any_font_the_remedy_is_named(void **state)
{
    assert_true(holds_elsewhere(no_font_is_reported, *state));
}

static void
a_file_that_is_no_font_is_named(void **state)
{
    const Place *place = *state;
    const char *const files[] = { place->no_fonts, NULL };
    g_autoptr(GError) error = NULL;
    assert_null(ml_metrics_new_from(files, &error));
    assert_int_equal(error->code, ML_ERROR_SURROUNDINGS);
    assert_non_null(strstr(error->message, place->no_fonts));
}

static void
a_letter_is_as_wide_at_every_size(void **state)
{
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    double one = ml_metrics_width(metrics, "object header", (MlType){ .size = 30 });
    double two = ml_metrics_width(metrics, "object header", (MlType){ .size = 60 });
    assert_near(two, 2 * one, 0.1);
}

/* Pango would draw a box, and call it a success. */
static void
a_letter_that_no_font_has_is_a_question_mark(void **state)
{
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    g_autoptr(MlScene) scene = ml_scene_new("letters", metrics, NULL, 1);
    static const struct {
        const char *text, *shown;
    } rows[] = {
        { "key: 7 → 40 B…", "key: 7 → 40 B…" },
        { "鍵 7", "? 7" },
        { "a\U0001F600b", "a?b" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        MlPoint at = { 100, 100 };
        const MlItem *item =
            ml_scene_text(scene, at, ML_ANCHOR_START, ML_TYPE_CELL_DATA, ML_INK_TEXT, rows[i].text);
        assert_string_equal(item->text.string, rows[i].shown);
        assert_near(
            item->box.w, ml_metrics_width(metrics, rows[i].shown, ML_TYPE_CELL_DATA), 0.001);
    }
}

static void
code_is_set_without_ligatures(void **state)
{
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    double arrow = ml_metrics_width(metrics, "->", ML_TYPE_CELL);
    double letters = ml_metrics_width(metrics, "ab", ML_TYPE_CELL);
    assert_near(arrow, letters, 0.01);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_fonts_do_not_hang_on_the_systems_configuration),
        cmocka_unit_test(without_own_fonts_the_systems_are_used),
        cmocka_unit_test(without_any_font_the_remedy_is_named),
        cmocka_unit_test(a_file_that_is_no_font_is_named),
        cmocka_unit_test(a_letter_is_as_wide_at_every_size),
        cmocka_unit_test(a_letter_that_no_font_has_is_a_question_mark),
        cmocka_unit_test(code_is_set_without_ligatures),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* Every kind, drawn from the gallery's recording of it: as a document in every theme and with every
 * kind of letters, built up, and under titles that mean harm. */
#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "base/paths.h"
#include "diagram/check.h"
#include "diagram/diagram.h"
#include "diagram/frames.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "svg_document.h"

#define MOST_BYTES 300000

static void
read_recording(const MlDiagramKind *kind, MlRecording *recording)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_strdup_printf("diagrams/%s.json", kind->name);
    g_autofree char *path = ml_path_data(name);
    if (!ml_recording_read(path, recording, &error))
        fail_msg("%s: draw it for the gallery: script/gallery --record", error->message);
}

static MlScene *
gallery_scene(const MlDiagramKind *kind, const MlDiagramSettings *settings)
{
    g_auto(MlRecording) recording = { 0 };
    g_autoptr(GError) error = NULL;
    read_recording(kind, &recording);
    MlDiagramFacts facts = ml_diagram_facts(&recording);
    MlScene *scene = ml_diagram_scene(kind, &facts, settings, &error);
    if (scene == NULL)
        fail_msg("%s", error->message);
    return scene;
}

static void
assert_document(const MlScene *scene, const MlTheme *theme)
{
    g_auto(SvgDocument) document = { 0 };
    svg_document_read(&document, scene, theme);
    g_autofree char *complaint = svg_document_complaint(&document, scene);
    if (complaint != NULL)
        fail_msg("%s, %s: %s", scene->id, theme->name, complaint);
    if (document.bytes > MOST_BYTES)
        fail_msg("%s, %s: %zu bytes", scene->id, theme->name, document.bytes);
}

static void
each_kind_is_a_sound_document_in_each_theme_and_letters(void **state)
{
    static const MlLetters letters[] = {
        ML_LETTERS_FIXED, ML_LETTERS_EDITABLE, ML_LETTERS_OUTLINES
    };
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < G_N_ELEMENTS(letters); i++) {
            MlDiagramSettings settings = { .letters = letters[i] };
            g_autoptr(MlScene) scene = gallery_scene(*kind, &settings);
            for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++)
                assert_document(scene, *theme);
        }
}

static void
each_frame_of_each_kind_is_a_sound_document(void **state)
{
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++) {
        g_autoptr(MlScene) scene = gallery_scene(*kind, NULL);
        guint n = ml_frames_count(scene);
        if (n < 2)
            fail_msg("%s is not built up", (*kind)->name);
        for (guint frame = 1; frame <= n; frame++) {
            ml_frames_show(scene, frame);
            assert_document(scene, ml_themes()[0]);
        }
    }
}

/* Whether it is sound hangs on the fonts, not on theme and format: these only have to be drawn. */
static void
each_kind_is_sound_in_both_fonts_and_drawn_in_each_theme_and_format(void **state)
{
    MlMetrics *fonts[] = { ml_metrics_new(NULL), fallback_metrics() };
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < G_N_ELEMENTS(fonts) && fonts[i] != NULL; i++) {
            g_auto(MlRecording) recording = { 0 };
            read_recording(*kind, &recording);
            MlDiagramFacts facts = ml_diagram_facts(&recording);
            g_autoptr(MlScene) scene = ml_scene_new((*kind)->name, fonts[i], NULL, 1);
            assert_true((*kind)->layout(&facts, scene, NULL));
            const MlLedger *ledger = recording.walk != NULL ? facts.ledgers[0] : NULL;
            g_autofree char *complaint = first_complaint(scene, (*kind)->of_pages ? NULL : ledger);
            if (complaint != NULL)
                fail_msg("%s: %s", (*kind)->name, complaint);
            for (const MlTheme *const *theme = ml_themes(); *theme != NULL; theme++)
                for (int format = ML_FORMAT_SVG; format <= ML_FORMAT_PDF; format++) {
                    g_autoptr(GBytes) bytes =
                        ml_diagram_render(scene, (MlFormat)format, *theme, 0.125, NULL);
                    assert_non_null(bytes);
                }
        }
    for (guint i = 0; i < G_N_ELEMENTS(fonts); i++)
        g_clear_object(&fonts[i]);
}

static void
titles_that_mean_harm_do_none(void **state)
{
    g_autofree char *one_word = g_strnfill(300, 'W');
    g_autofree char *blanks = g_strconcat("   ", one_word, " ", one_word, "   ", NULL);
    const char *const titles[] = {
        "<script>alert(1)</script> & \"'",
        "]]>-->%s%n\\0",
        "a\tb\nc\x01\x7f",
        "-",
        "\u202eright to left\u202c and back",
        one_word,
        blanks,
        "three hundred letters in words that go on and on, so that two lines do not hold them all, "
        "not "
        "even with the smaller letters that a long title is set in, and so dots have to stand "
        "where "
        "the rest would be: nothing is clipped, nothing leaves the margins, and what was asked for "
        "is "
        "in the document whole",
    };
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < G_N_ELEMENTS(titles); i++) {
            MlDiagramSettings settings = { .title = titles[i] };
            g_autoptr(MlScene) scene = gallery_scene(*kind, &settings);
            g_autofree char *complaint = first_complaint(scene, NULL);
            if (complaint != NULL)
                fail_msg("%s under '%s': %s", (*kind)->name, titles[i], complaint);
            assert_document(scene, ml_themes()[i % 4]);
        }
}

static void
titles_without_letters_are_refused(void **state)
{
    static const char *const titles[] = { "", "  ", "鍵" };
    const MlDiagramKind *kind = ml_diagram_kinds()[0];
    g_auto(MlRecording) recording = { 0 };
    read_recording(kind, &recording);
    MlDiagramFacts facts = ml_diagram_facts(&recording);
    for (guint i = 0; i < G_N_ELEMENTS(titles); i++) {
        MlDiagramSettings settings = { .title = titles[i] };
        g_autoptr(GError) error = NULL;
        assert_null(ml_diagram_scene(kind, &facts, &settings, &error));
        assert_int_equal(error->code, ML_ERROR_USAGE);
    }
}

/* A kind that is given what another draws says what it draws itself. */
static void
what_does_not_fit_a_kind_is_refused_by_it(void **state)
{
    for (const MlDiagramKind *const *from = ml_diagram_kinds(); *from != NULL; from++) {
        g_auto(MlRecording) recording = { 0 };
        read_recording(*from, &recording);
        MlDiagramFacts facts = ml_diagram_facts(&recording);
        for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(MlScene) scene = ml_diagram_scene(*kind, &facts, NULL, &error);
            if (*kind == *from && scene == NULL)
                fail_msg("%s: %s", (*kind)->name, error->message);
            if (scene != NULL)
                continue;
            assert_true(error->code == ML_ERROR_USAGE || error->code == ML_ERROR_INPUT);
            if (!g_str_has_prefix(error->message, (*kind)->name))
                fail_msg("%s does not say who refuses: %s", (*kind)->name, error->message);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_a_sound_document_in_each_theme_and_letters),
        cmocka_unit_test(each_frame_of_each_kind_is_a_sound_document),
        cmocka_unit_test(each_kind_is_sound_in_both_fonts_and_drawn_in_each_theme_and_format),
        cmocka_unit_test(titles_that_mean_harm_do_none),
        cmocka_unit_test(titles_without_letters_are_refused),
        cmocka_unit_test(what_does_not_fit_a_kind_is_refused_by_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

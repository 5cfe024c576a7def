/* What a picture is drawn from, in a file and back. */
#include "ml_test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "diagram/diagram.h"
#include "diagram_facts.h"
#include "facts/recording.h"

static char *folder;
static char *path;

static void
record(const FakeBoxed *boxed)
{
    g_autoptr(GError) error = NULL;
    g_auto(MlRecording) recording = {
        .walk = fake_boxed_walk(boxed),
        .ledgers = ml_recording_new_ledgers(),
    };
    MlLedger *ledger = fake_boxed_ledger(boxed);
    ml_environment_clear(&ledger->environment);
    ml_environment_fill(NULL, "glibc", &ledger->environment);
    g_ptr_array_add(recording.ledgers, ledger);
    if (!ml_recording_write(&recording, path, &error))
        fail_msg("%s", error->message);
}

static GBytes *
draw(MlFormat format)
{
    g_auto(MlRecording) recording = { 0 };
    g_autoptr(GError) error = NULL;
    if (!ml_recording_read(path, &recording, &error))
        fail_msg("%s", error->message);
    MlDiagramFacts facts = {
        .walk = recording.walk,
        .n_ledgers = recording.ledgers->len,
        .ledgers = (const MlLedger *const *)recording.ledgers->pdata,
    };
    const MlDiagramKind *kind = ml_diagram_find("boxed-array", NULL);
    g_autoptr(MlScene) scene = ml_diagram_scene(kind, &facts, NULL, &error);
    if (scene == NULL)
        fail_msg("%s", error->message);
    return ml_diagram_render(scene, format, ml_themes()[0], 1, NULL);
}

static void
a_recording_is_drawn_the_same_every_time(void **state)
{
    static const guint64 sizes[] = { 0, 1, 3, 1000000 };
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        record(&(FakeBoxed){ .n = sizes[i], .scattered = i % 2 == 1 });
        for (int format = ML_FORMAT_SVG; format <= ML_FORMAT_PDF; format++) {
            g_autoptr(GBytes) once = draw((MlFormat)format);
            g_autoptr(GBytes) again = draw((MlFormat)format);
            assert_true(g_bytes_equal(once, again));
        }
    }
}

static void
several_walks_come_back_in_their_order(void **state)
{
    static const guint64 sizes[] = { 3, 5, 13 };
    g_autoptr(GError) error = NULL;
    g_auto(MlRecording) written = {
        .walk = fake_boxed_walk(&(FakeBoxed){ .n = sizes[0] }),
        .more_walks = ml_recording_new_walks(),
    };
    g_auto(MlRecording) read = { 0 };
    for (guint i = 1; i < G_N_ELEMENTS(sizes); i++)
        g_ptr_array_add(written.more_walks, fake_boxed_walk(&(FakeBoxed){ .n = sizes[i] }));
    if (!ml_recording_write(&written, path, &error) || !ml_recording_read(path, &read, &error))
        fail_msg("%s", error->message);
    MlDiagramFacts facts = ml_diagram_facts(&read);
    assert_int_equal(facts.walk->n, sizes[0]);
    assert_int_equal(facts.n_more_walks, G_N_ELEMENTS(sizes) - 1);
    for (guint i = 1; i < G_N_ELEMENTS(sizes); i++)
        assert_int_equal(facts.more_walks[i - 1]->n, sizes[i]);
}

static void
a_picture_of_a_recording_says_so(void **state)
{
    record(&(FakeBoxed){ .n = 13 });
    g_autoptr(GBytes) svg = draw(ML_FORMAT_SVG);
    gsize length;
    const char *text = g_bytes_get_data(svg, &length);
    assert_non_null(g_strstr_len(text, (gssize)length, "recorded"));
    assert_null(g_strstr_len(text, (gssize)length, "measured"));
}

static void
what_is_no_recording_is_refused_by_name(void **state)
{
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "{}",
        "{\"schema\":\"memlab.walk.1\"}",
        "{\"schema\":\"memlab.recording.2\",\"ledgers\":[],\"series\":[]}",
        "{\"schema\":\"memlab.recording.1\"}",
        "{\"schema\":\"memlab.recording.1\",\"ledgers\":{},\"series\":[]}",
        "{\"schema\":\"memlab.recording.1\",\"ledgers\":[{}],\"series\":[]}",
        "{\"schema\":\"memlab.recording.1\",\"more_walks\":[7],\"ledgers\":[],\"series\":[]}",
        "{\"schema\":\"memlab.recording.1\",\"walk\":7,\"ledgers\":[],\"series\":[]}",
        "{\"schema\":\"memlab.recording.1\",\"ledgers\":[],\"series\":[1]}",
    };
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(MlRecording) recording = { 0 };
        assert_true(g_file_set_contents(path, bad[i], -1, NULL));
        if (ml_recording_read(path, &recording, &error))
            fail_msg("%s is taken for a recording", bad[i]);
        assert_int_equal(error->code, ML_ERROR_INPUT);
        assert_non_null(strstr(error->message, "recording.json"));
        assert_null(recording.ledgers);
    }
}

/* Whatever a file says, it is drawn or refused: nothing is read beyond what there is. */
static void
a_damaged_recording_is_drawn_or_refused(void **state)
{
    static const guint step = 23;
    record(&(FakeBoxed){ .n = 1000 });
    g_autofree char *text = NULL;
    gsize length;
    assert_true(g_file_get_contents(path, &text, &length, NULL));
    for (gsize at = 0; at < length; at += step) {
        if (!g_ascii_isdigit(text[at]))
            continue;
        char was = text[at];
        text[at] = was == '9' ? '0' : '9';
        assert_true(g_file_set_contents(path, text, (gssize)length, NULL));
        text[at] = was;
        g_auto(MlRecording) recording = { 0 };
        if (!ml_recording_read(path, &recording, NULL))
            continue;
        MlDiagramFacts facts = {
            .walk = recording.walk,
            .n_ledgers = recording.ledgers->len,
            .ledgers = (const MlLedger *const *)recording.ledgers->pdata,
        };
        const MlDiagramKind *kind = ml_diagram_find("boxed-array", NULL);
        g_autoptr(MlScene) scene = ml_diagram_scene(kind, &facts, NULL, NULL);
    }
}

static int
make_folder(void **state)
{
    folder = g_dir_make_tmp("memlab-XXXXXX", NULL);
    path = g_build_filename(folder, "recording.json", NULL);
    return 0;
}

static int
remove_folder(void **state)
{
    g_unlink(path);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recording_is_drawn_the_same_every_time),
        cmocka_unit_test(several_walks_come_back_in_their_order),
        cmocka_unit_test(a_picture_of_a_recording_says_so),
        cmocka_unit_test(what_is_no_recording_is_refused_by_name),
        cmocka_unit_test(a_damaged_recording_is_drawn_or_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

/* memlab diagram as it is typed: what it writes, and what is left where it cannot. */
#include "ml_test.h"

#include <string.h>

#include "diagram/diagram.h"
#include "run_memlab.h"
#include "svg_document.h"

static const char *const formats[] = { "svg", "png", "pdf" };

/* A folder for the files of one test. */
static int
set_up(void **state)
{
    *state = g_dir_make_tmp("memlab-test-XXXXXX", NULL);
    return *state != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
    g_autofree char *line = g_strdup_printf("rm -r '%s'", (char *)*state);
    g_auto(MlRun) run = ml_run(line);
    g_free(*state);
    return run.status;
}

/* A kind's picture from the gallery's recording: nothing is built.
 * @before: of the line of shell, such as limits
 * @options: behind it */
static MlRun
draw(const char *kind, const char *before, const char *options)
{
    g_autofree char *line =
        g_strdup_printf("%s memlab diagram %s --from \"$MEMLAB_TEST_SOURCE/diagrams/%s.json\" %s",
            before,
            kind,
            kind,
            options);
    return ml_run(line);
}

static void
assert_fails(const MlRun *run, const char *what, int status, const char *expected)
{
    if (run->status != status || strstr(run->err, expected) == NULL)
        fail_msg("%s: status %d, not %d, and '%s'", what, run->status, status, run->err);
    assert_ptr_equal(strchr(run->err, '\n'), run->err + strlen(run->err) - 1); /* one line */
}

/* Names in a folder, hidden ones too, in order: "a b". */
static char *
names_in(const char *folder)
{
    g_autofree char *line = g_strdup_printf("ls -A '%s' | tr '\\n' ' '", folder);
    g_auto(MlRun) run = ml_run(line);
    return g_strdup(g_strchomp(run.out));
}

/* --- frames ----------------------------------------------------------------------------------- */

static void
frames_are_numbered_files(void **state)
{
    g_autofree char *folder = g_build_filename(*state, "slides", NULL);
    g_autofree char *options = g_strdup_printf("--frames '%s'", folder);
    g_auto(MlRun) run = draw("boxed-array", "", options);
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.err, "slides/boxed-array-01.svg: the pointer array\n"));
    g_autofree char *names = names_in(folder);
    assert_string_equal(
        names, "boxed-array-01.svg boxed-array-02.svg boxed-array-03.svg boxed-array-04.svg");
    g_autofree char *compare = g_strdup_printf(
        "cmp '%s/boxed-array-04.svg' \"$MEMLAB_TEST_SOURCE/diagrams/boxed-array.svg\"", folder);
    g_auto(MlRun) same = ml_assert_run(compare, 0, NULL);
}

static void
frames_take_their_name_and_format_from_the_output(void **state)
{
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *folder = g_build_filename(*state, formats[i], NULL);
        g_autofree char *options =
            g_strdup_printf("--scale 1 --frames '%s' -o my.list.%s", folder, formats[i]);
        g_autofree char *expected =
            g_strdup_printf("my.list-01.%s my.list-02.%s my.list-03.%s my.list-04.%s",
                formats[i],
                formats[i],
                formats[i],
                formats[i]);
        g_auto(MlRun) run = draw("linked-list", "", options);
        assert_int_equal(run.status, 0);
        g_autofree char *names = names_in(folder);
        assert_string_equal(names, expected);
    }
}

/* The first two frames would fit. */
static void
frames_are_written_all_or_none(void **state)
{
    g_autofree char *folder = g_build_filename(*state, "slides", NULL);
    g_autofree char *options = g_strdup_printf("--frames '%s'", folder);
    g_auto(MlRun) nowhere = draw("boxed-array", "ulimit -f 25;", options);
    assert_fails(&nowhere, "a new folder", 4, "File too large");
    assert_non_null(strstr(nowhere.err, "boxed-array-0"));
    g_autofree char *nothing = names_in(*state);
    assert_string_equal(nothing, "");

    g_auto(MlRun) first = draw("boxed-array", "", options);
    g_autofree char *sums = g_strdup_printf("cat '%s'/* | cksum", folder);
    g_autofree char *dark = g_strdup_printf("%s --theme dark", options);
    g_auto(MlRun) before = ml_run(sums);
    g_auto(MlRun) again = draw("boxed-array", "ulimit -f 25;", dark);
    assert_fails(&again, "a folder that is there", 4, "File too large");
    g_auto(MlRun) after = ml_run(sums);
    assert_string_equal(before.out, after.out);
    g_auto(MlRun) well = draw("boxed-array", "", dark);
    g_auto(MlRun) changed = ml_run(sums);
    assert_string_not_equal(before.out, changed.out);
}

static void
frames_of_an_earlier_picture_are_named(void **state)
{
    g_autofree char *options = g_strdup_printf("--frames '%s' -o a.svg", (char *)*state);
    g_auto(MlRun) five = draw("dict-compact", "", options);
    assert_int_equal(five.status, 0);
    g_auto(MlRun) four = draw("linked-list", "", options);
    assert_int_equal(four.status, 0);
    assert_non_null(strstr(four.err, "a-05.svg is of an earlier picture with more frames"));
}

static void
frames_need_a_folder_that_can_be(void **state)
{
    g_auto(MlRun) nowhere = draw("boxed-array", "", "--frames /proc/none/slides");
    assert_fails(&nowhere, "no such folder", 4, "cannot write '/proc/none/slides'");
    g_auto(MlRun) device = draw("boxed-array", "", "--frames /dev/null");
    assert_fails(&device, "no folder", 4, "Not a directory");
    g_auto(MlRun) elsewhere = draw("boxed-array", "", "--frames x -o y/z.svg");
    assert_fails(&elsewhere, "a folder in -o", 2, "-o is the name of the files in that folder");
    g_auto(MlRun) words = draw("boxed-array", "", "--frames x --describe");
    assert_fails(&words, "words", 2, "--frames writes files; leave --describe out");
    g_auto(MlRun) format = draw("boxed-array", "", "--frames x -o y.gif");
    assert_fails(&format, "a strange format", 2, "y.gif: unknown format");
}

/* --- whatever the kind ------------------------------------------------------------------------ */

/* Built and measured; the scenes of all n are checked by the tests of the layouts. */
static void
every_kind_draws_hardly_anything(void **state)
{
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (int n = 0; n <= 3; n++) {
            g_autofree char *line = g_strdup_printf(
                "memlab diagram %s -n %d -o '%s/x.svg'", (*kind)->name, n, (char *)*state);
            g_auto(MlRun) run = ml_run(line);
            if (n == 0 && (*kind)->needs == ML_NEEDS_SERIES)
                assert_fails(&run, line, 2, "ends at 1 element or more, not at 0");
            else if (run.status != 0)
                fail_msg("%s: %s", line, run.err);
        }
}

/* By a model in no time; what would have to be built is refused before it is. */
static void
every_kind_draws_a_thousand_million_or_says_why_not(void **state)
{
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++) {
        gboolean is_built = (*kind)->needs == ML_NEEDS_WALK || (*kind)->needs == ML_NEEDS_TIMELINE;
        g_autofree char *line = g_strdup_printf("memlab diagram %s -n %s -o '%s/x.svg'",
            (*kind)->name,
            is_built ? "1e12" : "1e9 --model",
            (char *)*state);
        g_auto(MlRun) run = ml_run(line);
        if (is_built)
            assert_fails(&run, line, 4, "would take");
        else if (strcmp((*kind)->name, "model-measured") == 0)
            assert_fails(&run, line, 2, "was not measured");
        else if (run.status != 0)
            fail_msg("%s: %s", line, run.err);
    }
}

static void
a_structure_that_does_not_fit_is_told_which_do(void **state)
{
    static const struct {
        const char *line, *expected;
    } rows[] = {
        { "memlab diagram boxed-array linked-list", "'boxed-array' draws boxed-array; " },
        { "memlab diagram linked-list packed-array", "packed-array is drawn by page-map, " },
        { "memlab diagram hash-open chained-table", "chained-table is drawn by hash-chained, " },
        { "memlab diagram dict-compact open-table", "'dict-compact' draws compact-dict; " },
        { "memlab diagram growth linked-list", "growing-array and the tables do" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlRun) run = ml_run(rows[i].line);
        assert_fails(&run, rows[i].line, 2, rows[i].expected);
        assert_string_equal(run.out, "");
    }
}

/* A key may be anything: markup, control characters, a script without letters in the fonts. */
static void
keys_that_mean_harm_do_none(void **state)
{
    static const char *const formats_of_keys[] = {
        "<b>&\"%i\"",
        "]]>%i<!--",
        "\001\033[31m%i\t",
        "鍵 %i",
        "\342\200\256%i",
        "%i",
        "a key that is as long as keys may be: it goes on and on: %i",
    };
    static const char *const kinds[] = {
        "hash-chained 'chained-table", "hash-open 'open-table", "dict-compact 'compact-dict"
    };
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (guint i = 0; i < G_N_ELEMENTS(formats_of_keys); i++) {
            g_autofree char *line = g_strdup_printf(
                "memlab diagram %s:key_format=%s' -n 5 -o -", kinds[k], formats_of_keys[i]);
            g_auto(SvgDocument) document = { 0 };
            g_auto(MlRun) run = ml_run(line);
            if (run.status != 0 || !svg_document_parse(&document, run.out, strlen(run.out), NULL))
                fail_msg("%s: %s", line, run.err);
        }
}

/* A disk that is full, or fills while the file is written; and a file that may not be written. */
/* A thousand million elements of each could not be built here, let alone soon. */
static void
more_structures_than_fit_are_refused_unbuilt(void **state)
{
    static const struct {
        const char *kind, *expected;
    } kinds[] = {
        { "rss-timeline", "18 structures do not fit into one picture; draw at most 7" },
        { "ledger", "18 structures do not fit into one picture; draw at most 15" },
        { "model-measured", "18 structures do not fit into one picture; draw at most 9" },
        { "versus", "18 structures do not fit into one picture; draw at most 6" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *line = g_strdup_printf("memlab diagram %s $(yes boxed-array | head -n 18) "
                                                "-n 1e9 -o '%s/x.svg'",
            kinds[i].kind,
            (char *)*state);
        g_auto(MlRun) run = ml_run(line);
        assert_fails(&run, kinds[i].kind, 2, kinds[i].expected);
    }
}

static void
a_disk_that_fills_leaves_nothing_behind(void **state)
{
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
            g_autofree char *options = g_strdup_printf("-o '%s/x.%s'", (char *)*state, formats[i]);
            g_auto(MlRun) run = draw((*kind)->name, "ulimit -f 4;", options);
            assert_fails(&run, (*kind)->name, 4, "File too large");
            g_autofree char *names = names_in(*state);
            assert_string_equal(names, "");
        }
}

static void
without_fonts_every_kind_names_the_remedy(void **state)
{
    g_autofree char *conf = g_build_filename(*state, "fonts.conf", NULL);
    g_autofree char *before =
        g_strdup_printf("export FONTCONFIG_FILE='%s' MEMLAB_DATA_DIR='%s';", conf, (char *)*state);
    assert_true(g_file_set_contents(conf, "<fontconfig/>\n", -1, NULL));
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
            g_autofree char *options = g_strdup_printf("-o '%s/x.%s'", (char *)*state, formats[i]);
            g_auto(MlRun) run = draw((*kind)->name, before, options);
            assert_fails(&run, (*kind)->name, 4, "install the package fonts-dejavu-core");
            g_autofree char *names = names_in(*state);
            assert_string_equal(names, "fonts.conf");
        }
}

static void
the_logical_view_comes_where_it_is_asked_for(void **state)
{
    g_auto(MlRun) sketch = draw("linked-list", "", "--logical --ascii");
    g_auto(MlRun) words = draw("dict-compact", "COLUMNS=9999", "--logical --describe");
    g_auto(MlRun) without = draw("dict-compact", "COLUMNS=9999", "--describe");
    g_auto(MlRun) ledger = draw("ledger", "", "--logical -o -");
    g_auto(MlRun) low = draw("boxed-array", "", "--logical --size 1200x720 -o -");
    assert_non_null(strstr(sketch.out, "| 0 | *-+-->| 1 | *-+-->"));
    assert_non_null(strstr(words.out, "Boxes"));
    assert_null(strstr(without.out, "Boxes"));
    assert_fails(&ledger, "ledger", 2, "'ledger' has no logical view; boxed-array, linked-list");
    g_auto(MlRun) model = ml_run("memlab diagram linked-list --model -o -");
    assert_fails(&model, "a model", 2, "only a build can tell; leave --model out");
    assert_fails(&low, "a low picture", 2, "take --size a4 or column");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(frames_are_numbered_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            frames_take_their_name_and_format_from_the_output, set_up, tear_down),
        cmocka_unit_test_setup_teardown(frames_are_written_all_or_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(frames_of_an_earlier_picture_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(frames_need_a_folder_that_can_be, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_kind_draws_hardly_anything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            every_kind_draws_a_thousand_million_or_says_why_not, set_up, tear_down),
        cmocka_unit_test(a_structure_that_does_not_fit_is_told_which_do),
        cmocka_unit_test(keys_that_mean_harm_do_none),
        cmocka_unit_test_setup_teardown(
            more_structures_than_fit_are_refused_unbuilt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_disk_that_fills_leaves_nothing_behind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            without_fonts_every_kind_names_the_remedy, set_up, tear_down),
        cmocka_unit_test(the_logical_view_comes_where_it_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "ml_test.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "run_memlab.h"

/* What was typed is right, and the machine cannot do it: status 4. */

enum { SECOND = 1000000 }; /* µs */

static void
more_than_fits_is_refused_before_it_is_built(void **state)
{
    static const char *const lines[] = {
        "memlab measure packed-array -n 1e12",
        "memlab measure compact-dict:keys=string,values=boxed -n 1e12",
        "memlab compare packed-array -n 1e12",
        "memlab diagram boxed-array -n 1e12",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        gint64 start = g_get_monotonic_time();
        g_auto(MlRun) run = ml_assert_run(lines[i], 4, "with n = 1 000 000 000 000 would take");
        assert_true(g_get_monotonic_time() - start < SECOND);
        assert_non_null(strstr(run.err, "TiB, and "));
        assert_non_null(strstr(run.err, "(--force tries all the same)"));
        assert_string_equal(run.out, "");
    }
}

static void
the_largest_number_that_fits_is_named_and_fits(void **state)
{
    static const char before[] = "are available here; n = ";
    g_auto(MlRun) run = ml_assert_run("memlab measure packed-array -n 1e12", 4, before);
    const char *figure = strstr(run.err, before) + strlen(before);
    g_autofree char *largest = g_strndup(figure, strcspn(figure, "f")); /* "2 900 000 000 fits" */
    g_auto(GStrv) groups = g_strsplit(g_strchomp(largest), " ", -1);
    g_autofree char *digits = g_strjoinv("", groups);
    g_autofree char *line = g_strdup_printf("memlab model packed-array -n %s --json", digits);

    guint64 n = g_ascii_strtoull(digits, NULL, 10);
    assert_true(n > 1000000 && n < UINT64_C(1000000000000));
    json_t *json = ml_run_json(line);
    assert_int_equal(json_integer_value(json_object_get(json, "n")), n);
    json_decref(json);
}

static void
the_model_needs_no_memory(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab model packed-array -n 1e12", 0, NULL);
    assert_non_null(strstr(run.out, "8 000 000 000 000"));
}

/* As the kernel does it when memory has run out: while the probe builds, it is killed. */
static void
a_probe_killed_by_the_kernel_is_reported_as_such(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab measure linked-list -n 1e8 --force --repeat 1 &"
                                      "children=/proc/$!/task/$!/children; sleep 1;"
                                      "kill -s KILL $(cat $children); wait $!",
        4,
        "the kernel ended the probe (signal 9): it most likely ran out of memory; try a smaller n");
    assert_string_equal(run.out, "");
}

static void
a_refusal_of_malloc_is_reported_as_such(void **state)
{
#ifndef __SANITIZE_ADDRESS__ /* which reserves more than any limit that makes sense */
    g_auto(MlRun) run = ml_assert_run(
        "ulimit -v 500000; memlab measure linked-list -n 1e8 --force --repeat 1",
        4,
        "malloc returned NULL while linked-list with n = 100 000 000 was built; try a smaller n");
    assert_string_equal(run.out, "");
#endif
}

/* GLib ends the process where malloc returns NULL; what it prints about that is not for the user.
 */
static void
a_library_that_gives_up_is_named(void **state)
{
#ifndef __SANITIZE_ADDRESS__
    static const char *const names[] = { "gslist", "gslist:slices=off", "garray" };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *line = g_strdup_printf(
            "ulimit -v 300000; memlab measure %s -n 1e8 --force --repeat 1", names[i]);
        g_auto(MlRun) run = ml_assert_run(line, 4, "GLib ended the probe (signal ");
        assert_string_equal(run.out, "");
    }
#endif
}

static void
without_proc_nothing_is_measured_and_nobody_blamed(void **state)
{
#ifndef __SANITIZE_ADDRESS__ /* which cannot start without /proc */
    static const char hidden[] = "unshare -rm sh -c 'mount -t tmpfs none /proc && %s'";
    g_autofree char *probing = g_strdup_printf(hidden, "true");
    g_autofree char *measure = g_strdup_printf(hidden, "memlab measure boxed-array -n 10");
    g_autofree char *force = g_strdup_printf(hidden, "memlab measure boxed-array -n 10 --force");
    g_autofree char *model = g_strdup_printf(hidden, "memlab model boxed-array -n 10");
    g_auto(MlRun) may_hide = ml_run(probing);

    if (may_hide.status != 0)
        return; /* this machine lets nobody hide /proc */
    g_auto(MlRun) measured = ml_assert_run(measure, 4, "has no RssAnon (is /proc mounted?)");
    g_auto(MlRun) forced = ml_assert_run(force, 4, "has no RssAnon (is /proc mounted?)");
    g_auto(MlRun) computed = ml_assert_run(model, 0, NULL);
    assert_non_null(strstr(computed.out, "held in RAM"));
#endif
}

/* Measured all the same, with what is missing named on standard error. */
static void
what_a_profile_refuses_is_named_and_worked_around(void **state)
{
    static const char measure[] = "$MEMLAB_TEST_REFUSE %s memlab measure growing-array -n 1e5 "
                                  "--repeat 1 --pages";
    static const struct {
        const char *calls;
        const char *note;
        const char *shown;
    } rows[] = {
        { "personality", "address randomisation stays on", "pages of the allocator alone" },
        { "pagemap-scan", "", "pages of the allocator alone" },
        { "pagemap-scan,pagemap", "who owns which page is unknown", "the pages could not be read" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *line = g_strdup_printf(measure, rows[i].calls);
        g_auto(MlRun) run = ml_run(line);
        assert_int_equal(run.status, 0);
        assert_non_null(strstr(run.err, rows[i].note));
        assert_non_null(strstr(run.out, rows[i].shown));
        assert_non_null(strstr(run.out, "held in RAM"));
    }
}

static void
anybody_may_measure(void **state)
{
    if (getuid() != 0)
        return; /* then the whole suite shows it */
    g_auto(MlRun) may = ml_run("setpriv --reuid 65534 --regid 65534 --clear-groups test -x "
                               "\"$(command -v memlab)\"");
    if (may.status != 0)
        return; /* the build tree is nobody's business here */
    g_auto(MlRun) run = ml_assert_run("setpriv --reuid 65534 --regid 65534 --clear-groups "
                                      "memlab measure linked-list -n 1e5 --repeat 1 --pages",
        0,
        NULL);
    assert_non_null(strstr(run.out, "new pages: 782"));
}

static void
a_full_disk_is_reported(void **state)
{
    static const char *const lines[] = {
        "memlab list > /dev/full",
        "memlab --version > /dev/full",
        "memlab --help > /dev/full",
        "memlab model boxed-array > /dev/full",
        "memlab model boxed-array --json > /dev/full",
        "memlab measure boxed-array -n 100 --repeat 1 > /dev/full",
        "memlab compare boxed-array --model > /dev/full",
        "memlab source boxed-array > /dev/full",
        "memlab diagram boxed-array -n 100 -o - > /dev/full",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(MlRun) run =
            ml_assert_run(lines[i], 4, "cannot write to standard output: No space left on device");
    }
}

static void
a_closed_standard_output_is_reported(void **state)
{
    g_auto(MlRun) list = ml_assert_run("memlab list >&-", 4, "cannot write to standard output");
    g_auto(MlRun) svg = ml_assert_run(
        "memlab diagram boxed-array -n 100 -o - >&-", 4, "cannot write to standard output");
}

/* `memlab … | head` is no fault. */
static void
a_reader_that_stops_reading_is_left_in_peace(void **state)
{
    g_auto(MlRun) run = ml_run("memlab source compact-dict --all | head -n 1");

    assert_int_equal(run.status, 0);
    assert_string_equal(run.err, "");
    assert_int_equal(strlen(run.out), strcspn(run.out, "\n") + 1);
}

static void
a_file_that_cannot_be_written_is_named(void **state)
{
    static const char *const formats[] = { "svg", "png", "pdf" };

    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *line =
            g_strdup_printf("memlab diagram boxed-array -n 100 -o /proc/none/x.%s", formats[i]);
        g_auto(MlRun) run = ml_assert_run(line, 4, "/proc/none");
        assert_non_null(strstr(run.err, "No such file or directory"));
    }
}

static void
a_file_that_is_there_survives_a_fault(void **state)
{
    g_autofree char *folder = g_dir_make_tmp("memlab-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "x.png", NULL);
    g_autofree char *line =
        g_strdup_printf("ulimit -f 1000; memlab diagram boxed-array -n 100 --scale 4 -o %s", file);
    g_autofree char *text = NULL;

    assert_true(g_file_set_contents(file, "as it was", -1, NULL));
    g_auto(MlRun) run = ml_assert_run(line, 4, "x.png': File too large");
    assert_true(g_file_get_contents(file, &text, NULL, NULL));
    assert_string_equal(text, "as it was");
    g_unlink(file);
    assert_int_equal(g_rmdir(folder), 0); /* and nothing else is left */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_than_fits_is_refused_before_it_is_built),
        cmocka_unit_test(the_largest_number_that_fits_is_named_and_fits),
        cmocka_unit_test(the_model_needs_no_memory),
        cmocka_unit_test(a_probe_killed_by_the_kernel_is_reported_as_such),
        cmocka_unit_test(a_refusal_of_malloc_is_reported_as_such),
        cmocka_unit_test(a_library_that_gives_up_is_named),
        cmocka_unit_test(without_proc_nothing_is_measured_and_nobody_blamed),
        cmocka_unit_test(what_a_profile_refuses_is_named_and_worked_around),
        cmocka_unit_test(anybody_may_measure),
        cmocka_unit_test(a_full_disk_is_reported),
        cmocka_unit_test(a_closed_standard_output_is_reported),
        cmocka_unit_test(a_reader_that_stops_reading_is_left_in_peace),
        cmocka_unit_test(a_file_that_cannot_be_written_is_named),
        cmocka_unit_test(a_file_that_is_there_survives_a_fault),
    };
    return cmocka_run_group_tests_name("cli/surroundings", tests, NULL, NULL);
}

#include "ml_test.h"

#include <signal.h>
#include <string.h>

#include "base/error.h"
#include "session/session.h"
#include "structure/registry.h"

#define PAGE 4096
#define N 100000

static int
setup(void **state)
{
    *state = ml_session_new();
    return 0;
}

static int
teardown(void **state)
{
    ml_session_free(*state);
    return 0;
}

static MlHandle
build(MlSession *session, const char *name, guint64 n)
{
    const MlStructure *structure = ml_structure_find(name);
    g_autoptr(GError) error = NULL;
    MlOptions options;
    MlHandle handle;

    ml_options_defaults(structure->options, structure->n_options, &options);
    if (!ml_session_build(session, structure, &options, n, &handle, &error))
        fail_msg("%s: %s", name, error->message);
    return handle;
}

static MlCellLine
end_cell(MlSession *session)
{
    MlCellLine line;
    assert_true(ml_session_cell_end(session, &line, NULL));
    return line;
}

static void
a_cell_used_what_the_structure_holds(void **state)
{
    assert_true(ml_session_cell_begin(*state, NULL));
    build(*state, "packed-array", N);
    MlCellLine line = end_cell(*state);
    assert_int_equal(line.number, 1);
    assert_in_range(line.used_bytes, 8 * N, 8 * N + 2 * PAGE);
    assert_true(line.total_bytes >= line.before_bytes + 8 * N);
    assert_true(line.seconds > 0);
}

static void
a_cell_that_does_nothing_used_nothing(void **state)
{
    for (guint i = 1; i <= 20; i++) {
        assert_true(ml_session_cell_begin(*state, NULL));
        MlCellLine line = end_cell(*state);
        assert_int_equal(line.number, i);
        assert_int_equal(line.used_bytes, 0);
    }
}

static void
what_is_freed_at_once_shows_in_the_peak(void **state)
{
    build(*state, "linked-list", 10); /* the probe is started, and its first pages are touched */
    assert_true(ml_session_cell_begin(*state, NULL));
    MlHandle handle = build(*state, "packed-array", 10 * N);
    assert_true(ml_session_destroy(*state, &handle, NULL));
    MlCellLine line = end_cell(*state);
    assert_int_equal(line.used_bytes, 0);
    assert_in_range(line.peak_bytes, 80 * N - 64 * PAGE, 80 * N + 64 * PAGE);
}

static void
a_peak_that_starts_again_is_not_lost_to_the_cell(void **state)
{
    build(*state, "linked-list", 10);
    assert_true(ml_session_cell_begin(*state, NULL));
    MlHandle handle = build(*state, "packed-array", 10 * N);
    assert_true(ml_session_destroy(*state, &handle, NULL));
    assert_true(ml_session_restart_peak(*state, NULL));
    assert_true(end_cell(*state).peak_bytes > 80 * N - 64 * PAGE);
}

static void
freed_blocks_are_held_until_trim_and_used_again(void **state)
{
    MlHandle first = build(*state, "linked-list", N);
    build(*state, "linked-list", 10); /* at the heap's end, so that malloc keeps what is below */
    assert_true(ml_session_cell_begin(*state, NULL));
    assert_true(ml_session_destroy(*state, &first, NULL));
    assert_in_range(end_cell(*state).used_bytes + 2 * PAGE, 0, 4 * PAGE);

    assert_true(ml_session_cell_begin(*state, NULL));
    MlHandle second = build(*state, "linked-list", N);
    assert_in_range(end_cell(*state).used_bytes + 2 * PAGE, 0, 4 * PAGE);

    assert_true(ml_session_destroy(*state, &second, NULL));
    assert_true(ml_session_cell_begin(*state, NULL));
    assert_true(ml_session_trim(*state, NULL));
    assert_true(end_cell(*state).used_bytes <= -32 * N + 64 * PAGE);
}

static void
elements_are_read_written_and_summed(void **state)
{
    MlHandle handle = build(*state, "boxed-array", 100);
    MlElement element;
    gint64 sum;
    double seconds;

    assert_true(ml_session_put(*state, &handle, 7, -40, NULL));
    assert_true(ml_session_get(*state, &handle, 7, &element, NULL));
    assert_int_equal(element.value, -40);
    assert_int_equal(element.bytes, 24);
    assert_true(ml_session_sum(*state, &handle, &sum, &seconds, NULL));
    assert_int_equal(sum, 99 * 50 - 7 - 40);
}

static void
a_walk_counts_the_live_blocks(void **state)
{
    MlHandle handle = build(*state, "boxed-array", 1000);
    g_autoptr(MlWalk) walk = ml_session_walk(*state, &handle, NULL);
    assert_non_null(walk);
    assert_int_equal(walk->n_parts, 2);
    assert_int_equal(walk->totals[0].request_bytes, 8000);
    assert_int_equal(walk->totals[1].blocks, 1000);
}

static void
a_freed_handle_is_refused(void **state)
{
    MlHandle handle = build(*state, "packed-array", 10);
    g_autoptr(GError) error = NULL;

    assert_true(ml_session_destroy(*state, &handle, NULL));
    assert_false(ml_session_destroy(*state, &handle, &error));
    assert_int_equal(error->code, ML_ERROR_USAGE);
    assert_non_null(strstr(error->message, "packed array is gone"));
}

static void
what_does_not_fit_is_refused_before_it_is_built(void **state)
{
    const MlStructure *structure = ml_structure_find("packed-array");
    g_autoptr(GError) error = NULL;
    MlOptions options;
    MlHandle handle;

    ml_options_defaults(structure->options, structure->n_options, &options);
    assert_false(ml_session_build(
        *state, structure, &options, G_GUINT64_CONSTANT(10000000000000), &handle, &error));
    assert_int_equal(error->code, ML_ERROR_SURROUNDINGS);
    assert_non_null(strstr(error->message, "fits"));
}

static void
a_probe_that_was_killed_ends_its_structures_and_not_the_session(void **state)
{
    MlHandle handle = build(*state, "packed-array", 10);
    g_autoptr(GError) killed = NULL, gone = NULL;
    MlReading reading;
    gint64 sum;
    double seconds;

    GPid pid = ml_session_pid(*state, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    g_usleep(50000);
    assert_false(ml_session_read(*state, &reading, &killed));
    assert_int_equal(killed->code, ML_ERROR_SURROUNDINGS);
    assert_non_null(strstr(killed->message, "the kernel ended the probe"));
    assert_false(ml_session_sum(*state, &handle, &sum, &seconds, &gone));
    assert_int_equal(gone->code, ML_ERROR_USAGE);

    handle = build(*state, "packed-array", 10);
    assert_true(ml_session_sum(*state, &handle, &sum, &seconds, NULL));
    assert_int_equal(sum, 45);
    assert_true(ml_session_pid(*state, NULL) != pid);
}

static void
an_end_without_a_beginning_is_an_error(void **state)
{
    g_autoptr(GError) error = NULL;
    MlCellLine line;

    assert_false(ml_session_cell_end(*state, &line, &error));
    assert_int_equal(error->code, ML_ERROR_SURROUNDINGS);
}

static void
the_line_has_a_long_and_a_short_form(void **state)
{
    MlCellLine line = {
        .number = 2,
        .used_bytes = 40005632,
        .seconds = 0.1264,
        .total_bytes = 43012096,
    };
    g_autofree char *at_100 = ml_cell_line_text(&line, 100);
    g_autofree char *at_99 = ml_cell_line_text(&line, 99);
    assert_string_equal(at_100,
        "In [2] used 38.15 MiB RAM in 0.126 s, peaked 0.00 MiB above current, "
        "total RAM usage 41.02 MiB");
    assert_string_equal(at_99, "[2]  +38.15 MiB   0.126 s   peak +0.00   total 41.02 MiB");

    line.used_bytes = -8003584;
    line.peak_bytes = 8003584;
    g_autofree char *freed = ml_cell_line_text(&line, 80);
    assert_string_equal(freed, "[2]  -7.63 MiB   0.126 s   peak +7.63   total 41.02 MiB");

    line.total_bytes = G_GUINT64_CONSTANT(56589942784); /* one unit on the line */
    g_autofree char *large = ml_cell_line_text(&line, 80);
    assert_string_equal(large, "[2]  -0.01 GiB   0.126 s   peak +0.01   total 52.70 GiB");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cell_used_what_the_structure_holds, setup, teardown),
        cmocka_unit_test_setup_teardown(a_cell_that_does_nothing_used_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_freed_at_once_shows_in_the_peak, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_peak_that_starts_again_is_not_lost_to_the_cell, setup, teardown),
        cmocka_unit_test_setup_teardown(
            freed_blocks_are_held_until_trim_and_used_again, setup, teardown),
        cmocka_unit_test_setup_teardown(elements_are_read_written_and_summed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_walk_counts_the_live_blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(a_freed_handle_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_does_not_fit_is_refused_before_it_is_built, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_probe_that_was_killed_ends_its_structures_and_not_the_session, setup, teardown),
        cmocka_unit_test_setup_teardown(an_end_without_a_beginning_is_an_error, setup, teardown),
        cmocka_unit_test(the_line_has_a_long_and_a_short_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

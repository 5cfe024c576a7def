#include "ml_test.h"

#include <string.h>

#include <glib/gstdio.h>

#include "run_memlab.h"

/* --- what is printed -------------------------------------------------------------------------- */

static void
a_table_has_a_row_for_each_point(void **state)
{
    g_auto(MlRun) run =
        ml_assert_run("memlab sweep growing-array --from 1e3 --to 1e5 --steps 3 --even", 0, NULL);
    assert_non_null(strstr(run.out, "\n    1 000  12.29     12.29"));
    assert_non_null(strstr(run.out, "\n   10 000   8.60      8.60"));
    assert_non_null(strstr(run.out, "\n  100 000   8.07      8.07"));
    ml_assert_columns(run.out, 80);
}

static void
a_narrow_terminal_gets_fewer_columns_and_whole_figures(void **state)
{
    g_auto(MlRun) run =
        ml_assert_run("COLUMNS=40 memlab sweep linked-list --from 1e4 --to 1e5 --steps 2", 0, NULL);
    ml_assert_columns(run.out, 40);
    assert_non_null(strstr(run.out, "unexplained"));
    assert_null(strstr(run.out, "peak"));
}

static void
the_model_builds_nothing(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab sweep packed-array --to 1e12 --model", 0, NULL);
    assert_non_null(strstr(run.out, "computed, nothing was built"));
    assert_non_null(strstr(run.out, "1 000 000 000 000"));
    assert_null(strstr(run.out, "unexplained"));
}

/* Of one structure areas, of several lines. */
static void
a_chart_is_drawn_on_request(void **state)
{
    g_auto(MlRun) one =
        ml_assert_run("memlab sweep open-table --from 1e3 --to 1e4 --steps 3 -o -", 0, NULL);
    g_auto(MlRun) two = ml_assert_run(
        "memlab sweep open-table linked-list --from 1e3 --to 1e4 --steps 3 --model -o -", 0, NULL);
    assert_true(g_str_has_prefix(one.out, "<?xml"));
    assert_non_null(strstr(one.out, "area-data"));
    assert_non_null(strstr(two.out, "line-1"));
}

static void
the_table_stands_below_a_chart_of_characters(void **state)
{
    g_auto(MlRun) run =
        ml_assert_run("memlab sweep open-table --from 1e3 --to 1e5 --steps 4 --ascii", 0, NULL);
    assert_non_null(strstr(run.out, "# data   = table index"));
    assert_true(strstr(run.out, "n = 1 000") < strstr(run.out, "unexplained\n"));
    assert_true(g_str_is_ascii(run.out));
    ml_assert_columns(run.out, 80);
}

static void
csv_has_a_line_of_names_and_whole_bytes(void **state)
{
    g_auto(MlRun) run =
        ml_assert_run("memlab sweep linked-list compact-dict:keys=string,values=boxed --from 1000 "
                      "--to 1000 --csv",
            0,
            NULL);
    g_auto(GStrv) lines = g_strsplit(run.out, "\n", -1);
    assert_int_equal(g_strv_length(lines), 4);
    assert_string_equal(lines[0],
        "structure,allocator,origin,n,model_bytes,model_peak_bytes,reserved_bytes,measured_bytes,"
        "peak_bytes,valid,note");
    assert_true(g_str_has_prefix(lines[1], "linked-list,glibc,measured,1000,32768,"));
    assert_true(g_str_has_prefix(lines[2], "\"compact-dict:keys=string,values=boxed\",glibc,"));
    assert_string_equal(lines[3], "");
}

static void
json_has_the_documented_keys(void **state)
{
    json_t *json = ml_run_json("memlab sweep open-table --from 1e3 --to 1e4 --steps 2 --json");
    ml_assert_keys(json,
        "schema:string structure:string title:string element:string options:object "
        "allocator:string as_shipped:boolean origin:string points:array environment:object "
        "notes:string?");
    const json_t *points = json_object_get(json, "points");
    for (size_t i = 0; i < json_array_size(points); i++)
        ml_assert_keys(json_array_get(points, i),
            "n:integer model_bytes:integer measured_bytes:integer unexplained_bytes:integer "
            "peak_bytes:integer spread_bytes:integer repeats:integer valid:boolean "
            "model_peak_bytes:integer reserved_bytes:integer stock_bytes:integer "
            "capacity:integer note:string? roles:array");
    assert_int_equal(json_array_size(points), 8); /* the ends, and 3 growths */
    json_decref(json);
}

/* --- a file that keeps it --------------------------------------------------------------------- */

static int
make_folder(void **state)
{
    *state = g_dir_make_tmp("memlab-sweep-XXXXXX", NULL);
    return *state != NULL ? 0 : -1;
}

static int
drop_folder(void **state)
{
    g_autofree char *line = g_strdup_printf("rm -r '%s'", (char *)*state);
    g_auto(MlRun) run = ml_run(line);
    g_free(*state);
    return run.status;
}

static void
a_sweep_goes_on_from_its_file(void **state)
{
    g_autofree char *first = g_strdup_printf(
        "cd '%s'; memlab sweep linked-list --to 1e4 --steps 3 --resume a.json", (char *)*state);
    g_autofree char *more = g_strdup_printf(
        "cd '%s'; memlab sweep linked-list --to 1e5 --steps 4 --resume a.json", (char *)*state);
    g_autofree char *again =
        g_strdup_printf("cd '%s'; memlab sweep --resume a.json --json", (char *)*state);
    g_auto(MlRun) one = ml_assert_run(first, 0, NULL);
    g_auto(MlRun) two = ml_assert_run(more, 0, NULL);
    assert_non_null(strstr(one.out, "   measured\n"));
    assert_non_null(strstr(two.out, "1 points measured, 3 recorded before"));
    json_t *json = ml_run_json(again);
    assert_string_equal(json_string_value(json_object_get(json, "origin")), "recorded");
    assert_int_equal(json_array_size(json_object_get(json, "points")), 4);
    json_decref(json);
}

static void
another_sweep_is_not_mixed_in(void **state)
{
    static const char *const others[] = {
        "memlab sweep double-list --resume b.json",
        "memlab sweep linked-list double-list --resume b.json",
        "memlab sweep linked-list --as-shipped --resume b.json",
    };
    g_autofree char *first = g_strdup_printf(
        "cd '%s'; memlab sweep linked-list --to 1e4 --steps 3 --resume b.json", (char *)*state);
    g_auto(MlRun) run = ml_assert_run(first, 0, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *line = g_strdup_printf("cd '%s'; %s", (char *)*state, others[i]);
        g_auto(MlRun) other =
            ml_assert_run(line, 3, "b.json: is a sweep of linked-list under glibc, not of ");
    }
}

static void
figures_of_another_machine_are_shown_and_not_mixed(void **state)
{
    g_autofree char *first =
        g_strdup_printf("cd '%s'; memlab sweep linked-list --to 1e4 --steps 3 --json |"
                        "sed 's/\"kernel\": \"[^\"]*\"/\"kernel\": \"0.1\"/' > c.json; memlab "
                        "sweep --resume c.json",
            (char *)*state);
    g_autofree char *more = g_strdup_printf(
        "cd '%s'; memlab sweep linked-list --to 1e5 --steps 4 --resume c.json", (char *)*state);
    g_auto(MlRun) shown = ml_assert_run(first, 0, NULL);
    assert_non_null(strstr(shown.out, "10 000  32."));
    g_auto(MlRun) mixed = ml_assert_run(more, 3, "c.json: was measured under kernel 0.1");
}

static void
a_file_that_is_no_sweep_is_refused(void **state)
{
    static const char *const contents[][2] = {
        { "{", "d.json:2:0: " },
        { "[]", "d.json: there is no sweep in it" },
        { "{}", "d.json: this is no memlab record, not memlab.series.1" },
        { "[{\"schema\": \"memlab.walk.1\"}]", "d.json: this is 'memlab.walk.1', not" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
        g_autofree char *line =
            g_strdup_printf("cd '%s'; echo '%s' > d.json; memlab sweep --resume d.json",
                (char *)*state,
                contents[i][0]);
        g_auto(MlRun) run = ml_assert_run(line, 3, contents[i][1]);
    }
}

static void
a_file_that_cannot_be_written_is_found_before_anything_is_built(void **state)
{
    g_auto(MlRun) run = ml_assert_run(
        "memlab sweep linked-list --to 1e7 --resume /nowhere/a.json", 4, "cannot write");
    assert_string_equal(run.out, "");
}

/* SIGINT to memlab alone, as soon as the file shows that it has begun. */
static void
an_interrupted_sweep_prints_what_it_has_and_says_so(void **state)
{
    g_autofree char *line = g_strdup_printf(
        "cd '%s'; (trap - INT; exec memlab sweep linked-list double-list --from 1e5 --to 2e6 "
        "--steps 60 --repeat 3 --resume e.json) &"
        "while ! grep -q '\"measured_bytes\": [0-9]' e.json 2>/dev/null; do sleep 0.1; done;"
        "kill -s INT $!; wait $!",
        (char *)*state);
    g_auto(MlRun) run = ml_assert_run(line,
        130,
        "of 120 points are measured; 'memlab sweep "
        "--resume e.json' goes on");
    assert_non_null(strstr(run.out, "100 000"));
    assert_non_null(strstr(run.out, " – ")); /* a point that was not reached */
    g_autofree char *again = g_strdup_printf(
        "cd '%s'; timeout -s INT 0.5 memlab sweep --resume e.json | grep 'recorded before'",
        (char *)*state);
    g_auto(MlRun) rest = ml_run(again);
    assert_non_null(strstr(rest.out, "recorded before"));
}

/* --- what does not fit ------------------------------------------------------------------------ */

static void
a_chart_says_which_points_are_left_out(void **state)
{
    g_auto(MlRun) run =
        ml_run("memlab sweep packed-array --from 1e3 --to 1e12 --steps 2 -o - 2>&1 >/dev/null");
    assert_int_equal(run.status, 0);
    assert_true(g_str_has_prefix(
        run.out, "memlab: note: 1 of 2 points of packed-array were not measured: "));
    assert_non_null(strstr(run.out, "would take 7.3 TiB"));
}

/* Each point holds 80 MB, and some 130 MB are to be had: one at a time. */
static void
what_does_not_fit_together_does_not_run_together(void **state)
{
#ifndef __SANITIZE_ADDRESS__ /* which reserves more than any limit that makes sense */
    g_auto(MlRun) run = ml_run(
        "(ulimit -v 200000; exec memlab sweep linked-list --from 2.5e6 --to 2.6e6 --steps 4 --csv)"
        " > /dev/null & most=0;"
        "while kill -0 $! 2>/dev/null; do"
        "  now=$(cat /proc/$!/task/*/children 2>/dev/null | wc -w);"
        "  [ $now -gt $most ] && most=$now; sleep 0.01;"
        "done; wait $!; echo $? $most");
    assert_string_equal(run.out, "0 1\n");
#endif
}

/* --- on a terminal ---------------------------------------------------------------------------- */

static void
progress_is_one_line_and_gone_at_the_end(void **state)
{
    g_auto(MlRun) run =
        ml_run_on_terminal("memlab sweep linked-list --to 1e4 --steps 3 >/dev/null");
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "\r\033[K0 of 3 points"));
    assert_non_null(strstr(run.out, "\r\033[K3 of 3 points   linked-list n = "));
    assert_true(g_str_has_suffix(run.out, "\r\033[K"));
    assert_null(strchr(run.out, '\n'));
}

/* --- what is typed ---------------------------------------------------------------------------- */

static void
what_cannot_be_swept_is_refused_in_one_line(void **state)
{
    static const char *const lines[][2] = {
        { "memlab sweep", "no structure named" },
        { "memlab sweep open-tabel", "(did you mean 'open-table'?)" },
        { "memlab sweep open-table --from 1e4 --to 10",
            "a sweep from 10 000 to 10 goes backwards" },
        { "memlab sweep open-table --from 0", "a sweep begins at 1 element or more" },
        { "memlab sweep open-table --from -1", "'-1' is negative" },
        { "memlab sweep open-table --steps 0", "a sweep has 2 to 10000 steps, not 0" },
        { "memlab sweep open-table --steps 1", "a sweep has 2 to 10000 steps, not 1" },
        { "memlab sweep open-table --steps 1e9", "a sweep has 2 to 10000 steps" },
        { "memlab sweep open-table --steps many", "'many' is not a number" },
        { "memlab sweep open-table --to 1e18", "more than an address space" },
        { "memlab sweep open-table --csv --json", "--csv or --json, not both" },
        { "memlab sweep open-table -o a.gif", "must end in one of .svg, .png, .pdf" },
        { "memlab sweep open-table -o a.svg --json", "leave --csv and --json out" },
        { "memlab sweep open-table --model --resume a.json", "leave one of them out" },
        { "memlab sweep open-table --jobs -1", "--jobs takes 1 or more" },
        { "memlab sweep open-table --allocator malloc", "unknown allocator 'malloc'" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(MlRun) run = ml_assert_run(lines[i][0], 2, lines[i][1]);
        assert_string_equal(run.out, "");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_has_a_row_for_each_point),
        cmocka_unit_test(a_narrow_terminal_gets_fewer_columns_and_whole_figures),
        cmocka_unit_test(the_model_builds_nothing),
        cmocka_unit_test(a_chart_is_drawn_on_request),
        cmocka_unit_test(the_table_stands_below_a_chart_of_characters),
        cmocka_unit_test(csv_has_a_line_of_names_and_whole_bytes),
        cmocka_unit_test(json_has_the_documented_keys),
        cmocka_unit_test(a_sweep_goes_on_from_its_file),
        cmocka_unit_test(another_sweep_is_not_mixed_in),
        cmocka_unit_test(figures_of_another_machine_are_shown_and_not_mixed),
        cmocka_unit_test(a_file_that_is_no_sweep_is_refused),
        cmocka_unit_test(a_file_that_cannot_be_written_is_found_before_anything_is_built),
        cmocka_unit_test(an_interrupted_sweep_prints_what_it_has_and_says_so),
        cmocka_unit_test(a_chart_says_which_points_are_left_out),
        cmocka_unit_test(what_does_not_fit_together_does_not_run_together),
        cmocka_unit_test(progress_is_one_line_and_gone_at_the_end),
        cmocka_unit_test(what_cannot_be_swept_is_refused_in_one_line),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}

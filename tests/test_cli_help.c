#include "ml_test.h"

#include <string.h>

#include "cli/command.h"
#include "model/allocator.h"
#include "run_memlab.h"
#include "structure/registry.h"

/* --- help ------------------------------------------------------------------------------------- */

/* "memlab lesson: …", an empty line, and at once what a person may type. */
static void
check_help(const MlCommand *command, const char *path)
{
    g_autofree char *line = g_strdup_printf("%s --help", path);
    g_autofree char *first = g_strdup_printf("%s: %s\n\n  %s", path, command->summary, path);
    g_auto(MlRun) run = ml_assert_run(line, 0, NULL);

    if (!g_str_has_prefix(run.out, first))
        fail_msg("%s does not lead with examples: %s", line, run.out);
    for (const GOptionEntry *o = command->options; o != NULL && o->long_name != NULL; o++) {
        g_autofree char *flag =
            g_strconcat(o->long_name[1] == '\0' ? "-" : "--", o->long_name, NULL);
        if (strstr(run.out, flag) == NULL)
            fail_msg("%s says nothing of %s", line, flag);
    }
    const MlCommand *const *sub = command->subcommands;
    for (; sub != NULL && *sub != NULL; sub++) {
        g_autofree char *sub_path = g_strdup_printf("%s %s", path, (*sub)->name);
        assert_non_null(strstr(run.out, (*sub)->summary));
        check_help(*sub, sub_path);
    }
}

static void
every_command_has_help_that_leads_with_examples(void **state)
{
    assert_non_null(*ml_commands());
    for (const MlCommand *const *command = ml_commands(); *command != NULL; command++) {
        g_autofree char *path = g_strdup_printf("memlab %s", (*command)->name);
        check_help(*command, path);
    }
}

static void
help_is_wanted_wherever_it_is_asked_for(void **state)
{
    static const char *const lines[] = { "memlab", "memlab --help", "memlab -h", "memlab help" };
    g_auto(MlRun) of_measure = ml_run("memlab measure --help");

    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(MlRun) run = ml_assert_run(lines[i], 0, NULL);
        for (const MlCommand *const *command = ml_commands(); *command != NULL; command++)
            assert_non_null(strstr(run.out, (*command)->summary));
    }
    g_auto(MlRun) late = ml_assert_run("memlab measure boxed-array -n x -h", 0, NULL);
    assert_string_equal(late.out, of_measure.out);
}

/* Examples of what only computes or lists, run as they stand in the help. */
static void
examples_can_be_typed_as_they_stand(void **state)
{
    static const char *const harmless[] = { "model", "list", "source" };

    for (const MlCommand *const *command = ml_commands(); *command != NULL; command++) {
        if (!g_strv_contains((const char *const[]){ harmless[0], harmless[1], harmless[2], NULL },
                (*command)->name))
            continue;
        g_auto(GStrv) lines = g_strsplit((*command)->examples, "\n", -1);
        for (guint i = 0; lines[i] != NULL; i++) {
            g_auto(MlRun) run = ml_assert_run(lines[i], 0, NULL);
            assert_true(strlen(run.out) > 0);
        }
    }
}

static void
the_version_is_one_line(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab --version", 0, NULL);

    assert_true(g_regex_match_simple("^memlab [0-9]+\\.[0-9]+\\.[0-9]+\n$", run.out, 0, 0));
}

/* --- list and source -------------------------------------------------------------------------- */

static void
check_list(const MlStructure *structure)
{
    g_autofree char *line = g_strdup_printf("memlab list %s", structure->name);
    g_auto(MlRun) run = ml_assert_run(line, 0, NULL);
    MlOptions options;
    MlPart parts[ML_MAX_PARTS];

    assert_non_null(strstr(run.out, structure->title));
    assert_non_null(strstr(run.out, structure->summary));
    assert_non_null(strstr(run.out, "glibc"));
    for (size_t i = 0; i < structure->n_options; i++) {
        assert_non_null(strstr(run.out, structure->options[i].name));
        for (size_t c = 0; c < ML_MAX_CHOICES && structure->options[i].choices[c] != NULL; c++)
            assert_non_null(strstr(run.out, structure->options[i].choices[c]));
    }
    ml_options_defaults(structure->options, structure->n_options, &options);
    uint32_t n_parts = structure->parts(0, &options, parts);
    for (uint32_t p = 0; p < n_parts; p++)
        assert_non_null(strstr(run.out, parts[p].name));
}

static void
a_structure_is_listed_with_options_and_parts(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);
    g_auto(MlRun) all = ml_assert_run("memlab list", 0, NULL);

    for (size_t i = 0; i < n; i++) {
        assert_non_null(strstr(all.out, structures[i]->name));
        check_list(structures[i]);
    }
}

static void
an_allocator_is_listed_with_what_requests_take(void **state)
{
    static const char *const rows[][2] = {
        { "glibc", "25       48\n" }, /* a field before each, in steps of 16 */
        { "jemalloc", "5 000    5 120\n" },
        { "arena", "25       32\n" },
    };
    size_t n;
    const MlAllocator *const *allocators = ml_allocators(&n);
    g_auto(MlRun) all = ml_assert_run("memlab list", 0, NULL);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *line = g_strdup_printf("memlab list %s", allocators[i]->name);
        g_auto(MlRun) run = ml_assert_run(line, 0, NULL);
        assert_non_null(strstr(all.out, allocators[i]->summary));
        assert_non_null(strstr(run.out, allocators[i]->summary));
        for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
            if (g_str_equal(rows[k][0], allocators[i]->name))
                assert_non_null(strstr(run.out, rows[k][1]));
    }
}

static char **
read_source(const char *name)
{
    g_autofree char *path =
        g_build_filename(g_getenv("MEMLAB_TEST_SOURCE"), "src", "structure", name, NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("no file %s", path);
    return g_strsplit(text, "\n", -1);
}

/* "boxed_array.c:29", and from the next line on what stands in that file from line 29 on. */
static void
check_excerpt(const char *excerpt, GString *all_code)
{
    g_auto(GStrv) lines = g_strsplit(excerpt, "\n", -1);
    g_auto(GStrv) place = g_strsplit(lines[0], ":", 2);
    assert_non_null(place[1]);
    g_auto(GStrv) source = read_source(place[0]);
    guint64 number = g_ascii_strtoull(place[1], NULL, 10);

    assert_in_range(number, 1, g_strv_length(source));
    for (guint i = 1; lines[i] != NULL && (*lines[i] != '\0' || lines[i + 1] != NULL); i++) {
        assert_non_null(source[number - 1]);
        assert_string_equal(lines[i], source[number - 1]);
        g_string_append(all_code, lines[i]);
        number++;
    }
}

static void
excerpts_are_lines_of_the_very_file(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *line = g_strdup_printf("memlab source %s", structures[i]->name);
        g_auto(MlRun) run = ml_assert_run(line, 0, NULL);
        g_autoptr(GString) code = g_string_new(NULL);
        g_auto(GStrv) excerpts =
            g_regex_split_simple("\n(?=[a-z_]+\\.[ch]:[0-9]+\n)", run.out, 0, 0);
        for (guint k = 0; excerpts[k] != NULL; k++)
            check_excerpt(excerpts[k], code);
        /* A library allocates by itself. */
        if (strstr(code->str, structures[i]->library != NULL ? "g_" : "alloc(") == NULL)
            fail_msg("%s: nothing is allocated in it", line);
    }
}

static void
the_whole_file_is_printed_as_it_is(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab source boxed-array --all", 0, NULL);
    g_auto(GStrv) source = read_source("boxed_array.c");
    g_autofree char *text = g_strjoinv("\n", source);

    assert_string_equal(run.out, text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_has_help_that_leads_with_examples),
        cmocka_unit_test(help_is_wanted_wherever_it_is_asked_for),
        cmocka_unit_test(examples_can_be_typed_as_they_stand),
        cmocka_unit_test(the_version_is_one_line),
        cmocka_unit_test(a_structure_is_listed_with_options_and_parts),
        cmocka_unit_test(an_allocator_is_listed_with_what_requests_take),
        cmocka_unit_test(excerpts_are_lines_of_the_very_file),
        cmocka_unit_test(the_whole_file_is_printed_as_it_is),
    };
    return cmocka_run_group_tests_name("cli/help", tests, NULL, NULL);
}

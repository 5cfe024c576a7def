#include "ml_test.h"

#include <string.h>

#include "base/file.h"
#include "base/paths.h"
#include "render/excerpt.h"
#include "structure/registry.h"

static GPtrArray *
excerpts_of(const char *name)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *excerpts = ml_excerpts(ml_structure_find(name), &error);
    if (excerpts == NULL)
        fail_msg("%s: %s", name, error->message);
    return excerpts;
}

/* The line of a file, from 1. */
static char *
line_of(const char *file, guint number)
{
    g_autofree char *relative = g_strconcat("src/structure/", file, NULL);
    g_autofree char *path = ml_path_data(relative);
    g_autofree char *text = ml_file_read(path, 1 << 20, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    assert_true(number >= 1 && number <= g_strv_length(lines));
    return g_strdup(lines[number - 1]);
}

static void
every_structure_shows_code_that_asks_for_memory(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);
    for (size_t i = 0; i < n; i++) {
        g_autoptr(GPtrArray) excerpts = excerpts_of(structures[i]->name);
        gboolean allocates = FALSE;
        for (guint k = 0; k < excerpts->len; k++) {
            const MlExcerpt *excerpt = excerpts->pdata[k];
            const char *call = structures[i]->library != NULL ? "g_" : "alloc(";
            allocates = allocates || strstr(excerpt->text, call) != NULL;
            assert_null(strstr(excerpt->text, "[excerpt"));
            assert_null(strstr(excerpt->text, "[end]"));
        }
        if (!allocates)
            fail_msg("%s", structures[i]->name);
    }
}

static void
the_place_is_the_line_where_the_text_stands(void **state)
{
    size_t n;
    const MlStructure *const *structures = ml_structures(&n);
    for (size_t i = 0; i < n; i++) {
        g_autoptr(GPtrArray) excerpts = excerpts_of(structures[i]->name);
        for (guint k = 0; k < excerpts->len; k++) {
            g_autoptr(MlExcerpt) brief = ml_excerpt_brief(excerpts->pdata[k]);
            g_autofree char *line = line_of(brief->file, brief->line);
            g_autofree char *first = g_strndup(brief->text, strcspn(brief->text, "\n"));
            assert_string_equal(g_strchug(line), first);
        }
    }
}

static void
structs_from_headers_come_first_and_only_where_they_are_used(void **state)
{
    g_autoptr(GPtrArray) boxed = excerpts_of("boxed-array");
    g_autoptr(GPtrArray) packed = excerpts_of("packed-array");
    const MlExcerpt *first = boxed->pdata[0];

    assert_int_equal(boxed->len, 2);
    assert_true(g_str_has_prefix(first->text, "struct box {\n"));
    assert_string_equal(first->file, "object.h");
    assert_int_equal(packed->len, 1);
}

static void
the_brief_form_keeps_what_allocates_and_what_is_stored(void **state)
{
    g_autoptr(GPtrArray) excerpts = excerpts_of("packed-array");
    g_autoptr(MlExcerpt) brief = ml_excerpt_brief(excerpts->pdata[0]);
    assert_string_equal(brief->text,
        "int64_t *a = malloc(n * sizeof *a);\n"
        "for (uint64_t i = 0; i < n; i++)\n"
        "    a[i] = (int64_t)i;\n");
}

static void
the_brief_form_leaves_out_checks_and_books(void **state)
{
    MlExcerpt function = {
        .file = (char *)(guintptr) "x.c",
        .line = 10,
        .text = (char
                *)(guintptr) "static bool\nf(T *self)\n{\n    x = malloc(1);\n    if (x == NULL)\n"
                             "        return false;\n    self->x = x;\n    return true;\n}\n",
    };
    MlExcerpt reader = function;
    reader.text =
        (char *)(guintptr) "f(T *self)\n{\n    if (self->n > 0)\n        self->n = 0;\n}\n";
    MlExcerpt braced = function;
    braced.text = (char *)(guintptr) "f(T *self)\n{\n    while (more()) {\n        x = malloc(1);\n"
                                     "        if (x == NULL) {\n            self->n = i;\n"
                                     "            return false;\n        }\n        *x = 1;\n"
                                     "    }\n}\n";
    MlExcerpt two = function;
    two.text = (char *)(guintptr) "f()\n{\n}\n\ng()\n{\n}\n";

    g_autoptr(MlExcerpt) brief = ml_excerpt_brief(&function);
    g_autoptr(MlExcerpt) without = ml_excerpt_brief(&braced);
    g_autoptr(MlExcerpt) reads = ml_excerpt_brief(&reader);
    g_autoptr(MlExcerpt) whole = ml_excerpt_brief(&two);
    assert_string_equal(brief->text, "x = malloc(1);\n");
    assert_int_equal(brief->line, 13);
    assert_string_equal(without->text, "while (more()) {\n    x = malloc(1);\n    *x = 1;\n}\n");
    assert_string_equal(reads->text, "if (self->n > 0)\n    self->n = 0;\n");
    assert_string_equal(whole->text, two.text);
}

static void
the_place_stands_on_the_right_or_above(void **state)
{
    MlExcerpt excerpt = {
        .file = (char *)(guintptr) "x.c",
        .line = 10,
        .text = (char *)(guintptr) "12345\nsecond\n",
    };
    g_autofree char *roomy = ml_excerpt_text(&excerpt, 15);
    g_autofree char *tight = ml_excerpt_text(&excerpt, 12);
    assert_string_equal(roomy,
        "12345    \x0e"
        "Bx.c:10\x0f\nsecond\n");
    assert_string_equal(tight,
        "\x0e"
        "Bx.c:10\x0f\n12345\nsecond\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_structure_shows_code_that_asks_for_memory),
        cmocka_unit_test(the_place_is_the_line_where_the_text_stands),
        cmocka_unit_test(structs_from_headers_come_first_and_only_where_they_are_used),
        cmocka_unit_test(the_brief_form_keeps_what_allocates_and_what_is_stored),
        cmocka_unit_test(the_brief_form_leaves_out_checks_and_books),
        cmocka_unit_test(the_place_stands_on_the_right_or_above),
    };
    return cmocka_run_group_tests_name("render/excerpt", tests, NULL, NULL);
}

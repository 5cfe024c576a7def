#include "ml_test.h"

#include <string.h>

#include "lesson/check.h"

/* What is found in a lesson of one screen, one a line. */
static char *
find(const char *body)
{
    g_autofree char *text = g_strconcat("---\ntitle: T\n---\n## S\n\n", body, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(MlLesson) lesson = ml_lesson_parse("x.md", text, &error);
    if (lesson == NULL)
        fail_msg("%s", error->message);
    g_autoptr(GPtrArray) findings = ml_lesson_check(lesson);
    g_ptr_array_add(findings, NULL);
    return g_strjoinv("\n", (char **)findings->pdata);
}

#define QUESTION                                                                                   \
    "```memlab ask\npredict{id = 'q', prompt = 'How?', unit = 'B/elem', key = '40', n = 1,\n"      \
    "  wrong = {{id = 'half', value = '20'}}}\n```\n\n"

static void
a_lesson_that_holds_has_no_findings(void **state)
{
    g_autofree char *found = find("Words.\n\n" QUESTION "### q: right\n\na\n\n### q: half\n\nb\n\n"
                                  "### q: other\n\nc\n\n### q: skipped\n\nd\n");
    assert_string_equal(found, "");
}

static void
every_fault_is_found_with_its_line(void **state)
{
    static const struct {
        const char *body, *finding;
    } rows[] = {
        { "It takes 4096 bytes.\n", "x.md:6: the figure 4096 is typed into the text" },
        { QUESTION "### q: rihgt\n\na\n", "x.md:11: no answer to 'q' gets the verdict 'rihgt'" },
        { QUESTION "### q: half\n\n{{ no() }}\n", "x.md:13: " },
        { QUESTION "### q: other\n\n{{ no() }}\n", "x.md:13: " },
        { QUESTION "### q: skipped\n\n{{ no() }}\n", "x.md:13: " },
        { "```memlab ask\npredict{id = 'q', prompt = 'p', unit = 'B/elem', key = 'no()'}\n```\n",
            "no()" },
        { "```text\n0\n"
          "123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 \n```\n",
            "x.md:8: 80 columns wide; there is room for 79" },
        { "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n\nh\n\ni\n\nj\n\nk\n",
            "x.md:4: screen 1 has 21 lines; on 24 there is room for 20" },
        { "a\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n\nh\n\ni\n\n" QUESTION, "there is room for 18" },
        { "```memlab show\nerror('no')\n```\n", "x.md:7" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *found = find(rows[i].body);
        if (strstr(found, rows[i].finding) == NULL)
            fail_msg("'%s' is not in:\n%s", rows[i].finding, found);
    }
}

static void
a_fault_is_said_once_however_often_it_is_met(void **state)
{
    g_autofree char *found = find(QUESTION "### q: rihgt\n\na\n");
    assert_null(strchr(found, '\n'));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_that_holds_has_no_findings),
        cmocka_unit_test(every_fault_is_found_with_its_line),
        cmocka_unit_test(a_fault_is_said_once_however_often_it_is_met),
    };
    return cmocka_run_group_tests_name("lesson/check", tests, NULL, NULL);
}

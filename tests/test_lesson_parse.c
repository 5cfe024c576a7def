#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "lesson/prose.h"

#define HEAD "---\ntitle: T\n---\n"
#define BODY HEAD "## S\n\n"

static MlLesson *
parse(const char *text)
{
    GError *error = NULL;
    MlLesson *lesson = ml_lesson_parse("lessons/07-some-name.md", text, &error);
    if (lesson == NULL)
        fail_msg("%s", error->message);
    return lesson;
}

static const MlLessonItem *
item(const MlLesson *lesson, guint screen, guint i)
{
    const MlLessonScreen *found = lesson->screens->pdata[screen];
    assert_true(i < found->items->len);
    return found->items->pdata[i];
}

static void
front_matter_and_file_name_say_what_the_lesson_is(void **state)
{
    g_autoptr(MlLesson) lesson = parse("---\ntitle: A: b\nminutes: 12\nobjectives:\n  - one\n"
                                       "  - two\nexercise: some-thing\n---\n## S\n");
    assert_string_equal(lesson->name, "07-some-name");
    assert_int_equal(lesson->number, 7);
    assert_string_equal(lesson->title, "A: b");
    assert_int_equal(lesson->minutes, 12);
    assert_string_equal(lesson->exercise, "some-thing");
    assert_int_equal(lesson->objectives->len, 2);
    assert_string_equal(lesson->objectives->pdata[1], "two");
}

static void
second_level_headings_begin_screens(void **state)
{
    g_autoptr(MlLesson) lesson = parse(HEAD "## One\n\na\n\n## Two\n\nb\n");
    assert_int_equal(lesson->screens->len, 2);
    assert_string_equal(((MlLessonScreen *)lesson->screens->pdata[1])->heading, "Two");
    assert_string_equal(item(lesson, 1, 0)->text, "b");
    assert_int_equal(item(lesson, 1, 0)->line, 10);
}

static void
every_kind_of_block_becomes_its_item(void **state)
{
    g_autoptr(MlLesson) lesson =
        parse(BODY "p\n\n- q\n\n```text\nt\n```\n\n```memlab\na = 1\n```\n\n"
                   "```memlab show\ns\n```\n\n```memlab ask\nk\n```\n\n"
                   "```memlab source boxed_array\n```\n\n---\n\n> z\n");
    static const struct {
        MlLessonItemKind kind;
        const char *text;
        int indent;
    } rows[] = {
        { ML_ITEM_PARAGRAPH, "p", 0 },
        { ML_ITEM_POINT, "q", 2 },
        { ML_ITEM_TEXT, "t\n", 0 },
        { ML_ITEM_CELL, "a = 1\n", 0 },
        { ML_ITEM_SHOW, "s\n", 0 },
        { ML_ITEM_ASK, "k\n", 0 },
        { ML_ITEM_SOURCE, "boxed-array", 0 },
        { ML_ITEM_PAUSE, "", 0 },
        { ML_ITEM_PARAGRAPH, "z", 4 },
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        const MlLessonItem *found = item(lesson, 0, i);
        assert_int_equal(found->kind, rows[i].kind);
        assert_string_equal(found->text, rows[i].text);
        assert_int_equal(found->indent, rows[i].indent);
        assert_int_equal(found->branch, ML_LESSON_EVERYBODY);
    }
}

static void
lists_keep_their_bullets_and_numbers(void **state)
{
    g_autoptr(MlLesson) lesson = parse(BODY "- a\n  - b\n\n3. c\n4. d\n\n   e\n");
    static const struct {
        const char *bullet;
        int indent;
    } rows[] = { { "·", 2 }, { "·", 4 }, { "3.", 2 }, { "4.", 2 }, { NULL, 2 } };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (g_strcmp0(item(lesson, 0, i)->bullet, rows[i].bullet) != 0)
            fail_msg("item %u: %s", i, item(lesson, 0, i)->bullet);
        assert_int_equal(item(lesson, 0, i)->indent, rows[i].indent);
    }
}

static void
inline_markup_becomes_style_and_formulas_stay_as_they_are(void **state)
{
    g_autoptr(MlLesson) lesson = parse(
        BODY "**b** `c` {{ 2*a*b }} _{{x_y_z}}_\nnext  \nhard [l](http://e) <http://f> 1  2\n");
    const char *text = item(lesson, 0, 0)->text;
    g_autofree char *plain = ml_text_plain(text);

    assert_string_equal(plain, "b c {{ 2*a*b }} {{x_y_z}} next\nhard l (http://e) http://f 1  2");
    g_autofree char *bold = ml_text_styled(ML_STYLE_BOLD, "b");
    g_autofree char *code = ml_text_styled(ML_STYLE_CODE, "c");
    assert_non_null(strstr(text, bold));
    assert_non_null(strstr(text, code));
}

static void
cells_are_taken_letter_by_letter(void **state)
{
    g_autoptr(MlLesson) lesson =
        parse(BODY "```memlab show\nx = {{1,2},{3*4*5}}\n-- *y* <b> &amp; {{\n```\n");
    assert_string_equal(item(lesson, 0, 0)->text, "x = {{1,2},{3*4*5}}\n-- *y* <b> &amp; {{\n");
}

static void
third_level_headings_open_branches_and_group_them(void **state)
{
    g_autoptr(MlLesson) lesson =
        parse(BODY "0\n\n### q: right\n\n1\n\n### q: other\n\n2\n\n### if: a*b > 1 and c*d\n\n3\n\n"
                   "### else\n\n4\n\n### all\n\n5\n\n### q: right\n\n6\n");
    const MlLessonScreen *screen = lesson->screens->pdata[0];
    static const int branch[] = { ML_LESSON_EVERYBODY, 0, 1, 2, 3, ML_LESSON_EVERYBODY, 4 };
    static const guint group[] = { 0, 0, 1, 1, 2 };

    for (guint i = 0; i < G_N_ELEMENTS(branch); i++)
        assert_int_equal(item(lesson, 0, i)->branch, branch[i]);
    for (guint i = 0; i < G_N_ELEMENTS(group); i++)
        assert_int_equal(((MlLessonBranch *)screen->branches->pdata[i])->group, group[i]);
    assert_string_equal(((MlLessonBranch *)screen->branches->pdata[1])->verdict, "other");
    assert_string_equal(((MlLessonBranch *)screen->branches->pdata[2])->when, "a*b > 1 and c*d");
}

static void
authors_notes_are_left_out(void **state)
{
    g_autoptr(MlLesson) lesson = parse(BODY "<!-- a\nnote -->\n\np\n");
    assert_string_equal(item(lesson, 0, 0)->text, "p");
}

/* --- bad files -------------------------------------------------------------------------------- */

static void
expect_refusal(const char *text, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(MlLesson) lesson = ml_lesson_parse("x.md", text, &error);
    if (lesson != NULL)
        fail_msg("taken: %s", text);
    if (strstr(error->message, message) == NULL)
        fail_msg("'%s' is not in '%s'", message, error->message);
    assert_int_equal(ml_error_status(error), 3);
}

static void
a_bad_file_is_refused_with_line_and_remedy(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "", "x.md:1: a lesson begins with '---'" },
        { "---\ntitle: T\n", "x.md:1: front matter without its closing '---'" },
        { "---\nminutes: 3\n---\n## S\n", "without 'title: …'" },
        { "---\ntitle: T\ntitel: U\n---\n", "x.md:3: unknown key 'titel' (did you mean 'title'?)" },
        { "---\ntitle: T\nminutes: soon\n---\n", "x.md:3: minutes is a whole number" },
        { "---\ntitle: T\nexercise: ../../etc\n---\n", "x.md:3: exercise is a folder's name" },
        { "---\njust words\n---\n", "x.md:2: write 'key: value'" },
        { HEAD, "no screen" },
        { HEAD "p\n", "x.md:4: this belongs to no screen" },
        { BODY "```memlab\na = 1\n", "x.md:6: this fence is never closed" },
        { BODY "```text\na\n````x\n", "x.md:6: this fence is never closed" },
        { BODY "```memlab shwo\n```\n", "unknown directive 'memlab shwo' (did you mean" },
        { BODY "```memlab source linkedlist\n```\n", "(did you mean 'linked-list'?)" },
        { BODY "```memlab source ../../etc/passwd\n```\n", "x.md:6: " },
        { BODY "> ```memlab\n> a = 1\n> ```\n", "a cell stands at the left margin" },
        { BODY "### boxed\n", "x.md:6: 'boxed' is no branch" },
        { BODY "### Bad Id: right\n", "is no branch" },
        { BODY "### if:\n", "is no branch" },
        { BODY "### else\n", "'### else' without a branch" },
        { BODY "# Big\n", "a heading is '## Screen'" },
        { BODY "#### Small\n", "a heading is '## Screen'" },
        { BODY "words\n---\n", "a pause (---) wants an empty line before it" },
        { BODY "![p](../../x.png)\n", "an image" },
        { BODY "a <b>bold</b>\n", "HTML" },
        { BODY "<script>\n</script>\n", "HTML" },
        { BODY "a {{ b\n", "'{{' without '}}'" },
        { BODY "a\tb\n", "x.md:6: a tab" },
        { BODY "a \x1b[2J\n", "x.md:6: a control character" },
        { BODY "a \u202e b\n", "x.md:6: a control character" },
        { BODY "a \ue000 b\n", "x.md:6: a control character" },
        { BODY "> > > > > > > > deep\n", "more than 6 deep" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        expect_refusal(rows[i].text, rows[i].message);
}

static void
endless_lines_and_endless_depth_end_quickly(void **state)
{
    g_autofree char *line = g_strnfill(1 << 20, 'x');
    g_autofree char *long_line = g_strconcat(BODY, line, "\n", NULL);
    g_autofree char *quotes = g_strnfill(4000, '>');
    g_autofree char *deep = g_strconcat(BODY, quotes, " x\n", NULL);
    g_autofree char *brackets = g_strnfill(4000, '[');
    g_autofree char *links = g_strconcat(BODY, brackets, "\n", NULL);

    expect_refusal(long_line, "x.md:6: a line of 1048576 bytes; at most 4096");
    expect_refusal(deep, "more than 6 deep");
    g_autoptr(MlLesson) lesson = parse(links);
    assert_string_equal(item(lesson, 0, 0)->text, brackets);
}

static void
figures_in_prose_are_found_and_code_is_not_prose(void **state)
{
    static const struct {
        const char *markdown, *number;
    } rows[] = {
        { "8 bytes of 64, and 16", NULL },
        { "a page of 4096 bytes", "4096" },
        { "40 009 728 bytes", "40 009 728" },
        { "`malloc(4096)` and {{8000*n}}", NULL },
        { "with n = 1000000 it is 8 MB", NULL },
        { "{{n}} and then 100", "100" },
        { "in 24 500 of them", "24 500" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strconcat(BODY, rows[i].markdown, "\n", NULL);
        g_autoptr(MlLesson) lesson = parse(text);
        g_autofree char *number = ml_prose_find_number(item(lesson, 0, 0)->text);
        if (g_strcmp0(number, rows[i].number) != 0)
            fail_msg("%s: %s", rows[i].markdown, number);
    }
}

static void
cells_are_to_read_alike_in_every_language(void **state)
{
    static const struct {
        const char *cell, *foreign;
    } rows[] = {
        { "a = packed_array(1e6)\nlen(a)", NULL },
        { "append(a, friend)", NULL },
        { "d = compact_dict(9, {key_format = '#%i .. ~= end'})", NULL },
        { "x = a .. b", ".." },
        { "#a", "#" },
        { "a ~= b", "~=" },
        { "local a = 1", "local" },
        { "f(function() end)", "function" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *foreign = ml_prose_find_foreign(rows[i].cell);
        if (g_strcmp0(foreign, rows[i].foreign) != 0)
            fail_msg("%s: %s", rows[i].cell, foreign);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front_matter_and_file_name_say_what_the_lesson_is),
        cmocka_unit_test(second_level_headings_begin_screens),
        cmocka_unit_test(every_kind_of_block_becomes_its_item),
        cmocka_unit_test(lists_keep_their_bullets_and_numbers),
        cmocka_unit_test(inline_markup_becomes_style_and_formulas_stay_as_they_are),
        cmocka_unit_test(cells_are_taken_letter_by_letter),
        cmocka_unit_test(third_level_headings_open_branches_and_group_them),
        cmocka_unit_test(authors_notes_are_left_out),
        cmocka_unit_test(a_bad_file_is_refused_with_line_and_remedy),
        cmocka_unit_test(endless_lines_and_endless_depth_end_quickly),
        cmocka_unit_test(cells_are_to_read_alike_in_every_language),
        cmocka_unit_test(figures_in_prose_are_found_and_code_is_not_prose),
    };
    return cmocka_run_group_tests_name("lesson/parse", tests, NULL, NULL);
}

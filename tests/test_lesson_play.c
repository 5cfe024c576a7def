#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "lesson/play.h"

#define ENTER "\n"
#define GONE "\x04"

static const char lesson_text[] =
    "---\n"
    "title: Test\n"
    "---\n"
    "## One\n\n"
    "```memlab show\n"
    "n = 1\n"
    "runs = 1\n"
    "print('shown')\n"
    "```\n\n"
    "First, {{ runs }} run.\n\n"
    "## Two\n\n"
    "```memlab ask\n"
    "predict{id = 'weight', prompt = 'How {{\"heavy\"}}?', unit = 'B/elem', key = '40',\n"
    "        wrong = {{id = 'half', value = '20'}}, hints = {'More.', 'Still more.'}}\n"
    "```\n\n"
    "## Three\n\n"
    "Before.\n\n"
    "### weight: right\n\nRight.\n\n"
    "### weight: half\n\nHalf of {{ key }}.\n\n"
    "### weight: skipped\n\nSkipped.\n\n"
    "### weight: other\n\nOther: {{ you }}.\n\n"
    "### if: key > 39\n\nHeavy.\n\n"
    "### else\n\nLight.\n\n"
    "### all\n\nAfter.\n\n---\n\nNext page.\n\n"
    "## Four\n\n"
    "```memlab ask\n"
    "predict{id = 'pick', prompt = 'Which?', choices = {{'one'}, {'two', right = true}}}\n"
    "```\n\n"
    "### pick: a\n\nNot that.\n\n"
    "### pick: right\n\nThat.\n";

/* A terminal that types what it was told, and keeps what it was shown. */
typedef struct {
    const char *typed;
    GPtrArray *views; /* of char *: "2 of 4|body|keys|" */
} Fake;

static int
fake_columns(gpointer data)
{
    return 60;
}

static void
keep_view(Fake *fake, const MlLessonView *view)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s|%s|", view->place, view->body);
    for (gsize i = 0; i < view->n_keys; i++)
        g_string_append_printf(text, "%s ", view->keys[i].key);
    g_ptr_array_add(fake->views, g_string_free(text, FALSE));
}

static gboolean
fake_paint(gpointer data, const MlLessonView *view, GError **error)
{
    return TRUE;
}

/* Types one letter, or, where an answer is wanted, up to the next Enter or hot key. */
static gboolean
fake_show(gpointer data,
    const MlLessonView *view,
    GString *answer,
    MlLessonPressed *ret_pressed,
    char *ret_letter,
    GError **error)
{
    Fake *fake = data;
    keep_view(fake, view);
    if (view->prompt != NULL)
        while (*fake->typed != '\0' && strchr(ENTER GONE, *fake->typed) == NULL &&
               (answer->len > 0 || strchr(view->hot_keys, *fake->typed) == NULL))
            g_string_append_c(answer, *fake->typed++);
    char key = *fake->typed == '\0' ? *GONE : *fake->typed++;
    *ret_letter = key;
    *ret_pressed = key == *ENTER  ? ML_LESSON_ENTER
                   : key == *GONE ? ML_LESSON_GONE
                                  : ML_LESSON_LETTER;
    return TRUE;
}

typedef struct {
    MlLesson *lesson;
    MlProgress *progress;
    Fake fake;
    MlPlayed played;
} Table;

static int
setup(void **state)
{
    Table *table = g_new0(Table, 1);
    table->lesson = ml_lesson_parse("lessons/05-test.md", lesson_text, NULL);
    table->progress = ml_progress_new();
    table->fake.views = g_ptr_array_new_with_free_func(g_free);
    *state = table;
    return table->lesson != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
    Table *table = *state;
    ml_lesson_free(table->lesson);
    ml_progress_free(table->progress);
    g_ptr_array_unref(table->fake.views);
    ml_played_clear(&table->played);
    g_free(table);
    return 0;
}

static void
play_from(Table *table, guint from, const char *typed)
{
    g_autoptr(GError) error = NULL;
    const MlLessonUi ui = {
        .data = &table->fake,
        .columns = fake_columns,
        .paint = fake_paint,
        .show = fake_show,
    };
    g_ptr_array_set_size(table->fake.views, 0);
    table->fake.typed = typed;
    if (!ml_lesson_play(table->lesson, from, table->progress, &ui, &table->played, &error))
        fail_msg("%s", error->message);
}

static void
play(Table *table, const char *typed)
{
    play_from(table, 0, typed);
}

/* The view number @i, from 0; from the end where it is negative. */
static const char *
view(const Table *table, int i)
{
    int n = (int)table->fake.views->len;
    int at = i < 0 ? n + i : i;
    assert_in_range(at, 0, n - 1);
    return table->fake.views->pdata[at];
}

static void
assert_shows(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("'%s' is not in:\n%s", part, text);
}

static void
assert_hides(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("'%s' is in:\n%s", part, text);
}

static void
enter_leads_from_screen_to_screen_and_past_the_last(void **state)
{
    Table *table = *state;
    play(table, ENTER "40" ENTER ENTER ENTER "b" ENTER ENTER);
    assert_shows(view(table, 0), "1 of 4|      shown\n");
    assert_shows(view(table, 0), "First, 1 run.");
    assert_shows(view(table, 1), "2 of 4|How heavy?");
    assert_shows(view(table, 2), "3 of 4|Before.");
    assert_shows(view(table, 3), "3 of 4|Next page.");
    assert_shows(view(table, 4), "4 of 4|Which?\n\n  a)  one\n  b)  two\n|");
    assert_shows(view(table, 5), "> b");
    assert_shows(view(table, 5), "That.");
    assert_int_equal(table->fake.views->len, 6);
    assert_int_equal(table->played.end, ML_PLAY_FINISHED);
    assert_true(ml_progress_is_finished(table->progress, "05-test"));
}

static void
the_answer_decides_what_is_shown(void **state)
{
    static const struct {
        const char *typed, *shown;
    } rows[] = {
        { ENTER "40" ENTER, "Right." },
        { ENTER "21" ENTER, "Half of 40." },
        { ENTER "300" ENTER, "Other: 300." },
        { ENTER "s", "Skipped." },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        play(*state, rows[i].typed);
        const char *last = view(*state, -1);
        assert_shows(last, rows[i].shown);
        assert_shows(last, "Before.");
        assert_shows(last, "Heavy.");
        assert_shows(last, "After.");
        assert_hides(last, "Light.");
        for (gsize k = 0; k < G_N_ELEMENTS(rows); k++)
            if (k != i)
                assert_hides(last, rows[k].shown);
    }
}

static void
a_choice_opens_the_branch_of_its_letter(void **state)
{
    play_from(*state, 3, "a" ENTER);
    assert_shows(view(*state, -1), "Not that.");
    assert_hides(view(*state, -1), "That.");
}

static void
what_cannot_be_read_is_asked_again_and_never_counted(void **state)
{
    Table *table = *state;
    play(table, ENTER "abc" ENTER ENTER "1,5" ENTER "40" ENTER);
    assert_shows(view(table, 2), "'abc'");
    assert_shows(view(table, 3), "A guess is fine; s skips");
    assert_shows(view(table, 4), "1,5");
    assert_shows(view(table, 5), "3 of 4|");
    g_autoptr(GPtrArray) journal = ml_progress_journal(table->progress, "05-test");
    assert_int_equal(journal->len, 1);
    assert_string_equal(((MlJournalEntry *)journal->pdata[0])->answer, "40");
}

static void
an_answer_with_a_unit_is_read_back(void **state)
{
    play(*state, ENTER "40 B/elem" ENTER ENTER);
    assert_shows(view(*state, 2), "2 of 4|");
    assert_shows(view(*state, 2), "bytes per element > 40 B/elem   that is 40.0 B per element");
    assert_shows(view(*state, 3), "3 of 4|");
}

static void
hints_come_one_by_one_until_there_is_no_other(void **state)
{
    play(*state, ENTER "hhh");
    assert_hides(view(*state, 1), "Hint");
    assert_shows(view(*state, 2), "Hint 1: More.");
    assert_hides(view(*state, 2), "Hint 2");
    assert_shows(view(*state, 3), "Hint 2: Still more.");
    assert_shows(view(*state, 4), "There is no other hint.");
}

static void
back_shows_a_screen_as_it_was(void **state)
{
    Table *table = *state;
    play(table, ENTER "40" ENTER "bb" ENTER ENTER);
    assert_string_equal(view(table, 4), view(table, 0));
    assert_shows(view(table, 3), "bytes per element > 40");
    assert_string_equal(view(table, 6), view(table, 2));
    assert_hides(view(table, 0), "b ");
}

static void
a_letter_that_answers_is_no_key(void **state)
{
    play_from(*state, 3, "");
    assert_hides(view(*state, 0), "|b ");
    assert_shows(view(*state, 0), "letter, s q");
    play_from(*state, 1, "b");
    assert_shows(view(*state, 0), "number, h s b q");
    assert_shows(view(*state, 1), "1 of 4|");
}

static void
quitting_keeps_place_and_predictions(void **state)
{
    Table *table = *state;
    play(table, ENTER "20" ENTER "q");
    assert_int_equal(table->played.end, ML_PLAY_LEFT);
    assert_int_equal(table->played.screen, 2);
    assert_int_equal(ml_progress_screen(table->progress, "05-test"), 2);

    play_from(table, 2, "b");
    assert_shows(view(table, 0), "3 of 4|");
    assert_shows(view(table, 0), "Half of 40.");
    assert_shows(view(table, 1), "bytes per element > 20");
}

static void
a_terminal_that_is_gone_ends_the_lesson_with_its_place_kept(void **state)
{
    Table *table = *state;
    play(table, ENTER GONE);
    assert_int_equal(table->played.end, ML_PLAY_LEFT);
    assert_int_equal(ml_progress_screen(table->progress, "05-test"), 1);
}

static void
all_lessons_can_be_seen_and_one_chosen(void **state)
{
    Table *table = *state;
    play(table, "l" ENTER "l1");
    assert_shows(view(table, 1), "all lessons|");
    assert_shows(view(table, 1), " 1  A million integers");
    assert_shows(view(table, 2), "1 of 4|");
    assert_int_equal(table->played.end, ML_PLAY_OTHER);
    assert_int_equal(table->played.other, 1);
}

static void
faults_name_the_line_of_the_lesson(void **state)
{
    static const struct {
        const char *text, *message;
        int status;
    } rows[] = {
        { "a {{ nothing.here }}\n", "x.md:6: in 'nothing.here'", 3 },
        { "```memlab show\nx = 1\nerror('no')\n```\n", "x.md:8", 3 },
        { "```memlab show\npredict{id = 'q'}\n```\n",
            "x.md:6: predict{} stands in a 'memlab ask'",
            3 },
        { "### q: right\n\na\n", "x.md:6: no question 'q' was asked", 3 },
        { "### if: 1 +\n\na\n", "x.md:6: ", 3 },
        { "```memlab show\nshow{'hled'}\n```\n", "x.md:7: show{}: there is no 'hled'", 3 },
        { "```memlab show\nshow{'held', 'B'}\n```\n", "x.md:7: show{}: wants the name of a", 3 },
        { "```memlab show\nshow{'picture', 'b'}\n```\n",
            "x.md:7: show{}: wants the name of what",
            3 },
        { "```memlab show\nshow{'bars', {1}}\n```\n", "x.md:7: show{}: a bar is", 3 },
        { "```memlab ask\nask{id = 'q', prompt = '{{ no() }}', key = '1'}\n```\n", "x.md:7", 3 },
    };
    Table *table = *state;
    const MlLessonUi ui = {
        .data = &table->fake,
        .columns = fake_columns,
        .paint = fake_paint,
        .show = fake_show,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_auto(MlPlayed) played = { 0 };
        g_autofree char *text = g_strconcat("---\ntitle: T\n---\n## S\n\n", rows[i].text, NULL);
        g_autoptr(MlLesson) lesson = ml_lesson_parse("x.md", text, NULL);
        table->fake.typed = ENTER ENTER;
        if (ml_lesson_play(lesson, 0, table->progress, &ui, &played, &error))
            fail_msg("%s", rows[i].text);
        assert_shows(error->message, rows[i].message);
        assert_int_equal(ml_error_status(error), rows[i].status);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(enter_leads_from_screen_to_screen_and_past_the_last),
        TEST(the_answer_decides_what_is_shown),
        TEST(a_choice_opens_the_branch_of_its_letter),
        TEST(what_cannot_be_read_is_asked_again_and_never_counted),
        TEST(an_answer_with_a_unit_is_read_back),
        TEST(hints_come_one_by_one_until_there_is_no_other),
        TEST(back_shows_a_screen_as_it_was),
        TEST(a_letter_that_answers_is_no_key),
        TEST(quitting_keeps_place_and_predictions),
        TEST(a_terminal_that_is_gone_ends_the_lesson_with_its_place_kept),
        TEST(all_lessons_can_be_seen_and_one_chosen),
        TEST(faults_name_the_line_of_the_lesson),
    };
    return cmocka_run_group_tests_name("lesson/play", tests, NULL, NULL);
}

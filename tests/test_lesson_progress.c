#include "ml_test.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "lesson/progress.h"

#define LESSON "01-one"

typedef struct {
    char *folder;
    char *path; /* in a folder that does not exist yet */
} Place;

static int
setup(void **state)
{
    Place *place = g_new0(Place, 1);
    place->folder = g_dir_make_tmp("memlab-XXXXXX", NULL);
    place->path = g_build_filename(place->folder, "state", "progress.json", NULL);
    *state = place;
    return place->folder != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
    Place *place = *state;
    g_autofree char *state_folder = g_path_get_dirname(place->path);
    g_autoptr(GDir) dir = g_dir_open(state_folder, 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(state_folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(state_folder);
    g_rmdir(place->folder);
    g_free(place->folder);
    g_free(place->path);
    g_free(place);
    return 0;
}

static MlProgress *
load(const Place *place)
{
    char *notice;
    MlProgress *progress = ml_progress_load(place->path, &notice);
    if (notice != NULL)
        fail_msg("%s", notice);
    return progress;
}

static void
save(const MlProgress *progress)
{
    GError *error = NULL;
    if (!ml_progress_save(progress, &error))
        fail_msg("%s", error->message);
}

static void
predict(MlProgress *progress, const char *question, const char *answer, double you)
{
    MlJournalEntry entry = {
        .question = (char *)(guintptr)question,
        .answer = (char *)(guintptr)answer,
        .you = you,
        .measured = 40,
    };
    ml_progress_add_entry(progress, LESSON, &entry);
}

static void
nobody_has_got_anywhere_at_first(void **state)
{
    g_autoptr(MlProgress) progress = load(*state);
    assert_null(ml_progress_lesson(progress));
    assert_int_equal(ml_progress_screen(progress, LESSON), 0);
    assert_false(ml_progress_is_finished(progress, LESSON));
    assert_null(ml_progress_answer(progress, LESSON, "q"));
}

static void
place_and_predictions_come_back(void **state)
{
    g_autoptr(MlProgress) progress = load(*state);
    ml_progress_set_screen(progress, LESSON, 3);
    predict(progress, "first", "32 MB", 32);
    predict(progress, "second", "", (double)NAN);
    save(progress);

    g_autoptr(MlProgress) again = load(*state);
    g_autoptr(GPtrArray) journal = ml_progress_journal(again, LESSON);
    const MlJournalEntry *first = journal->pdata[0], *second = journal->pdata[1];
    assert_string_equal(ml_progress_lesson(again), LESSON);
    assert_int_equal(ml_progress_screen(again, LESSON), 3);
    assert_int_equal(journal->len, 2);
    assert_string_equal(first->answer, "32 MB");
    assert_true(first->you == 32 && first->measured == 40);
    assert_true(isnan(second->you));
    assert_string_equal(ml_progress_answer(again, LESSON, "second"), "");
}

static void
a_question_answered_again_has_one_entry(void **state)
{
    g_autoptr(MlProgress) progress = load(*state);
    predict(progress, "q", "16", 16);
    predict(progress, "q", "40", 40);

    g_autoptr(GPtrArray) journal = ml_progress_journal(progress, LESSON);
    assert_int_equal(journal->len, 1);
    assert_string_equal(ml_progress_answer(progress, LESSON, "q"), "40");
}

static void
a_finished_lesson_begins_anew_and_stays_finished(void **state)
{
    g_autoptr(MlProgress) progress = load(*state);
    ml_progress_set_screen(progress, LESSON, 8);
    ml_progress_set_finished(progress, LESSON);
    assert_int_equal(ml_progress_screen(progress, LESSON), 0);
    ml_progress_set_screen(progress, LESSON, 2);
    assert_true(ml_progress_is_finished(progress, LESSON));
    ml_progress_reset(progress);
    assert_false(ml_progress_is_finished(progress, LESSON));
}

static void
a_damaged_file_is_kept_beside_and_never_overwritten(void **state)
{
    static const char *const damaged[] = { "{", "[]", "{\"schema\": \"other\"}", "\xff", "" };
    const Place *place = *state;
    g_autofree char *folder = g_path_get_dirname(place->path);
    g_mkdir(folder, 0700);

    for (guint i = 0; i < G_N_ELEMENTS(damaged); i++) {
        g_autofree char *notice = NULL, *contents = NULL;
        g_autofree char *aside = i == 0 ? g_strconcat(place->path, ".corrupt", NULL)
                                        : g_strdup_printf("%s.corrupt-%u", place->path, i + 1);
        assert_true(g_file_set_contents(place->path, damaged[i], -1, NULL));
        g_autoptr(MlProgress) progress = ml_progress_load(place->path, &notice);
        assert_non_null(notice);
        assert_non_null(strstr(notice, aside));
        assert_true(g_file_get_contents(aside, &contents, NULL, NULL));
        assert_string_equal(contents, damaged[i]);
        assert_int_equal(ml_progress_screen(progress, LESSON), 0);
    }
}

static void
values_of_a_wrong_type_count_as_missing(void **state)
{
    const Place *place = *state;
    g_autofree char *folder = g_path_get_dirname(place->path);
    g_mkdir(folder, 0700);
    assert_true(g_file_set_contents(place->path,
        "{\"schema\": \"memlab.progress.1\", \"lesson\": 3, \"lessons\": {\"01-one\": "
        "{\"screen\": -4, \"answers\": [1, {\"question\": []}]}, \"02-two\": 7}}",
        -1,
        NULL));

    g_autoptr(MlProgress) progress = load(place);
    assert_null(ml_progress_lesson(progress));
    assert_int_equal(ml_progress_screen(progress, LESSON), 0);
    g_autoptr(GPtrArray) journal = ml_progress_journal(progress, LESSON);
    assert_int_equal(journal->len, 2);
    ml_progress_set_screen(progress, "02-two", 1);
    assert_int_equal(ml_progress_screen(progress, "02-two"), 1);
}

static void
what_cannot_be_saved_is_an_error_and_is_not_lost(void **state)
{
    const Place *place = *state;
    g_autofree char *folder = g_path_get_dirname(place->path);
    g_autoptr(GError) error = NULL;
    g_autoptr(MlProgress) progress = load(place);

    ml_progress_set_screen(progress, LESSON, 5);
    assert_true(g_file_set_contents(folder, "a file where a folder should be", -1, NULL));
    assert_false(ml_progress_save(progress, &error));
    assert_int_equal(ml_error_status(error), 4);
    assert_int_equal(ml_progress_screen(progress, LESSON), 5);
    g_unlink(folder);
}

static void
one_that_is_kept_nowhere_saves_nothing(void **state)
{
    g_autoptr(MlProgress) progress = ml_progress_new();
    ml_progress_set_screen(progress, LESSON, 5);
    save(progress);
    assert_int_equal(ml_progress_screen(progress, LESSON), 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_has_got_anywhere_at_first),
        TEST(place_and_predictions_come_back),
        TEST(a_question_answered_again_has_one_entry),
        TEST(a_finished_lesson_begins_anew_and_stays_finished),
        TEST(a_damaged_file_is_kept_beside_and_never_overwritten),
        TEST(values_of_a_wrong_type_count_as_missing),
        TEST(what_cannot_be_saved_is_an_error_and_is_not_lost),
        TEST(one_that_is_kept_nowhere_saves_nothing),
    };
    return cmocka_run_group_tests_name("lesson/progress", tests, NULL, NULL);
}

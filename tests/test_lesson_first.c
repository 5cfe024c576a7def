/* Lesson 1 from beginning to end, against its storyboard and against the ledgers of this machine.
 */
#include "ml_test.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/number.h"
#include "base/spec.h"
#include "base/text.h"
#include "facts/make.h"
#include "lesson/check.h"
#include "lesson/find.h"
#include "lesson/straight.h"

#define N 1000000
#define N_SCREENS 9u
#define FOREIGN "somebody else's picture"

/* What a run has written, screen by screen. */
typedef struct {
    GString *whole;
    guint last;              /* the screen after which nobody listens, from 1 */
    char *screen[N_SCREENS]; /* a screen of several pages is one text */
} Transcript;

/* The heading of the screen after the last one ends the run. */
static gboolean
keep(gpointer data, const char *text, GError **error)
{
    Transcript *transcript = data;
    g_autofree char *plain = ml_text_plain(text);
    g_autofree char *next = g_strdup_printf("%u of %u\n", transcript->last + 1, N_SCREENS);
    if (strstr(plain, next) != NULL)
        return ml_fail(error, ML_ERROR_INTERRUPTED, "enough");
    g_string_append(transcript->whole, plain);
    return TRUE;
}

static void
split_screens(Transcript *transcript)
{
    const char *at = transcript->whole->str;
    for (guint i = 0; i < N_SCREENS; i++) {
        g_autofree char *next = g_strdup_printf("%u of %u\n", i + 2, N_SCREENS);
        const char *end = strstr(at, next);
        transcript->screen[i] = end != NULL ? g_strndup(at, (gsize)(end - at)) : g_strdup(at);
        at = end != NULL ? end : at + strlen(at);
    }
}

/* @boxed, @dict: (nullable): what is answered */
static Transcript *
take_until(guint last, const char *boxed, const char *dict)
{
    GError *error = NULL;
    g_autoptr(MlLesson) lesson = ml_lessons_find("1", &error);
    if (lesson == NULL)
        fail_msg("%s", error->message);
    assert_int_equal(lesson->screens->len, N_SCREENS);

    Transcript *transcript = g_new0(Transcript, 1);
    transcript->whole = g_string_new(NULL);
    transcript->last = last;
    g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
    if (boxed != NULL)
        g_hash_table_insert(answers, (gpointer)(guintptr) "boxed-ints", (gpointer)(guintptr)boxed);
    if (dict != NULL)
        g_hash_table_insert(answers, (gpointer)(guintptr) "dict-entries", (gpointer)(guintptr)dict);
    const MlStraight straight = {
        .columns = 78,
        .answers = answers,
        .data = transcript,
        .write = keep,
    };
    ml_lesson_run_straight(lesson, &straight, &error);
    if (error != NULL && error->code != ML_ERROR_INTERRUPTED)
        fail_msg("%s", error->message);
    g_clear_error(&error);
    split_screens(transcript);
    return transcript;
}

static Transcript *
take(const char *boxed, const char *dict)
{
    return take_until(N_SCREENS, boxed, dict);
}

static void
transcript_free(Transcript *transcript)
{
    for (guint i = 0; i < N_SCREENS; i++)
        g_free(transcript->screen[i]);
    g_string_free(transcript->whole, TRUE);
    g_free(transcript);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Transcript, transcript_free)

/* @text, wherever its blanks and line breaks are */
static char *
squeeze(const char *text)
{
    g_autofree char *plain = ml_text_plain(text);
    g_auto(GStrv) words = g_strsplit_set(plain, " \n", -1);
    GString *squeezed = g_string_new(NULL);
    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_string_append_printf(squeezed, "%s ", words[i]);
    return g_string_free(squeezed, FALSE);
}

static void
assert_says(const char *screen, const char *words)
{
    g_autofree char *said = squeeze(screen);
    g_autofree char *wanted = squeeze(words);
    if (strstr(said, g_strchomp(wanted)) == NULL)
        fail_msg("'%s' is not in:\n%s", words, screen);
}

static MlLedger *
measure(const char *spec)
{
    GError *error = NULL;
    MlMeasureRequest request = { .n = N, .repeats = 1 };
    if (!ml_spec_parse(spec, &request.structure, &request.options, &error))
        fail_msg("%s", error->message);
    MlLedger *ledger = ml_ledger_measure(&request, NULL, &error);
    if (ledger == NULL)
        fail_msg("%s", error->message);
    return ledger;
}

static char *
per_element(const MlLedger *ledger)
{
    return ml_fixed((double)ledger->measured_bytes / N, 1);
}

static int
setup(void **state)
{
    char *folder = g_dir_make_tmp("memlab-XXXXXX", NULL);
    *state = folder;
    return folder != NULL ? g_chdir(folder) : -1;
}

static int
teardown(void **state)
{
    g_autoptr(GDir) dir = g_dir_open(*state, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        g_unlink(name);
    g_chdir("/");
    g_rmdir(*state);
    g_free(*state);
    return 0;
}

/* --- the storyboard --------------------------------------------------------------------------- */

static void
every_screen_says_what_the_storyboard_has(void **state)
{
    static const struct {
        guint screen; /* from 1 */
        const char *words;
    } rows[] = {
        { 1, "How much RAM do they take?" },
        { 1, "Three figures will always stand side by side:" },
        { 1, "Nothing you type leaves this computer." },
        { 2, "int64_t *a = malloc(n * sizeof *a);" },
        { 2, "packed_array.c:" },
        { 2, "[1] a = packed_array(1000000) [1] +" },
        { 2, "unexplained 0.0" },
        { 2, "the rest of the last page: RAM is handed out in pages of" },
        { 3, "struct box {" },
        { 3, "/* how many pointers lead here */" },
        { 3, "a[i] = malloc(sizeof **a);" },
        { 3, "boxed_array.c:" },
        { 3, "PER ELEMENT?" },
        { 3, "It isn't marked; it is kept" },
        { 3, "bytes per element > 32" },
        { 4, "[2] b = boxed_array(1000000) [2] +" },
        { 4, "Five times the packed array, for the same integers." },
        { 4, "You are 8.0 bytes short, once for every element." },
        { 4, "Enter shows where they are." },
        { 5, "All that the code asks for. The missing 8 are malloc's." },
        { 6, "Where the 40 bytes are n = 1 000 000 malloc: glibc" },
        { 6, "It is never hidden." },
        { 7, "written boxed-array.svg" },
        { 7, "The addresses are real" },
        { 8, "\"key: 0\" -> 0, \"key: 1\" -> 2, \"key: 2\" -> 4 ..." },
        { 8, "b) 80 B twice: a key and a value" },
        { 8, "> b" },
        { 8, "A key and a value are 80 B, you have that exactly. So what are the other 32?" },
        { 9, "A structure costs data + pointers + object headers + malloc's own." },
        { 9, "boxed ints 32.0 40.0 -20 %" },
        { 9, "dict entries 80.0 112.4 -29 %" },
        { 9, "memlab exercise show million-ints" },
    };
    g_autoptr(Transcript) transcript = take("32", "b");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_says(transcript->screen[rows[i].screen - 1], rows[i].words);
}

static void
each_mistake_gets_its_own_explanation(void **state)
{
    static const struct {
        const char *answer, *words;
    } rows[] = {
        { "32", "The missing 8 are malloc's." },
        { "16", "You 16: an 8-byte pointer that leads to an 8-byte value." },
        { "24 B/elem", "You 24: sizeof(struct box), and that is right, for one box." },
        { "8", "You 8: the integers themselves, side by side." },
        { "40 MB", "Right, malloc's share included" },
        { "100", "You 100. Here is the sum" },
        { NULL, "No guess, so here is the sum at once" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Transcript) transcript = take_until(5, rows[i].answer, NULL);
        g_autofree char *said = squeeze(transcript->screen[4]);
        for (gsize k = 0; k < G_N_ELEMENTS(rows); k++)
            if ((strstr(said, rows[k].words) != NULL) != (i == k))
                fail_msg("answer %zu: '%s':\n%s", i, rows[k].words, said);
    }
}

static void
who_is_right_is_shown_that_a_bare_box_costs_the_same(void **state)
{
    g_autoptr(MlLedger) bare = measure("boxed-array:box=bare");
    g_autofree char *each = per_element(bare);
    g_autofree char *bar = g_strdup_printf("bare %s", each);
    g_autoptr(Transcript) transcript = take("40", "c");

    assert_says(transcript->screen[4], "[3] e = boxed_array(1000000, {box = \"bare\"})");
    assert_says(transcript->screen[4], bar);
    assert_says(transcript->screen[4], "saves nothing.");
    assert_says(transcript->screen[7], "[4] d = compact_dict(");
    assert_says(transcript->screen[7], "Right. Can you say what");
}

/* --- the figures ------------------------------------------------------------------------------ */

static void
assert_held(const char *screen, const MlLedger *ledger)
{
    guint64 bytes = ml_ledger_bytes(ledger);
    g_autofree char *digits = ml_group_digits(bytes, " ");
    g_autofree char *mib = ml_fixed((double)bytes / 0x1p20, 1);
    g_autofree char *mb = ml_fixed((double)bytes / 1e6, 1);
    g_autofree char *words = g_strdup_printf("held in RAM %s B = %s MiB = %s MB", digits, mib, mb);
    assert_says(screen, words);
}

static void
the_figures_are_those_of_the_ledger(void **state)
{
    g_autoptr(MlLedger) packed = measure("packed-array");
    g_autoptr(MlLedger) boxed = measure("boxed-array");
    g_autoptr(MlLedger) dict = measure("compact-dict:key_format='key: %i',value=2*i,values=boxed");
    g_autoptr(Transcript) transcript = take(NULL, NULL);

    assert_held(transcript->screen[1], packed);
    assert_held(transcript->screen[3], boxed);
    g_autofree char *boxed_each = per_element(boxed), *dict_each = per_element(dict);
    g_autofree char *bars = g_strdup_printf("measured %s", boxed_each);
    g_autofree char *dict_bar = g_strdup_printf("measured %s", dict_each);
    assert_says(transcript->screen[3], bars);
    assert_says(transcript->screen[7], dict_bar);
    for (MlRole role = 0; role < ML_ROLE_UNEXPLAINED; role++) {
        MlPair sum = ml_ledger_role(boxed, role);
        g_autofree char *digits = ml_group_digits(sum.measured, " ");
        if (sum.measured > 0)
            assert_says(transcript->screen[5], digits);
    }
    g_autofree char *pages =
        ml_group_digits((guint64)boxed->measured_bytes / boxed->environment.page_bytes, " ");
    g_autofree char *count = g_strdup_printf("%s pages of", pages);
    assert_says(transcript->screen[5], count);
}

/* --- the file --------------------------------------------------------------------------------- */

static void
no_file_is_ever_overwritten(void **state)
{
    g_autofree char *contents = NULL;
    assert_true(g_file_set_contents("boxed-array.svg", FOREIGN, -1, NULL));

    for (guint i = 0; i < 2; i++) {
        g_autoptr(Transcript) transcript = take_until(7, NULL, NULL);
        assert_says(transcript->screen[6], "written boxed-array-2.svg");
    }
    assert_true(g_file_get_contents("boxed-array.svg", &contents, NULL, NULL));
    assert_string_equal(contents, FOREIGN);
    assert_int_not_equal(g_access("boxed-array-3.svg", F_OK), 0);
}

static void
a_folder_that_takes_no_file_does_not_end_the_lesson(void **state)
{
    if (geteuid() == 0) {
        g_chdir("/proc"); /* where even root writes nothing */
    } else {
        assert_int_equal(g_chmod(*state, 0500), 0);
    }
    g_autoptr(Transcript) transcript = take(NULL, NULL);
    assert_int_equal(g_chdir(*state), 0);
    g_chmod(*state, 0700);
    assert_says(transcript->screen[6], "not written: ");
    assert_says(transcript->screen[8], "What you can say now");
}

static void
every_lesson_still_holds(void **state)
{
    g_autoptr(GPtrArray) lessons = ml_lessons_list(NULL);
    assert_true(lessons->len >= 1);
    for (guint i = 0; i < lessons->len; i++) {
        const MlLesson *head = lessons->pdata[i];
        g_autoptr(MlLesson) lesson = ml_lesson_load(head->path, NULL);
        g_autoptr(GPtrArray) findings = ml_lesson_check(lesson);
        if (findings->len > 0)
            fail_msg("%s", (char *)findings->pdata[0]);
    }
    assert_int_not_equal(g_access("boxed-array.svg", F_OK), 0); /* a check leaves nothing */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_screen_says_what_the_storyboard_has),
        TEST(each_mistake_gets_its_own_explanation),
        TEST(who_is_right_is_shown_that_a_bare_box_costs_the_same),
        TEST(the_figures_are_those_of_the_ledger),
        TEST(no_file_is_ever_overwritten),
        TEST(a_folder_that_takes_no_file_does_not_end_the_lesson),
        TEST(every_lesson_still_holds),
    };
    return cmocka_run_group_tests_name("lesson 1", tests, NULL, NULL);
}

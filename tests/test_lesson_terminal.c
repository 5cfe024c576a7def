/* The lesson as a person takes it: the real program on a pseudo-terminal, key by key. */
#include "ml_test.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "run_memlab.h"

#define PATIENCE_MS 60000 /* a loaded machine builds slowly */
#define LEAVE_SCREEN "\x1b[?1049l"

typedef struct {
    char *folder; /* current folder, and home of the state */
    pid_t pid;
    int terminal;
    GString *seen; /* since the last key */
} Person;

static int
setup(void **state)
{
    Person *person = g_new0(Person, 1);
    person->folder = g_dir_make_tmp("memlab-XXXXXX", NULL);
    person->seen = g_string_new(NULL);
    *state = person;
    return person->folder != NULL ? 0 : -1;
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir != NULL && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    g_remove(path);
}

static int
teardown(void **state)
{
    Person *person = *state;
    if (person->pid > 0) { /* a test has failed in the middle */
        kill(person->pid, SIGKILL);
        waitpid(person->pid, NULL, 0);
        close(person->terminal);
    }
    remove_tree(person->folder);
    g_string_free(person->seen, TRUE);
    g_free(person->folder);
    g_free(person);
    return 0;
}

/* @words: after `memlab`; NULL-terminated */
static void
start(Person *person, const char *const *words)
{
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, (gpointer)(guintptr)g_getenv("MEMLAB_TEST_PROGRAM"));
    for (; *words != NULL; words++)
        g_ptr_array_add(arguments, (gpointer)(guintptr)*words);
    g_ptr_array_add(arguments, NULL);

    person->pid = forkpty(&person->terminal, NULL, NULL, &size);
    assert_true(person->pid >= 0);
    if (person->pid > 0)
        return;
    if (g_chdir(person->folder) == 0) {
        g_setenv("XDG_STATE_HOME", person->folder, TRUE);
        g_setenv("LC_ALL", "C.UTF-8", TRUE);
        g_setenv("TERM", "xterm", TRUE);
        g_unsetenv("COLUMNS");
        g_unsetenv("LINES");
        g_unsetenv("DISPLAY");
        g_unsetenv("WAYLAND_DISPLAY");
        signal(SIGINT, SIG_DFL); /* whoever runs the tests may ignore it */
        execv(arguments->pdata[0], (char **)arguments->pdata);
    }
    _exit(127);
}

/* Returns: FALSE at the end of what the program has to say. */
static gboolean
read_some(Person *person)
{
    char buffer[4096];
    struct pollfd wait = { .fd = person->terminal, .events = POLLIN };
    ssize_t n =
        poll(&wait, 1, PATIENCE_MS) == 1 ? read(person->terminal, buffer, sizeof buffer) : -1;
    if (n > 0)
        g_string_append_len(person->seen, buffer, n);
    return n > 0;
}

static void
wait_for(Person *person, const char *words)
{
    while (strstr(person->seen->str, words) == NULL)
        if (!read_some(person))
            fail_msg("'%s' never came; seen: %s", words, person->seen->str);
}

/* Presses keys, and waits for what they bring. */
static void
press(Person *person, const char *keys, const char *words)
{
    g_string_truncate(person->seen, 0);
    assert_int_equal(write(person->terminal, keys, strlen(keys)), strlen(keys));
    wait_for(person, words);
}

/* Returns: the exit status; 128 + the signal that ended it. */
static int
wait_for_end(Person *person)
{
    int status;
    while (read_some(person))
        ;
    waitpid(person->pid, &status, 0);
    close(person->terminal);
    person->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static const char *const run_words[] = { "lesson", "run", NULL };

static void
a_person_can_leave_and_come_back_to_the_same_place(void **state)
{
    Person *person = *state;
    start(person, run_words);
    wait_for(person, "How much RAM do they take?");
    press(person, "\r", "standing still");
    press(person, "v", "grep RssAnon /proc/");
    press(person, "\r", "standing still");
    press(person, "c", "#include \"core/structure.h\"");
    press(person, "\r", "standing still");
    press(person, "\r", "bytes per element >");
    press(person, "h", "Hint 1");
    press(person, "abc\r", "'abc' is not a number");
    press(person, "32\r", "bytes short");
    press(person, "b", "PER ELEMENT?");
    press(person, "\r", "bytes short");
    press(person, "q", "goes on with \"A million integers\", screen 4 of 9");
    assert_int_equal(wait_for_end(person), 0);
    assert_non_null(strstr(person->seen->str, LEAVE_SCREEN));

    start(person, run_words);
    wait_for(person, "Welcome back.");
    wait_for(person, "bytes short");
    press(person, "\r", "The missing 8 are malloc's.");
    press(person, "\r", "Where the 40 bytes are");
    press(person, "p", "8 B per element");
    press(person, "\r", "Where the 40 bytes are");
    press(person, "\r", "written   boxed-array.svg");
    press(person, "p", "written   boxed-array.png");
    press(person, "d", "in words");
    press(person, "\r", "written   boxed-array.svg");
    press(person, "o", "any browser shows boxed-array.svg");
    press(person, "\r", "A dict entry takes about");
    press(person, "b\r", "So what are the other 32?");
    press(person, "\r", "-20 %");
    press(person, "l", "all lessons");
    press(person, "\r", "-20 %");
    press(person, "\r", "million integers, boxed");
    assert_int_equal(wait_for_end(person), 0);
    g_autofree char *png = g_build_filename(person->folder, "boxed-array.png", NULL);
    assert_int_equal(g_access(png, F_OK), 0);
}

static void
an_interrupt_gives_the_terminal_back(void **state)
{
    Person *person = *state;
    start(person, run_words);
    wait_for(person, "How much RAM do they take?");
    press(person, "\r", "standing still");
    press(person, "\x03", LEAVE_SCREEN);
    assert_int_equal(wait_for_end(person), 130);

    start(person, run_words);
    wait_for(person, "standing still");
    press(person, "q", LEAVE_SCREEN);
    assert_int_equal(wait_for_end(person), 0);
}

static void
a_home_that_takes_nothing_costs_one_warning(void **state)
{
    Person *person = *state;
    g_autofree char *blocked = g_build_filename(person->folder, "memlab", NULL);
    assert_true(g_file_set_contents(blocked, "no folder", -1, NULL));

    start(person, run_words);
    wait_for(person, "How much RAM do they take?");
    press(person, "\r", "standing still");
    press(person, "\r", "PER ELEMENT?");
    press(person, "q", "your place could not be kept");
    assert_int_equal(wait_for_end(person), 0);
    const char *first = strstr(person->seen->str, "could not be kept");
    assert_null(strstr(first + 1, "could not be kept"));
}

/* --- without a terminal ----------------------------------------------------------------------- */

static void
words_that_name_no_lesson_are_refused(void **state)
{
    static const struct {
        const char *line;
        int status;
        const char *message;
    } rows[] = {
        { "memlab lesson run 99", 2, "no lesson '99': 'memlab lesson list'" },
        { "memlab lesson run a-milion-integers", 2, "did you mean 'a-million-integers'" },
        { "memlab lesson run 1 2", 2, "'2' is one word too many" },
        { "memlab lesson run 1 --from 10 --no-input", 2, "has the screens 1 to 9" },
        { "memlab lesson run no/such/file.md", 3, "No such file" },
        { "memlab lesson run 1 --answers no/such/file", 3, "No such file" },
        { "memlab lesson list 1", 2, "'1' is one word too many" },
        { "XDG_STATE_HOME=/dev/null memlab lesson reset", 4, "cannot make '/dev/null/memlab'" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(MlRun) run = ml_assert_run(rows[i].line, rows[i].status, rows[i].message);
    }
}

static void
a_lesson_can_be_named_by_any_of_its_words(void **state)
{
    static const char *const names[] = { "1", "01-a-million-integers", "a-mill", "million" };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *line =
            g_strdup_printf("memlab lesson run %s --from 9 | head -n 1", names[i]);
        g_auto(MlRun) run = ml_run(line);
        assert_non_null(strstr(run.out, "A million integers"));
    }
}

static void
answers_come_from_a_file_and_its_faults_are_told(void **state)
{
    Person *person = *state;
    g_autofree char *line =
        g_strdup_printf("cd %s && printf 'boxed-ints = 16\\nboxed-int = 2\\n' > answers && "
                        "memlab lesson run --answers answers",
            person->folder);
    g_auto(MlRun) run = ml_run(line);
    assert_int_equal(run.status, 3);
    assert_non_null(strstr(run.out, "You 16: an 8-byte pointer"));
    assert_non_null(strstr(run.out, "> (skipped)"));
    assert_non_null(strstr(run.err, "answers:2: "));
    assert_non_null(strstr(run.err, "(did you mean 'boxed-ints'?)"));
}

static void
the_list_says_what_there_is(void **state)
{
    g_auto(MlRun) run = ml_assert_run("memlab lesson list", 0, NULL);
    assert_non_null(strstr(run.out, " 1  A million integers"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_person_can_leave_and_come_back_to_the_same_place),
        TEST(an_interrupt_gives_the_terminal_back),
        TEST(a_home_that_takes_nothing_costs_one_warning),
        TEST(words_that_name_no_lesson_are_refused),
        TEST(a_lesson_can_be_named_by_any_of_its_words),
        TEST(answers_come_from_a_file_and_its_faults_are_told),
        TEST(the_list_says_what_there_is),
    };
    return cmocka_run_group_tests_name("lesson/terminal", tests, NULL, NULL);
}

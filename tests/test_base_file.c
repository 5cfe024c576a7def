#include "ml_test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"

static char *
path_of(void **state, const char *name)
{
    return g_build_filename(*state, name, NULL);
}

static void
put(const char *path, const char *text, gssize length)
{
    assert_true(g_file_set_contents(path, text, length, NULL));
}

static void
assert_contents(const char *path, const char *expected)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_string_equal(text, expected);
}

static guint
count_files(const char *folder)
{
    guint n = 0;
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    while (g_dir_read_name(entries) != NULL)
        n++;
    return n;
}

static void
a_file_is_replaced_and_keeps_its_mode(void **state)
{
    g_autofree char *path = path_of(state, "out.svg");
    struct stat status;

    assert_true(ml_file_write(path, "first", 5, NULL));
    assert_contents(path, "first");
    assert_int_equal(g_chmod(path, 0604), 0);
    assert_true(ml_file_write(path, "second", 6, NULL));
    assert_contents(path, "second");
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0604);
    assert_int_equal(count_files(*state), 1);
}

static void
a_new_file_has_the_mode_that_the_user_wants(void **state)
{
    g_autofree char *path = path_of(state, "new");
    struct stat status;
    mode_t old = umask(027);

    assert_true(ml_file_write(path, "", 0, NULL));
    umask(old);
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static void
a_symbolic_link_stays_one(void **state)
{
    g_autofree char *target = path_of(state, "target");
    g_autofree char *link = path_of(state, "link");

    put(target, "old", -1);
    assert_int_equal(symlink("target", link), 0);
    assert_true(ml_file_write(link, "new", 3, NULL));
    assert_contents(target, "new");
    assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
}

static void
what_cannot_be_written_is_named_with_the_reason(void **state)
{
    g_autofree char *missing = path_of(state, "no-such-folder/out.svg");
    const struct {
        const char *path, *reason;
    } rows[] = {
        { "/dev/full", "No space left" },
        { missing, "No such file" },
        { *state, "Is a directory" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(ml_file_write(rows[i].path, "text", 4, &error));
        assert_int_equal(ml_error_status(error), ML_ERROR_SURROUNDINGS);
        assert_non_null(strstr(error->message, rows[i].path));
        assert_non_null(strstr(error->message, rows[i].reason));
    }
    assert_int_equal(count_files(*state), 0);
}

static void
a_failed_write_leaves_the_old_file(void **state)
{
    g_autofree char *path = path_of(state, "out.png");
    g_autofree char *data = g_malloc0(1 << 20);
    g_autoptr(GError) error = NULL;
    struct rlimit unlimited, limited;

    put(path, "old", -1);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
    limited = (struct rlimit){ 1 << 16, unlimited.rlim_max };
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limited), 0);
    gboolean written = ml_file_write(path, data, 1 << 20, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &unlimited), 0);

    assert_false(written);
    assert_non_null(strstr(error->message, "File too large"));
    assert_contents(path, "old");
    assert_int_equal(count_files(*state), 1);
}

static void
devices_and_pipes_are_written_as_they_are(void **state)
{
    g_autofree char *path = path_of(state, "pipe");
    char text[16] = "";

    assert_true(ml_file_write("/dev/null", "text", 4, NULL));
    assert_int_equal(mkfifo(path, 0600), 0);
    int fd = open(path, O_RDWR);
    assert_true(ml_file_write(path, "text", 4, NULL));
    assert_int_equal(read(fd, text, sizeof text), 4);
    close(fd);
    assert_string_equal(text, "text");
}

static void
text_is_read_without_bom_and_with_plain_line_ends(void **state)
{
    g_autofree char *path = path_of(state, "text");
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        { "", "" },
        { "one\ntwo\n", "one\ntwo\n" },
        { "\xef\xbb\xbfone\r\ntwo\rthree", "one\ntwo\nthree" },
        { "é\r\n\r\n", "é\n\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        put(path, rows[i].bytes, -1);
        g_autofree char *text = ml_file_read(path, 100, NULL);
        assert_string_equal(text, rows[i].text);
    }
}

static void
what_is_no_text_is_refused_at_its_byte(void **state)
{
    g_autofree char *path = path_of(state, "text");
    static const struct {
        const char *bytes;
        gssize length;
        gsize max_bytes;
        const char *said;
    } rows[] = {
        { "ab\xff", -1, 100, "byte 2 is not UTF-8" },
        { "\xef\xbb\xbf"
          "a\xc3",
            -1,
            100,
            "byte 4 is not UTF-8" },
        { "abc\0def", 7, 100, "byte 3 is NUL" },
        { "abcdef", -1, 5, "more than 5 bytes" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        put(path, rows[i].bytes, rows[i].length);
        assert_null(ml_file_read(path, rows[i].max_bytes, &error));
        assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
        assert_non_null(strstr(error->message, path));
        assert_non_null(strstr(error->message, rows[i].said));
    }
}

static void
a_named_pipe_is_refused_and_a_pipe_without_a_name_is_read(void **state)
{
    g_autofree char *path = path_of(state, "pipe");
    g_autofree char *link = path_of(state, "link");
    g_autoptr(GError) error = NULL;
    int ends[2];

    assert_return_code(mkfifo(path, 0600), errno);
    assert_return_code(symlink(path, link), errno);
    assert_null(ml_file_read(path, 100, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
    assert_non_null(strstr(error->message, "it is a pipe"));
    assert_null(ml_file_read(link, 100, NULL));
    unlink(link);
    unlink(path);

    assert_return_code(pipe(ends), errno);
    assert_int_equal(write(ends[1], "told", 4), 4);
    close(ends[1]);
    g_autofree char *name = g_strdup_printf("/dev/fd/%d", ends[0]);
    g_autofree char *text = ml_file_read(name, 100, NULL);
    close(ends[0]);
    assert_string_equal(text, "told");
}

static void
a_file_of_the_largest_size_is_read(void **state)
{
    g_autofree char *path = path_of(state, "text");
    put(path, "abcdef", -1);
    g_autofree char *text = ml_file_read(path, 6, NULL);
    assert_string_equal(text, "abcdef");
}

static void
what_cannot_be_read_is_named(void **state)
{
    g_autofree char *missing = path_of(state, "missing");
    const char *const paths[] = { missing, *state };

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(ml_file_read(paths[i], 100, &error));
        assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
        assert_non_null(strstr(error->message, paths[i]));
    }
}

static int
make_folder(void **state)
{
    *state = g_dir_make_tmp("memlab-test-XXXXXX", NULL);
    return *state == NULL;
}

static int
remove_folder(void **state)
{
    g_autofree char *folder = *state;
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(entries); name != NULL;
         name = g_dir_read_name(entries)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    return g_rmdir(folder);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_is_replaced_and_keeps_its_mode),
        IN_FOLDER(a_new_file_has_the_mode_that_the_user_wants),
        IN_FOLDER(a_symbolic_link_stays_one),
        IN_FOLDER(what_cannot_be_written_is_named_with_the_reason),
        IN_FOLDER(a_failed_write_leaves_the_old_file),
        IN_FOLDER(devices_and_pipes_are_written_as_they_are),
        IN_FOLDER(text_is_read_without_bom_and_with_plain_line_ends),
        IN_FOLDER(what_is_no_text_is_refused_at_its_byte),
        IN_FOLDER(a_named_pipe_is_refused_and_a_pipe_without_a_name_is_read),
        IN_FOLDER(a_file_of_the_largest_size_is_read),
        IN_FOLDER(what_cannot_be_read_is_named),
    };
    return cmocka_run_group_tests_name("base/file", tests, NULL, NULL);
}

#include "ml_test.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "exercise/answers.h"

static const char *
given(const MlAnswerSheet *sheet, const char *id)
{
    return g_hash_table_lookup(sheet->given, id);
}

static void
answers_are_read_line_by_line(void **state)
{
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_parse("a.txt",
        "# mine\n"
        "total = 120 MB\n"
        "  why=b   # not sure\n"
        "\n"
        "empty =\n"
        "odd = a = b\n"
        "hash = x#y");
    assert_int_equal(sheet->faults->len, 0);
    assert_string_equal(given(sheet, "total"), "120 MB");
    assert_string_equal(given(sheet, "why"), "b");
    assert_string_equal(given(sheet, "empty"), "");
    assert_string_equal(given(sheet, "odd"), "a = b");
    assert_string_equal(given(sheet, "hash"), "x#y");
    assert_int_equal(sheet->ids->len, 5);
}

static void
every_fault_is_listed_and_the_rest_counts(void **state)
{
    static const char *const ids[] = { "total", "table", "contents", "why", NULL };
    static const char *const faults[] = {
        "a.txt:2: 'no answer' is no answer; write 'question-id = answer'",
        "a.txt:3: '= 5' is no answer; write 'question-id = answer'",
        "a.txt:5: 'total' is answered twice; line 1 counts",
        "a.txt:4: no question is called 'tabel' (did you mean 'table'?)",
        "a.txt:6: no question is called 'xyzzy'",
        "a.txt: no answer to 'table'",
        "a.txt: no answer to 'contents'",
        "a.txt:7: cannot be read",
    };
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_parse(
        "a.txt", "total = 1 MB\nno answer\n= 5\ntabel = 3\ntotal = 2 MB\nxyzzy = 1\nwhy = ?\n");
    ml_answer_sheet_check(sheet, ids);
    ml_answer_sheet_fault(sheet, "why", "cannot be read");
    assert_string_equal(given(sheet, "total"), "1 MB");
    assert_int_equal(sheet->faults->len, G_N_ELEMENTS(faults));
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++)
        assert_string_equal(sheet->faults->pdata[i], faults[i]);
}

static void
an_empty_sheet_is_told_how_to_answer(void **state)
{
    static const char *const ids[] = { "total", NULL };
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_parse("a.txt", "");
    ml_answer_sheet_check(sheet, ids);
    assert_string_equal(
        sheet->faults->pdata[0], "a.txt: no answer to 'total'; write 'question-id = answer'");
}

static void
files_of_other_systems_are_read_and_no_files_are_refused(void **state)
{
    g_autofree char *folder = g_dir_make_tmp("memlab-answers-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "a.txt", NULL);
    g_autoptr(GError) missing = NULL, binary = NULL;

    assert_true(g_file_set_contents(path, "\xef\xbb\xbftotal = 1\r\nwhy = b\r\n", -1, NULL));
    g_autoptr(MlAnswerSheet) sheet = ml_answer_sheet_read(path, NULL);
    assert_non_null(sheet);
    assert_string_equal(given(sheet, "total"), "1");
    assert_string_equal(given(sheet, "why"), "b");

    assert_true(g_file_set_contents(path, "total = \xff\n", -1, NULL));
    assert_null(ml_answer_sheet_read(path, &binary));
    assert_int_equal(binary->code, ML_ERROR_INPUT);
    assert_int_equal(g_unlink(path), 0);
    assert_null(ml_answer_sheet_read(path, &missing));
    assert_int_equal(missing->code, ML_ERROR_INPUT);
    assert_int_equal(g_rmdir(folder), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_read_line_by_line),
        cmocka_unit_test(every_fault_is_listed_and_the_rest_counts),
        cmocka_unit_test(an_empty_sheet_is_told_how_to_answer),
        cmocka_unit_test(files_of_other_systems_are_read_and_no_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "ml_test.h"

#include <string.h>

#include "base/error.h"
#include "base/quantity.h"

static const struct {
    const char *text;
    double number;
    MlUnit unit;
    double factor;
} good[] = {
    { "32", 32, ML_UNIT_NONE, 1 },
    { "0", 0, ML_UNIT_NONE, 1 },
    { "-8.0", -8, ML_UNIT_NONE, 1 },
    { "\u22128", -8, ML_UNIT_NONE, 1 },
    { "127e6", 127e6, ML_UNIT_NONE, 1 },
    { "1.27E+8", 127e6, ML_UNIT_NONE, 1 },
    { ".5", 0.5, ML_UNIT_NONE, 1 },
    { "40 009 728", 40009728, ML_UNIT_NONE, 1 },
    { "40\u202f009\u202f728", 40009728, ML_UNIT_NONE, 1 },
    { "40\u00a0009\u00a0728 B", 40009728, ML_UNIT_BYTES, 1 },
    { "40_009_728", 40009728, ML_UNIT_NONE, 1 },
    { "1 000.5 kB", 1000.5, ML_UNIT_BYTES, 1e3 },
    { "120 MB", 120, ML_UNIT_BYTES, 1e6 },
    { "120MB", 120, ML_UNIT_BYTES, 1e6 },
    { "  120   MB  ", 120, ML_UNIT_BYTES, 1e6 },
    { "120\u00a0MB", 120, ML_UNIT_BYTES, 1e6 },
    { "114.4 MiB", 114.4, ML_UNIT_BYTES, 1048576 },
    { "1.5 KiB", 1.5, ML_UNIT_BYTES, 1024 },
    { "8 GB", 8, ML_UNIT_BYTES, 1e9 },
    { "5 KB", 5, ML_UNIT_BYTES, 1e3 },
    { "12 bytes", 12, ML_UNIT_BYTES, 1 },
    { "112 B/elem", 112, ML_UNIT_BYTES_PER_ELEMENT, 1 },
    { "112 B / element", 112, ML_UNIT_BYTES_PER_ELEMENT, 1 },
    { "112 bytes per element", 112, ML_UNIT_BYTES_PER_ELEMENT, 1 },
    { "0.1 kB/entry", 0.1, ML_UNIT_BYTES_PER_ELEMENT, 1e3 },
};

static void
answers_are_read_with_their_unit(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        MlQuantity quantity;
        if (!ml_quantity_parse(good[i].text, ML_QUANTITY_SIZES, &quantity, &error))
            fail_msg("%s: %s", good[i].text, error->message);
        if (quantity.number != good[i].number || quantity.unit != good[i].unit ||
            quantity.factor != good[i].factor)
            fail_msg("%s was read as %g, unit %u, factor %g",
                good[i].text,
                quantity.number,
                quantity.unit,
                quantity.factor);
    }
}

static const struct {
    const char *text;
    const char *said; /* in the message */
} bad[] = {
    { "", "is empty" },
    { "   ", "is empty" },
    { "abc", "not a number" },
    { "MB", "not a number" },
    { "-", "not a number" },
    { ".", "not a number" },
    { "nan", "not a number" },
    { "inf", "not a number" },
    { "-inf", "not a number" },
    { "٣", "not a number" },
    { "1e0.5", "not a number" },
    { "1.5.2", "not a number" },
    { "40__009", "not a number" },
    { "0x10", "hexadecimal" },
    { "1e400", "too large" },
    { "1e308 GB", "too large" },
    { "1e-400", "too near to 0" },
    { "40,009,728", "write 40 009 728" },
    { "38,2", "write 38.2" },
    { "38,2 MiB", "write 38.2 MiB" },
    { "38,200", "write 38 200 or 38.200" },
    { "1,2,3", "commas" },
    { "40 09", "groups of three" },
    { "4000 000", "groups of three" },
    { "120 MB 5 KiB", "two units" },
    { "120 MB MiB", "two units" },
    { "120 MB = 114.4 MiB", "two units" },
    { "38.2 40 MB", "groups of three" },
    { "120 mb", "did you mean 'MB'" },
    { "120 Mib", "did you mean 'MiB'" },
    { "120 M", "unknown unit, 'M'" },
    { "120 cows", "unknown unit, 'cows'" },
    { "120 %", "unknown unit, '%'" },
    { "112 B/s", "per element" },
    { "112 B/", "per element" },
    { "112 /elem", "unknown unit" },
};

static void
what_is_no_answer_is_refused_with_the_spelling_wanted(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        MlQuantity quantity = { .number = 42 };
        if (ml_quantity_parse(bad[i].text, ML_QUANTITY_SIZES, &quantity, &error))
            fail_msg("'%s' was read as %g", bad[i].text, quantity.number);
        assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
        assert_true(quantity.number == 42);
        if (strstr(error->message, bad[i].said) == NULL)
            fail_msg("'%s': %s", bad[i].text, error->message);
    }
}

static void
bytes_are_the_number_times_its_unit(void **state)
{
    MlQuantity quantity;

    assert_true(ml_quantity_parse("114.5 MiB", ML_QUANTITY_SIZES, &quantity, NULL));
    assert_true(ml_quantity_bytes(&quantity) == 114.5 * 1048576);
    assert_true(ml_quantity_parse("32", ML_QUANTITY_SIZES, &quantity, NULL));
    assert_true(ml_quantity_bytes(&quantity) == 32);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_read_with_their_unit),
        cmocka_unit_test(what_is_no_answer_is_refused_with_the_spelling_wanted),
        cmocka_unit_test(bytes_are_the_number_times_its_unit),
    };
    return cmocka_run_group_tests_name("base/quantity", tests, NULL, NULL);
}

#include "ml_test.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"

static const struct {
    const char *text;
    guint64 count;
} good[] = {
    { "0", 0 },
    { "000", 0 },
    { "0e999999999999", 0 },
    { "007", 7 },
    { "1000", 1000 },
    { "1_000_000", 1000000 },
    { "1e6", 1000000 },
    { "1E+6", 1000000 },
    { "2.5e3", 2500 },
    { "1.0", 1 },
    { "1.50e1", 15 },
    { "2000e-3", 2 },
    { "10M", 10000000 },
    { "10Mi", 10485760 },
    { "1.5k", 1500 },
    { "0.5Ki", 512 },
    { "0.125Gi", 134217728 },
    { "3G", 3000000000 },
    { "1_0e0_2", 1000 },
    { "18446744073709551615", G_MAXUINT64 },
    { "18446744073709551.615k", G_MAXUINT64 },
    { "1.8446744073709551615e19", G_MAXUINT64 },
    { "1e19", 10000000000000000000u },
};

static void
counts_are_read_exactly(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        guint64 count = 42;
        if (!ml_count_parse(good[i].text, &count, &error))
            fail_msg("%s: %s", good[i].text, error->message);
        if (count != good[i].count)
            fail_msg("%s was read as %" G_GUINT64_FORMAT, good[i].text, count);
    }
}

static const struct {
    const char *text;
    const char *said; /* in the message */
} bad[] = {
    { "", "is empty" },
    { "-1", "is negative" },
    { "-0", "is negative" },
    { " 12", "blanks" },
    { "12 ", "blanks" },
    { "1 000", "blanks" },
    { "12abc", "'12abc' is not a number" },
    { "abc", "not a number" },
    { "+5", "not a number" },
    { "0x10", "not a number" },
    { "٣", "'٣' is not a number" },
    { "1.5", "not a whole number" },
    { "1e-3", "not a whole number" },
    { "1.0001k", "not a whole number" },
    { "0.3Ki", "not a whole number" },
    { "1e-999999999999", "not a whole number" },
    { "0.000000000000000000000000000000000001", "not a whole number" },
    { "1e0.5", "not a number" },
    { "1e", "not a number" },
    { "1.", "not a number" },
    { ".5k", "not a number" },
    { "1..5", "not a number" },
    { "_1", "not a number" },
    { "1_", "not a number" },
    { "1__0", "not a number" },
    { "10K", "not a number" },
    { "10MB", "not a number" },
    { "10Mii", "not a number" },
    { "nan", "not a number" },
    { "inf", "not a number" },
    { "1,000,000", "comma" },
    { "18446744073709551616", "too large" },
    { "99999999999999999999999999999999", "too large" },
    { "1e20", "too large" },
    { "1e30", "too large" },
    { "1e99999999999999999999", "too large" },
    { "18446744073709551615k", "too large" },
    { "17179869184Gi", "too large" },
};

static void
what_is_no_count_is_refused_by_name(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        guint64 count = 42;
        if (ml_count_parse(bad[i].text, &count, &error))
            fail_msg("'%s' was read as %" G_GUINT64_FORMAT, bad[i].text, count);
        assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
        assert_int_equal(count, 42);
        if (strstr(error->message, bad[i].said) == NULL)
            fail_msg("'%s': %s", bad[i].text, error->message);
    }
}

static void
a_long_number_is_not_repeated_at_length(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strnfill(100000, '9');
    guint64 count;

    assert_false(ml_count_parse(text, &count, &error));
    assert_true(strlen(error->message) < 200);
}

static void
bytes_are_written_in_iec_units(void **state)
{
    static const struct {
        guint64 bytes;
        int decimals;
        const char *text;
    } rows[] = {
        { 0, 2, "0 B" },
        { 1023, 2, "1023 B" },
        { 1024, 2, "1.00 KiB" },
        { 40009728, 2, "38.16 MiB" },
        { 40009728, 1, "38.2 MiB" },
        { 1048575, 2, "1.00 MiB" },
        { 1048064, 0, "1 MiB" },
        { G_MAXUINT64, 1, "16.0 EiB" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ml_bytes_iec(rows[i].bytes, rows[i].decimals);
        assert_string_equal(text, rows[i].text);
    }
}

static void
large_sizes_are_written_in_the_next_unit(void **state)
{
    static const struct {
        guint64 bytes;
        const char *both;
    } rows[] = {
        { 0, "0.0 KiB = 0.0 kB" },
        { 99999, "97.7 KiB = 100.0 kB" },
        { 100000, "0.1 MiB = 0.1 MB" },
        { G_GUINT64_CONSTANT(10485759999), "10000.0 MiB = 10485.8 MB" },
        { G_GUINT64_CONSTANT(10485760000), "9.8 GiB = 10.5 GB" },
        { G_GUINT64_CONSTANT(400000004096), "372.5 GiB = 400.0 GB" },
        { G_GUINT64_CONSTANT(40000000000000), "36.4 TiB = 40.0 TB" },
        { G_MAXUINT64, "16777216.0 TiB = 18446744.1 TB" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *both = ml_bytes_both(rows[i].bytes, " = ");
        assert_string_equal(both, rows[i].both);
    }
}

static void
digits_are_grouped_by_three(void **state)
{
    static const struct {
        guint64 value;
        const char *text;
    } rows[] = {
        { 0, "0" },
        { 999, "999" },
        { 1000, "1 000" },
        { 40009728, "40 009 728" },
        { G_MAXUINT64, "18 446 744 073 709 551 615" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ml_group_digits(rows[i].value, " ");
        assert_string_equal(text, rows[i].text);
    }
    g_autofree char *narrow = ml_group_digits(1234567, "\u202f");
    assert_string_equal(narrow, "1\u202f234\u202f567");
}

static void
fixed_numbers_have_a_point_and_no_minus_zero(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } rows[] = {
        { 40.009728, 2, "40.01" },
        { 40, 0, "40" },
        { -0.04, 1, "0.0" },
        { -0.0, 2, "0.00" },
        { -0.06, 1, "-0.1" },
        { -1e9, 1, "-1000000000.0" },
        { NAN, 2, "–" },
        { -INFINITY, 2, "-inf" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ml_fixed(rows[i].value, rows[i].decimals);
        assert_string_equal(text, rows[i].text);
    }
}

static void
per_cents_keep_their_sign(void **state)
{
    static const struct {
        double part, whole;
        const char *text;
    } rows[] = {
        { 8192, 40009728, "+0.02 %" },
        { -8192, 40009728, "-0.02 %" },
        { 0, 40009728, "+0.00 %" },
        { -16, 40009728, "-0.00 %" },
        { 5, 2, "+250.00 %" },
        { 0, 0, "–" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = ml_percent(rows[i].part, rows[i].whole);
        assert_string_equal(text, rows[i].text);
    }
}

int
main(void)
{
    setlocale(LC_ALL, "");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_read_exactly),
        cmocka_unit_test(what_is_no_count_is_refused_by_name),
        cmocka_unit_test(a_long_number_is_not_repeated_at_length),
        cmocka_unit_test(bytes_are_written_in_iec_units),
        cmocka_unit_test(large_sizes_are_written_in_the_next_unit),
        cmocka_unit_test(digits_are_grouped_by_three),
        cmocka_unit_test(fixed_numbers_have_a_point_and_no_minus_zero),
        cmocka_unit_test(per_cents_keep_their_sign),
    };
    return cmocka_run_group_tests_name("base/number", tests, NULL, NULL);
}

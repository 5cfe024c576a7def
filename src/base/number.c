#include "base/number.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

#define EXAMPLES "1000, 1_000_000, 1e6, 10M (k, M, G: thousands) or 16Ki (Ki, Mi, Gi: 1024s)"
#define KIB 1024.0
#define MAX_DECIMALS 20
#define FIXED_SIZE 352 /* DBL_MAX has 309 digits before the point */
#define HUGE_EXPONENT 1000

/* Appends a run of digits, in which an underscore may stand between two.  Returns: what follows;
 * NULL where there is no such run. */
static const char *
scan_digits(const char *text, GString *digits)
{
    if (!g_ascii_isdigit(*text))
        return NULL;
    for (; g_ascii_isdigit(*text) || *text == '_'; text++) {
        if (*text != '_')
            g_string_append_c(digits, *text);
        else if (!g_ascii_isdigit(text[1]))
            return NULL;
    }
    return text;
}

static const char *
scan_exponent(const char *text, int *exponent)
{
    g_autoptr(GString) digits = g_string_new(NULL);
    gboolean negative = *text == '-';

    if (*text == '+' || *text == '-')
        text++;
    text = scan_digits(text, digits);
    if (text == NULL)
        return NULL;
    int typed = (int)MIN(g_ascii_strtoull(digits->str, NULL, 10), HUGE_EXPONENT);
    *exponent += negative ? -typed : typed;
    return text;
}

/* The text as digits × 10^exponent, and what follows it; NULL where it is not a number. */
static const char *
scan_number(const char *text, GString *digits, int *ret_exponent)
{
    *ret_exponent = 0;
    text = scan_digits(text, digits);
    if (text != NULL && *text == '.') {
        gsize whole = digits->len;
        text = scan_digits(text + 1, digits);
        *ret_exponent = -(int)MIN(digits->len - whole, HUGE_EXPONENT);
    }
    if (text != NULL && (*text == 'e' || *text == 'E'))
        text = scan_exponent(text + 1, ret_exponent);
    while (digits->len > 0 && digits->str[digits->len - 1] == '0') {
        g_string_truncate(digits, digits->len - 1);
        *ret_exponent += 1;
    }
    return text;
}

/* Returns: 0 where @suffix is none. */
static guint64
multiplier_of(const char *suffix)
{
    static const struct {
        const char *suffix;
        guint64 multiplier;
    } known[] = {
        { "", 1 },
        { "k", 1000 },
        { "M", 1000 * 1000 },
        { "G", 1000 * 1000 * 1000 },
        { "Ki", 1024 },
        { "Mi", 1024 * 1024 },
        { "Gi", 1024 * 1024 * 1024 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(known[i].suffix, suffix) == 0)
            return known[i].multiplier;
    }
    return 0;
}

/* Says what looks wrong with a text that is no number. */
static gboolean
refuse_spelling(const char *text, GError **error)
{
    if (*text == '\0')
        return ml_refuse(error, text, "is empty; write " EXAMPLES);
    if (*text == '-')
        return ml_refuse(error, text, "is negative; a number of elements begins at 0");
    if (strpbrk(text, " \t") != NULL)
        return ml_refuse(error, text, "has blanks in it; write 1_000_000");
    if (strchr(text, ',') != NULL)
        return ml_refuse(error, text, "has a comma; write 1_000_000, or 1.5 with a point");
    return ml_refuse(error, text, "is not a number; write " EXAMPLES);
}

static guint64
common_divisor(guint64 a, guint64 b)
{
    return b == 0 ? a : common_divisor(b, a % b);
}

static gboolean
power_of_ten(int exponent, guint64 *ret_power)
{
    *ret_power = 1;
    for (int i = 0; i < exponent; i++) {
        if (!g_uint64_checked_mul(ret_power, *ret_power, 10))
            return FALSE;
    }
    return TRUE;
}

/* digits × 10^exponent × multiplier, never rounded.  Returns: what is wrong with it, or NULL. */
static const char *
exact_value(const char *digits, int exponent, guint64 multiplier, guint64 *ret_value)
{
    static const char too_large[] = "is too large; the largest number is 2^64 - 1";
    static const char not_whole[] = "is not a whole number";
    guint64 value, power;

    if (!g_ascii_string_to_unsigned(digits, 10, 0, G_MAXUINT64, &value, NULL))
        return exponent < 0 ? not_whole : too_large;
    if (!power_of_ten(ABS(exponent), &power))
        return exponent < 0 ? not_whole : too_large;
    if (exponent < 0) {
        guint64 divisor = common_divisor(value, power);
        value /= divisor;
        power /= divisor;
        if (multiplier % power != 0)
            return not_whole;
        multiplier /= power;
        power = 1;
    }
    if (!g_uint64_checked_mul(&value, value, power) ||
        !g_uint64_checked_mul(&value, value, multiplier))
        return too_large;
    *ret_value = value;
    return NULL;
}

gboolean
ml_count_parse(const char *text, guint64 *ret_count, GError **error)
{
    g_autoptr(GString) digits = g_string_new(NULL);
    int exponent;
    const char *suffix = scan_number(text, digits, &exponent);
    guint64 multiplier = suffix != NULL ? multiplier_of(suffix) : 0;

    if (multiplier == 0)
        return refuse_spelling(text, error);
    if (digits->len == 0) {
        *ret_count = 0;
        return TRUE;
    }
    const char *wrong = exact_value(digits->str, exponent, multiplier, ret_count);
    return wrong == NULL || ml_refuse(error, text, wrong);
}

char *
ml_bytes_iec(guint64 bytes, int decimals)
{
    static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double value = (double)bytes / KIB;
    double rounding = 0.5 * pow(10.0, -decimals);
    gsize unit = 0;

    if (bytes < 1024)
        return g_strdup_printf("%" G_GUINT64_FORMAT " B", bytes);
    for (; value + rounding >= KIB && unit + 1 < G_N_ELEMENTS(units); unit++)
        value /= KIB;
    g_autofree char *number = ml_fixed(value, decimals);
    return g_strdup_printf("%s %s", number, units[unit]);
}

#define LARGER_UNIT_FROM 10000
#define SMALLER_UNIT_BELOW 100000 /* bytes: a tenth of a megabyte */

static const struct {
    const char *binary, *decimal;
} units[] = { { "KiB", "kB" }, { "MiB", "MB" }, { "GiB", "GB" }, { "TiB", "TB" } };

/* Index of the unit, never the first. */
static gsize
unit_of(guint64 largest)
{
    gsize unit = 1;
    while (unit + 1 < G_N_ELEMENTS(units) &&
           (double)largest >= LARGER_UNIT_FROM * pow(KIB, (double)(unit + 1)))
        unit++;
    return unit;
}

double
ml_bytes_unit(guint64 largest, const char **ret_name)
{
    gsize unit = unit_of(largest);
    *ret_name = units[unit].binary;
    return pow(KIB, (double)(unit + 1));
}

char *
ml_bytes_both(guint64 bytes, const char *equals)
{
    gsize unit = bytes < SMALLER_UNIT_BELOW ? 0 : unit_of(bytes);
    double power = (double)(unit + 1);
    g_autofree char *binary = ml_fixed((double)bytes / pow(KIB, power), 1);
    g_autofree char *decimal = ml_fixed((double)bytes / pow(1000, power), 1);
    return g_strdup_printf(
        "%s %s%s%s %s", binary, units[unit].binary, equals, decimal, units[unit].decimal);
}

char *
ml_group_digits(guint64 value, const char *separator)
{
    g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, value);
    GString *grouped = g_string_new(NULL);

    for (gsize left = strlen(digits), i = 0; left > 0; left--, i++) {
        if (i > 0 && left % 3 == 0)
            g_string_append(grouped, separator);
        g_string_append_c(grouped, digits[i]);
    }
    return g_string_free(grouped, FALSE);
}

char *
ml_fixed(double value, int decimals)
{
    char format[16], number[FIXED_SIZE];

    if (isnan(value))
        return g_strdup("–");
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, MAX_DECIMALS));
    g_ascii_formatd(number, sizeof number, format, value);
    gboolean is_zero = number[strcspn(number, "123456789in")] == '\0';
    return g_strdup(is_zero && *number == '-' ? number + 1 : number);
}

char *
ml_percent(double part, double whole)
{
    double percent = 100.0 * part / whole;
    g_autofree char *number = ml_fixed(fabs(percent), 2);
    return isnan(percent) ? g_strdup("–")
                          : g_strdup_printf("%c%s %%", percent < 0 ? '-' : '+', number);
}

/* One grammar for numbers, exact, in the C locale. */
#pragma once

#include <glib.h>

/**
 * ml_count_parse: a whole number of things: "1000", "1_000_000", "1e6", "2.5e3", "10M", "16Ki".
 * @text: (transfer none)
 * @ret_count: (out)
 *
 * k M G are powers of 1000, Ki Mi Gi of 1024.  A fraction or exponent is taken where the value is
 * whole.  Errors: ML_ERROR_USAGE for a sign, blanks, other digits, a value that is not whole or
 * above 2^64 - 1; the message names what was typed.
 */
gboolean ml_count_parse(const char *text, guint64 *ret_count, GError **error);

/**
 * ml_bytes_iec: "38.16 MiB"; below 1 KiB "512 B".
 * @decimals: digits after the point
 *
 * Returns: (transfer full).
 */
char *ml_bytes_iec(guint64 bytes, int decimals);

/**
 * ml_bytes_unit: one unit for figures that stand beside each other: MiB, from 10 000 MiB on GiB,
 * from 10 000 GiB on TiB.
 * @largest: bytes, the largest of the figures
 * @ret_name: (out) (transfer none)
 *
 * Returns: bytes in one such unit.
 */
double ml_bytes_unit(guint64 largest, const char **ret_name);

/**
 * ml_bytes_both: "38.2 MiB = 40.0 MB"; below 100 kB in KiB and kB, else in ml_bytes_unit and the
 * decimal unit of that size.
 * @equals: what stands between the two: " = "
 *
 * Returns: (transfer full).
 */
char *ml_bytes_both(guint64 bytes, const char *equals);

/**
 * ml_group_digits: "40 009 728", thousands parted by @separator.
 *
 * Returns: (transfer full).
 */
char *ml_group_digits(guint64 value, const char *separator);

/**
 * ml_fixed: @value with so many decimals, always with a point; "–" for NAN; never "-0.0".
 *
 * Returns: (transfer full).
 */
char *ml_fixed(double value, int decimals);

/**
 * ml_percent: "+0.02 %"; the sign always stands, and is the part's own even at 0.00; "–" for 0 of
 * 0.
 *
 * Returns: (transfer full).
 */
char *ml_percent(double part, double whole);

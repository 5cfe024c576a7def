/* A number with its unit, as somebody answers: "120 MB", "114.4 MiB", "112 B/elem", "40 009 728".
 */
#pragma once

#include <glib.h>

typedef enum {
    ML_UNIT_NONE, /* "32" */
    ML_UNIT_BYTES,
    ML_UNIT_BYTES_PER_ELEMENT,
} MlUnit;

typedef struct {
    double number; /* as typed */
    MlUnit unit;
    double factor; /* bytes in one of the unit: 1048576 for MiB; 1 where there is none */
} MlQuantity;

#define ML_QUANTITY_SIZES "120 MB, 114.4 MiB, 112 B/elem, 127e6 or 40 009 728"

/**
 * ml_quantity_parse: read a number and its unit.
 * @text: (transfer none): blanks around it do not count
 * @examples: (transfer none): how it might be written, for the message: ML_QUANTITY_SIZES, or as
 *     fits what is asked
 * @ret_quantity: (out)
 *
 * Digits may be parted in groups of three by a blank (also U+00A0, U+2009, U+202F), or anywhere by
 * '_'; a fraction has a point, an exponent an 'e'; the sign may be U+2212.  Units: B, kB, MB, GB,
 * TB (powers of 1000), KiB, MiB, GiB, TiB (of 1024), "bytes"; then "/elem" or "per element".
 * Independent of the locale.  Errors: ML_ERROR_USAGE names what was typed and the spelling wanted,
 * for commas, nan, inf, hexadecimal digits, what a double cannot hold, an unknown unit, a second
 * one.
 */
gboolean ml_quantity_parse(
    const char *text, const char *examples, MlQuantity *ret_quantity, GError **error);

/**
 * ml_quantity_bytes: the number in bytes, or bytes per element; without a unit as typed.
 */
double ml_quantity_bytes(const MlQuantity *quantity);

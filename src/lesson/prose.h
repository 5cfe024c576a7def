/* The rule that no measured figure is typed into a lesson: its prose has no number of three digits
 * or more, but in code, after "n =", and as {{ formulas }}. */
#pragma once

#include <glib.h>

/**
 * ml_prose_find_number: the first such number in a paragraph.
 * @text: styled, formulas still in it; thousands may be parted by a blank
 *
 * Returns: (transfer full) (nullable): as it stands there; NULL where there is none.
 */
char *ml_prose_find_number(const char *text);

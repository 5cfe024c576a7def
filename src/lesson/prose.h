/* Two rules for what a learner reads.  No measured figure is typed into a lesson: its prose has no
 * number of three digits or more, but in code, after "n =", and as {{ formulas }}.  And a cell
 * reads alike in C, in Python and in Lua. */
#pragma once

#include <glib.h>

/**
 * ml_prose_find_number: the first such number in a paragraph.
 * @text: styled, formulas still in it; thousands may be parted by a blank
 *
 * Returns: (transfer full) (nullable): as it stands there; NULL where there is none.
 */
char *ml_prose_find_number(const char *text);

/**
 * ml_prose_find_foreign: the first thing in a learner's cell that only Lua writes so: `..`, `~=`,
 * `#a`, `local`, `function`, `end`.
 *
 * Returns: (transfer none) (nullable): static text.
 */
const char *ml_prose_find_foreign(const char *cell);

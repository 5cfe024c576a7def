/* "Did you mean": the nearest of the known names. */
#pragma once

#include <glib.h>

/**
 * ml_suggest: the known name nearest to what was typed.
 * @typed: (transfer none)
 * @known: (transfer none): NULL-terminated
 *
 * Case does not count, nor '_' for '-'.  A name of which at least three letters were typed in a row
 * ("dict") is near as well.
 *
 * Returns: (transfer none) (nullable): NULL where none is near (more than a third of the letters
 * would have to change).
 */
const char *ml_suggest(const char *typed, const char *const *known);

/**
 * ml_suggest_phrase: " (did you mean 'linked-list'?)", or "".
 *
 * Returns: (transfer full).
 */
char *ml_suggest_phrase(const char *typed, const char *const *known);

/* The languages that memlab speaks, and how words are marked for translation.
 *
 * There is English alone so far, so that marking is all that the macros do; `meson compile -C build
 * strings` collects what is marked into a template for translators.  The language of a picture is
 * asked for and never taken from the locale: the same facts are the same bytes everywhere. */
#pragma once

#include <glib.h>

/* A text for people: where it is used, and in a constant. */
#define _(text) (text)
#define N_(text) (text)

/* One or many: P_("block", "blocks", n). */
#define P_(one, many, n) ((n) == 1 ? (one) : (many))

/**
 * ml_language_default: "en".
 */
const char *ml_language_default(void);

/**
 * ml_language_find: the language that a code asks for: "en", "en_GB.UTF-8".
 *
 * Errors: ML_ERROR_USAGE names the languages there are.  Returns: (transfer none): as BCP 47 has
 * it.
 */
const char *ml_language_find(const char *code, GError **error);

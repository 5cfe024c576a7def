/* What the terminal can show, and output that is checked. */
#pragma once

#include <stdio.h>

#include <glib.h>

typedef struct {
    gboolean is_terminal;
    gboolean can_paint; /* a terminal on which the cursor can be moved */
    gboolean colour;    /* styles and colours may be used */
    gboolean unicode;   /* more than ASCII may be used */
    int columns;
    int lines;
} MlTerm;

/**
 * ml_term_inspect: what @stream can show.
 *
 * COLUMNS and LINES go before what the terminal says; where neither says anything, 80 × 24.
 * Colour needs a terminal that can paint (TERM is not "dumb") and no NO_COLOR; Unicode a locale in
 * UTF-8, so setlocale() must have been called.  A caller may change the answer (--ascii).
 */
MlTerm ml_term_inspect(FILE *stream);

/**
 * ml_term_encode: styled text (base/text.h) as this terminal takes it.
 *
 * Marks become colours or are dropped; without Unicode each character becomes its nearest in ASCII,
 * of the same width.  Returns: (transfer full).
 */
char *ml_term_encode(const MlTerm *term, const char *text);

/**
 * ml_term_print: styled text, encoded and written at once.
 *
 * Errors: ML_ERROR_SURROUNDINGS where it did not arrive: a full disk, a closed stream.
 */
gboolean ml_term_print(FILE *stream, const MlTerm *term, const char *text, GError **error);

/**
 * ml_term_write: text as it is: machine formats, whose Unicode must stay.
 *
 * Errors: as ml_term_print().
 */
gboolean ml_term_write(FILE *stream, const char *text, GError **error);

/**
 * ml_term_reserve_standard: keep a closed standard stream from becoming the next file opened.
 *
 * To be called first of all.  Writing to a stream that was closed still fails.
 */
void ml_term_reserve_standard(void);

/* Styled text: UTF-8 with style marks in it.  What writes text does not know whether it goes to a
 * terminal; what prints it turns the marks into colour or drops them. */
#pragma once

#include <glib.h>

#include "core/role.h"

typedef enum {
    ML_STYLE_BOLD,
    ML_STYLE_DIM,
    ML_STYLE_CODE,
    ML_STYLE_KEY,     /* a key to press */
    ML_STYLE_WARNING, /* a figure not to be trusted; never a learner's mistake */
    ML_STYLE_ROLE,    /* ML_STYLE_ROLE + role: a bar of that role */
    ML_N_STYLES = ML_STYLE_ROLE + ML_N_ROLES
} MlStyle;

#define ML_MARK_BEGIN '\x0e' /* followed by one byte: ML_MARK_BASE + style */
#define ML_MARK_END '\x0f'
#define ML_MARK_BASE 'A'

/**
 * ml_text_styled: @text between marks.  Marks do not nest.
 *
 * Returns: (transfer full).
 */
char *ml_text_styled(MlStyle style, const char *text);

/**
 * ml_text_width: columns on a terminal; marks take none, wide characters two.
 */
int ml_text_width(const char *text);

/**
 * ml_text_pad: @text made @columns wide, blanks on the right (or on the left).
 *
 * A longer text stays as it is.  Returns: (transfer full).
 */
char *ml_text_pad(const char *text, int columns, gboolean right_aligned);

/**
 * ml_text_wrap: one paragraph broken at blanks.
 * @columns: of the widest line, at least 1; a longer word stands alone and overhangs
 * @indent: blanks before every line, counted in @columns
 *
 * Blanks are ' ', \t and \n; where a line does not end, they stay as many as they were.  The blanks
 * that part the digits of a number (8 000 000), or it from its unit (38.2 MiB), break no line.
 * Marks are closed at a line's end and opened again on the next.
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_text_wrap(const char *text, int columns, int indent);

/**
 * ml_text_fold: every line that is wider than @columns broken, wherever that is.
 * @text: lines ended by \n, the last one perhaps not
 * @columns: at least 2, the width of the widest character
 *
 * Marks are closed at a line's end and opened again on the next.
 * Returns: (transfer full): lines ended by \n.
 */
char *ml_text_fold(const char *text, int columns);

/**
 * ml_text_plain: the text without its marks.
 *
 * Returns: (transfer full).
 */
char *ml_text_plain(const char *text);

/**
 * ml_text_clean: foreign text made safe to print: control characters become "?".
 *
 * So do \n and \t (clean line by line), and the characters that turn the direction of writing.
 * Returns: (transfer full): valid UTF-8.
 */
char *ml_text_clean(const char *text);

/**
 * ml_text_quote: what somebody typed, as an error message shows it: 'clean', and not endless.
 *
 * Returns: (transfer full): with its quotes.
 */
char *ml_text_quote(const char *typed);

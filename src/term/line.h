/* A line editor of the simplest kind: one line, changed at its end. */
#pragma once

#include "term/keys.h"
#include "term/term.h"

/**
 * ml_line_read: let somebody type a line.
 * @stream: (transfer none): the terminal, its cursor in the row that the line is to use
 * @prompt: styled text, stands before the line
 * @hot_keys: (nullable): characters that end an empty line at once
 * @text: (inout): what the line begins with, and what was typed when it ended
 *
 * Backspace and Ctrl-U take back; arrows to the side do nothing.
 * Returns: the key that ended the line: Enter, a hot key, or one that the line has no use for (Esc,
 * ML_KEY_END, up, down, ML_KEY_REPAINT): then it can be called again with the same @text.
 */
MlKey ml_line_read(MlKeys *keys,
    FILE *stream,
    const MlTerm *term,
    const char *prompt,
    const char *hot_keys,
    GString *text);

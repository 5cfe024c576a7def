/* Screens one after the other, on the whole terminal. */
#pragma once

#include "term/keys.h"
#include "term/layout.h"
#include "term/term.h"

typedef struct MlScreen MlScreen;

/**
 * ml_screen_open: take the terminal over; what was on it comes back with ml_screen_close().
 * @input_fd: a terminal
 * @stream: (transfer none): the same terminal, for writing
 * @ascii: use ASCII even where Unicode could be shown
 *
 * Errors: ML_ERROR_SURROUNDINGS where that is no terminal.
 */
MlScreen *ml_screen_open(int input_fd, FILE *stream, gboolean ascii, GError **error);
void ml_screen_close(MlScreen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlScreen, ml_screen_close)

/**
 * ml_screen_width: columns that a line of the body should have at most, at the moment.
 */
int ml_screen_width(const MlScreen *screen);

/**
 * ml_screen_paint: show @content and go on, as while something is being measured.
 *
 * Errors: ML_ERROR_SURROUNDINGS.
 */
gboolean ml_screen_paint(MlScreen *screen, const MlScreenContent *content, GError **error);

/**
 * ml_screen_show: show @content, and wait for a key that it has no use for itself.
 * @answer: (inout) (nullable): with a prompt: what is typed already, and what was typed
 * @ret_key: (out)
 *
 * It uses Space and the vertical arrows to page through a long body, and, with a prompt, whatever
 * belongs to the answer.  ML_KEY_REPAINT: the width may have changed; call again with a body that
 * is wrapped anew, and the same @answer.  What was typed before ml_screen_paint() is forgotten.
 * Errors: ML_ERROR_SURROUNDINGS.
 */
gboolean ml_screen_show(MlScreen *screen,
    const MlScreenContent *content,
    GString *answer,
    MlKey *ret_key,
    GError **error);

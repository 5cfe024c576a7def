/* Single keys, as they are typed. */
#pragma once

#include <glib.h>

typedef enum {
    ML_KEY_CHARACTER, /* anything that can be seen, and the blank */
    ML_KEY_ENTER,
    ML_KEY_ESCAPE,
    ML_KEY_BACKSPACE,
    ML_KEY_ERASE_LINE, /* Ctrl-U */
    ML_KEY_UP,
    ML_KEY_DOWN,
    ML_KEY_PAGE_UP,
    ML_KEY_PAGE_DOWN,
    ML_KEY_OTHER,   /* arrows to the side, function keys, what is not UTF-8 */
    ML_KEY_REPAINT, /* none: the window changed or the program was stopped; the screen is stale */
    ML_KEY_END,     /* Ctrl-D, or the terminal is gone */
} MlKeyKind;

typedef struct {
    MlKeyKind kind;
    gunichar character; /* of ML_KEY_CHARACTER, else 0 */
} MlKey;

typedef struct MlKeys MlKeys;

/**
 * ml_keys_open: from now on the terminal passes on each key (term/guard.h).
 * @fd: a terminal; not closed by ml_keys_close()
 *
 * One at a time.  Ctrl-C ends the program, with the terminal as it was.
 * Errors: ML_ERROR_SURROUNDINGS where @fd is no terminal.
 */
MlKeys *ml_keys_open(int fd, GError **error);

/**
 * ml_keys_close: the terminal as it was before.
 */
void ml_keys_close(MlKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlKeys, ml_keys_close)

/**
 * ml_keys_read: wait for the next key.
 */
MlKey ml_keys_read(MlKeys *keys);

/**
 * ml_keys_forget: drop what was typed ahead, so that it does not answer what was not yet asked.
 */
void ml_keys_forget(MlKeys *keys);

/* The terminal's state while keys are read one by one, and its way back: whatever ends or stops the
 * program (exit, Ctrl-C, Ctrl-Z, a failed assertion), the shell gets its terminal as it was.
 *
 * There is one terminal and a signal handler has no arguments, so this file alone of its folder has
 * state of its own. */
#pragma once

#include <stdio.h>

#include <glib.h>

/**
 * ml_guard_enter: each key is passed on as it is typed, without echo; Ctrl-C and Ctrl-Z still
 * signal.
 * @fd: a terminal
 *
 * Not twice without ml_guard_leave() between.
 * Errors: ML_ERROR_SURROUNDINGS where @fd is no terminal.
 */
gboolean ml_guard_enter(int fd, GError **error);

/**
 * ml_guard_leave: the terminal and the signal handlers as they were; no harm where they are.
 */
void ml_guard_leave(void);

/**
 * ml_guard_use_screen: draw on the terminal's other screen, which leaves no trace in the
 * scrollback.
 * @fd: where to write; must stay open until ml_guard_leave()
 *
 * Only between ml_guard_enter() and ml_guard_leave(), which returns to the first screen.
 */
void ml_guard_use_screen(int fd);

/**
 * ml_guard_event_fd: readable from the moment on when what is on the screen has to be painted anew:
 * the window has another size, or the program was stopped and goes on.
 */
int ml_guard_event_fd(void);

/**
 * ml_guard_take_event: whether there was such a moment since the last call.
 */
gboolean ml_guard_take_event(void);

/* Running the real program as a person does: a line of shell, in which `memlab` is the one that was
 * just built. */
#pragma once

#include <glib.h>
#include <jansson.h>

typedef struct {
    int status; /* exit status; 128 + the signal that ended it */
    char *out;
    char *err;
} MlRun;

void ml_run_clear(MlRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlRun, ml_run_clear)

/**
 * ml_run: run a line of shell: "COLUMNS=40 memlab model packed-array | head -n 1".
 *
 * In UTF-8, not on a terminal, and with nowhere to keep progress.
 */
MlRun ml_run(const char *line);

/**
 * ml_run_on_terminal: the same on a pseudo-terminal that can do colours; all is in `out`.
 */
MlRun ml_run_on_terminal(const char *line);

/**
 * ml_assert_run: that a line ends with @status, and prints its one message, @expected in it, on
 * standard error, or nothing at all there where @expected is NULL.
 *
 * Returns: what it printed.
 */
MlRun ml_assert_run(const char *line, int status, const char *expected);

/**
 * ml_run_json: the JSON that a line prints.
 *
 * Fails the test where the line fails.  Returns: (transfer full).
 */
json_t *ml_run_json(const char *line);

/**
 * ml_assert_keys: that an object has keys of the given types.
 * @keys: "n:integer options:object valid:boolean measured_bytes:integer notes:string?"; a type with
 * a question mark is of a key that may be missing
 */
void ml_assert_keys(const json_t *object, const char *keys);

/**
 * ml_assert_columns: that no line of @text is wider than so many columns.
 */
void ml_assert_columns(const char *text, int columns);

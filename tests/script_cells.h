/* Cells for tests: run one, and look at what it came to. */
#pragma once

#include "script/script.h"

typedef struct {
    MlSession *session;
    MlScript *script;
} MlCells;

/**
 * ml_cells_setup, ml_cells_teardown: for cmocka; *state is a MlCells.
 */
int ml_cells_setup(void **state);
int ml_cells_teardown(void **state);

/**
 * ml_cells_run: run a learner's cell that has to work; fails the test where it does not.
 *
 * Returns: (transfer full): what it printed and came to: output, then value.
 */
char *ml_cells_run(MlCells *cells, const char *source);

/**
 * ml_cells_author: the same for an author's cell.
 */
char *ml_cells_author(MlCells *cells, const char *source);

/**
 * ml_cells_do, ml_cells_author_do: the same, for what they do.
 */
void ml_cells_do(MlCells *cells, const char *source);
void ml_cells_author_do(MlCells *cells, const char *source);

/**
 * ml_cells_notes: run a learner's cell for what it says was freed.
 */
char *ml_cells_notes(MlCells *cells, const char *source);

/**
 * ml_cells_fail: run a cell that has to fail, as "cell" from line 1 on.
 *
 * Returns: (transfer full): the message.
 */
char *ml_cells_fail(MlCells *cells, const char *source, gboolean is_author, int *ret_code);

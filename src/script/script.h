/* Cells: a sandboxed Lua state that speaks memlab's words and builds in a session's probe.
 *
 * There are two sorts of cell.  A learner's cell sees the structures (`boxed_array(1e6)`), `len`,
 * `sum`, `del`, `sizeof`, `iso`, `heap`, `trim`, `ctype`, `page`, `ptr`, `mw` and %time, %timeit,
 * %memit; what it names stays for the cells after it.  An author's cell sees all that, and the
 * words for keys: `ledger`, `model`, `per`, `cost`; `bytes`, `mib`, `mb`, `b1` make text of a
 * number; `ask{…}`, `predict{…}` and `show{…}` hand a table to the layers above.  What it names no
 * learner's cell can see. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "facts/ledger.h"
#include "session/session.h"

typedef struct MlScript MlScript;

/* What a cell came to. */
typedef struct {
    char *output;      /* what it printed; "" for nothing */
    char *value;       /* (nullable): of its last line, where that is an expression, as shown */
    char *notes;       /* "freed a (38.16 MiB)\n", one a line; "" for nothing */
    gboolean has_line; /* a learner's cell has one, also when it failed, but for the probe's end */
    MlCellLine line;
} MlCellResult;

void ml_cell_result_clear(MlCellResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlCellResult, ml_cell_result_clear)

/* A table that an author's cell handed to ask{…}, predict{…} or show{…}. */
typedef struct {
    char *verb;    /* "ask", "predict" or "show" */
    char *where;   /* "exercise.md:14" */
    json_t *table; /* its fields; a list with named fields is an object with the keys "1", "2", … */
} MlAsked;

void ml_asked_free(MlAsked *asked);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlAsked, ml_asked_free)

/**
 * ml_script_new: a state whose cells build in @session.
 * @session: (transfer none): must outlive the script; not touched before a cell needs it
 *
 * Returns: (transfer full): cannot fail.
 */
MlScript *ml_script_new(MlSession *session);
void ml_script_free(MlScript *script);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlScript, ml_script_free)

/**
 * ml_script_run_cell: run one cell.
 * @source: its text, without the fence
 * @chunk_name: names it in errors: "In [3]", "lessons/01-a-million-integers.md"
 * @first_line: the line of @chunk_name on which @source begins
 * @is_author: whether it may use the words for keys; such a cell is not watched (no line)
 * @ret_result: (out): filled, other than is usual, on failure as well: what it printed until then
 *
 * Errors: "NAME:LINE:COLUMN: …" (COLUMN where it is known): ML_ERROR_USAGE for a fault in a
 * learner's cell, ML_ERROR_INPUT in an author's; else the code of what failed, as
 * ML_ERROR_SURROUNDINGS for a structure that does not fit.
 */
gboolean ml_script_run_cell(MlScript *script,
    const char *source,
    const char *chunk_name,
    guint first_line,
    gboolean is_author,
    MlCellResult *ret_result,
    GError **error);

/**
 * ml_script_number: the value of an author's formula.
 *
 * Errors: ML_ERROR_INPUT where it fails, or is no finite number; or the code of what failed.
 */
gboolean ml_script_number(MlScript *script, const char *formula, double *ret_value, GError **error);

/**
 * ml_script_answer: the value of a formula in n that somebody typed as an answer; it sees a
 * learner's names and no author's.
 *
 * Errors: ML_ERROR_USAGE, or the code of what failed.
 */
gboolean ml_script_answer(
    MlScript *script, const char *formula, double n, double *ret_value, GError **error);

/**
 * ml_script_string: the value of an author's formula, as text: a whole number (an integer in Lua)
 * with its digits in groups, any other with one decimal.
 *
 * Returns: (transfer full).
 */
char *ml_script_string(MlScript *script, const char *formula, GError **error);

/**
 * ml_script_interpolate: a text whose every {{ formula }} is replaced by its value
 * (ml_script_string()).
 *
 * Returns: (transfer full).
 */
char *ml_script_interpolate(MlScript *script, const char *text, GError **error);

/**
 * ml_script_set_number: give an author's name a number, such as `n` or `you`.
 *
 * Returns: the number that it had; NAN where it had none.
 */
double ml_script_set_number(MlScript *script, const char *name, double value);

/**
 * ml_script_take_asked: what the author's cells run since the last call asked and showed.
 *
 * Returns: (transfer full) (element-type MlAsked): in their order; empty where there are none.
 */
GPtrArray *ml_script_take_asked(MlScript *script);

/**
 * ml_script_ledger: the ledger that an author's name stands for (L = ledger(…)).
 *
 * Returns: (transfer none) (nullable): valid as long as the script.
 */
const MlLedger *ml_script_ledger(MlScript *script, const char *name);

/**
 * ml_script_handle: the structure that a name stands for, a learner's or an author's.
 *
 * Returns: FALSE where the name stands for none.
 */
gboolean ml_script_handle(MlScript *script, const char *name, MlHandle *ret_handle);

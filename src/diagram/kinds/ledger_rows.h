/* Rows of the ledger picture: what each bar says, in words and figures. */
#pragma once

#include "diagram/kind.h"

typedef struct {
    const MlLedger *ledger;
    MlSum sum;         /* bytes per element; of n = 0 all bytes */
    double total;      /* the same, not rounded: bars are drawn from it */
    double factor;     /* over the packed array, else over 8 B of data; 0: not shown */
    char *name;        /* "boxed array" */
    char *words;       /* "pointer → box, box=bare" */
    char *particulars; /* (nullable): "box=bare": what tells it from rows like it */
    char *total_text;  /* "40 B" */
    char *factor_text; /* "5×", or "" */
    char *unexplained; /* "±0", "+0.8"; "" where nothing was measured */
} MlLedgerRow;

/**
 * ml_ledger_rows: one row a ledger.
 *
 * Returns: (transfer full): of MlLedgerRow; free with g_array_unref().
 */
GArray *ml_ledger_rows(const MlDiagramFacts *facts);

static inline const MlLedgerRow *
ml_ledger_row(const GArray *rows, guint i)
{
    return &g_array_index(rows, MlLedgerRow, i);
}

/**
 * ml_ledger_rows_title: the finding: "A compact dict takes 14 times a packed array".
 * ml_ledger_rows_setup: "bytes per element at n = 1 000 000, measured".
 * ml_ledger_rows_factors: what the factors are over: "; factors over the packed array", or "".
 *
 * Returns: (transfer full).
 */
char *ml_ledger_rows_title(const GArray *rows);
char *ml_ledger_rows_setup(const GArray *rows);
char *ml_ledger_rows_factors(const GArray *rows);

/**
 * ml_ledger_rows_words: the picture in words.
 * @title: (transfer none): the finding, with which they begin
 */
char *ml_ledger_rows_words(const GArray *rows, const char *title);

/* Where there is nothing to find, or no room for it. */
#define ML_LEDGER_PLAIN_TITLE "What each byte is for"

/**
 * ml_ledger_rows_packed: the packed array of 8-byte elements among the rows.
 *
 * Returns: (transfer none) (nullable).
 */
const MlLedgerRow *ml_ledger_rows_packed(const GArray *rows);

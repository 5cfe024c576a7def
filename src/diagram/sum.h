/* Sums of bytes by role, rounded so that the printed terms add up to the printed total. */
#pragma once

#include <glib.h>

#include "facts/ledger.h"

typedef struct {
    double bytes[ML_N_ROLES]; /* exact; unexplained may be negative */
    int decimals;             /* of all printed figures: 0 or 1 */
    double printed[ML_N_ROLES];
    double printed_total;
} MlSum;

/**
 * ml_sum_round: round terms and total together, by largest remainder.
 * @bytes: by role
 * @ret_sum: (out)
 *
 * One decimal where a term is not within 0.05 of a whole number and all are less than 1000 B, else
 * none.  A term is off by less than one unit of the last digit.  Shape: bytes[ML_N_ROLES].  Errors:
 * none (pure).
 */
void ml_sum_round(const double bytes[ML_N_ROLES], MlSum *ret_sum);

/**
 * ml_sum_shows: whether a term is printed: any but 0.
 */
gboolean ml_sum_shows(const MlSum *sum, MlRole role);

/**
 * ml_sum_figure: the figure to show of a pair: measured where there is one, else the model's.
 */
guint64 ml_sum_figure(const MlLedger *ledger, MlPair pair);

/**
 * ml_sum_blocks: what the structure's live blocks take, by role, bytes: all of the ledger but
 * malloc's stock, which is in no block, and what is unexplained.
 */
void ml_sum_blocks(const MlLedger *ledger, double ret_bytes[ML_N_ROLES]);

/**
 * ml_sum_resident: what is held in RAM, by role, bytes: stock and unexplained with it.
 *
 * A measured ledger counts all that lies outside blocks as malloc's, what nobody explains among
 * it; here the unexplained stands by itself: the other roles sum to what the model says, and all of
 * them to what was measured.
 */
void ml_sum_resident(const MlLedger *ledger, double ret_bytes[ML_N_ROLES]);

/**
 * ml_sum_stock: bytes freed but held, and pages not handed out; nothing unexplained among them.
 */
guint64 ml_sum_stock(const MlLedger *ledger);

static inline double
ml_sum_total(const double bytes[ML_N_ROLES])
{
    double total = 0;
    for (int role = 0; role < ML_N_ROLES; role++)
        total += bytes[role];
    return total;
}

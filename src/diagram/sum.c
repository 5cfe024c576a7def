#include "diagram/sum.h"

#include <math.h>

#define WHOLE_WITHIN 0.05
#define WHOLE_FROM 1000  /* bytes in all: from here on a tenth says nothing */
#define FLOOR_SLACK 1e-9 /* 16 that arrives as 15.999999999 is 16 */

static int
decimals_for(const double bytes[ML_N_ROLES])
{
    if (ml_sum_total(bytes) >= WHOLE_FROM)
        return 0;
    for (int role = 0; role < ML_N_ROLES; role++)
        if (fabs(bytes[role] - round(bytes[role])) > WHOLE_WITHIN)
            return 1;
    return 0;
}

/* The term that rounding down took most from. */
static int
largest_remainder(const double scaled[ML_N_ROLES], const double units[ML_N_ROLES])
{
    int largest = 0;
    for (int role = 1; role < ML_N_ROLES; role++)
        if (scaled[role] - units[role] > scaled[largest] - units[largest])
            largest = role;
    return largest;
}

void
ml_sum_round(const double bytes[ML_N_ROLES], MlSum *ret_sum)
{
    *ret_sum = (MlSum){ .decimals = decimals_for(bytes) };
    double per_unit = ret_sum->decimals == 1 ? 10 : 1;
    double scaled[ML_N_ROLES];
    double units[ML_N_ROLES];
    for (int role = 0; role < ML_N_ROLES; role++) {
        ret_sum->bytes[role] = bytes[role];
        scaled[role] = bytes[role] * per_unit;
        units[role] = floor(scaled[role] + FLOOR_SLACK);
    }
    double total_units = round(ml_sum_total(scaled));
    for (double missing = total_units - ml_sum_total(units); missing > 0.5; missing--)
        units[largest_remainder(scaled, units)]++;
    for (int role = 0; role < ML_N_ROLES; role++)
        ret_sum->printed[role] = units[role] / per_unit;
    ret_sum->printed_total = total_units / per_unit;
}

gboolean
ml_sum_shows(const MlSum *sum, MlRole role)
{
    return fabs(sum->printed[role]) > WHOLE_WITHIN;
}

guint64
ml_sum_figure(const MlLedger *ledger, MlPair pair)
{
    return ml_ledger_is_measured(ledger) ? pair.measured : pair.model;
}

/* What the ledger counts as stock: all that lies outside live blocks. */
static double
outside_blocks(const MlLedger *ledger)
{
    guint64 bytes = 0;
    for (guint i = 0; i < ledger->n_parts; i++)
        bytes += ml_sum_figure(ledger, ledger->parts[i].stock);
    return (double)bytes;
}

static void
sum_roles(const MlLedger *ledger, double ret_bytes[ML_N_ROLES])
{
    for (int role = 0; role < ML_N_ROLES; role++)
        ret_bytes[role] = (double)ml_sum_figure(ledger, ml_ledger_role(ledger, (MlRole)role));
}

void
ml_sum_blocks(const MlLedger *ledger, double ret_bytes[ML_N_ROLES])
{
    sum_roles(ledger, ret_bytes);
    ret_bytes[ML_ROLE_ALLOCATOR] -= outside_blocks(ledger);
}

void
ml_sum_resident(const MlLedger *ledger, double ret_bytes[ML_N_ROLES])
{
    sum_roles(ledger, ret_bytes);
    double total = ml_sum_total(ret_bytes);
    double surplus = total - (double)ledger->model_bytes;
    ret_bytes[ML_ROLE_ALLOCATOR] = fmax(ret_bytes[ML_ROLE_ALLOCATOR] - surplus, 0);
    ret_bytes[ML_ROLE_UNEXPLAINED] = (double)ml_ledger_unexplained(ledger);
}

guint64
ml_sum_stock(const MlLedger *ledger)
{
    return (guint64)fmax(outside_blocks(ledger) - (double)ml_ledger_unexplained(ledger), 0);
}

#include "facts/ledger.h"

#include <math.h>

const char *
ml_origin_id(MlOrigin origin)
{
    static const char *const ids[] = { "model", "measured", "recorded" };
    return ids[origin];
}

MlLedger *
ml_ledger_new(void)
{
    return g_new0(MlLedger, 1);
}

void
ml_ledger_free(MlLedger *ledger)
{
    if (ledger == NULL)
        return;
    g_free(ledger->structure);
    g_free(ledger->title);
    g_free(ledger->element);
    ml_fact_options_clear(&ledger->options);
    g_free(ledger->allocator);
    for (guint i = 0; i < ledger->n_parts; i++)
        g_free(ledger->parts[i].name);
    g_free(ledger->invalid_reason);
    g_free(ledger->notes);
    ml_environment_clear(&ledger->environment);
    g_free(ledger);
}

static void
add_pair(MlPair *sum, MlPair pair)
{
    sum->model += pair.model;
    sum->measured += pair.measured;
}

MlPair
ml_ledger_role(const MlLedger *ledger, MlRole role)
{
    MlPair sum = { 0 };
    for (guint i = 0; i < ledger->n_parts; i++)
        add_pair(&sum, ledger->parts[i].role[role]);
    return sum;
}

MlPair
ml_ledger_part_total(const MlLedgerPart *part)
{
    MlPair sum = { 0 };
    for (int role = 0; role < ML_N_ROLES; role++)
        add_pair(&sum, part->role[role]);
    return sum;
}

const MlLedgerPart *
ml_ledger_find_part(const MlLedger *ledger, const char *name)
{
    g_autofree char *spaced = g_strdelimit(g_strdup(name), "_", ' ');
    for (guint i = 0; i < ledger->n_parts; i++)
        if (g_str_equal(ledger->parts[i].name, spaced))
            return &ledger->parts[i];
    return NULL;
}

gboolean
ml_ledger_is_measured(const MlLedger *ledger)
{
    return ledger->origin != ML_ORIGIN_MODEL;
}

guint64
ml_ledger_bytes(const MlLedger *ledger)
{
    return ml_ledger_is_measured(ledger) ? (guint64)MAX(ledger->measured_bytes, 0)
                                         : ledger->model_bytes;
}

gint64
ml_ledger_unexplained(const MlLedger *ledger)
{
    return ml_ledger_is_measured(ledger)
               ? ledger->measured_bytes - ledger->held_back_bytes - (gint64)ledger->model_bytes
               : 0;
}

double
ml_ledger_per_element(const MlLedger *ledger, double bytes)
{
    return ledger->n > 0 ? bytes / (double)ledger->n : (double)NAN;
}

#include "made_facts.h"

#include "base/spec.h"
#include "each_structure.h"

static MlCase
parse(const char *spec)
{
    MlCase it = { .name = NULL };
    g_autoptr(GError) error = NULL;

    if (!ml_spec_parse(spec, &it.structure, &it.options, &error))
        fail_msg("%s", error->message);
    return it;
}

MlLedger *
ml_test_model(const char *spec, guint64 n)
{
    MlCase it = parse(spec);
    g_autoptr(GError) error = NULL;
    MlLedger *ledger =
        ml_ledger_compute(it.structure, &it.options, n, ml_allocator_find("glibc"), &error);

    if (ledger == NULL)
        fail_msg("%s", error->message);
    return ledger;
}

static void
measure_pair(MlPair *pair)
{
    pair->measured = pair->model;
}

MlLedger *
ml_test_measured(const char *spec, guint64 n, gint64 unexplained)
{
    MlLedger *ledger = ml_test_model(spec, n);

    for (guint p = 0; p < ledger->n_parts; p++) {
        MlLedgerPart *part = &ledger->parts[p];
        for (int role = 0; role < ML_N_ROLES; role++)
            measure_pair(&part->role[role]);
        measure_pair(&part->field);
        measure_pair(&part->rounding);
        measure_pair(&part->stock);
    }
    ledger->origin = ML_ORIGIN_MEASURED;
    ledger->measured_bytes = (gint64)ledger->model_bytes + unexplained;
    ledger->raw_bytes = ledger->measured_bytes + 8192;
    ledger->peak_bytes = (guint64)ledger->raw_bytes;
    ledger->peak_is_exact = TRUE;
    ledger->kernel_peak_bytes = ledger->peak_bytes - 4096;
    ledger->base_rss_bytes = 2097152;
    ledger->total_rss_bytes = ledger->base_rss_bytes + (guint64)ledger->measured_bytes;
    ledger->rulers.resident = (guint64)ledger->measured_bytes;
    ledger->seconds = 0.125;
    ledger->repeats = 5;
    ledger->spread_bytes = 4096;
    return ledger;
}

/* A test's own heap is old: free chunks of other sizes are handed out too. */
static void
round_as_a_fresh_heap(MlWalkSample *block)
{
    block->usable_bytes = MAX((block->request_bytes + 8 + 15) / 16 * 16, 32) - 8;
}

MlWalk *
ml_test_walk(const char *spec, guint64 n)
{
    MlCase it = parse(spec);
    MlPart parts[ML_MAX_PARTS];
    g_autofree MlWalkSink *sink = g_new0(MlWalkSink, 1);
    g_autofree void *instance = ml_case_build(&it, n);

    ml_walk_begin(sink, parts, it.structure->parts(n, &it.options, parts), NULL);
    it.structure->walk(instance, sink);
    ml_walk_end(sink);
    it.structure->destroy(instance);
    for (guint i = 0; i < sink->n_samples; i++)
        if (!sink->sliced[sink->samples[i].part])
            round_as_a_fresh_heap(&sink->samples[i]);
    return ml_walk_from_sink(it.structure, &it.options, n, ml_allocator_find("glibc"), sink);
}

#define STOCK 2048

static void
set_part(MlLedgerPart *part, const MlPart *kind, const MlWalkTotals *totals)
{
    uint64_t role[ML_N_ROLES];

    ml_part_roles(kind, totals->request_bytes, totals->used, role);
    part->field.measured = part->field.model;
    part->rounding.measured = part->rounding.model;
    role[ML_ROLE_ALLOCATOR] = part->field.measured + part->rounding.measured;
    for (int i = 0; i < ML_N_ROLES; i++)
        part->role[i].measured = role[i];
}

MlLedger *
ml_test_walk_ledger(const char *spec, const MlWalk *walk)
{
    MlLedger *ledger = ml_test_model(spec, walk->n);
    MlLedgerPart *stock = &ledger->parts[ledger->n_parts - 1];

    ledger->origin = ML_ORIGIN_MEASURED;
    for (guint i = 0; i < walk->n_parts; i++) {
        set_part(&ledger->parts[i], &walk->parts[i], &walk->totals[i]);
        ledger->measured_bytes += (gint64)ml_ledger_part_total(&ledger->parts[i]).measured;
    }
    stock->stock.measured = stock->role[ML_ROLE_ALLOCATOR].measured = STOCK;
    ledger->measured_bytes += STOCK;
    ledger->model_bytes = (guint64)ledger->measured_bytes;
    return ledger;
}

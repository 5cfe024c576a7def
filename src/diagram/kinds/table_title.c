#include "diagram/kinds/table_title.h"

#include <inttypes.h>

#include "base/language.h"
#include "core/structure.h"
#include "diagram/block.h"
#include "diagram/finding.h"
#include "diagram/kinds/slots_view.h"
#include "diagram/kinds/table.h"
#include "diagram/wording.h"

enum { FIRST_PART, SECOND_PART, FIRST_OBJECTS };

static double
share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* Blocks of objects, behind what the table itself is made of. */
static gboolean
has_objects(const MlWalk *walk, guint first)
{
    return walk->n_parts > first && walk->totals[first].blocks > 0;
}

/* What the blocks of a part take. */
static double
part_bytes(const MlLedger *ledger, const char *name)
{
    for (guint i = 0; i < ledger->n_parts; i++) {
        const MlLedgerPart *part = &ledger->parts[i];
        if (g_str_equal(part->name, name))
            return (double)ml_sum_figure(ledger, ml_ledger_part_total(part)) -
                   (double)ml_sum_figure(ledger, part->stock);
    }
    return 0;
}

/* "is 52 % empty". */
static char *
of_slots(const MlDiagramFacts *facts)
{
    MlSlotsView view;
    if (!ml_slots_view_init(&view, facts, NULL))
        return NULL;
    guint64 used = facts->walk->totals[view.hashes->part].used;
    double empty = share((double)(view.n_slots - used), (double)view.n_slots);
    return g_strdup_printf(_(" is %.0f\u202f%% empty:"), empty * 100);
}

/* ": 48 B nodes,", or ": 3 blocks an entry,". */
static char *
of_nodes(const MlDiagramFacts *facts)
{
    const MlWalk *walk = facts->walk;
    const MlWalkSample *node = ml_walk_sample(walk, SECOND_PART, 0);
    if (node == NULL)
        return NULL;
    if (!has_objects(walk, FIRST_OBJECTS))
        return g_strdup_printf(_(": %" PRIu64 " B nodes,"), ml_block_bytes(walk, node));
    guint64 blocks = 0;
    for (guint i = SECOND_PART; i < walk->n_parts; i++)
        blocks += walk->totals[i].blocks;
    return g_strdup_printf(_(": %.0f blocks an entry,"), (double)blocks / (double)walk->n);
}

/* " is 71 % objects:", or ": 8.4 B of index an entry,". */
static char *
of_entries(const MlDiagramFacts *facts, double all)
{
    const MlWalk *walk = facts->walk;
    double objects = 0;
    for (guint i = FIRST_OBJECTS; i < walk->n_parts; i++)
        objects += part_bytes(facts->ledgers[0], walk->parts[i].name);
    if (has_objects(walk, FIRST_OBJECTS))
        return g_strdup_printf(_(" is %.0f\u202f%% objects:"), share(objects, all) * 100);
    double index = (double)walk->totals[FIRST_PART].request_bytes;
    g_autofree char *each = ml_wording_amount(index / (double)walk->n, 1);
    return g_strdup_printf(_(": %s B of index an entry,"), each);
}

char *
ml_table_title(const MlDiagramFacts *facts)
{
    const MlWalk *walk = facts->walk;
    double bytes[ML_N_ROLES];
    ml_sum_blocks(facts->ledgers[0], bytes);
    double all = ml_sum_total(bytes);
    g_autofree char *name = ml_wording_a(walk->title);
    g_autofree char *found = NULL;
    if (walk->n < ML_FINDING_FEW || bytes[ML_ROLE_DATA] <= 0)
        return ml_finding_title(facts);
    if (g_str_equal(walk->shape, ml_shape_id(ML_SHAPE_OPEN_TABLE)))
        found = of_slots(facts);
    else if (g_str_equal(walk->shape, ml_shape_id(ML_SHAPE_BUCKETS)))
        found = of_nodes(facts);
    else
        found = of_entries(facts, all);
    if (found == NULL)
        return ml_finding_title(facts);
    g_autofree char *times = ml_wording_times(all / bytes[ML_ROLE_DATA]);
    return g_strdup_printf(_("%s%s %s its data"), name, found, times);
}

char *
ml_table_describe(const MlDiagramFacts *facts)
{
    MlClaim sum;
    const MlWalk *walk = facts->walk;
    g_autofree char *title = ml_table_title(facts);
    if (walk->n == 0)
        return g_strdup_printf(_("%s: nothing is asked of malloc."), title);
    GString *words = g_string_new(title);
    for (guint i = 0; i < walk->n_parts; i++) {
        const MlWalkTotals *totals = &walk->totals[i];
        const MlWalkSample *first = ml_walk_sample(walk, i, 0);
        g_autofree char *blocks = ml_wording_count(totals->blocks);
        g_autofree char *bytes = ml_wording_count(totals->request_bytes);
        if (first == NULL)
            continue;
        g_string_append_printf(words,
            _(". %s: %s %s, %s B asked for"),
            walk->parts[i].name,
            blocks,
            P_("block", "blocks", totals->blocks),
            bytes);
        guint64 slots = first->request_bytes / walk->parts[i].stride;
        if (totals->blocks == 1 && slots > 1) {
            g_autofree char *used = ml_wording_count(totals->used);
            g_autofree char *all = ml_wording_count(slots);
            g_string_append_printf(words, _(", %s of %s elements in use"), used, all);
        } else if (slots <= 1 || walk->parts[i].text) {
            g_autofree char *fields = ml_finding_fields(walk, first);
            g_string_append_printf(words, _("; the first in bytes %s"), fields);
        }
    }
    ml_table_claim(facts, &sum);
    g_autofree char *in_words = ml_finding_sum(facts, &sum);
    g_string_append_printf(words, ". %s", in_words);
    return g_string_free(words, FALSE);
}

#include "diagram/run.h"

#include "base/error.h"
#include "diagram/block.h"

static gboolean
find_block(const MlRun *run, guint64 index, MlRunBlock *ret_block)
{
    const MlWalkSample *block = ml_walk_sample(run->walk, run->part, index);
    if (block == NULL)
        return FALSE;
    *ret_block = (MlRunBlock){ .index = index, .block = block };
    return TRUE;
}

gboolean
ml_run_init(MlRun *run, const MlDiagramFacts *facts, guint part, GError **error)
{
    const MlWalk *walk = facts->walk;
    guint64 n = part < walk->n_parts ? walk->totals[part].blocks : 0;
    *run = (MlRun){ .walk = walk, .ledger = facts->ledgers[0], .part = part, .n = n };
    if (walk->n == 0)
        return TRUE;
    while (
        run->n_head < MIN(n, ML_RUN_MAX) && find_block(run, run->n_head, &run->head[run->n_head]))
        run->n_head++;
    if (run->n_head > 0 && find_block(run, n - 1, &run->last))
        return TRUE;
    return ml_fail(error,
        ML_ERROR_INPUT,
        "%s: the walk lacks the first or the last %s: record it anew",
        walk->structure,
        part < walk->n_parts ? walk->parts[part].name : "block");
}

guint
ml_run_pick(const MlRun *run, guint max, MlRunBlock *ret_blocks)
{
    guint n = MIN(run->n_head, max);
    for (guint i = 0; i < n; i++)
        ret_blocks[i] = run->head[i];
    if (n == run->n || max == 1)
        return n;
    guint last = n < max ? n : n - 1;
    ret_blocks[last] = run->last;
    return last + 1;
}

gboolean
ml_run_touch(const MlRun *run, const MlRunBlock *blocks, guint n)
{
    guint in_a_row = n < run->n ? n - 1 : n;
    for (guint i = 1; i < in_a_row; i++)
        if (!ml_block_is_followed_by(run->walk, blocks[i - 1].block, blocks[i].block))
            return FALSE;
    return in_a_row > 1;
}

guint
ml_run_digits(const MlRun *run)
{
    guint64 addresses[ML_RUN_MAX + 1];
    guint n = 0;
    for (; n < run->n_head; n++)
        addresses[n] = run->head[n].block->address;
    addresses[n++] = run->last.block->address;
    return ml_block_address_digits(addresses, n);
}

void
ml_run_claim(const MlRun *run, guint n_shown, MlClaim *ret_claim)
{
    double bytes[ML_N_ROLES];
    ml_sum_blocks(run->ledger, bytes);
    gboolean is_whole = n_shown == run->walk->n;
    *ret_claim = (MlClaim){
        .divisor = is_whole ? 1 : (double)run->walk->n,
        .n_undrawn = run->walk->n - n_shown,
    };
    for (int role = 0; role < ML_N_ROLES; role++)
        bytes[role] /= ret_claim->divisor;
    ml_sum_round(bytes, &ret_claim->sum);
}

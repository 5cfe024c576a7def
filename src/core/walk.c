#include "core/walk.h"

#include <string.h>

#include "core/arithmetic.h"

void
ml_walk_begin(MlWalkSink *sink, const MlPart *parts, uint32_t n_parts, MlCensus *census)
{
    memset(sink->totals, 0, sizeof sink->totals);
    sink->census = census != NULL && census->n_ranges > 0 ? census : NULL;
    sink->cursor = (MlCensusCursor){ .from = 0 };
    sink->run = (MlBlockRun){ .n = 0 };
    sink->run_end = 0;
    sink->parts = parts;
    sink->has_chunks = ml_block_has_chunk();
    sink->n_samples = 0;
    sink->n_windows = 0;
    sink->n_parts = n_parts;
    for (uint32_t i = 0; i < n_parts; i++) {
        sink->stride[i] = parts[i].room == 0 ? parts[i].stride : 0;
        sink->sliced[i] = parts[i].sliced;
    }
}

static MlWalkSample *
add_sample(MlWalkSink *sink, uint32_t part, const MlWalkRecent *block, uint64_t ordinal)
{
    MlWalkSample *sample = &sink->samples[sink->n_samples++];
    *sample = (MlWalkSample){
        .part = part,
        .ordinal = ordinal,
        .address = (uintptr_t)block->address,
        .request_bytes = block->request_bytes,
        .usable_bytes = ml_walk_extent(sink, part, block->address, block->request_bytes).usable,
        .used = block->used,
    };
    return sample;
}

void
ml_walk_take_sample(MlWalkSink *sink, uint32_t part, const MlWalkRecent *block, uint64_t ordinal)
{
    MlWalkSample *sample = add_sample(sink, part, block, ordinal);
    uint32_t stride = sink->stride[part];
    if (stride == 0) { /* not a run of elements: as much as there is room for */
        sample->head_bytes =
            (uint32_t)(block->request_bytes < ML_SAMPLE_BYTES ? block->request_bytes
                                                              : ML_SAMPLE_BYTES);
        memcpy(sample->bytes, block->address, sample->head_bytes);
        return;
    }
    uint64_t used_bytes = block->used * stride;
    bool is_whole = block->request_bytes <= ML_SAMPLE_BYTES;
    if (is_whole || used_bytes <= ML_SAMPLE_BYTES) {
        sample->head_bytes = (uint32_t)(is_whole ? block->request_bytes : used_bytes);
        memcpy(sample->bytes, block->address, sample->head_bytes);
        return;
    }
    sample->tail_bytes = ML_SAMPLE_BYTES / 4 / stride * stride;
    sample->head_bytes = (ML_SAMPLE_BYTES - sample->tail_bytes) / stride * stride;
    sample->tail_from = used_bytes - sample->tail_bytes;
    memcpy(sample->bytes, block->address, sample->head_bytes);
    memcpy(sample->bytes + sample->head_bytes,
        (const char *)block->address + sample->tail_from,
        sample->tail_bytes);
}

void
ml_walk_window(MlWalkSink *sink, uint32_t part, uint64_t from, uint32_t bytes)
{
    ml_walk_end_run(sink);
    uint64_t ordinal = sink->totals[part].blocks - 1;
    const MlWalkRecent *block = &sink->recent[part][ordinal % ML_WALK_TAIL];
    if (sink->n_windows == ML_WALK_WINDOWS || bytes > ML_SAMPLE_BYTES ||
        from + bytes > block->request_bytes)
        return;
    sink->n_windows++;
    MlWalkSample *sample = add_sample(sink, part, block, ordinal);
    sample->tail_bytes = bytes;
    sample->tail_from = from;
    memcpy(sample->bytes, (const char *)block->address + from, bytes);
}

static MlWalkRecent
block_of_run(const MlBlockRun *run, uint64_t i)
{
    uintptr_t address = run->address + i * ml_run_step(run);
    return (MlWalkRecent){
        .address = (const void *)address, .request_bytes = run->request_bytes, .used = run->used
    };
}

/* Samples the run's blocks that are among the first of their part, and notes those that may turn
 * out to be the last. */
static void
look_at_ends(MlWalkSink *sink, const MlBlockRun *run, uint64_t ordinal)
{
    for (uint64_t i = 0; i < run->n && ordinal + i < ML_WALK_HEAD; i++) {
        MlWalkRecent block = block_of_run(run, i);
        ml_walk_take_sample(sink, run->part, &block, ordinal + i);
    }
    for (uint64_t i = run->n - ml_least(run->n, ML_WALK_TAIL); i < run->n; i++)
        sink->recent[run->part][(ordinal + i) % ML_WALK_TAIL] = block_of_run(run, i);
}

void
ml_walk_end_run(MlWalkSink *sink)
{
    const MlBlockRun *run = &sink->run;
    MlWalkTotals *totals = &sink->totals[run->part];
    look_at_ends(sink, run, totals->blocks);
    totals->blocks += run->n;
    totals->request_bytes += run->n * run->request_bytes;
    totals->usable_bytes += run->n * run->extent.usable;
    totals->field_bytes += run->n * run->extent.field;
    totals->used += run->n * run->used;
    if (sink->census != NULL && run->n > 0) {
        if (sink->census->by_role != 0)
            ml_role_claim_run(sink->census, &sink->parts[run->part], run);
        else
            ml_census_run(sink->census, &sink->cursor, run);
    }
    sink->run.n = 0;
    sink->run_end = 0;
}

void
ml_walk_begin_run(MlWalkSink *sink, MlBlockRun run)
{
    enum { NEAR = 256 };
    if (run.address - sink->run_end < NEAR)
        __builtin_prefetch((const void *)(run.address + ML_WALK_AHEAD));
    ml_walk_end_run(sink);
    sink->run = run;
    sink->run_end = run.address + ml_run_step(&run);
}

void
ml_walk_end(MlWalkSink *sink)
{
    ml_walk_end_run(sink);
    for (uint32_t part = 0; part < sink->n_parts; part++) {
        uint64_t blocks = sink->totals[part].blocks;
        uint64_t first =
            blocks > ML_WALK_HEAD + ML_WALK_TAIL ? blocks - ML_WALK_TAIL : ML_WALK_HEAD;
        for (uint64_t k = first; k < blocks; k++)
            ml_walk_take_sample(sink, part, &sink->recent[part][k % ML_WALK_TAIL], k);
    }
}

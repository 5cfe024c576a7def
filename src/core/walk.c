#include "core/walk.h"

#include <stdbool.h>
#include <string.h>

#include "core/usable.h"

void
ml_walk_begin(MlWalkSink *sink, const MlPart *parts, uint32_t n_parts)
{
    memset(sink->totals, 0, sizeof sink->totals);
    sink->n_large = 0;
    sink->n_samples = 0;
    sink->n_parts = n_parts;
    for (uint32_t i = 0; i < n_parts; i++)
        sink->stride[i] = parts[i].stride;
}

/* Copies the block's bytes, or as many of its first and last used elements as there is room for. */
static void
take_sample(MlWalkSink *sink, uint32_t part, const MlWalkRecent *block, uint64_t ordinal)
{
    MlWalkSample *sample = &sink->samples[sink->n_samples++];
    *sample = (MlWalkSample){
        .part = part,
        .ordinal = ordinal,
        .address = (uintptr_t)block->address,
        .request_bytes = block->request_bytes,
        .usable_bytes = ml_block_usable(block->address, block->request_bytes),
        .used = block->used,
    };
    uint32_t stride = sink->stride[part];
    bool is_whole = block->request_bytes <= ML_SAMPLE_BYTES;
    uint64_t copy_bytes = is_whole ? block->request_bytes : block->used * stride;
    if (copy_bytes <= ML_SAMPLE_BYTES) {
        sample->head_bytes = (uint32_t)copy_bytes;
        memcpy(sample->bytes, block->address, copy_bytes);
        return;
    }
    sample->tail_bytes = ML_SAMPLE_BYTES / 4 / stride * stride;
    sample->head_bytes = (ML_SAMPLE_BYTES - sample->tail_bytes) / stride * stride;
    sample->tail_from = copy_bytes - sample->tail_bytes;
    memcpy(sample->bytes, block->address, sample->head_bytes);
    memcpy(sample->bytes + sample->head_bytes,
        (const char *)block->address + sample->tail_from,
        sample->tail_bytes);
}

void
ml_walk_block(
    MlWalkSink *sink, uint32_t part, const void *address, uint64_t request_bytes, uint64_t used)
{
    uint64_t usable_bytes = ml_block_usable(address, request_bytes);
    MlWalkTotals *totals = &sink->totals[part];
    uint64_t ordinal = totals->blocks++;
    totals->request_bytes += request_bytes;
    totals->usable_bytes += usable_bytes;
    totals->used += used;

    if (usable_bytes >= ML_WALK_LARGE_BYTES) {
        if (sink->n_large < ML_WALK_MAX_LARGE)
            sink->large[sink->n_large] = (MlWalkLarge){
                .part = part,
                .address = (uintptr_t)address,
                .request_bytes = request_bytes,
                .usable_bytes = usable_bytes,
            };
        sink->n_large++;
    }
    MlWalkRecent recent = { .address = address, .request_bytes = request_bytes, .used = used };
    if (ordinal < ML_WALK_HEAD)
        take_sample(sink, part, &recent, ordinal);
    else
        sink->recent[part][ordinal % ML_WALK_TAIL] = recent;
}

void
ml_walk_end(MlWalkSink *sink)
{
    for (uint32_t part = 0; part < sink->n_parts; part++) {
        uint64_t blocks = sink->totals[part].blocks;
        uint64_t first =
            blocks > ML_WALK_HEAD + ML_WALK_TAIL ? blocks - ML_WALK_TAIL : ML_WALK_HEAD;
        for (uint64_t k = first; k < blocks; k++)
            take_sample(sink, part, &sink->recent[part][k % ML_WALK_TAIL], k);
    }
}

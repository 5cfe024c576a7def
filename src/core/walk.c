#include "core/walk.h"

#include <string.h>

void
ml_walk_begin(MlWalkSink *sink, const MlPart *parts, uint32_t n_parts, MlCensus *census)
{
    memset(sink->totals, 0, sizeof sink->totals);
    sink->census = census != NULL && census->n_ranges > 0 ? census : NULL;
    sink->cursor = (MlCensusCursor){ .from = 0 };
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

void
ml_walk_claim(MlWalkSink *sink, uint32_t part, MlWalkRecent block, MlBlockExtent extent)
{
    uint64_t address = (uintptr_t)block.address;
    if (sink->census->by_role != 0)
        ml_role_claim_block(
            sink->census, &sink->parts[part], address, block.request_bytes, block.used, extent);
    else
        ml_census_block(sink->census, &sink->cursor, part, address, block.request_bytes, extent);
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

/* Copies the block's bytes, or as many of its first and last used elements as there is room for. */
static void
take_sample(MlWalkSink *sink, uint32_t part, const MlWalkRecent *block, uint64_t ordinal)
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

void
ml_walk_first(MlWalkSink *sink, uint32_t part, MlWalkRecent block, uint64_t ordinal)
{
    take_sample(sink, part, &block, ordinal);
}

/* Samples these blocks in place of those that came first and last in the heap. */
static void
sample_ends(MlWalkSink *sink, uint32_t part, uint64_t request_bytes, const MlWalkEnds *ends)
{
    uint64_t n = sink->totals[part].blocks;
    for (uint32_t i = 0; i < ML_WALK_HEAD; i++) {
        MlWalkRecent block = {
            .address = ends->head[i], .request_bytes = request_bytes, .used = 1
        };
        ml_walk_first(sink, part, block, i);
    }
    for (uint32_t i = 0; i < ML_WALK_TAIL; i++)
        sink->recent[part][(n - ML_WALK_TAIL + i) % ML_WALK_TAIL] = (MlWalkRecent){
            .address = ends->tail[i],
            .request_bytes = request_bytes,
            .used = 1,
        };
}

bool
ml_walk_heap(MlWalkSink *sink,
    uint32_t part,
    const void *lowest,
    const void *highest,
    uint64_t request_bytes,
    uint64_t n,
    const MlWalkEnds *ends)
{
    enum { FEW = 4096 };
    uintptr_t first = (uintptr_t)lowest;
    uintptr_t last = (uintptr_t)highest;
    if (!sink->has_chunks || n < FEW || last <= first)
        return false;
    MlBlockExtent extent = ml_chunk_extent(lowest);
    uint64_t chunk_bytes = extent.field + extent.usable;
    if (extent.field != ml_chunk_extent(highest).field || (last - first) % chunk_bytes != 0 ||
        (last - first) / chunk_bytes != n - 1)
        return false;
    for (uintptr_t at = first; at <= last; at += chunk_bytes)
        if (ml_chunk_extent((const void *)at).usable != extent.usable)
            return false;
    uint32_t n_samples = sink->n_samples;
    for (uintptr_t at = first; at <= last; at += chunk_bytes)
        ml_walk_block(sink, part, (const void *)at, request_bytes, 1);
    sink->n_samples = n_samples;
    sample_ends(sink, part, request_bytes, ends);
    return true;
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

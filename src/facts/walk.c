#include "facts/walk.h"

#include <string.h>

#include "base/text.h"
#include "facts/make.h"

/* Blocks out of GLib's slices have no size field. */
static gboolean
most_are_sliced(const MlWalk *walk)
{
    guint most = 0;
    for (guint i = 1; i < walk->n_parts; i++)
        if (walk->totals[i].blocks > walk->totals[most].blocks)
            most = i;
    return walk->parts[most].sliced;
}

MlWalk *
ml_walk_from_sink(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    const MlWalkSink *sink)
{
    MlWalk *walk = g_new0(MlWalk, 1);
    walk->structure = g_strdup(structure->name);
    walk->title = g_strdup(structure->title);
    walk->shape = g_strdup(ml_shape_id(structure->shape));
    walk->n = n;
    walk->allocator = g_strdup(allocator->name);
    walk->origin = ML_ORIGIN_MEASURED;
    ml_fact_options_fill(structure, options, &walk->options);
    walk->n_parts = structure->parts(n, options, walk->parts);
    memcpy(walk->totals, sink->totals, sizeof walk->totals);
    walk->field_bytes = most_are_sliced(walk) ? 0 : allocator->field_bytes;
    walk->n_samples = sink->n_samples;
    walk->samples = g_memdup2(sink->samples, sink->n_samples * sizeof *sink->samples);
    return walk;
}

void
ml_walk_free(MlWalk *walk)
{
    if (walk == NULL)
        return;
    g_free(walk->structure);
    g_free(walk->title);
    g_free(walk->shape);
    ml_fact_options_clear(&walk->options);
    g_free(walk->allocator);
    g_free(walk->samples);
    ml_page_map_free(walk->pages);
    g_clear_pointer(&walk->owned_names, g_ptr_array_unref);
    g_free(walk);
}

int
ml_walk_part(const MlWalk *walk, const char *name)
{
    for (guint i = 0; i < walk->n_parts; i++)
        if (g_str_equal(walk->parts[i].name, name))
            return (int)i;
    return -1;
}

const MlWalkSample *
ml_walk_sample(const MlWalk *walk, guint part, guint64 ordinal)
{
    for (guint i = 0; i < walk->n_samples; i++)
        if (walk->samples[i].part == part && walk->samples[i].ordinal == ordinal)
            return &walk->samples[i];
    return NULL;
}

const MlWalkSample *
ml_walk_find(const MlWalk *walk, guint64 address)
{
    for (guint i = 0; i < walk->n_samples; i++)
        if (walk->samples[i].address == address)
            return &walk->samples[i];
    return NULL;
}

/* The bytes [offset, offset + size) of the block, or NULL where this sample has not got them. */
static const guint8 *
bytes_in(const MlWalkSample *sample, guint64 offset, guint64 size)
{
    if (offset + size <= sample->head_bytes)
        return sample->bytes + offset;
    if (offset >= sample->tail_from && offset + size <= sample->tail_from + sample->tail_bytes)
        return sample->bytes + sample->head_bytes + (offset - sample->tail_from);
    return NULL;
}

/* The same, from any sample of that block. */
static const guint8 *
sampled_bytes(const MlWalk *walk, const MlWalkSample *block, guint64 offset, guint64 size)
{
    const guint8 *bytes = bytes_in(block, offset, size);
    for (guint i = 0; i < walk->n_samples && bytes == NULL; i++)
        if (walk->samples[i].address == block->address)
            bytes = bytes_in(&walk->samples[i], offset, size);
    return bytes;
}

gboolean
ml_walk_field(
    const MlWalk *walk, const MlWalkSample *sample, guint64 element, guint field, gint64 *ret_value)
{
    const MlPart *part = &walk->parts[sample->part];
    const MlField *kind = &part->fields[field];
    guint64 step = kind->each ? kind->size : part->stride;
    const guint8 *bytes = sampled_bytes(walk, sample, element * step + kind->offset, kind->size);
    if (bytes == NULL || kind->size == 0 || kind->size > sizeof *ret_value)
        return FALSE;
    guint64 value = 0;
    memcpy(&value, bytes, kind->size); /* little-endian, as all machines that memlab builds on */
    guint unused_bits = 64 - 8 * kind->size;
    *ret_value =
        kind->kind == ML_FIELD_INT ? (gint64)(value << unused_bits) >> unused_bits : (gint64)value;
    return TRUE;
}

char *
ml_walk_text(const MlWalk *walk, const MlWalkSample *sample)
{
    const MlPart *part = &walk->parts[sample->part];
    if (!part->text || sample->request_bytes < part->stride)
        return NULL;
    guint64 length = sample->request_bytes - part->stride;
    const guint8 *chars = bytes_in(sample, part->stride - 1, length);
    if (chars == NULL)
        return NULL;
    g_autofree char *raw = g_strndup((const char *)chars, length);
    return ml_text_clean(raw);
}

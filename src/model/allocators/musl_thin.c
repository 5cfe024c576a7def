/* Groups that are left without a block when most blocks are freed. */
#include "model/allocators/musl_heap.h"

/* What goes back to the kernel at once: the group, or the one around it that is a mapping. */
typedef struct {
    uint64_t slots; /* for blocks */
    uint64_t bytes;
} Mapping;

static Mapping
mapping_of(uint32_t class, uint64_t page_bytes)
{
    uint64_t block_bytes = ml_musl_class_units[class] * (uint64_t)ML_MUSL_UNIT - ML_MUSL_FIELD;
    MlMuslShape shape = ml_musl_shape(NULL, class, block_bytes, page_bytes);
    Mapping mapping = { .slots = shape.slots };
    while (shape.mapped_bytes == 0) {
        shape = ml_musl_shape(NULL, shape.parent_class, block_bytes, page_bytes);
        mapping.slots *= shape.slots;
    }
    mapping.bytes = shape.mapped_bytes;
    return mapping;
}

static uint64_t
end_of(const MlThinRuns *runs, const void *owner)
{
    for (uint32_t i = runs->n_runs; i-- > 0;)
        if (runs->runs[i].owner == owner)
            return runs->runs[i].start + runs->runs[i].count * runs->runs[i].width;
    return 0;
}

void
ml_musl_note_rounds(MlMuslHeap *heap, const MlStep *step)
{
    uint32_t width[ML_MUSL_CLASSES] = { 0 };
    for (uint32_t i = 0; i < step->n_requests; i++)
        if (step->round[i].request_bytes < ML_MUSL_THRESHOLD)
            width[ml_musl_class(step->round[i].request_bytes)]++;
    for (uint32_t class = 0; class < ML_MUSL_CLASSES; class ++)
        if (width[class] > 0)
            ml_thin_note(&heap->runs,
                (MlThinRun){
                    .owner = &heap->usage[class],
                    .start = end_of(&heap->runs, &heap->usage[class]),
                    .first_round = heap->n_rounds,
                    .count = step->count,
                    .width = width[class],
                });
    heap->n_rounds += step->count;
}

void
ml_musl_thin(MlMuslHeap *heap, uint64_t every)
{
    for (uint32_t i = 0; i < heap->runs.n_runs; i++) {
        const MlThinRun *run = &heap->runs.runs[i];
        uint32_t class = (uint32_t)((const uint64_t *)run->owner - heap->usage);
        Mapping mapping = mapping_of(class, heap->page_bytes);
        MlThinned thinned = ml_thin_emptied(run, every, mapping.slots);
        uint64_t bytes = thinned.slabs * mapping.bytes;
        heap->full_bytes -= bytes < heap->full_bytes ? bytes : heap->full_bytes;
    }
}

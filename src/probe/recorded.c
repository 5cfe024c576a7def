#include "probe/recorded.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include "core/record.h"
#include "core/wire.h"

/* So many blocks of that size are of that part. */
typedef struct {
    uint64_t bytes;
    uint64_t left; /* to be found */
    uint64_t used;
    uint32_t part;
} Known;

typedef struct {
    uint32_t count;
    Known known[ML_PLAN_MAX_STEPS * ML_PLAN_MAX_ROUND];
} Sizes;

/* Static: they would not fit on the stack. */
static MlPlan plan;
static Sizes sizes;

static void
add_size(uint64_t bytes, uint64_t count, uint32_t part, uint64_t used)
{
    for (uint32_t i = 0; i < sizes.count; i++) {
        Known *known = &sizes.known[i];
        if (known->bytes == bytes && known->part == part && known->used == used) {
            known->left += count;
            return;
        }
    }
    sizes.known[sizes.count++] =
        (Known){ .bytes = bytes, .left = count, .used = used, .part = part };
}

/* Returns: a kind of blocks of that size of which some are to be found yet; NULL: none. */
static Known *
find_size(uint64_t bytes)
{
    for (uint32_t i = 0; i < sizes.count; i++)
        if (sizes.known[i].bytes == bytes && sizes.known[i].left > 0)
            return &sizes.known[i];
    return NULL;
}

/* The sizes of what is left in the end; the last size of a block that was resized. */
static void
read_plan(void)
{
    uint64_t bytes[ML_PLAN_MAX_BLOCKS] = { 0 };
    sizes.count = 0;
    for (uint32_t i = 0; i < plan.n_steps; i++) {
        const MlStep *step = &plan.steps[i];
        if (step->kind == ML_STEP_ALLOC || step->kind == ML_STEP_REALLOC)
            bytes[step->block] = step->bytes;
        else if (step->kind == ML_STEP_FREE)
            bytes[step->block] = 0;
        for (uint32_t k = 0; step->kind == ML_STEP_REPEAT && k < step->n_requests; k++)
            add_size(step->round[k].request_bytes, step->stays, step->round[k].part, 1);
    }
    for (uint32_t i = 0; i < plan.n_blocks; i++)
        if (bytes[i] > 0)
            add_size(bytes[i], 1, plan.blocks[i].part, plan.blocks[i].used);
}

static void
report(MlRecord *record, MlWalkSink *sink)
{
    record->unknown = 0;
    for (uint64_t i = 0; i < record->n_slots; i++) {
        const MlRecordBlock *block = &record->blocks[i];
        if (block->address == 0)
            continue;
        Known *known = find_size(block->bytes);
        if (known == NULL) {
            record->unknown++;
            continue;
        }
        known->left--;
        const void *address = (const void *)(uintptr_t)block->address;
        ml_walk_block(sink, known->part, address, block->bytes, known->used);
    }
}

bool
ml_recorded_walk(
    const MlStructure *structure, uint64_t n, const MlOptions *options, MlWalkSink *sink)
{
    struct stat file;
    if (fstat(ML_WIRE_RECORD_FD, &file) != 0 || (uint64_t)file.st_size <= sizeof(MlRecord))
        return false;
    MlRecord *record =
        mmap(NULL, (size_t)file.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, ML_WIRE_RECORD_FD, 0);
    if (record == MAP_FAILED)
        return false;
    bool is_wanted =
        record->stands_for_walk != 0 && ml_record_bytes(record->n_slots) == (uint64_t)file.st_size;
    if (is_wanted) {
        ml_structure_plan(structure, n, options, &plan);
        read_plan();
        report(record, sink);
    }
    munmap(record, (size_t)file.st_size);
    return is_wanted;
}

#include "allocations.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

enum { MAX_CALLS = 1 << 16 };

/* The linker's names: what the caller meant, and what it now calls. */
void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *address, size_t bytes);
void __real_free(void *address);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *address, size_t bytes);
void __wrap_free(void *address);

static struct {
    bool is_recording;
    size_t refuse;
    size_t n_requests;
    size_t n_foreign;
    size_t n_calls;
    MlCall calls[MAX_CALLS];
    size_t n_blocks;
    void *blocks[MAX_CALLS]; /* NULL: freed */
} record;

void
ml_allocations_begin(size_t refuse)
{
    record.is_recording = true;
    record.refuse = refuse;
    record.n_requests = record.n_foreign = record.n_calls = record.n_blocks = 0;
}

void
ml_allocations_end(void)
{
    record.is_recording = false;
}

const MlCall *
ml_allocations_calls(size_t *ret_count)
{
    *ret_count = record.n_calls;
    return record.calls;
}

size_t
ml_allocations_live(void)
{
    size_t live = 0;
    for (size_t i = 0; i < record.n_blocks; i++)
        live += record.blocks[i] != NULL;
    return live;
}

size_t
ml_allocations_foreign(void)
{
    return record.n_foreign;
}

static void
note(MlCallKind kind, size_t block, uint64_t bytes)
{
    assert(record.n_calls < MAX_CALLS);
    record.calls[record.n_calls++] = (MlCall){ .kind = kind, .bytes = bytes, .block = block };
}

static bool
is_refused(void)
{
    return record.is_recording && record.n_requests++ == record.refuse;
}

static void *
note_alloc(void *address, uint64_t bytes)
{
    if (record.is_recording && address != NULL) {
        assert(record.n_blocks < MAX_CALLS);
        note(ML_CALL_ALLOC, record.n_blocks, bytes);
        record.blocks[record.n_blocks++] = address;
    }
    return address;
}

/* Returns: n_blocks where there is none. */
static size_t
find_block(const void *address)
{
    size_t block = 0;
    while (block < record.n_blocks && record.blocks[block] != address)
        block++;
    record.n_foreign += block == record.n_blocks;
    return block;
}

static void *
refuse(void)
{
    errno = ENOMEM;
    return NULL;
}

void *
__wrap_malloc(size_t bytes)
{
    return is_refused() ? refuse() : note_alloc(__real_malloc(bytes), bytes);
}

void *
__wrap_calloc(size_t count, size_t bytes)
{
    return is_refused() ? refuse() : note_alloc(__real_calloc(count, bytes), count * bytes);
}

void *
__wrap_realloc(void *address, size_t bytes)
{
    if (is_refused())
        return refuse();
    if (!record.is_recording || address == NULL)
        return note_alloc(__real_realloc(address, bytes), bytes);
    size_t block = find_block(address);
    void *moved = __real_realloc(address, bytes);
    if (moved != NULL && block < record.n_blocks) {
        note(ML_CALL_REALLOC, block, bytes);
        record.blocks[block] = moved;
    }
    return moved;
}

void
__wrap_free(void *address)
{
    if (record.is_recording && address != NULL) {
        size_t block = find_block(address);
        if (block < record.n_blocks) {
            note(ML_CALL_FREE, block, 0);
            record.blocks[block] = NULL;
        }
    }
    __real_free(address);
}

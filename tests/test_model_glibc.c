#include "each_structure.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/spec.h"
#include "model/allocators/glibc_heap.h"

enum {
    PAGE = 4096,
    SAME_SIZE = 64, /* blocks asked for of each size: some come from larger left-overs */
    MIB = 1 << 20,
};

/* The sanitiser brings its own malloc. */
static bool
malloc_is_glibc(void)
{
#ifdef __SANITIZE_ADDRESS__
    return false;
#else
    return true;
#endif
}

/* --- against the real malloc ------------------------------------------------------------------ */

static guint64
really_taken(size_t request_bytes)
{
    void *blocks[SAME_SIZE];
    size_t usable = SIZE_MAX;

    for (size_t i = 0; i < SAME_SIZE; i++) {
        blocks[i] = malloc(request_bytes);
        assert_non_null(blocks[i]);
        usable = MIN(usable, malloc_usable_size(blocks[i]));
    }
    for (size_t i = 0; i < SAME_SIZE; i++)
        free(blocks[i]);
    return usable + sizeof(size_t);
}

static void
a_request_takes_what_malloc_takes(void **state)
{
    const MlAllocator *glibc = ml_allocator_find("glibc");

    if (!malloc_is_glibc())
        return;
    for (size_t bytes = 0; bytes <= 200; bytes++)
        ml_assert_same(bytes, "taken", glibc->taken(bytes), really_taken(bytes));
    for (size_t bytes = 1000; bytes <= 70000; bytes += 1013)
        ml_assert_same(bytes, "taken", glibc->taken(bytes), really_taken(bytes));
}

static void
a_mapped_block_takes_what_malloc_maps(void **state)
{
    static const size_t sizes[] = { MIB - 17,
        MIB - 16,
        MIB - 15,
        MIB,
        MIB + 1,
        MIB + PAGE - 17,
        MIB + PAGE - 16,
        MIB + PAGE - 15,
        3 * MIB };

    if (!malloc_is_glibc())
        return;
    mallopt(M_MMAP_THRESHOLD, 128 * 1024); /* pinned, as in the probe */
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        MlCase it = { 0 };
        assert_true(ml_spec_parse("packed-array:width=1", &it.structure, &it.options, NULL));
        g_autofree MlModel *model = ml_case_model(&it, sizes[i], PAGE);
        void *block = malloc(sizes[i]);
        assert_non_null(block);
        ml_assert_same(sizes[i], "usable", model->part[0].cost.usable, malloc_usable_size(block));
        free(block);
    }
}

/* --- the replay of a heap --------------------------------------------------------------------- */

static MlHeapChunk
take(MlHeap *heap, uint64_t chunk_bytes)
{
    MlHeapChunk chunk = { 0 };
    assert_true(ml_heap_alloc(heap, chunk_bytes, &chunk));
    return chunk;
}

static void
chunks_follow_one_another(void **state)
{
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    assert_int_equal(take(&heap, 2000).start, 0);
    assert_int_equal(take(&heap, 3008).start, 2000);
    assert_int_equal(heap.top, 5008);
    assert_int_equal(ml_heap_trim(&heap), 2 * PAGE);
}

static void
a_freed_chunk_is_taken_again_by_the_best_fit(void **state)
{
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk large = take(&heap, 9008), between = take(&heap, 2000);
    MlHeapChunk small = take(&heap, 5008);
    take(&heap, 2000);
    ml_heap_free(&heap, large);
    ml_heap_free(&heap, small);
    assert_int_equal(take(&heap, 4992).start, small.start);
    assert_int_equal(take(&heap, 4992).start, large.start);
    assert_int_equal(heap.n_free, 1);
    /* Its rest, and what is freed beside it, become one. */
    ml_heap_free(&heap, between);
    assert_int_equal(heap.n_free, 1);
    assert_int_equal(heap.free[0].start, large.start + 4992);
    assert_int_equal(heap.free[0].bytes, 9008 - 4992 + 2000);
}

static void
small_freed_chunks_wait_in_the_cache(void **state)
{
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk chunks[8];
    for (size_t i = 0; i < 8; i++)
        chunks[i] = take(&heap, 64);
    take(&heap, 64);
    for (size_t i = 0; i < 8; i++)
        ml_heap_free(&heap, chunks[i]);
    assert_int_equal(heap.cached[4], 7); /* it holds seven; the eighth is free */
    assert_int_equal(heap.n_free, 1);
    uint64_t top = heap.top;
    ml_heap_repeat(&heap, 8, (const uint64_t[]){ 64 }, 1, false);
    assert_int_equal(heap.top, top);
    assert_int_equal(heap.cached[4], 0);
    assert_int_equal(heap.n_free, 0);
}

static void
calloc_and_realloc_pass_the_cache_by(void **state)
{
    MlHeap heap;
    MlHeapChunk chunk;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk cached = take(&heap, 64);
    take(&heap, 64);
    ml_heap_free(&heap, cached);
    uint64_t top = heap.top;
    assert_true(ml_heap_alloc_uncached(&heap, 64, &chunk));
    assert_int_equal(chunk.start, top);
    assert_int_equal(heap.cached[4], 1);
    assert_true(ml_heap_alloc(&heap, 64, &chunk));
    assert_int_equal(heap.cached[4], 0);
    assert_int_equal(heap.top, top + 64);
}

static void
the_last_chunk_grows_where_it_is(void **state)
{
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk first = take(&heap, 2000), last = take(&heap, 2000);
    assert_false(ml_heap_resize(&heap, &first, 4000));
    assert_true(ml_heap_resize(&heap, &last, 4000));
    assert_int_equal(last.bytes, 4000);
    assert_int_equal(heap.top, 6000);
}

static void
a_chunk_grows_into_what_is_free_behind_it(void **state)
{
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk first = take(&heap, 2000), second = take(&heap, 3200), last = take(&heap, 2000);
    ml_heap_free(&heap, second);
    assert_false(ml_heap_resize(&heap, &first, 5216));
    assert_true(ml_heap_resize(&heap, &first, 4000));
    assert_int_equal(first.bytes, 4000);
    assert_int_equal(heap.n_free, 1);
    assert_int_equal(heap.free[0].bytes, 1200);
    assert_true(ml_heap_resize(&heap, &first, 5200)); /* all of it */
    assert_int_equal(heap.n_free, 0);
    assert_int_equal(heap.top, last.start + last.bytes);
}

static void
what_is_cut_off_a_chunk_is_free(void **state)
{
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk first = take(&heap, 4000);
    take(&heap, 2000);
    assert_true(ml_heap_resize(&heap, &first, 3984)); /* 16 B are no chunk */
    assert_int_equal(first.bytes, 4000);
    assert_true(ml_heap_resize(&heap, &first, 1000));
    assert_int_equal(first.bytes, 1000);
    assert_int_equal(heap.n_free, 1);
    assert_int_equal(heap.free[0].start, 1000);
    assert_int_equal(heap.free[0].bytes, 3000);
}

static void
freed_pages_go_back_but_for_their_ends(void **state)
{
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk chunk = take(&heap, 10 * PAGE);
    take(&heap, 2000);
    assert_int_equal(ml_heap_trim(&heap), 11 * PAGE);
    ml_heap_free(&heap, chunk);
    assert_int_equal(ml_heap_trim(&heap), 3 * PAGE); /* its links, its end, the chunk behind */
}

static void
large_chunks_are_mapped_unless_something_free_fits(void **state)
{
    MlHeap heap;
    MlHeapChunk chunk;

    ml_heap_init(&heap, PAGE);
    assert_false(ml_heap_alloc(&heap, 200 * 1024, &chunk));
    assert_int_equal(heap.top, 0);
    MlHeapChunk hole = take(&heap, 100 * 1024), next = take(&heap, 100 * 1024);
    take(&heap, 2000);
    ml_heap_free(&heap, hole);
    ml_heap_free(&heap, next);
    assert_true(ml_heap_alloc(&heap, 200 * 1024, &chunk));
    assert_int_equal(chunk.start, hole.start);
}

static void
rounds_find_what_is_left_of_a_hole(void **state)
{
    const uint64_t chunks[] = { 48, 32 };
    MlHeap heap;

    ml_heap_init(&heap, PAGE);
    MlHeapChunk hole = take(&heap, 2 * 80 + 32);
    take(&heap, 64);
    ml_heap_give_back(&heap, hole);
    uint64_t top = heap.top;
    ml_heap_repeat(
        &heap, 4, chunks, 2, false); /* two in the hole, and the third one's last chunk */
    assert_int_equal(heap.top, top + 48 + 80);
    assert_int_equal(heap.n_free, 0);
}

/* However the rounds are cut up, the same bytes are placed. */
static void
rounds_may_be_counted_in_one_stride(void **state)
{
    const uint64_t chunks[] = { 48, 32 };
    MlHeap whole, single;

    ml_heap_init(&whole, PAGE);
    ml_heap_init(&single, PAGE);
    ml_heap_repeat(&whole, 100000, chunks, 2, false);
    for (int i = 0; i < 100000; i++)
        ml_heap_repeat(&single, 1, chunks, 2, false);
    assert_int_equal(whole.top, 100000 * 80);
    assert_int_equal(single.top, whole.top);
    assert_int_equal(ml_heap_trim(&single), ml_heap_trim(&whole));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_takes_what_malloc_takes),
        cmocka_unit_test(a_mapped_block_takes_what_malloc_maps),
        cmocka_unit_test(chunks_follow_one_another),
        cmocka_unit_test(a_freed_chunk_is_taken_again_by_the_best_fit),
        cmocka_unit_test(small_freed_chunks_wait_in_the_cache),
        cmocka_unit_test(calloc_and_realloc_pass_the_cache_by),
        cmocka_unit_test(the_last_chunk_grows_where_it_is),
        cmocka_unit_test(a_chunk_grows_into_what_is_free_behind_it),
        cmocka_unit_test(what_is_cut_off_a_chunk_is_free),
        cmocka_unit_test(freed_pages_go_back_but_for_their_ends),
        cmocka_unit_test(large_chunks_are_mapped_unless_something_free_fits),
        cmocka_unit_test(rounds_find_what_is_left_of_a_hole),
        cmocka_unit_test(rounds_may_be_counted_in_one_stride),
    };
    return cmocka_run_group_tests_name("model/glibc", tests, NULL, NULL);
}

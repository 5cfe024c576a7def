#include "ml_test.h"

#include <string.h>

#include "core/walk_heap.h"

/* A heap made by hand: chunks of CHUNK bytes side by side, each with its size in front as glibc has
 * it, so that what is found can be told to the byte. */

enum { CHUNK = 32, FIELD = 8, REQUEST = 20, N = 5001 };

static uint64_t heap[(N + 1) * CHUNK / sizeof(uint64_t)];
static MlWalkSink sink;

static char *
block(uint64_t i)
{
    return (char *)heap + FIELD + i * CHUNK;
}

static void
set_chunk(uint64_t i, uint64_t bytes)
{
    enum { PREVIOUS_IN_USE = 1 };
    uint64_t word = bytes | PREVIOUS_IN_USE;
    memcpy(block(i) - FIELD, &word, sizeof word);
}

static void
begin(void)
{
    MlPart parts[2];
    ml_part_init(&parts[0], "array", sizeof(void *));
    ml_part_init(&parts[1], "box", REQUEST);
    for (uint64_t i = 0; i <= N; i++)
        set_chunk(i, CHUNK);
    ml_walk_begin(&sink, parts, 2, NULL);
    sink.has_chunks = true;
}

static MlWalkHeap
whole_heap(void)
{
    return (MlWalkHeap){ .lowest = block(0), .highest = block(N - 1) };
}

static void
assert_boxes(uint64_t n)
{
    assert_int_equal(sink.totals[1].blocks, n);
    assert_int_equal(sink.totals[1].request_bytes, n * REQUEST);
    assert_int_equal(sink.totals[1].usable_bytes, n * (CHUNK - FIELD));
    assert_int_equal(sink.totals[1].field_bytes, n * FIELD);
    assert_int_equal(sink.totals[1].used, n);
}

static void
blocks_side_by_side_are_one_run(void **state)
{
    begin();
    for (uint64_t i = 0; i < 100; i++)
        ml_walk_block(&sink, 1, block(i), REQUEST, 1);
    assert_int_equal(sink.run.n, 100);
    ml_walk_end(&sink);
    assert_boxes(100);
    assert_int_equal(sink.n_samples, ML_WALK_HEAD + ML_WALK_TAIL);
    assert_int_equal(sink.samples[ML_WALK_HEAD].address, (uintptr_t)block(100 - ML_WALK_TAIL));
}

/* What differs in anything begins a run of its own, and is counted as what it is. */
static void
what_differs_begins_another_run(void **state)
{
    begin();
    set_chunk(4, 2 * CHUNK);
    ml_walk_block(&sink, 1, block(0), REQUEST, 1);
    ml_walk_block(&sink, 1, block(1), REQUEST, 1);
    ml_walk_block(&sink, 0, block(2), REQUEST, 1);     /* of another part */
    ml_walk_block(&sink, 0, block(3), REQUEST - 1, 1); /* asked for less */
    ml_walk_block(&sink, 0, block(4), REQUEST - 1, 1); /* a longer chunk */
    ml_walk_block(&sink, 0, block(6), REQUEST - 1, 1); /* a shorter one again */
    ml_walk_block(&sink, 0, block(7), REQUEST - 1, 2); /* more in use */
    ml_walk_block(&sink, 0, block(9), REQUEST - 1, 2); /* not side by side */
    assert_int_equal(sink.run.n, 1);
    ml_walk_end(&sink);
    assert_boxes(2);
    assert_int_equal(sink.totals[0].blocks, 6);
    assert_int_equal(sink.totals[0].request_bytes, 6 * REQUEST - 5);
    assert_int_equal(sink.totals[0].usable_bytes, 6 * (CHUNK - FIELD) + CHUNK);
    assert_int_equal(sink.totals[0].used, 8);
}

/* In the order of the heap; what was reported before stays, and its sample with it. */
static void
a_heap_is_walked_after_what_came_before(void **state)
{
    begin();
    MlWalkHeap whole = whole_heap();
    ml_walk_block(&sink, 0, block(N), REQUEST, 1);
    assert_true(ml_walk_heap(&sink, 1, &whole, REQUEST, N));
    ml_walk_end(&sink);
    assert_boxes(N);
    assert_int_equal(sink.totals[0].blocks, 1);
    assert_int_equal(sink.samples[0].part, 0);
    for (uint64_t i = 0; i < ML_WALK_HEAD; i++)
        assert_int_equal(sink.samples[1 + i].address, (uintptr_t)block(i));
}

static void
the_blocks_noted_are_sampled(void **state)
{
    begin();
    MlWalkHeap whole = whole_heap();
    for (uint64_t i = 0; i < N; i++) /* the other way round */
        ml_walk_heap_note(&whole, i, N, block(N - 1 - i));
    ml_walk_block(&sink, 0, block(N), REQUEST, 1);
    assert_true(ml_walk_heap(&sink, 1, &whole, REQUEST, N));
    ml_walk_end(&sink);
    assert_boxes(N);
    assert_int_equal(sink.n_samples, 1 + ML_WALK_HEAD + ML_WALK_TAIL);
    for (uint64_t i = 0; i < ML_WALK_HEAD; i++)
        assert_int_equal(sink.samples[1 + i].address, (uintptr_t)block(N - 1 - i));
    for (uint64_t i = 0; i < ML_WALK_TAIL; i++)
        assert_int_equal(
            sink.samples[1 + ML_WALK_HEAD + i].address, (uintptr_t)block(ML_WALK_TAIL - 1 - i));
    for (uint32_t i = 0; i < sink.n_samples; i++) {
        assert_int_equal(sink.samples[i].used, 1);
        assert_int_equal(sink.samples[i].request_bytes, REQUEST);
    }
}

static void
assert_refused(const MlWalkHeap *it, uint64_t n)
{
    assert_false(ml_walk_heap(&sink, 1, it, REQUEST, n));
    ml_walk_end(&sink);
    assert_int_equal(sink.totals[1].blocks, 0);
    assert_int_equal(sink.n_samples, 0);
}

/* One chunk of another size anywhere: in each of the places looked at at once, and in the rest. */
static void
a_chunk_of_another_size_is_noticed(void **state)
{
    static const uint64_t places[] = { 0, 1, N / 4, N / 2 + 3, N - 2, N - 1 };
    MlWalkHeap whole = whole_heap();
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        begin();
        set_chunk(places[i], CHUNK + 16);
        assert_refused(&whole, N);
    }
}

static void
a_heap_that_is_not_to_be_relied_on_is_left_alone(void **state)
{
    MlWalkHeap whole = whole_heap();
    begin();
    assert_refused(&whole, N - 1); /* another number of blocks */
    begin();
    sink.has_chunks = false; /* another allocator */
    assert_refused(&whole, N);
    begin();
    whole.lowest = NULL;
    assert_refused(&whole, N);
    begin();
    assert_refused(&(MlWalkHeap){ .lowest = block(0), .highest = block(9) }, 10); /* few */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_side_by_side_are_one_run),
        cmocka_unit_test(what_differs_begins_another_run),
        cmocka_unit_test(a_heap_is_walked_after_what_came_before),
        cmocka_unit_test(the_blocks_noted_are_sampled),
        cmocka_unit_test(a_chunk_of_another_size_is_noticed),
        cmocka_unit_test(a_heap_that_is_not_to_be_relied_on_is_left_alone),
    };
    return cmocka_run_group_tests_name("core/walk_heap", tests, NULL, NULL);
}

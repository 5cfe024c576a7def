#include "ml_test.h"

#include <stdlib.h>
#include <string.h>

#include "core/walk.h"

enum { STRIDE = 24 };

/* A collector for one part of elements of STRIDE bytes. */
static MlWalkSink *
begin(void)
{
    static MlWalkSink sink;
    MlPart part;

    ml_part_init(&part, "part", STRIDE);
    memset(&sink, 0xff, sizeof sink); /* as the walk before may have left it */
    ml_walk_begin(&sink, &part, 1, NULL);
    return &sink;
}

/* Reports @n_blocks blocks of one element, whose first byte is their number. */
static void
report_blocks(MlWalkSink *sink, size_t n_blocks, uint8_t *blocks[])
{
    for (size_t i = 0; i < n_blocks; i++) {
        blocks[i] = malloc(STRIDE);
        assert_non_null(blocks[i]);
        memset(blocks[i], (int)i, STRIDE);
        ml_walk_block(sink, 0, blocks[i], STRIDE, 1);
    }
    ml_walk_end(sink);
}

static void
free_blocks(size_t n_blocks, uint8_t *blocks[])
{
    for (size_t i = 0; i < n_blocks; i++)
        free(blocks[i]);
}

static void
totals_are_summed(void **state)
{
    MlWalkSink *sink = begin();
    uint8_t *blocks[3];

    report_blocks(sink, 3, blocks);
    assert_int_equal(sink->totals[0].blocks, 3);
    assert_int_equal(sink->totals[0].request_bytes, 3 * STRIDE);
    assert_true(sink->totals[0].usable_bytes >= 3 * STRIDE);
    assert_int_equal(sink->totals[0].used, 3);
    free_blocks(3, blocks);
}

static void
the_first_and_the_last_blocks_are_sampled(void **state)
{
    enum { N = 100, KEPT = ML_WALK_HEAD + ML_WALK_TAIL };
    MlWalkSink *sink = begin();
    uint8_t *blocks[N];

    report_blocks(sink, N, blocks);
    assert_int_equal(sink->n_samples, KEPT);
    for (size_t i = 0; i < KEPT; i++) {
        size_t ordinal = i < ML_WALK_HEAD ? i : N - KEPT + i;
        const MlWalkSample *sample = &sink->samples[i];
        assert_int_equal(sample->ordinal, ordinal);
        assert_int_equal(sample->address, (uintptr_t)blocks[ordinal]);
        assert_int_equal(sample->head_bytes, STRIDE);
        assert_int_equal(sample->tail_bytes, 0);
        assert_memory_equal(sample->bytes, blocks[ordinal], STRIDE);
    }
    free_blocks(N, blocks);
}

static void
few_blocks_are_sampled_once_each(void **state)
{
    for (size_t n = 0; n <= ML_WALK_HEAD + ML_WALK_TAIL; n++) {
        MlWalkSink *sink = begin();
        uint8_t *blocks[ML_WALK_HEAD + ML_WALK_TAIL];
        report_blocks(sink, n, blocks);
        assert_int_equal(sink->n_samples, n);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(sink->samples[i].ordinal, i);
        free_blocks(n, blocks);
    }
}

/* A block of @capacity elements of which @used are in use; the bytes count up, modulo 251. */
static const MlWalkSample *
sample_array(uint64_t capacity, uint64_t used, uint8_t **ret_block)
{
    MlWalkSink *sink = begin();

    *ret_block = malloc(capacity * STRIDE);
    assert_non_null(*ret_block);
    for (size_t i = 0; i < used * STRIDE; i++)
        (*ret_block)[i] = (uint8_t)(i % 251);
    ml_walk_block(sink, 0, *ret_block, capacity * STRIDE, used);
    ml_walk_end(sink);
    assert_int_equal(sink->n_samples, 1);
    return &sink->samples[0];
}

static void
a_long_block_is_sampled_at_both_ends_of_what_is_used(void **state)
{
    uint8_t *block;
    const MlWalkSample *sample = sample_array(1000, 900, &block);

    assert_true(sample->head_bytes + sample->tail_bytes <= ML_SAMPLE_BYTES);
    assert_int_equal(sample->head_bytes % STRIDE, 0);
    assert_true(sample->head_bytes > 0 && sample->tail_bytes > 0);
    assert_int_equal(sample->tail_from + sample->tail_bytes, 900 * STRIDE);
    assert_memory_equal(sample->bytes, block, sample->head_bytes);
    assert_memory_equal(
        sample->bytes + sample->head_bytes, block + sample->tail_from, sample->tail_bytes);
    free(block);
}

static void
spare_room_is_not_read(void **state)
{
    uint8_t *block;
    const MlWalkSample *sample = sample_array(1000, 2, &block);

    assert_int_equal(sample->head_bytes, 2 * STRIDE);
    assert_int_equal(sample->tail_bytes, 0);
    assert_memory_equal(sample->bytes, block, 2 * STRIDE);
    free(block);
}

static void
a_window_shows_what_lies_between(void **state)
{
    MlWalkSink *sink = begin();
    uint8_t *block = malloc(1000 * STRIDE);

    assert_non_null(block);
    for (size_t i = 0; i < 1000 * STRIDE; i++)
        block[i] = (uint8_t)(i % 251);
    ml_walk_block(sink, 0, block, 1000 * STRIDE, 900);
    ml_walk_window(sink, 0, 500 * STRIDE, 2 * STRIDE);
    ml_walk_window(sink, 0, 999 * STRIDE, 2 * STRIDE);
    ml_walk_end(sink);
    assert_int_equal(sink->n_samples, 2);
    assert_int_equal(sink->samples[1].tail_from, 500 * STRIDE);
    assert_memory_equal(sink->samples[1].bytes, block + 500 * STRIDE, 2 * STRIDE);
    free(block);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_are_summed),
        cmocka_unit_test(the_first_and_the_last_blocks_are_sampled),
        cmocka_unit_test(few_blocks_are_sampled_once_each),
        cmocka_unit_test(a_long_block_is_sampled_at_both_ends_of_what_is_used),
        cmocka_unit_test(spare_room_is_not_read),
        cmocka_unit_test(a_window_shows_what_lies_between),
    };
    return cmocka_run_group_tests_name("core/walk", tests, NULL, NULL);
}

#include "ml_test.h"

#include <stdlib.h>
#include <string.h>

#include "core/census.h"

/* Pages of 4 KiB at made-up addresses: one that was resident before, three new ones, a gap of one
 * page, and one more new one. */

enum { PAGE = 4096, SHIFT = 12, N_PARTS = 2, OVERHEAD = N_PARTS, N_PAGES = 5 };

static const MlCensusRange ranges[] = {
    { .from = 1 * PAGE, .to = 2 * PAGE, .first_page = 0, .state = ML_PAGE_OLD },
    { .from = 2 * PAGE, .to = 5 * PAGE, .first_page = 1, .state = ML_PAGE_NEW },
    { .from = 6 * PAGE, .to = 7 * PAGE, .first_page = 4, .state = ML_PAGE_NEW },
};
enum { N_RANGES = sizeof ranges / sizeof *ranges };

static MlCensus *
begin(void)
{
    const MlCensus header = {
        .page_shift = SHIFT, .n_parts = N_PARTS, .n_ranges = N_RANGES, .n_pages = N_PAGES
    };
    MlCensus *census = calloc(1, ml_census_bytes(&header));
    assert_non_null(census);
    *census = header;
    memcpy(ml_census_ranges(census), ranges, sizeof ranges);
    return census;
}

static uint32_t
claimed(MlCensus *census, size_t page, size_t column)
{
    return ml_census_claims(census)[page * (N_PARTS + 1) + column];
}

static void
claim(MlCensus *census, uint32_t part, uint64_t address, uint64_t request_bytes, uint64_t usable)
{
    MlCensusCursor cursor = { .from = 0 };
    MlBlockRun run = {
        .part = part,
        .address = address,
        .n = 1,
        .request_bytes = request_bytes,
        .extent = { .field = 8, .usable = usable },
    };
    ml_census_run(census, &cursor, &run);
}

static void
a_block_on_one_new_page_is_claimed_there(void **state)
{
    MlCensus *census = begin();
    claim(census, 1, 3 * PAGE + 16, 24, 40);
    assert_int_equal(claimed(census, 2, 1), 24);
    assert_int_equal(claimed(census, 2, OVERHEAD), 8 + 16);
    assert_int_equal(census->requested[1].old_bytes, 0);
    assert_int_equal(census->requested[1].absent_bytes, 0);
    free(census);
}

static void
a_block_across_an_old_and_a_new_page_is_split(void **state)
{
    MlCensus *census = begin();
    claim(census, 0, 2 * PAGE - 10, 30, 32); /* its field and 10 B lie on the old page */
    assert_int_equal(claimed(census, 0, 0), 10);
    assert_int_equal(claimed(census, 0, OVERHEAD), 8);
    assert_int_equal(claimed(census, 1, 0), 20);
    assert_int_equal(claimed(census, 1, OVERHEAD), 2);
    assert_int_equal(census->requested[0].old_bytes, 10);
    assert_int_equal(census->field[0].old_bytes, 8);
    assert_int_equal(census->rounding[0].old_bytes, 0);
    assert_int_equal(census->rounding[0].absent_bytes, 0);
    free(census);
}

/* The page in the gap was never touched. */
static void
bytes_on_pages_that_are_not_listed_are_claimed_nowhere(void **state)
{
    MlCensus *census = begin();
    claim(census, 0, 4 * PAGE, 3 * PAGE, 3 * PAGE);
    assert_int_equal(claimed(census, 3, 0), PAGE);
    assert_int_equal(claimed(census, 4, 0), PAGE);
    assert_int_equal(census->requested[0].absent_bytes, PAGE);
    assert_int_equal(claimed(census, 2, OVERHEAD), 8);
    free(census);
}

/* A run is claimed as its blocks are one by one, wherever pages, ranges and the gap cut it: across
 * the old page and the new ones, over the gap and beyond the last range. */
static void
a_run_is_claimed_like_its_blocks(void **state)
{
    enum { USABLE = 40, STEP = 8 + USABLE };
    static const uint64_t request_sizes[] = { 0, 1, 33, USABLE };
    static const uint64_t starts[] = { 16, PAGE + 8, 2 * PAGE - 9, 3 * PAGE + 16, 4 * PAGE + 4090 };
    static const uint64_t counts[] = { 1, 2, 80, 85, 86, 400 };
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            for (size_t r = 0; r < sizeof request_sizes / sizeof *request_sizes; r++) {
                MlCensus *one_by_one = begin();
                MlCensus *together = begin();
                MlCensusCursor cursor = { .from = 0 };
                MlBlockRun run = {
                    .part = 1,
                    .address = starts[s],
                    .n = counts[c],
                    .request_bytes = request_sizes[r],
                    .extent = { .field = 8, .usable = USABLE },
                };
                ml_census_run(together, &cursor, &run);
                for (uint64_t i = 0; i < counts[c]; i++)
                    claim(one_by_one, 1, starts[s] + i * STEP, request_sizes[r], USABLE);
                assert_memory_equal(together, one_by_one, ml_census_bytes(together));
                free(one_by_one);
                free(together);
            }
}

/* What is near the run before takes a short way, to the same end. */
static void
the_short_way_claims_the_same(void **state)
{
    MlCensus *census = begin();
    MlCensusCursor cursor = { .from = 0 };
    MlBlockRun run = {
        .part = 1,
        .address = 3 * PAGE + 16,
        .n = 1,
        .request_bytes = 20,
        .extent = { .field = 8, .usable = 24 },
    };
    ml_census_run(census, &cursor, &run);
    assert_int_equal(cursor.from, 2 * PAGE);
    run.address = 3 * PAGE + 48;
    run.n = 2;
    ml_census_run(census, &cursor, &run);
    assert_int_equal(claimed(census, 2, 1), 60);
    assert_int_equal(claimed(census, 2, OVERHEAD), 3 * (8 + 4));
    free(census);
}

static void
blocks_far_apart_are_found_from_any_range(void **state)
{
    static const uint64_t pages[] = { 6, 1, 2, 9 }; /* the last is not resident */
    MlCensus *census = begin();
    MlCensusCursor cursor = { .from = 0 };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        ml_census_run(census,
            &cursor,
            &(MlBlockRun){
                .address = pages[i] * PAGE + 100,
                .n = 1,
                .request_bytes = 24,
                .extent = { .field = 8, .usable = 24 },
            });
    assert_int_equal(claimed(census, 4, 0), 24);
    assert_int_equal(claimed(census, 0, 0), 24);
    assert_int_equal(claimed(census, 1, 0), 24);
    assert_int_equal(census->requested[0].old_bytes, 24);
    assert_int_equal(census->requested[0].absent_bytes, 24);
    free(census);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_on_one_new_page_is_claimed_there),
        cmocka_unit_test(a_block_across_an_old_and_a_new_page_is_split),
        cmocka_unit_test(bytes_on_pages_that_are_not_listed_are_claimed_nowhere),
        cmocka_unit_test(a_run_is_claimed_like_its_blocks),
        cmocka_unit_test(the_short_way_claims_the_same),
        cmocka_unit_test(blocks_far_apart_are_found_from_any_range),
    };
    return cmocka_run_group_tests_name("core/census", tests, NULL, NULL);
}

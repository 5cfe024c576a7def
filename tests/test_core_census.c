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
    MlBlockExtent extent = { .field = 8, .usable = usable };
    ml_census_block(census, &cursor, part, address, request_bytes, extent);
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

/* What is near the block before takes the short way, to the same end. */
static void
the_short_way_claims_the_same(void **state)
{
    MlCensus *census = begin();
    MlBlockExtent extent = { .field = 8, .usable = 24 };
    MlCensusCursor cursor = { .from = 0 };
    assert_false(ml_census_near(&cursor, 1, 3 * PAGE + 16, 20, extent));
    ml_census_block(census, &cursor, 1, 3 * PAGE + 16, 20, extent);
    assert_true(ml_census_near(&cursor, 1, 3 * PAGE + 48, 20, extent));
    assert_int_equal(claimed(census, 2, 1), 40);
    assert_int_equal(claimed(census, 2, OVERHEAD), 2 * (8 + 4));
    assert_false(ml_census_near(&cursor, 1, 4 * PAGE - 8, 20, extent)); /* two pages */
    assert_false(ml_census_near(&cursor, 1, 6 * PAGE + 8, 20, extent)); /* another range */
    free(census);
}

static void
blocks_far_apart_are_found_from_any_range(void **state)
{
    MlCensus *census = begin();
    MlBlockExtent extent = { .field = 8, .usable = 24 };
    MlCensusCursor cursor = { .from = 0 };
    ml_census_block(census, &cursor, 0, 6 * PAGE + 100, 24, extent);
    ml_census_block(census, &cursor, 0, 1 * PAGE + 100, 24, extent);
    ml_census_block(census, &cursor, 0, 2 * PAGE + 100, 24, extent);
    ml_census_block(census, &cursor, 0, 9 * PAGE + 100, 24, extent); /* not resident */
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
        cmocka_unit_test(the_short_way_claims_the_same),
        cmocka_unit_test(blocks_far_apart_are_found_from_any_range),
    };
    return cmocka_run_group_tests_name("core/census", tests, NULL, NULL);
}

#include "core/census.h"

size_t
ml_census_bytes(const MlCensus *census)
{
    return sizeof *census + census->n_ranges * sizeof(MlCensusRange) +
           census->n_pages * ml_census_columns(census) * sizeof(uint32_t) +
           ((size_t)census->n_shown << census->page_shift);
}

MlCensusRange *
ml_census_ranges(MlCensus *census)
{
    return (MlCensusRange *)(census + 1);
}

uint32_t *
ml_census_claims(MlCensus *census)
{
    return (uint32_t *)(ml_census_ranges(census) + census->n_ranges);
}

uint8_t *
ml_census_spelled(MlCensus *census)
{
    return (uint8_t *)(ml_census_claims(census) + census->n_pages * ml_census_columns(census));
}

uint64_t
ml_census_find(MlCensus *census, uint64_t address)
{
    const MlCensusRange *ranges = ml_census_ranges(census);
    uint64_t low = 0;
    uint64_t high = census->n_ranges;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (ranges[middle].to > address)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Adds [from, to), which lies in one range, to its pages' rows. */
static void
claim_in_range(
    MlCensus *census, const MlCensusRange *range, uint32_t column, uint64_t from, uint64_t to)
{
    uint32_t n_columns = ml_census_columns(census);
    uint64_t page = range->first_page + ((from - range->from) >> census->page_shift);
    uint32_t *claim = ml_census_claims(census) + page * n_columns + column;
    while (from < to) {
        uint64_t page_end = ((from >> census->page_shift) + 1) << census->page_shift;
        uint64_t end = to < page_end ? to : page_end;
        *claim += (uint32_t)(end - from);
        claim += n_columns;
        from = end;
    }
}

static void
claim(MlCensus *census, uint32_t column, uint64_t from, uint64_t to, MlCensusSum *sum)
{
    const MlCensusRange *ranges = ml_census_ranges(census);
    sum->absent_bytes += to - from;
    for (uint64_t i = ml_census_find(census, from); i < census->n_ranges && ranges[i].from < to;
         i++) {
        uint64_t start = from > ranges[i].from ? from : ranges[i].from;
        uint64_t end = to < ranges[i].to ? to : ranges[i].to;
        if (start >= end)
            continue;
        claim_in_range(census, &ranges[i], column, start, end);
        sum->absent_bytes -= end - start;
        sum->old_bytes += ranges[i].state == ML_PAGE_NEW ? 0 : end - start;
    }
}

static void
move_cursor(MlCensus *census, uint64_t address, MlCensusCursor *cursor)
{
    uint64_t i = ml_census_find(census, address);
    const MlCensusRange *range = &ml_census_ranges(census)[i];
    if (i == census->n_ranges || range->state != ML_PAGE_NEW)
        return;
    *cursor = (MlCensusCursor){
        .from = range->from,
        .to = range->to,
        .row = ml_census_claims(census) + range->first_page * ml_census_columns(census),
        .page_shift = census->page_shift,
        .n_columns = ml_census_columns(census),
    };
}

void
ml_census_block(MlCensus *census,
    MlCensusCursor *cursor,
    uint32_t part,
    uint64_t address,
    uint64_t request_bytes,
    MlBlockExtent extent)
{
    uint64_t from = address - extent.field;
    uint64_t request_end = address + request_bytes;
    if (from < cursor->from || from >= cursor->to)
        move_cursor(census, from, cursor);
    claim(census, census->n_parts, from, address, &census->field[part]);
    claim(census, part, address, request_end, &census->requested[part]);
    claim(census, census->n_parts, request_end, address + extent.usable, &census->rounding[part]);
}

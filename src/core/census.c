#include "core/census.h"

#include "core/arithmetic.h"

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

/* The same bytes of each block of a run: [low, high) of each step, for @n steps from @from on. */
typedef struct {
    uint64_t from;
    uint64_t step;
    uint64_t n;
    uint64_t low;
    uint64_t high;
} Stripes;

/* How many of these bytes lie below @address. */
static uint64_t
stripes_below(const Stripes *stripes, uint64_t address)
{
    uint64_t width = stripes->high - stripes->low;
    if (address <= stripes->from)
        return 0;
    uint64_t offset = address - stripes->from;
    uint64_t whole = stripes->n == 1 ? 0 : ml_least(offset / stripes->step, stripes->n - 1);
    uint64_t rest = offset - whole * stripes->step;
    return whole * width + ml_least(rest - ml_least(rest, stripes->low), width);
}

/* Adds those in [from, to), which lies in one range, to its pages' rows.
 * Returns: how many they are */
static uint64_t
claim_in_range(MlCensus *census,
    const MlCensusRange *range,
    uint32_t column,
    const Stripes *stripes,
    uint64_t from,
    uint64_t to)
{
    uint32_t n_columns = ml_census_columns(census);
    uint64_t page = range->first_page + ((from - range->from) >> census->page_shift);
    uint32_t *claim = ml_census_claims(census) + page * n_columns + column;
    uint64_t first = stripes_below(stripes, from);
    uint64_t below = first;
    while (from < to) {
        from = ml_least(to, ((from >> census->page_shift) + 1) << census->page_shift);
        uint64_t next = stripes_below(stripes, from);
        *claim += (uint32_t)(next - below);
        claim += n_columns;
        below = next;
    }
    return below - first;
}

static void
claim(MlCensus *census, uint32_t column, const Stripes *stripes, MlCensusSum *sum)
{
    if (stripes->low == stripes->high)
        return;
    const MlCensusRange *ranges = ml_census_ranges(census);
    uint64_t from = stripes->from + stripes->low;
    uint64_t to = stripes->from + (stripes->n - 1) * stripes->step + stripes->high;
    sum->absent_bytes += stripes->n * (stripes->high - stripes->low);
    for (uint64_t i = ml_census_find(census, from); i < census->n_ranges && ranges[i].from < to;
         i++) {
        uint64_t start = ml_most(from, ranges[i].from);
        uint64_t end = ml_least(to, ranges[i].to);
        if (start >= end)
            continue;
        uint64_t bytes = claim_in_range(census, &ranges[i], column, stripes, start, end);
        sum->absent_bytes -= bytes;
        sum->old_bytes += ranges[i].state == ML_PAGE_NEW ? 0 : bytes;
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

/* The common case, in a few instructions: on one new page, near the run before.
 * Returns: false, and nothing is claimed, where it is not */
static bool
claim_near(const MlCensusCursor *cursor, const MlBlockRun *run)
{
    uint64_t from = run->address - run->extent.field;
    uint64_t to = from + run->n * ml_run_step(run);
    uint64_t request_bytes = run->n * run->request_bytes;
    uint32_t shift = cursor->page_shift;
    if (from < cursor->from || to > cursor->to || from >> shift != (to - 1) >> shift)
        return false;
    uint32_t *row = cursor->row + ((from - cursor->from) >> shift) * cursor->n_columns;
    row[run->part] += (uint32_t)request_bytes;
    row[cursor->n_columns - 1] += (uint32_t)(to - from - request_bytes);
    return true;
}

void
ml_census_run(MlCensus *census, MlCensusCursor *cursor, const MlBlockRun *run)
{
    if (claim_near(cursor, run))
        return;
    uint32_t part = run->part;
    Stripes stripes = {
        .from = run->address - run->extent.field, .step = ml_run_step(run), .n = run->n
    };
    if (stripes.from < cursor->from || stripes.from >= cursor->to)
        move_cursor(census, stripes.from, cursor);
    stripes.high = run->extent.field;
    claim(census, census->n_parts, &stripes, &census->field[part]);
    stripes.low = stripes.high;
    stripes.high += run->request_bytes;
    claim(census, part, &stripes, &census->requested[part]);
    stripes.low = stripes.high;
    stripes.high = stripes.step;
    claim(census, census->n_parts, &stripes, &census->rounding[part]);
}

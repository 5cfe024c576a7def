#include "core/role_claim.h"

#include <string.h>

#include "core/arithmetic.h"
#include "core/role.h"

/* --- bytes ------------------------------------------------------------------------------------ */

/* Writes @code over the bytes [from, to) of the pages that are spelled out. */
static void
spell(MlCensus *census, uint8_t code, uint64_t from, uint64_t to)
{
    uint64_t page_bytes = UINT64_C(1) << census->page_shift;
    for (uint32_t i = 0; i < census->n_shown; i++) {
        uint64_t page = census->shown[i];
        uint64_t start = ml_most(from, page);
        uint64_t end = ml_least(to, page + page_bytes);
        uint8_t *bytes = ml_census_spelled(census) + i * page_bytes;
        for (uint64_t at = start; at < end; at++)
            bytes[at - page] = code | (bytes[at - page] & ML_BYTE_BEGINS);
    }
}

static void
mark_beginning(MlCensus *census, uint64_t address)
{
    for (uint32_t i = 0; i < census->n_shown; i++) {
        uint64_t offset = address - census->shown[i];
        if (offset >> census->page_shift == 0)
            ml_census_spelled(census)[((uint64_t)i << census->page_shift) + offset] |=
                ML_BYTE_BEGINS;
    }
}

/* Adds @sign times [from, to), which lies in one range, to its pages' rows. */
static void
count(
    MlCensus *census, const MlCensusRange *range, MlRole role, uint64_t from, uint64_t to, int sign)
{
    uint64_t page = range->first_page + ((from - range->from) >> census->page_shift);
    uint32_t *row = ml_census_claims(census) + page * ML_N_ROLES + role;
    while (from < to) {
        uint64_t end = ml_least(to, ((from >> census->page_shift) + 1) << census->page_shift);
        *row += (uint32_t)(end - from) * (uint32_t)sign;
        row += ML_N_ROLES;
        from = end;
    }
}

static void
count_everywhere(MlCensus *census, MlRole role, uint64_t from, uint64_t to, int sign)
{
    const MlCensusRange *ranges = ml_census_ranges(census);
    const MlCensusRange *last = &ranges[census->last_range];
    if (from >= last->from && to <= last->to) { /* most often: blocks have neighbours */
        count(census, last, role, from, to, sign);
        return;
    }
    for (uint64_t i = ml_census_find(census, from); i < census->n_ranges && ranges[i].from < to;
         i++) {
        uint64_t start = ml_most(from, ranges[i].from);
        uint64_t end = ml_least(to, ranges[i].to);
        if (start >= end)
            continue;
        census->last_range = i;
        count(census, &ranges[i], role, start, end, sign);
    }
}

static void
claim(MlCensus *census, MlRole role, uint64_t from, uint64_t to)
{
    if (from >= to)
        return;
    count_everywhere(census, role, from, to, 1);
    spell(census, (uint8_t)(1 + role), from, to);
}

/* --- elements --------------------------------------------------------------------------------- */

/* One element of @part, holes between its fields with it. */
static void
claim_element(MlCensus *census, const MlPart *part, uint64_t address)
{
    uint64_t end = address;
    for (uint32_t i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        uint64_t from = address + field->offset;
        claim(census, ML_ROLE_PADDING, end, from);
        claim(census, field->role, from, from + field->size);
        end = from + field->size;
    }
    claim(census, ML_ROLE_PADDING, end, address + part->stride);
}

/* Elements side by side; those of one field in one go. */
static void
claim_elements(MlCensus *census, const MlPart *part, uint64_t address, uint64_t n)
{
    if (part->n_fields == 1 && part->fields[0].size == part->stride) {
        claim(census, part->fields[0].role, address, address + n * part->stride);
        return;
    }
    for (uint64_t i = 0; i < n; i++)
        claim_element(census, part, address + i * part->stride);
}

/* The characters stand before the element's last byte. */
static void
claim_text(MlCensus *census, const MlPart *part, uint64_t address, uint64_t end)
{
    uint64_t text = address + part->stride - 1;
    uint64_t fields_end = address;
    for (uint32_t i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        if (field->kind == ML_FIELD_TEXT)
            continue;
        claim(census, ML_ROLE_PADDING, fields_end, address + field->offset);
        fields_end = address + field->offset + field->size;
        claim(census, field->role, address + field->offset, fields_end);
    }
    claim(census, ML_ROLE_PADDING, fields_end, text);
    claim(census, ML_ROLE_DATA, text, end - 1);
    claim(census, ML_ROLE_PADDING, end - 1, end);
}

/* Of the fields that each place has, those of the first @used places are taken. */
static void
claim_places(MlCensus *census, const MlPart *part, uint64_t address, uint64_t used)
{
    uint64_t end = address;
    for (uint32_t i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        uint64_t from = address + field->offset;
        uint64_t places = field->each ? part->room : 1;
        uint64_t taken = field->each ? ml_least(used, places) : 1;
        claim(census, ML_ROLE_PADDING, end, from);
        end = from + places * field->size;
        claim(census, field->role, from, from + taken * field->size);
        claim(census, ML_ROLE_UNUSED, from + taken * field->size, end);
    }
    claim(census, ML_ROLE_PADDING, end, address + part->stride);
}

static void
claim_request(MlCensus *census, const MlPart *part, uint64_t address, uint64_t end, uint64_t used)
{
    uint64_t elements_end = address + used * part->stride;
    if (part->sparse) {
        claim(census, ML_ROLE_UNUSED, address, end);
    } else if (part->text) {
        claim_text(census, part, address, end);
    } else if (part->room > 0) {
        claim_places(census, part, address, used);
    } else {
        claim_elements(census, part, address, used);
        claim(census, part->links ? ML_ROLE_POINTER : ML_ROLE_UNUSED, elements_end, end);
    }
}

static void
claim_block(MlCensus *census, const MlPart *part, uint64_t address, const MlBlockRun *run)
{
    uint64_t end = address + run->request_bytes;
    claim(census, ML_ROLE_ALLOCATOR, address - run->extent.field, address);
    claim_request(census, part, address, end, run->used);
    claim(census, ML_ROLE_ALLOCATOR, end, address + run->extent.usable);
    mark_beginning(census, address - run->extent.field);
}

void
ml_role_claim_run(MlCensus *census, const MlPart *part, const MlBlockRun *run)
{
    for (uint64_t i = 0; i < run->n; i++)
        claim_block(census, part, run->address + i * ml_run_step(run), run);
}

void
ml_role_claim_taken(MlCensus *census, const MlPart *part, uint64_t address)
{
    count_everywhere(census, ML_ROLE_UNUSED, address, address + part->stride, -1);
    claim_element(census, part, address);
}

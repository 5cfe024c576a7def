/* Which bytes of a process's resident pages belong to the live blocks of a structure.
 *
 * The front end lists the pages in memory that it shares with the probe; the probe's walk claims
 * the bytes of each block in them.  Layout of that memory: MlCensus, its ranges, then the claims: a
 * row a page, a column a part, and a last column for what the allocator adds to the blocks.  In a
 * census by role (core/role_claim.h) the columns are the roles, and behind the claims a few pages
 * are spelled out byte by byte. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/extent.h"
#include "core/part.h"

/* What the build did to a page. */
typedef enum {
    ML_PAGE_OLD,    /* it was resident before */
    ML_PAGE_NEW,    /* it became resident */
    ML_PAGE_ABSENT, /* it is reserved, and not resident; only in a census by role */
    ML_N_PAGE_STATES
} MlPageState;

/* Pages of one state that lie side by side. */
typedef struct {
    uint64_t from; /* addresses [from, to), whole pages */
    uint64_t to;
    uint64_t first_page; /* the row of its first page */
    uint64_t state;      /* MlPageState */
} MlCensusRange;

#define ML_CENSUS_SHOWN 3 /* pages spelled out */

/* One byte of a page that is spelled out: 1 + its role, 0 where no block has it. */
#define ML_BYTE_BEGINS 0x80u /* with this where a block begins, its size field with it */

/* Bytes of blocks that are not on new pages; all others are. */
typedef struct {
    uint64_t old_bytes;    /* on pages that were resident before */
    uint64_t absent_bytes; /* on pages that are not resident */
} MlCensusSum;

typedef struct {
    uint32_t page_shift; /* log2 of the page size */
    uint32_t n_parts;
    uint32_t by_role;                /* 1: columns are roles */
    uint32_t n_shown;                /* by role: how many pages are spelled out */
    uint64_t shown[ML_CENSUS_SHOWN]; /* and where these are */
    uint64_t last_range;             /* by role: where bytes were found last */
    uint64_t n_ranges;               /* by rising address */
    uint64_t n_pages;
    MlCensusSum requested[ML_MAX_PARTS]; /* what the structure asked for */
    MlCensusSum rounding[ML_MAX_PARTS];  /* usable, and not asked for */
    MlCensusSum field[ML_MAX_PARTS];     /* size fields */
} MlCensus;

/* The new pages that the last block was found in. */
typedef struct {
    uint64_t from; /* addresses [from, to); none: both 0 */
    uint64_t to;
    uint32_t *row; /* of the first page */
    uint32_t page_shift;
    uint32_t n_columns;
} MlCensusCursor;

/**
 * ml_census_bytes: how much memory a census of that many ranges and pages needs.
 */
size_t ml_census_bytes(const MlCensus *census);

/**
 * ml_census_columns: columns of a row of claims.
 */
static inline uint32_t
ml_census_columns(const MlCensus *census)
{
    return census->by_role != 0 ? (uint32_t)ML_N_ROLES : census->n_parts + 1;
}

MlCensusRange *ml_census_ranges(MlCensus *census);

/**
 * ml_census_claims: the claimed bytes.
 *
 * Shape: [n_pages][ml_census_columns()].
 */
uint32_t *ml_census_claims(MlCensus *census);

/**
 * ml_census_spelled: the bytes of the pages that are spelled out.
 *
 * Shape: [n_shown][page size].
 */
uint8_t *ml_census_spelled(MlCensus *census);

/**
 * ml_census_find: the first range that ends beyond @address; n_ranges where none does.
 */
uint64_t ml_census_find(MlCensus *census, uint64_t address);

/**
 * ml_census_run: claim the bytes of blocks side by side, wherever they lie.  Bytes on pages that
 * are not listed are not resident, and are claimed nowhere.
 * @cursor: (inout): where the run before was found; moved to where this one begins, if that is on
 *   new pages
 */
void ml_census_run(MlCensus *census, MlCensusCursor *cursor, const MlBlockRun *run);

/* Address space in pieces: runs of pages are cut from what is left of the current piece, and one
 * that does not fit begins another, longer piece.  The last run of a piece can grow where it is. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint64_t (*round)(uint64_t bytes); /* up to a length that a piece may have */
    uint64_t next_bytes;               /* how long the next piece is at least */
    uint64_t rest_bytes;               /* of the current one */
    const void *last;                  /* whose run is the last one; NULL: nobody's */
} MlPieces;

/**
 * ml_pieces_cut: a run for @owner.
 */
void ml_pieces_cut(MlPieces *pieces, const void *owner, uint64_t bytes);

/**
 * ml_pieces_fill: many short runs; nobody's.
 *
 * Time: as pieces become longer, a few steps.
 */
void ml_pieces_fill(MlPieces *pieces, uint64_t bytes);

/**
 * ml_pieces_extend: let @owner's run grow by @bytes.
 *
 * Returns: false when it cannot; nothing has changed then.
 */
bool ml_pieces_extend(MlPieces *pieces, const void *owner, uint64_t bytes);

#include "model/allocators/pieces.h"

#include <stddef.h>

#include "core/arithmetic.h"

static void
begin_piece(MlPieces *pieces, uint64_t least_bytes)
{
    pieces->rest_bytes = pieces->round(ml_most(pieces->next_bytes, least_bytes));
    pieces->next_bytes = pieces->round(pieces->rest_bytes + 1);
}

void
ml_pieces_cut(MlPieces *pieces, const void *owner, uint64_t bytes)
{
    if (pieces->rest_bytes < bytes)
        begin_piece(pieces, bytes);
    pieces->rest_bytes -= bytes;
    pieces->last = owner;
}

void
ml_pieces_fill(MlPieces *pieces, uint64_t bytes)
{
    while (pieces->rest_bytes < bytes) {
        bytes -= pieces->rest_bytes;
        begin_piece(pieces, 0);
    }
    pieces->rest_bytes -= bytes;
    pieces->last = NULL;
}

bool
ml_pieces_extend(MlPieces *pieces, const void *owner, uint64_t bytes)
{
    if (pieces->last != owner || pieces->rest_bytes < bytes)
        return false;
    pieces->rest_bytes -= bytes;
    return true;
}

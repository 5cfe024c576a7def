/* From what a cell's author types to Lua: three rewrites, and what hands do out of habit.
 *
 *   %name code           NAME = %name code           %%name, on the first line: the whole cell
 *   x?
 *
 * Every line stays on its line; a column can be turned back. */
#pragma once

#include <glib.h>

typedef struct {
    char *text;     /* Lua */
    GArray *shifts; /* of private type: where columns moved */
} MlRewritten;

/* Where in a cell something is wrong: line and byte in it, both from 1; column 0: not known. */
typedef struct {
    guint line;
    guint column;
} MlCellPlace;

void ml_rewritten_clear(MlRewritten *rewritten);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlRewritten, ml_rewritten_clear)

/**
 * ml_rewrite_cell: make Lua of a cell.
 * @magics: (transfer none): the names that may follow a %, NULL-terminated
 * @ret_place: (out): set on failure
 *
 * Errors: ML_ERROR_USAGE for a % that is none of @magics, and for a habit of another language that
 * has no meaning here: the message says what to write.
 */
gboolean ml_rewrite_cell(const char *source,
    const char *const *magics,
    MlRewritten *ret_rewritten,
    MlCellPlace *ret_place,
    GError **error);

/**
 * ml_rewrite_place: from a place in the Lua text to that in the cell.
 */
MlCellPlace ml_rewrite_place(const MlRewritten *rewritten, MlCellPlace place);

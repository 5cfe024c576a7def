/* Structs as words and bytes: which byte stands where, for picture and characters. */
#pragma once

#include "diagram/kind.h"

/* Bytes of one field, or of one hole, in one row. */
typedef struct {
    guint row;
    guint64 column; /* bytes from the row's left edge */
    guint64 bytes;  /* 0: of what follows the struct, as long as it comes */
    MlRole role;
    const char *name;           /* (nullable): NULL: a hole */
    const MlLayoutField *field; /* (nullable) */
    gboolean is_first;          /* of several rows: the one to bear the name */
    gboolean is_folded;         /* all of a long field in one row */
} MlStructCell;

typedef struct {
    GArray *cells;              /* of MlStructCell, by row and column */
    GArray *offsets;            /* of guint64: of each row */
    guint64 n_words;            /* left out at the end */
    double undrawn[ML_N_ROLES]; /* bytes in them */
} MlStructGrid;

/**
 * ml_struct_grid_init: a word a row; where there are more rows than @most, fields longer than a
 * word are folded into one, and what is still too much is left out.
 * @most: at least 2
 */
void ml_struct_grid_init(MlStructGrid *grid, const MlLayout *layout, guint most);
void ml_struct_grid_clear(MlStructGrid *grid);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlStructGrid, ml_struct_grid_clear)

static inline const MlStructCell *
ml_struct_cell(const MlStructGrid *grid, guint i)
{
    return &g_array_index(grid->cells, MlStructCell, i);
}

/* All return: (transfer full). */

/**
 * ml_struct_title: the finding.
 */
char *ml_struct_title(const MlDiagramFacts *facts);

/**
 * ml_struct_name: what tells layout @i from the others: "node", "largest first".
 */
char *ml_struct_name(const MlDiagramFacts *facts, guint i);

/**
 * ml_struct_hole: "7 B hole"; the NUL that ends a text is no hole.
 */
char *ml_struct_hole(const MlLayout *layout, const MlStructCell *cell);

/**
 * ml_struct_count: of a folded field: "31 × 8 B", "32 B".
 */
char *ml_struct_count(const MlStructCell *cell);

/**
 * ml_struct_sum: what its bytes are for.
 */
void ml_struct_sum(const MlLayout *layout, MlSum *ret_sum);

char *ml_struct_describe(const MlDiagramFacts *facts);
char *ml_struct_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns);

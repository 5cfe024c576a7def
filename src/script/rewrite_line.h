/* One line of a cell, on its way to Lua; of use to rewrite.c alone. */
#pragma once

#include "script/rewrite.h"

/* On this line, up to column @keep nothing moved; what stands at @from or later in the Lua stood
 * @by columns further left in the cell. */
typedef struct {
    guint line;
    guint keep;
    guint from;
    guint by;
} MlColumnShift;

/* One line of the cell, and where the Lua goes. */
typedef struct {
    const char *text;
    const guint8 *kinds;
    gsize length; /* without the newline */
    gsize begin;  /* of the code: after blanks */
    gsize end;    /* of the code: before a comment, blanks not counted */
    guint number;
    gboolean has_code;
    GString *lua;
    GArray *shifts;
    const char *const *magics;
    MlCellPlace *place;
} MlRewriteLine;

/**
 * ml_rewrite_line: append the line, as Lua and without its newline, to @line->lua.
 * @line: text, kinds, length, number, lua, shifts, magics and place are set
 * @is_whole: (inout): set where the line is a %%magic, which is closed below the cell
 *
 * Errors: as ml_rewrite_cell().
 */
gboolean ml_rewrite_line(MlRewriteLine *line, gboolean *is_whole, GError **error);

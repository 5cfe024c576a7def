#include "diagram/sketch_grid.h"

#include <string.h>

#include "base/bar.h"

#define LONGEST_NUMBER 9 /* characters of a number that is not cut to its last digits */
#define LONGEST_TEXT 12

static gboolean
is_shown(const MlSketchGrid *grid, const MlBlockCell *cell)
{
    return (grid->roles >> cell->role & 1) != 0;
}

/* What stands in a cell. */
static char *
cell_label(const MlBlockCell *cell)
{
    const char *label = cell->label != NULL ? cell->label : "";
    if (cell->target != 0)
        return g_strdup("•");
    if (cell->is_null)
        return g_strdup("/");
    if (g_strcmp0(cell->name, "text") == 0 || g_strcmp0(cell->name, "chars") == 0) {
        g_autofree char *begin =
            g_utf8_substring(label, 0, MIN(g_utf8_strlen(label, -1), LONGEST_TEXT));
        return g_strdup_printf("\"%s%s", begin, strlen(begin) < strlen(label) ? "…" : "\"");
    }
    gboolean is_long = ml_text_width(label) > LONGEST_NUMBER;
    return g_strdup(is_long && cell->short_label != NULL ? cell->short_label : label);
}

void
ml_sketch_grid_measure(MlSketchGrid *grid, const GArray *cells)
{
    guint column = 0;
    for (guint i = 0; i < cells->len && column < ML_SKETCH_GRID_COLUMNS; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        if (!is_shown(grid, cell))
            continue;
        g_autofree char *label = cell_label(cell);
        int width = MAX(ml_text_width(label), 1) + 2 * grid->padding;
        grid->width[column] = MAX(grid->width[column], MAX(width, cell->offset < 0 ? 3 : 1));
        column++;
    }
    grid->n = MAX(grid->n, column);
}

int
ml_sketch_grid_columns(const MlSketchGrid *grid)
{
    int columns = 1;
    for (guint i = 0; i < grid->n; i++)
        columns += grid->width[i] + 1;
    return columns;
}

/* The column of cell @i. */
static int
find_column(const MlSketchGrid *grid, const GArray *cells, guint i)
{
    int column = 0;
    if (!is_shown(grid, &g_array_index(cells, MlBlockCell, i)))
        return -1;
    for (guint k = 0; k < i; k++)
        column += is_shown(grid, &g_array_index(cells, MlBlockCell, k));
    return column < ML_SKETCH_GRID_COLUMNS ? column : -1;
}

int
ml_sketch_grid_x(const MlSketchGrid *grid, const GArray *cells, guint i)
{
    int column = find_column(grid, cells, i);
    int x = 1;
    for (int k = 0; k < column; k++)
        x += grid->width[k] + 1;
    return column < 0 ? -1 : x;
}

int
ml_sketch_grid_middle(const MlSketchGrid *grid, const GArray *cells, guint i)
{
    int column = find_column(grid, cells, i);
    int x = ml_sketch_grid_x(grid, cells, i);
    return column < 0 ? -1 : x + (grid->width[column] - 1) / 2;
}

void
ml_sketch_grid_bars(const MlSketchGrid *grid, MlCanvas *canvas, int x, int y)
{
    ml_canvas_post(canvas, x, y);
    for (guint i = 0; i < grid->n; i++) {
        x += grid->width[i] + 1;
        ml_canvas_post(canvas, x, y);
    }
}

void
ml_sketch_grid_draw(
    const MlSketchGrid *grid, MlCanvas *canvas, const GArray *cells, int x, int y, guint crossed)
{
    int right = x;
    ml_canvas_post(canvas, x, y);
    for (guint i = 0; i < cells->len; i++) {
        const MlBlockCell *cell = &g_array_index(cells, MlBlockCell, i);
        int column = find_column(grid, cells, i);
        if (column < 0)
            continue;
        g_autofree char *label = cell_label(cell);
        gboolean is_pointer = cell->target != 0;
        int style = is_pointer
                        ? ML_STYLE_ROLE + (int)ML_ROLE_POINTER
                        : (cell->role == ML_ROLE_DATA ? (int)ML_STYLE_BOLD : ML_CANVAS_PLAIN);
        int blanks = grid->width[column] - ml_text_width(label);
        blanks = g_ascii_isdigit(label[0]) ? blanks - grid->padding : blanks / 2;
        if ((crossed >> i & 1) == 0)
            ml_canvas_text(canvas, right + 1 + blanks, y, label, style);
        right += grid->width[column] + 1;
        ml_canvas_post(canvas, right, y);
    }
}

void
ml_sketch_grid_fill(const MlSketchGrid *grid, MlCanvas *canvas, int x, int y, gboolean ascii)
{
    int columns = ml_sketch_grid_columns(grid);
    const char *glyph = ml_bar_glyph(ML_ROLE_UNUSED, ascii);
    for (int i = 1; i + 1 < columns; i++)
        ml_canvas_text(canvas, x + i, y, glyph, ML_STYLE_ROLE + (int)ML_ROLE_UNUSED);
    ml_canvas_post(canvas, x, y);
    ml_canvas_post(canvas, x + columns - 1, y);
}

void
ml_sketch_grid_border(const MlSketchGrid *grid, MlCanvas *canvas, int x, int y, gboolean below)
{
    int end = x + ml_sketch_grid_columns(grid) - 1;
    int towards = below ? y - 1 : y + 1;
    ml_canvas_line(canvas, x, y, end, y);
    ml_canvas_line(canvas, x, y, x, towards);
    ml_canvas_line(canvas, end, y, end, towards);
}

#include "diagram/sketch_strip.h"

#include <inttypes.h>

#include "base/bar.h"
#include "base/language.h"
#include "base/number.h"

#define CELL_COLUMNS 4 /* between two lines, at least */
#define GAP_COLUMNS 2  /* between blocks that do not touch */
#define NOTE_GAP 3

const MlBlockCell *
ml_sketch_strip_cell(const MlSketchStrip *strip, guint block, guint i)
{
    return &g_array_index(strip->cells[block], MlBlockCell, i);
}

int
ml_sketch_strip_cell_x(const MlSketchStrip *strip, guint block, guint i)
{
    int x = strip->x[block] + 1;
    for (guint k = 0; k < i; k++)
        x += strip->cell_columns[k] + 1;
    return x;
}

/* What stands in a cell, cut to a few characters. */
static const char *
label(const MlBlockCell *cell)
{
    if (cell->label == NULL)
        return "";
    gboolean is_long = ml_text_width(cell->label) > CELL_COLUMNS;
    return is_long && cell->short_label != NULL ? cell->short_label : cell->label;
}

static const char *
name(const MlBlockCell *cell)
{
    return cell->short_name != NULL ? cell->short_name : cell->name;
}

void
ml_sketch_strip_init(MlSketchStrip *strip, const MlRun *run, gboolean by_address)
{
    *strip = (MlSketchStrip){ .run = run, .by_address = by_address, .digits = ml_run_digits(run) };
}

void
ml_sketch_strip_clear(MlSketchStrip *strip)
{
    for (guint i = 0; i < ML_RUN_MAX; i++)
        g_clear_pointer(&strip->cells[i], g_array_unref);
}

static void
pick(MlSketchStrip *strip, guint max)
{
    const MlWalk *walk = strip->run->walk;
    ml_sketch_strip_clear(strip);
    strip->n = ml_run_pick(strip->run, max, strip->block);
    strip->is_elided = strip->n < strip->run->n;
    strip->n_cells = ML_SKETCH_MAX_CELLS;
    for (guint i = 0; i < strip->n; i++) {
        strip->cells[i] = ml_block_cells(walk, strip->block[i].block, strip->digits);
        strip->n_cells = MIN(strip->n_cells, strip->cells[i]->len);
        guint at = i;
        for (; strip->by_address && at > 0; at--) {
            guint before = strip->order[at - 1];
            if (strip->block[before].block->address <= strip->block[i].block->address)
                break;
            strip->order[at] = before;
        }
        strip->order[at] = i;
    }
}

/* A cell is as wide as the widest of what stands in it, and as its name; the last name may stand
 * under the line as well. */
static void
measure_cells(MlSketchStrip *strip)
{
    strip->block_columns = 1;
    for (guint i = 0; i < strip->n_cells; i++) {
        gboolean is_last = i == strip->n_cells - 1;
        int words = ml_text_width(name(ml_sketch_strip_cell(strip, 0, i)));
        int columns = MAX(CELL_COLUMNS, words - (is_last ? 1 : 0));
        for (guint k = 0; k < strip->n; k++)
            columns = MAX(columns, ml_text_width(label(ml_sketch_strip_cell(strip, k, i))));
        strip->cell_columns[i] = columns;
        strip->block_columns += columns + 1;
    }
}

/* Whether blocks that are not drawn lie before the @k-th from the left. */
static gboolean
follows_undrawn(const MlSketchStrip *strip, guint k)
{
    if (!strip->is_elided || k == 0)
        return FALSE;
    const MlWalkSample *before = strip->block[strip->order[k - 1]].block;
    const MlWalkSample *block = strip->block[strip->order[k]].block;
    return strip->by_address ? !ml_block_is_followed_by(strip->run->walk, before, block)
                             : k == strip->n - 1;
}

static void
place(MlSketchStrip *strip)
{
    const MlWalk *walk = strip->run->walk;
    int before_byte_0 = walk->field_bytes > 0 ? strip->cell_columns[0] + 2 : 1;
    int x = ML_SKETCH_INDENT;
    for (guint k = 0; k < strip->n; k++) {
        guint i = strip->order[k];
        const MlWalkSample *before = k > 0 ? strip->block[strip->order[k - 1]].block : NULL;
        if (follows_undrawn(strip, k))
            x += ML_SKETCH_DOTS;
        else if (k > 0 && !ml_block_is_followed_by(walk, before, strip->block[i].block))
            x += GAP_COLUMNS;
        strip->x[i] = x;
        strip->tip_x[i] = x + before_byte_0;
        x += strip->block_columns;
    }
}

int
ml_sketch_strip_place(MlSketchStrip *strip, guint max)
{
    pick(strip, max);
    measure_cells(strip);
    place(strip);
    return strip->x[strip->order[strip->n - 1]] + strip->block_columns;
}

static void
draw_block(const MlSketchStrip *strip, MlCanvas *canvas, guint block, int row)
{
    int x = strip->x[block];
    for (guint i = 0; i < strip->n_cells; i++) {
        int columns = strip->cell_columns[i];
        const MlBlockCell *cell = ml_sketch_strip_cell(strip, block, i);
        int blanks = (columns - ml_text_width(label(cell)) + 1) / 2;
        int style = cell->role == ML_ROLE_DATA ? (int)ML_STYLE_BOLD : ML_CANVAS_PLAIN;
        ml_canvas_box(canvas, x, row + ML_SKETCH_TOP, x + columns + 1, row + ML_SKETCH_BOTTOM);
        ml_canvas_text(canvas, x + 1 + blanks, row + ML_SKETCH_CELLS, label(cell), style);
        x += columns + 1;
    }
}

void
ml_sketch_strip_draw(const MlSketchStrip *strip, MlCanvas *canvas, int row)
{
    for (guint i = 0; i < strip->n; i++)
        draw_block(strip, canvas, i, row);
    for (guint k = 1; k < strip->n; k++)
        if (follows_undrawn(strip, k))
            ml_canvas_text(canvas,
                strip->x[strip->order[k]] - (ML_SKETCH_DOTS + 3) / 2,
                row + ML_SKETCH_CELLS,
                "...",
                ML_CANVAS_PLAIN);
}

void
ml_sketch_note(MlCanvas *canvas, int columns, int x, int y, const char *words)
{
    if (x + ml_text_width(words) <= columns)
        ml_canvas_text(canvas, x, y, words, ML_CANVAS_PLAIN);
}

static void
draw_notes(const MlSketchStrip *strip, MlCanvas *canvas, int row, int columns)
{
    const MlWalk *walk = strip->run->walk;
    int x = strip->x[strip->order[0]] + strip->block_columns + NOTE_GAP + 1;
    gboolean touch = ml_run_touch(strip->run, strip->block, strip->n);
    g_autofree char *each = g_strdup_printf(_("%" PRIu64 " B each%s"),
        ml_block_bytes(walk, strip->block[0].block),
        touch ? _("; the blocks touch") : "");
    g_autofree char *n = ml_group_digits(walk->n, " ");
    g_autofree char *shown = g_strdup_printf(_("%u of %s elements shown"), strip->n, n);
    ml_sketch_note(canvas, columns, x, row, each);
    if (strip->is_elided)
        ml_sketch_note(canvas, columns, x, row + 1, shown);
}

void
ml_sketch_strip_draw_names(
    const MlSketchStrip *strip, MlCanvas *canvas, int row, int columns, gboolean ascii)
{
    guint leftmost = strip->order[0];
    for (guint i = 0; i < strip->n_cells; i++) {
        const MlBlockCell *cell = ml_sketch_strip_cell(strip, leftmost, i);
        const char *glyph = ml_bar_glyph(cell->role, ascii);
        int x = ml_sketch_strip_cell_x(strip, leftmost, i);
        ml_canvas_text(canvas, x, row, name(cell), ML_CANVAS_PLAIN);
        for (int k = 0; k < strip->cell_columns[i]; k++)
            ml_canvas_text(canvas, x + k, row + 1, glyph, ML_STYLE_ROLE + (int)cell->role);
    }
    draw_notes(strip, canvas, row, columns);
}

#include "diagram/finding.h"
#include "diagram/kinds/chain.h"
#include "diagram/sketch_strip.h"

#define MIN_COLUMNS 40
#define MAX_LANES 8

/* A link in characters: in a lane of its own above or below the nodes. */
typedef struct {
    int dot_x, tip_x;
    gboolean below;
    int lane;
} Wire;

typedef struct {
    MlSketchStrip strip;
    guint n;
    Wire wire[ML_LINKS_MAX];
    int n_lanes[2];
} Sketch;

static int
find_block(const MlSketchStrip *strip, guint64 address)
{
    for (guint i = 0; i < strip->n; i++)
        if (strip->block[i].block->address == address)
            return (int)i;
    return -1;
}

static gboolean
meet(const Wire *a, const Wire *b)
{
    return a->below == b->below && a->lane == b->lane &&
           MAX(MIN(a->dot_x, a->tip_x), MIN(b->dot_x, b->tip_x)) <=
               MIN(MAX(a->dot_x, a->tip_x), MAX(b->dot_x, b->tip_x));
}

/* The lowest lane in which the wire meets no other. */
static void
assign_lane(Sketch *sketch, Wire *wire)
{
    for (guint i = 0; i < sketch->n; i++)
        if (meet(wire, &sketch->wire[i])) {
            wire->lane++;
            i = G_MAXUINT; /* from the first one again */
        }
    sketch->n_lanes[wire->below] = MAX(sketch->n_lanes[wire->below], wire->lane + 1);
}

static void
add_wires(Sketch *sketch, guint block)
{
    const MlSketchStrip *strip = &sketch->strip;
    guint nth = 0;
    for (guint i = 0; i < strip->n_cells; i++) {
        const MlBlockCell *cell = ml_sketch_strip_cell(strip, block, i);
        int to = cell->target != 0 ? find_block(strip, cell->target) : -1;
        if (cell->role == ML_ROLE_POINTER)
            nth++;
        if (to < 0 || sketch->n == ML_LINKS_MAX)
            continue;
        Wire wire = {
            .dot_x = ml_sketch_strip_cell_x(strip, block, i) + strip->cell_columns[i] / 2,
            .tip_x = strip->tip_x[to],
        };
        wire.below = nth > 1 || (wire.tip_x < wire.dot_x);
        assign_lane(sketch, &wire);
        sketch->wire[sketch->n++] = wire;
    }
}

static void
find_wires(Sketch *sketch)
{
    sketch->n = 0;
    sketch->n_lanes[0] = sketch->n_lanes[1] = 0;
    for (guint k = 0; k < sketch->strip.n; k++)
        add_wires(sketch, sketch->strip.order[k]);
}

static gboolean
fit(Sketch *sketch, int columns)
{
    for (guint max = ML_RUN_MAX; max > 0; max--)
        if (ml_sketch_strip_place(&sketch->strip, max) <= columns) {
            find_wires(sketch);
            if (MAX(sketch->n_lanes[0], sketch->n_lanes[1]) <= MAX_LANES)
                return TRUE;
        }
    return FALSE;
}

static void
draw_wire(const Sketch *sketch, MlCanvas *canvas, const Wire *wire, int row)
{
    int style = ML_STYLE_ROLE + ML_ROLE_POINTER;
    int tip = wire->below ? row + ML_SKETCH_BOTTOM + 1 : row - 1;
    int edge = wire->below ? row + ML_SKETCH_BOTTOM : row;
    int lane = wire->below ? tip + 1 + wire->lane : tip - 1 - wire->lane;
    ml_canvas_line(canvas, wire->dot_x, edge, wire->dot_x, lane);
    ml_canvas_line(canvas, wire->dot_x, lane, wire->tip_x, lane);
    ml_canvas_line(canvas, wire->tip_x, lane, wire->tip_x, tip);
    ml_canvas_text(canvas, wire->tip_x, tip, wire->below ? "^" : "v", style);
}

static char *
draw(const Sketch *sketch, gboolean ascii, int columns)
{
    int row = sketch->n_lanes[0] > 0 ? sketch->n_lanes[0] + 1 : 0;
    int names = row + ML_SKETCH_NAMES + (sketch->n_lanes[1] > 0 ? sketch->n_lanes[1] + 1 : 0);
    g_autoptr(MlCanvas) canvas = ml_canvas_new(columns, names + 2);
    ml_sketch_strip_draw(&sketch->strip, canvas, row);
    for (guint i = 0; i < sketch->n; i++)
        draw_wire(sketch, canvas, &sketch->wire[i], row);
    ml_sketch_strip_draw_names(&sketch->strip, canvas, names, columns, ascii);
    return ml_canvas_to_text(canvas, ascii);
}

static void
sketch_clear(Sketch *sketch)
{
    ml_sketch_strip_clear(&sketch->strip);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sketch, sketch_clear)

char *
ml_chain_terminal(const MlDiagramFacts *facts, const char *title, gboolean ascii, int columns)
{
    MlRun nodes;
    MlClaim claim;
    g_auto(Sketch) sketch = { 0 };
    gboolean ok = facts->walk->n > 0 && columns >= MIN_COLUMNS &&
                  ml_run_init(&nodes, facts, ml_chain_node(facts->walk), NULL);
    if (ok)
        ml_sketch_strip_init(&sketch.strip, &nodes, TRUE);
    if (!ok || !fit(&sketch, columns)) {
        g_autofree char *words = ml_chain_describe(facts, title);
        return ml_canvas_words(words, ascii, columns);
    }
    ml_run_claim(&nodes, sketch.strip.n, &claim);
    g_autofree char *picture = draw(&sketch, ascii, columns);
    g_autofree char *caption = ml_sketch_sum(facts, &claim, ascii, columns);
    return g_strconcat(picture, caption, NULL);
}

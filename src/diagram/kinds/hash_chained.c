/* The chained hash table: its buckets from top to bottom, and to the right of each the chain of its
 * nodes, with their keys and values. */
#include "base/language.h"
#include "core/structure.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/kinds/logical_shapes.h"
#include "diagram/kinds/table.h"
#include "diagram/kinds/table_terminal.h"

#define INDEX_ROOM 90.0
#define INDEX_ROOM_NARROW 70.0
#define NODES_GAP 110.0
#define NODES_GAP_NARROW 80.0
#define CHAIN_GAP 36.0 /* room for the arrow from node to node */
#define BUCKET_GAP 10.0
#define BUCKET_GAP_LOW 2.0
#define FIRST_BUCKETS 64 /* of which a picture may begin with any */
#define DEEPEST 3        /* nodes of a chain for whose indent there is room */
#define INDENT_BYTES 4.0
#define DOT_RISE 14

enum { BUCKETS, NODE };

/* The nodes of a bucket that are drawn, and how many more there are. */
typedef struct {
    int n;
    const MlWalkSample *node[DEEPEST];
    gboolean goes_on;
    guint64 n_more; /* 0: not known */
} Chain;

/* Buckets one after the other, and the nodes behind them. */
typedef struct {
    guint64 first;
    guint64 n;
    guint n_nodes;
} Window;

typedef struct {
    MlTable table;
    const MlWalkSample *buckets;
    guint64 n_buckets;
    double nodes_gap; /* px from bucket to nodes */
    int deepest;      /* nodes of a chain that are drawn, at most */
    Window window;    /* of what is drawn */
    Window second;    /* in a second column */
} Picture;

/* Returns: FALSE where nothing of it was sampled. */
static gboolean
find_chain(const Picture *picture, guint64 bucket, Chain *ret_chain)
{
    const MlWalk *walk = picture->table.walk;
    gint64 address = 0;
    *ret_chain = (Chain){ 0 };
    if (!ml_walk_field(walk, picture->buckets, bucket, 0, &address))
        return FALSE;
    for (guint n = 0; address != 0; n++) {
        const MlWalkSample *node = ml_walk_find(walk, (guint64)address);
        if (node == NULL || n == ML_WALK_HEAD || !ml_walk_field(walk, node, 0, 0, &address) ||
            ((int)n < picture->deepest && !ml_table_can_show(&picture->table, node, 0))) {
            ret_chain->goes_on = TRUE;
            ret_chain->n_more = 0;
            return ret_chain->n > 0;
        }
        if (ret_chain->n < picture->deepest)
            ret_chain->node[ret_chain->n++] = node;
        else
            ret_chain->n_more++;
    }
    ret_chain->goes_on = ret_chain->n_more > 0;
    return TRUE;
}

static double
bucket_gap(const Picture *picture)
{
    return picture->table.is_low ? BUCKET_GAP_LOW : BUCKET_GAP;
}

static double
chain_height(const Picture *picture, const Chain *chain)
{
    if (chain->n == 0)
        return ML_COLUMN_EMPTY_HEIGHT;
    return chain->n * picture->table.row_height + (chain->n - 1) * CHAIN_GAP + bucket_gap(picture) +
           (chain->goes_on ? picture->table.gap : 0);
}

/* From a bucket on, as many as fit into so many px. */
static Window
fit_from(const Picture *picture, guint64 first, double room)
{
    Chain chain;
    Window window = { .first = first };
    for (; first + window.n < picture->n_buckets; window.n++) {
        if (!find_chain(picture, first + window.n, &chain))
            break;
        room -= chain_height(picture, &chain);
        if (room < 0)
            break;
        window.n_nodes += (guint)chain.n;
    }
    return window;
}

/* From the first bucket on; where that shows no node, the buckets that show most of them. */
static Window
choose_window(const Picture *picture, double room)
{
    Window best = fit_from(picture, 0, room);
    if (best.n < picture->n_buckets)
        best = fit_from(picture, 0, room - picture->table.gap);
    if (best.n_nodes > 0 || best.n == picture->n_buckets)
        return best;
    for (guint64 first = 1; first < MIN(picture->n_buckets, FIRST_BUCKETS); first++) {
        Window other = fit_from(picture, first, room - 2 * picture->table.gap);
        if (other.n_nodes > best.n_nodes)
            best = other;
    }
    return best;
}

/* Where an arrow enters a node: clear of its words. */
static double
enters_at(const MlTable *table)
{
    return table->row_height < ML_BLOCK_HIGH ? table->row_height / 2 : table->row_height / 4;
}

static void
draw_chain(Picture *picture, MlBox bucket, const Chain *chain)
{
    MlTable *table = &picture->table;
    MlScene *scene = table->scene;
    double height = table->row_height;
    double field = (double)table->walk->field_bytes * scene->byte_width;
    MlPoint at = { bucket.x + bucket.w + picture->nodes_gap, bucket.y + bucket_gap(picture) / 2 };
    MlPoint dot = { bucket.x + bucket.w / 2, at.y + enters_at(table) };
    for (int i = 0; i < chain->n; i++) {
        const MlWalkSample *node = chain->node[i];
        double byte_0 = ml_block_draw(scene, table->walk, node, table->digits, -1, at, height);
        double right = at.x + (double)ml_block_bytes(table->walk, node) * scene->byte_width;
        MlBox row = { byte_0, at.y, right - byte_0, height };
        if (i == 0)
            ml_arrow_sideways(
                scene, dot, bucket.x + bucket.w, field, (MlPoint){ byte_0, dot.y }, node->address);
        ml_table_draw_objects(table, node, 0, row, right);
        ml_table_add_block(table, node);
        at.x += INDENT_BYTES * scene->byte_width;
        at.y += height + CHAIN_GAP;
        if (i + 1 < chain->n)
            ml_arrow_down(scene,
                (MlPoint){ byte_0 + INDENT_BYTES * scene->byte_width, row.y + height - DOT_RISE },
                row.y + height,
                (MlPoint){ at.x + field, at.y },
                chain->node[i + 1]->address);
    }
    if (chain->goes_on)
        ml_column_draw_more(
            scene, (MlPoint){ at.x, at.y - CHAIN_GAP + table->gap / 2 }, chain->n_more);
}

static void
draw_buckets(Picture *picture, MlColumn *column, const Window *window)
{
    MlTable *table = &picture->table;
    for (guint64 i = window->first; i < window->first + window->n; i++) {
        Chain chain;
        find_chain(picture, i, &chain);
        MlBox bucket = ml_column_add(column, i, chain.n > 0, chain_height(picture, &chain));
        double middle = chain.n > 0 ? bucket_gap(picture) / 2 + enters_at(table) : bucket.h / 2;
        ml_table_draw_index(table, i, bucket.x, bucket.y + middle);
        if (chain.n > 0)
            ml_table_step(table, _("chain"));
        draw_chain(picture, bucket, &chain);
    }
}

static void
draw(Picture *picture, double x)
{
    MlTable *table = &picture->table;
    MlColumn column;
    MlPoint at = { x, table->top };
    ml_scene_step(table->scene, ML_STEP_FIRST, _("the buckets"));
    ml_column_begin(&column, table->scene, table->walk, picture->buckets, table->digits, at);
    column.gap = table->gap;
    MlPoint next = { x + table->bank_pitch, column.y };
    Window window = picture->window;
    if (window.first > 0)
        ml_column_skip(&column, window.first);
    draw_buckets(picture, &column, &window);
    if (table->n_banks > 1) {
        window = picture->second;
        ml_column_break(&column, next);
        draw_buckets(picture, &column, &window);
    }
    guint64 end = window.first + window.n;
    if (end < picture->n_buckets)
        ml_column_skip(&column, picture->n_buckets - end);
    column.bottom = table->bottom;
    ml_column_end(&column);
    ml_table_add_column(table, &column);
    ml_table_draw_names(table, BUCKETS, NULL, ML_SCENE_MARGIN);
}

/* In little room, rather fewer nodes of a chain, and none of malloc's rounding, than no chain. */
static void
choose_nodes(Picture *picture, double room)
{
    double end = ml_column_end_height(picture->table.walk, picture->buckets);
    for (picture->deepest = DEEPEST; picture->deepest > 0; picture->deepest--) {
        picture->window = choose_window(picture, room - end);
        if (picture->window.n_nodes == 0)
            picture->window = choose_window(picture, room);
        if (picture->window.n_nodes > 0)
            return;
    }
}

/* What is drawn, and where there is room for it in a second column. */
static void
choose(Picture *picture)
{
    MlTable *table = &picture->table;
    double field = table->walk->field_bytes > 0 ? ML_COLUMN_FIELD_HEIGHT : 0;
    double room = table->bottom - table->top - field;
    choose_nodes(picture, room);
    if (picture->window.first > 0 || picture->window.n == picture->n_buckets)
        return;
    room -= ml_column_end_height(table->walk, picture->buckets);
    Window whole = fit_from(picture, 0, room);
    picture->second = fit_from(picture, whole.n, room - table->gap);
    if (picture->second.n_nodes > 0 && ml_table_make_banks(table))
        picture->window = whole;
}

/* The names of a node's fields, above each column of them. */
static void
draw_node_names(Picture *picture, const MlWalkSample *node)
{
    MlTable *table = &picture->table;
    double nodes_x = table->holder_x;
    g_autoptr(GArray) cells = ml_block_cells(table->walk, node, table->digits);
    ml_table_draw_names(table, NODE, cells, nodes_x);
    if (table->n_banks > 1)
        ml_block_draw_names(
            table->scene, cells, nodes_x + table->bank_pitch, table->top - ML_TABLE_NAMES_RISE);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    Picture picture = { .buckets = ml_walk_sample(facts->walk, BUCKETS, 0) };
    const MlWalkSample *node = ml_walk_sample(facts->walk, NODE, 0);
    double node_bytes = node != NULL ? (double)ml_block_bytes(facts->walk, node) : 1;
    double before = ML_TABLE_FIELD + node_bytes + (DEEPEST - 1) * INDENT_BYTES;
    if (facts->walk->n > 0 && (picture.buckets == NULL || node == NULL))
        return ml_table_missing(facts, error);
    double index_room = ml_table_is_narrow(scene) ? INDEX_ROOM_NARROW : INDEX_ROOM;
    picture.nodes_gap = ml_table_is_narrow(scene) ? NODES_GAP_NARROW : NODES_GAP;
    ml_table_init(&picture.table, scene, facts, NODE, before, index_room + picture.nodes_gap);
    if (facts->walk->n == 0) {
        ml_table_finish(&picture.table, NULL);
        return TRUE;
    }
    double x = ML_SCENE_MARGIN + index_room;
    picture.n_buckets = picture.buckets->request_bytes / facts->walk->parts[BUCKETS].stride;
    choose(&picture);
    picture.table.holder_x = x + ML_TABLE_FIELD * scene->byte_width + picture.nodes_gap;
    draw(&picture, x);
    scene->step = picture.table.step;
    draw_node_names(&picture, node);
    ml_table_finish(&picture.table, _(" in chains behind their buckets"));
    return TRUE;
}

static const char *const examples[] = { "chained-table", NULL };

const MlDiagramKind ml_diagram_kind_hash_chained = {
    .name = "hash-chained",
    .summary = "buckets and the chains of nodes behind them, with keys and values",
    .needs = ML_NEEDS_WALK,
    .shapes = 1u << ML_SHAPE_BUCKETS,
    .examples = examples,
    .layout = layout,
    .describe = ml_table_describe,
    .logical = ml_logical_buckets,
    .terminal = ml_buckets_sketch,
};

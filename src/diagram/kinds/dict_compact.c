/* The compact dict: a sparse index whose slots number the dense entries, and the keys and values
 * behind these.  Where the index is too long, the slots that lead to the drawn entries. */
#include "core/structure.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/kinds/table.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define INDEX_ROOM 210.0
#define WAY 200.0 /* from index to entries */
#define MAX_ENTRIES 6
#define DOT_INSET 9.0
#define TIP_CLEAR 10.0 /* between the heights of any two sideways lines */
#define TEXT_GAP 14

enum { INDEX, ENTRIES };

enum { STEP_ENTRIES = ML_STEP_FIRST, STEP_INDEX, STEP_OBJECTS };

typedef struct {
    guint64 slot;
    guint64 entry;
    double dot_y, tip_y;
} Way;

typedef struct {
    MlTable table;
    const MlWalkSample *index;
    const MlWalkSample *entries;
    guint64 n_slots;
    double index_x, entries_x;
    guint n_ways; /* entries drawn, each with the slot that leads to it */
    Way way[MAX_ENTRIES];
    MlBox row[MAX_ENTRIES];
} Picture;

/* FALSE where the slot was not sampled. */
static gboolean
read_slot(const Picture *picture, guint64 slot, guint64 *ret_number, gboolean *ret_is_used)
{
    gint64 number = 0;
    guint32 bits = 8 * picture->table.walk->parts[INDEX].stride;
    guint64 empty = G_MAXUINT64 >> (64 - bits);
    if (!ml_walk_field(picture->table.walk, picture->index, slot, 0, &number))
        return FALSE;
    *ret_number = (guint64)number & empty;
    *ret_is_used = *ret_number != empty;
    return TRUE;
}

/* As a look-up does: from the slot that the hash names, on to the next. */
static gboolean
find_slot(const Picture *picture, guint64 entry, guint64 *ret_slot)
{
    gint64 hash = 0;
    guint64 number = 0;
    gboolean is_used = TRUE;
    const MlTable *table = &picture->table;
    ml_walk_field(table->walk, picture->entries, entry, (guint)MAX(table->hash, 0), &hash);
    guint64 slot = (guint64)hash & (picture->n_slots - 1);
    while (is_used && read_slot(picture, slot, &number, &is_used)) {
        if (number == entry) {
            *ret_slot = slot;
            return TRUE;
        }
        slot = (slot + 1) & (picture->n_slots - 1);
    }
    return FALSE;
}

static void
draw_entries(Picture *picture)
{
    MlTable *table = &picture->table;
    guint64 n = table->walk->n;
    guint64 capacity = picture->entries->request_bytes / table->walk->parts[ENTRIES].stride;
    MlColumn column;
    MlPoint at = { picture->entries_x, table->top };
    ml_scene_step(table->scene, STEP_ENTRIES, "the entries");
    table->step = STEP_OBJECTS;
    ml_column_begin(&column, table->scene, table->walk, picture->entries, table->digits, at);
    double end = table->bottom - ml_column_end_height(table->walk, picture->entries);
    double more = capacity > 1 ? ML_COLUMN_GAP_HEIGHT : 0;
    guint64 slot;
    while (picture->n_ways < MIN(n, MAX_ENTRIES) && column.y + table->row_height + more <= end &&
           ml_table_can_show(table, picture->entries, picture->n_ways) &&
           find_slot(picture, picture->n_ways, &slot)) {
        guint i = picture->n_ways++;
        MlBox row = ml_column_add(&column, i, TRUE, table->row_height);
        picture->row[i] = row;
        picture->way[i] = (Way){ .slot = slot, .entry = i };
        ml_table_step(table, "entry with what is behind it");
        ml_table_draw_objects(table, picture->entries, i, row, row.x + row.w);
    }
    guint64 left = capacity - picture->n_ways;
    gboolean is_last = picture->n_ways == n && left == 1;
    if (is_last)
        ml_column_add(&column, picture->n_ways, FALSE, ML_COLUMN_EMPTY_HEIGHT);
    else if (left > 0)
        ml_column_skip(&column, left);
    column.bottom = table->bottom;
    ml_column_end(&column);
    ml_table_add_column(table, &column);
}

static void
draw_slot(Picture *picture, MlColumn *column, guint64 slot)
{
    guint64 number = 0;
    gboolean is_used = FALSE;
    read_slot(picture, slot, &number, &is_used);
    MlBox box = ml_column_add(column, slot, is_used, ML_COLUMN_EMPTY_HEIGHT);
    double y = box.y + box.h / 2;
    g_autofree char *at = ml_wording_count(slot);
    g_autofree char *count = ml_wording_count(number);
    g_autofree char *label =
        is_used ? g_strdup_printf("[%s]  %s", at, count) : g_strdup_printf("[%s]  –", at);
    g_autofree char *shorter = g_strdup_printf("[%s]", at);
    ml_label(column->scene,
        (MlPoint){ box.x - TEXT_GAP, ml_label_baseline(y, ML_TYPE_SMALL) },
        ML_ANCHOR_END,
        ML_TYPE_SMALL,
        is_used ? ml_ink_of(ML_INK_LINE, ML_ROLE_INDEX) : ML_INK_MUTED,
        INDEX_ROOM - TEXT_GAP,
        ML_LADDER(label, shorter));
    for (guint i = 0; i < picture->n_ways; i++)
        if (picture->way[i].slot == slot)
            picture->way[i].dot_y = y;
}

/* The ways sorted by slot. */
static void
sort_ways(const Picture *picture, guint order[MAX_ENTRIES])
{
    for (guint i = 0; i < picture->n_ways; i++) {
        guint at = i;
        for (; at > 0 && picture->way[order[at - 1]].slot > picture->way[i].slot; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* All slots, or those that lead to the drawn entries. */
static void
draw_index(Picture *picture)
{
    MlTable *table = &picture->table;
    MlColumn column;
    guint order[MAX_ENTRIES];
    MlPoint at = { picture->index_x, table->top };
    ml_scene_step(table->scene, STEP_INDEX, "the index");
    ml_column_begin(&column, table->scene, table->walk, picture->index, table->digits, at);
    double room = table->bottom - column.y - ml_column_end_height(table->walk, picture->index);
    if ((double)picture->n_slots * ML_COLUMN_EMPTY_HEIGHT <= room) {
        for (guint64 i = 0; i < picture->n_slots; i++)
            draw_slot(picture, &column, i);
    } else {
        guint64 next = 0;
        sort_ways(picture, order);
        for (guint i = 0; i < picture->n_ways; i++) {
            guint64 slot = picture->way[order[i]].slot;
            double needed = ML_COLUMN_EMPTY_HEIGHT + 2 * ML_COLUMN_GAP_HEIGHT;
            if (column.y - table->top + needed > room + ML_COLUMN_FIELD_HEIGHT)
                break;
            if (slot > next)
                ml_column_skip(&column, 0);
            draw_slot(picture, &column, slot);
            next = slot + 1;
        }
        if (next < picture->n_slots)
            ml_column_skip(&column, 0);
    }
    column.bottom = table->bottom;
    ml_column_end(&column);
    ml_table_add_column(table, &column);
}

/* Whether a line at this height would run along another. */
static gboolean
is_taken(const Picture *picture, double y, guint n_tips)
{
    for (guint i = 0; i < picture->n_ways; i++)
        if (ABS(picture->way[i].dot_y - y) < TIP_CLEAR)
            return TRUE;
    for (guint i = 0; i < n_tips; i++)
        if (ABS(picture->way[i].tip_y - y) < TIP_CLEAR)
            return TRUE;
    return FALSE;
}

static void
draw_ways(Picture *picture)
{
    MlScene *scene = picture->table.scene;
    double width = picture->table.walk->parts[INDEX].stride * scene->byte_width;
    double edge = picture->index_x + width;
    double from = picture->index_x + ML_TABLE_FIELD * scene->byte_width;
    for (guint i = 0; i < picture->n_ways; i++) {
        Way *way = &picture->way[i];
        MlBox row = picture->row[i];
        way->tip_y = row.y + TIP_CLEAR;
        while (is_taken(picture, way->tip_y, i) && way->tip_y < row.y + row.h - TIP_CLEAR)
            way->tip_y += 2;
        if (way->dot_y <= 0)
            continue;
        double lane = from + (picture->entries_x - 40 - from) * (i + 1) / (picture->n_ways + 1);
        MlPoint dot = { edge - MIN(width / 2, DOT_INSET), way->dot_y };
        guint64 stride = picture->table.walk->parts[ENTRIES].stride;
        MlItem *arrow = ml_arrow_sideways_step(scene,
            dot,
            edge,
            lane,
            (MlPoint){ picture->entries_x, way->tip_y },
            picture->entries->address + way->entry * stride);
        arrow->path.pen.ink = ml_ink_of(ML_INK_LINE, ML_ROLE_INDEX);
    }
}

static void
draw_names(Picture *picture)
{
    MlTable *table = &picture->table;
    g_autoptr(GArray) cells =
        ml_block_element_cells(table->walk, picture->entries, 0, table->digits);
    g_autofree char *count = ml_wording_count(picture->n_slots);
    g_autofree char *slots = g_strdup_printf("%s × %u B", count, table->walk->parts[INDEX].stride);
    table->scene->step = STEP_INDEX;
    ml_table_draw_names(table, INDEX, NULL, ML_SCENE_MARGIN);
    table->scene->step = STEP_ENTRIES;
    ml_table_draw_names(table, ENTRIES, cells, picture->entries_x);
    table->scene->step = STEP_INDEX;
    ml_label(table->scene,
        (MlPoint){ ML_SCENE_MARGIN, table->top - 14 },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        picture->entries_x - ML_SCENE_MARGIN - TEXT_GAP,
        ML_LADDER(slots));
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    Picture picture = {
        .index = ml_walk_sample(facts->walk, INDEX, 0),
        .entries = ml_walk_sample(facts->walk, ENTRIES, 0),
    };
    double before = ML_TABLE_FIELD + facts->walk->parts[ENTRIES].stride;
    if (facts->walk->n > 0 && (picture.index == NULL || picture.entries == NULL))
        return ml_table_missing(facts, error);
    ml_table_init(&picture.table, scene, facts, ENTRIES, before, INDEX_ROOM + WAY);
    if (facts->walk->n == 0) {
        ml_table_finish(&picture.table, NULL);
        return TRUE;
    }
    picture.n_slots = picture.index->request_bytes / facts->walk->parts[INDEX].stride;
    picture.index_x = ML_SCENE_MARGIN + INDEX_ROOM;
    picture.entries_x = picture.index_x + ML_TABLE_FIELD * scene->byte_width + WAY;
    draw_entries(&picture);
    draw_index(&picture);
    draw_ways(&picture);
    draw_names(&picture);
    ml_table_finish(&picture.table, ", numbered by a sparse index");
    return TRUE;
}

static const char *const examples[] = { "compact-dict:keys=string,values=boxed", NULL };

const MlDiagramKind ml_diagram_kind_dict_compact = {
    .name = "dict-compact",
    .summary = "a sparse index, dense entries, and the keys and values behind them",
    .needs = ML_NEEDS_WALK,
    .shapes = 1u << ML_SHAPE_ENTRIES,
    .examples = examples,
    .layout = layout,
    .describe = ml_table_describe,
    .terminal = ml_table_terminal,
};

/* The compact dict: a sparse index whose slots number the dense entries, and the keys and values
 * behind these.  Where the index is too long, the slots that lead to the drawn entries. */
#include <math.h>

#include "base/language.h"
#include "core/structure.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/kinds/dict_view.h"
#include "diagram/kinds/logical_shapes.h"
#include "diagram/kinds/table.h"
#include "diagram/kinds/table_terminal.h"
#include "diagram/label.h"
#include "diagram/wording.h"

#define INDEX_ROOM 210.0
#define INDEX_ROOM_NARROW 180.0
#define INDEX_GAP 36.0 /* between slots that lead to drawn entries */
#define WAY 200.0      /* from index to entries */
#define WAY_NARROW 130.0
#define MOST_SPREAD 200.0
#define ROOM_FOR_PITCH 530.0 /* px of height */
#define FOOT_AIR 40.0        /* from malloc's rounding of the index to the entries */
#define DOT_INSET 9.0
#define TIP_CLEAR 10.0 /* between the heights of any two sideways lines */
#define TEXT_GAP 14

enum { STEP_ENTRIES = ML_STEP_FIRST, STEP_INDEX, STEP_OBJECTS };

typedef struct {
    MlTable table;
    MlDictView view;   /* of the entries drawn */
    double index_room; /* to the left of the index, for its words */
    double index_x;
    double dot_y[ML_DICT_WAYS], tip_y[ML_DICT_WAYS]; /* by entry */
    MlBox row[ML_DICT_WAYS];
} Picture;

static void
draw_entries(Picture *picture)
{
    MlTable *table = &picture->table;
    MlDictView *view = &picture->view;
    MlColumn column;
    MlPoint at = { picture->table.holder_x, table->top };
    ml_scene_step(table->scene, STEP_ENTRIES, _("the entries"));
    table->step = STEP_OBJECTS;
    ml_column_begin(&column, table->scene, table->walk, view->entries, table->digits, at);
    column.gap = table->gap;
    double end = table->bottom - ml_column_end_height(table->walk, view->entries);
    double more = view->capacity > 1 ? table->gap : 0;
    if (column.y + table->row_height + more > end) /* rather an entry than malloc's rounding */
        end = table->bottom;
    guint n = 0;
    guint64 entry = 0;
    for (; n < view->n_ways && ml_table_can_show(table, view->entries, view->way[n].entry); n++) {
        guint64 deleted = view->way[n].entry - entry;
        double gap = deleted == 1 ? ML_COLUMN_EMPTY_HEIGHT : table->gap;
        if (column.y + (deleted > 0 ? gap : 0) + table->row_height + more > end)
            break;
        if (deleted == 1)
            ml_column_add(&column, entry, FALSE, ML_COLUMN_EMPTY_HEIGHT);
        else if (deleted > 1)
            ml_column_skip(&column, deleted);
        entry = view->way[n].entry;
        MlBox row = ml_column_add(&column, entry, TRUE, table->row_height);
        picture->row[n] = row;
        ml_table_step(table, _("entry with what is behind it"));
        ml_table_draw_objects(table, view->entries, entry, row, row.x + row.w);
        entry++;
    }
    ml_dict_view_keep(view, n);
    guint64 left = view->capacity - entry;
    gboolean is_last = n == table->walk->n && left == 1;
    if (is_last)
        ml_column_add(&column, entry, FALSE, ML_COLUMN_EMPTY_HEIGHT);
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
    ml_dict_view_slot(&picture->view, slot, &number, &is_used);
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
        picture->index_room - TEXT_GAP,
        ML_LADDER(label, shorter));
    for (guint i = 0; i < picture->view.n_ways; i++)
        if (picture->view.way[i].slot == slot)
            picture->dot_y[i] = y;
}

/* All slots, or those that lead to the drawn entries. */
static void
draw_index(Picture *picture)
{
    MlTable *table = &picture->table;
    const MlDictView *view = &picture->view;
    MlColumn column;
    MlPoint at = { picture->index_x, table->top };
    ml_scene_step(table->scene, STEP_INDEX, _("the index"));
    ml_column_begin(&column, table->scene, table->walk, view->index, table->digits, at);
    column.gap = fmin(INDEX_GAP, table->gap);
    double needed = ML_COLUMN_EMPTY_HEIGHT + 2 * column.gap;
    double room = table->bottom - column.y - ml_column_end_height(table->walk, view->index);
    if (room < needed) /* rather a slot than malloc's rounding */
        room = table->bottom - column.y;
    column.widest_foot = table->holder_x - picture->index_x - FOOT_AIR;
    if ((double)view->n_slots * ML_COLUMN_EMPTY_HEIGHT <= room) {
        for (guint64 i = 0; i < view->n_slots; i++)
            draw_slot(picture, &column, i);
    } else {
        guint64 next = 0;
        for (guint i = 0; i < view->n_ways; i++) {
            guint64 slot = view->way[view->by_slot[i]].slot;
            if (column.y - table->top + needed > room + ML_COLUMN_FIELD_HEIGHT)
                break;
            if (slot > next)
                ml_column_skip(&column, 0);
            draw_slot(picture, &column, slot);
            next = slot + 1;
        }
        if (next < view->n_slots)
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
    for (guint i = 0; i < picture->view.n_ways; i++)
        if (ABS(picture->dot_y[i] - y) < TIP_CLEAR)
            return TRUE;
    for (guint i = 0; i < n_tips; i++)
        if (ABS(picture->tip_y[i] - y) < TIP_CLEAR)
            return TRUE;
    return FALSE;
}

static void
draw_ways(Picture *picture)
{
    const MlDictView *view = &picture->view;
    MlScene *scene = picture->table.scene;
    double width = view->walk->parts[ML_DICT_INDEX].stride * scene->byte_width;
    double edge = picture->index_x + width;
    double from = picture->index_x + ML_TABLE_FIELD * scene->byte_width;
    for (guint i = 0; i < view->n_ways; i++) {
        MlBox row = picture->row[i];
        double y = row.y + TIP_CLEAR;
        while (is_taken(picture, y, i) && y < row.y + row.h - TIP_CLEAR)
            y += 2;
        picture->tip_y[i] = y;
        if (picture->dot_y[i] <= 0)
            continue;
        double lane = from + (picture->table.holder_x - 40 - from) * (i + 1) / (view->n_ways + 1);
        MlPoint dot = { edge - MIN(width / 2, DOT_INSET), picture->dot_y[i] };
        MlPoint tip = { picture->table.holder_x, y };
        MlItem *arrow = ml_arrow_sideways_step(
            scene, dot, edge, lane, tip, ml_dict_view_entry(view, view->way[i].entry));
        arrow->path.pen.ink = ml_ink_of(ML_INK_LINE, ML_ROLE_INDEX);
    }
}

static void
draw_names(Picture *picture)
{
    MlTable *table = &picture->table;
    g_autoptr(GArray) cells =
        ml_block_element_cells(table->walk, picture->view.entries, 0, table->digits);
    g_autofree char *count = ml_wording_count(picture->view.n_slots);
    g_autofree char *slots =
        g_strdup_printf(_("%s × %u B"), count, table->walk->parts[ML_DICT_INDEX].stride);
    table->scene->step = STEP_INDEX;
    ml_table_draw_names(table, ML_DICT_INDEX, NULL, ML_SCENE_MARGIN);
    table->scene->step = STEP_ENTRIES;
    ml_table_draw_names(table, ML_DICT_ENTRIES, cells, picture->table.holder_x);
    table->scene->step = STEP_INDEX;
    ml_label(table->scene,
        (MlPoint){ ML_SCENE_MARGIN, table->top - 14 },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        picture->table.holder_x - ML_SCENE_MARGIN - TEXT_GAP,
        ML_LADDER(slots));
}

/* Entries with nothing behind them: as high as the slots that lead to them are apart, and to the
 * right. */
static void
spread(Picture *picture, double before, double way)
{
    MlTable *table = &picture->table;
    MlScene *scene = table->scene;
    if (!table->has_keys && !table->has_values) {
        double free =
            scene->width - ML_SCENE_MARGIN - picture->index_x - before * scene->byte_width - way;
        way += CLAMP(free / 2, 0, MOST_SPREAD);
        if (table->bottom - table->top >= ROOM_FOR_PITCH)
            table->row_height = ML_COLUMN_EMPTY_HEIGHT + INDEX_GAP;
    }
    table->holder_x = picture->index_x + ML_TABLE_FIELD * scene->byte_width + way;
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    Picture picture = { 0 };
    double before = ML_TABLE_FIELD + facts->walk->parts[ML_DICT_ENTRIES].stride;
    if (!ml_dict_view_init(&picture.view, facts, error))
        return FALSE;
    double way = ml_table_is_narrow(scene) ? WAY_NARROW : WAY;
    picture.index_room = ml_table_is_narrow(scene) ? INDEX_ROOM_NARROW : INDEX_ROOM;
    ml_table_init(&picture.table, scene, facts, ML_DICT_ENTRIES, before, picture.index_room + way);
    if (facts->walk->n == 0) {
        ml_table_finish(&picture.table, NULL);
        return TRUE;
    }
    picture.index_x = ML_SCENE_MARGIN + picture.index_room;
    spread(&picture, before, way);
    draw_entries(&picture);
    draw_index(&picture);
    draw_ways(&picture);
    draw_names(&picture);
    ml_table_finish(&picture.table, _(", numbered by a sparse index"));
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
    .logical = ml_logical_entries,
    .terminal = ml_dict_sketch,
};

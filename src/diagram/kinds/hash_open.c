/* The open hash table: its slots from top to bottom, used and empty, with their keys and values;
 * which slot an entry's hash names, where that is another one. */
#include <inttypes.h>

#include "base/language.h"
#include "core/structure.h"
#include "diagram/block.h"
#include "diagram/kinds/hash_split.h"
#include "diagram/kinds/logical_shapes.h"
#include "diagram/kinds/slots_view.h"
#include "diagram/kinds/table.h"
#include "diagram/kinds/table_terminal.h"
#include "diagram/label.h"

#define INDEX_ROOM 220.0
#define LEAST_SECOND 3 /* slots that a second column must show */

enum { SLOTS };

typedef struct {
    MlTable table;
    MlSlotsView view;
    const MlWalkSample *slots;
    guint64 n_slots;
} Picture;

/* The slot's hash, 0 where it is empty or was emptied.  FALSE: not sampled, or its objects were
 * not. */
static gboolean
read_slot(const Picture *picture, guint64 slot, guint64 *ret_hash)
{
    gboolean is_used;
    if (!ml_slots_view_read(&picture->view, slot, ret_hash, &is_used))
        return FALSE;
    if (!is_used)
        *ret_hash = 0;
    return !is_used || ml_table_can_show(&picture->table, picture->slots, slot);
}

/* From a slot on, as many as fit into so many px. */
static guint64
count_fitting(const Picture *picture, guint64 first, double room)
{
    guint64 hash = 0;
    guint64 n = 0;
    for (; first + n < picture->n_slots && read_slot(picture, first + n, &hash); n++) {
        room -= hash != 0 ? picture->table.row_height : ML_COLUMN_EMPTY_HEIGHT;
        if (room < 0)
            break;
    }
    return n;
}

static gboolean
shows_entry(const Picture *picture, guint64 first, double room)
{
    guint64 hash = 0;
    guint64 n = count_fitting(picture, first, room);
    for (guint64 i = 0; i < n && hash == 0; i++)
        read_slot(picture, first + i, &hash);
    return hash != 0;
}

/* The first slot; where that and what fits behind it are empty, the first one in use that fits. */
static guint64
choose_first(const Picture *picture, double room)
{
    guint64 hash = 0;
    guint64 first = 0;
    double gap = picture->table.gap;
    while (read_slot(picture, first, &hash) && hash == 0 && first + 1 < picture->n_slots)
        first++;
    if (shows_entry(picture, 0, room - gap) || !shows_entry(picture, first, room - 2 * gap))
        return 0;
    return first;
}

/* "home [3]": an entry that found its own slot taken. */
static void
draw_home(Picture *picture, guint64 slot, guint64 hash, MlBox row)
{
    guint64 home = hash & (picture->n_slots - 1);
    if (home == slot)
        return;
    g_autofree char *words = g_strdup_printf(_("home [%" PRIu64 "]"), home);
    ml_label(picture->table.scene,
        (MlPoint){ row.x - INDEX_ROOM, ml_label_baseline(row.y + row.h / 2, ML_TYPE_SMALL) },
        ML_ANCHOR_START,
        ML_TYPE_SMALL,
        ml_ink_of(ML_INK_LINE, ML_ROLE_INDEX),
        INDEX_ROOM - 80,
        ML_LADDER(words));
}

static void
draw_row(Picture *picture, MlColumn *column, guint64 slot)
{
    guint64 hash = 0;
    MlTable *table = &picture->table;
    read_slot(picture, slot, &hash);
    double height = hash != 0 ? table->row_height : ML_COLUMN_EMPTY_HEIGHT;
    MlBox row = ml_column_add(column, slot, hash != 0, height);
    ml_table_draw_index(table, slot, row.x, row.y + row.h / 2);
    if (hash == 0)
        return;
    draw_home(picture, slot, hash, row);
    ml_table_step(table, _("entry with what is behind it"));
    ml_table_draw_objects(table, picture->slots, slot, row, row.x + row.w);
}

static void
draw(Picture *picture, double x)
{
    MlTable *table = &picture->table;
    MlColumn column;
    MlPoint at = { x, table->top };
    guint64 slot = 0;
    ml_scene_step(table->scene, ML_STEP_FIRST, _("the table"));
    ml_column_begin(&column, table->scene, table->walk, picture->slots, table->digits, at);
    column.gap = table->gap;
    double end_height = ml_column_end_height(table->walk, picture->slots);
    slot = choose_first(picture, table->bottom - column.y);
    if (slot > 0)
        ml_column_skip(&column, slot);
    double room = table->bottom - column.y - end_height;
    if (!shows_entry(picture, slot, room - table->gap))
        room += end_height; /* rather an entry than the rounding */
    MlPoint next = { x + table->bank_pitch, column.y };
    for (guint bank = 0; bank < table->n_banks && slot < picture->n_slots; bank++) {
        guint64 end = slot + count_fitting(picture, slot, room);
        if (bank + 1 == table->n_banks && end < picture->n_slots)
            end = slot + count_fitting(picture, slot, room - table->gap);
        if (bank > 0)
            ml_column_break(&column, next);
        for (; slot < end; slot++)
            draw_row(picture, &column, slot);
    }
    if (slot < picture->n_slots)
        ml_column_skip(&column, picture->n_slots - slot);
    column.bottom = table->bottom;
    ml_column_end(&column);
    ml_table_add_column(table, &column);
}

/* Two columns, where one does not show all of the slots, and the second is worth its while. */
static void
choose_banks(Picture *picture)
{
    const MlTable *table = &picture->table;
    double field = table->walk->field_bytes > 0 ? ML_COLUMN_FIELD_HEIGHT : 0;
    double room = table->bottom - table->top - field;
    guint64 first = count_fitting(picture, 0, room);
    if (first < picture->n_slots && count_fitting(picture, first, room) >= LEAST_SECOND)
        ml_table_make_banks(&picture->table);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    MlSlotsView view;
    if (!ml_slots_view_init(&view, facts, error))
        return FALSE;
    if (facts->walk->n > 0 && ml_slots_view_is_split(&view))
        return ml_hash_split_layout(facts, scene, error);
    Picture picture = { .view = view, .slots = view.hashes };
    double stride = facts->walk->parts[SLOTS].stride;
    ml_table_init(&picture.table, scene, facts, SLOTS, stride, INDEX_ROOM);
    if (facts->walk->n == 0) {
        ml_table_finish(&picture.table, NULL);
        return TRUE;
    }
    double x = ML_SCENE_MARGIN + INDEX_ROOM;
    picture.n_slots = picture.slots->request_bytes / facts->walk->parts[SLOTS].stride;
    choose_banks(&picture);
    draw(&picture, x);
    g_autoptr(GArray) cells =
        ml_block_element_cells(facts->walk, picture.slots, 0, picture.table.digits);
    scene->step = ML_STEP_FIRST;
    ml_table_draw_names(&picture.table, SLOTS, cells, x);
    if (picture.table.n_banks > 1)
        ml_block_draw_names(
            scene, cells, x + picture.table.bank_pitch, picture.table.top - ML_TABLE_NAMES_RISE);
    ml_table_finish(&picture.table, _(", each in a slot of the table itself"));
    return TRUE;
}

static const char *const examples[] = { "open-table", NULL };

const MlDiagramKind ml_diagram_kind_hash_open = {
    .name = "hash-open",
    .summary = "the slots of an open hash table, used and empty, with keys and values",
    .needs = ML_NEEDS_WALK,
    .shapes = 1u << ML_SHAPE_OPEN_TABLE,
    .examples = examples,
    .layout = layout,
    .describe = ml_table_describe,
    .logical = ml_logical_open_table,
    .terminal = ml_slots_sketch,
};

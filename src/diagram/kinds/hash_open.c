/* The open hash table: its slots from top to bottom, used and empty, with their keys and values;
 * which slot an entry's hash names, where that is another one. */
#include <inttypes.h>

#include "base/language.h"
#include "core/structure.h"
#include "diagram/block.h"
#include "diagram/kinds/hash_split.h"
#include "diagram/kinds/logical_shapes.h"
#include "diagram/kinds/slots_window.h"
#include "diagram/kinds/table.h"
#include "diagram/kinds/table_terminal.h"
#include "diagram/label.h"

#define INDEX_ROOM 220.0

enum { SLOTS };

typedef struct {
    MlTable table;
    MlSlotsView view;
} Picture;

/* "home [3]": an entry that found its own slot taken. */
static void
draw_home(Picture *picture, guint64 slot, guint64 hash, MlBox row)
{
    guint64 home = hash & (picture->view.n_slots - 1);
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
    gboolean is_used = FALSE;
    MlTable *table = &picture->table;
    ml_slots_view_read(&picture->view, slot, &hash, &is_used);
    double height = is_used ? table->row_height : ML_COLUMN_EMPTY_HEIGHT;
    MlBox row = ml_column_add(column, slot, is_used, height);
    ml_table_draw_index(table, slot, row.x, row.y + row.h / 2);
    if (!is_used)
        return;
    draw_home(picture, slot, hash, row);
    ml_table_step(table, _("entry with what is behind it"));
    ml_table_draw_objects(table, picture->view.keys, slot, row, row.x + row.w);
}

static void
draw(Picture *picture, double x)
{
    MlTable *table = &picture->table;
    const MlWalkSample *slots = picture->view.hashes;
    MlSlotsWindow windows[ML_SLOTS_WINDOWS];
    MlColumn column;
    guint64 slot = 0;
    double field = table->walk->field_bytes > 0 ? ML_COLUMN_FIELD_HEIGHT : 0;
    guint n = ml_slots_windows_choose(table,
        &picture->view,
        table->bottom - table->top - field,
        ml_column_end_height(table->walk, slots),
        windows);
    ml_scene_step(table->scene, ML_STEP_FIRST, _("the table"));
    ml_column_begin(
        &column, table->scene, table->walk, slots, table->digits, (MlPoint){ x, table->top });
    column.gap = table->gap;
    MlPoint next = { x + table->bank_pitch, column.y };
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            ml_column_break(&column, next);
        else if (windows[i].first > 0)
            ml_column_skip(&column, windows[i].first);
        for (slot = windows[i].first; slot < windows[i].first + windows[i].n; slot++)
            draw_row(picture, &column, slot);
    }
    if (slot < picture->view.n_slots)
        ml_column_skip(&column, picture->view.n_slots - slot);
    column.bottom = table->bottom;
    ml_column_end(&column);
    ml_table_add_column(table, &column);
}

static gboolean
layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    MlSlotsView view;
    if (!ml_slots_view_init(&view, facts, error))
        return FALSE;
    if (facts->walk->n > 0 && ml_slots_view_is_split(&view))
        return ml_hash_split_layout(facts, scene, error);
    Picture picture = { .view = view };
    double stride = facts->walk->parts[SLOTS].stride;
    ml_table_init(&picture.table, scene, facts, SLOTS, stride, INDEX_ROOM);
    if (facts->walk->n == 0) {
        ml_table_finish(&picture.table, NULL);
        return TRUE;
    }
    double x = ML_SCENE_MARGIN + INDEX_ROOM;
    draw(&picture, x);
    g_autoptr(GArray) cells =
        ml_block_element_cells(facts->walk, view.hashes, 0, picture.table.digits);
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

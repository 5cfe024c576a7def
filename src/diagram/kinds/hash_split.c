#include "diagram/kinds/hash_split.h"

#include "base/language.h"
#include "diagram/kinds/slots_window.h"
#include "diagram/label.h"

#define INDEX_ROOM 90.0
#define ARRAYS_GAP 44.0
#define LEAST_BYTES 8.0 /* of a column: as wide as the size field above it */
#define NAME_AIR 10
#define MORE_ROOM 150.0 /* for "1 000 more" to the right of the last array */

enum { MOST_ARRAYS = 3 };

typedef struct {
    MlTable table;
    MlSlotsView view;
    guint n_arrays;
    const MlWalkSample *array[MOST_ARRAYS]; /* the keys last: arrows run from them to the right */
    guint n_windows;
    MlSlotsWindow windows[ML_SLOTS_WINDOWS];
} Picture;

static double
column_bytes(const Picture *picture, guint i)
{
    return MAX(picture->view.walk->parts[picture->array[i]->part].stride, LEAST_BYTES);
}

static void
draw_rows(Picture *picture, guint i, MlColumn *column, const MlSlotsWindow *window)
{
    MlTable *table = &picture->table;
    const MlWalkSample *array = picture->array[i];
    for (guint64 slot = window->first; slot < window->first + window->n; slot++) {
        gboolean is_used = FALSE;
        ml_slots_view_read(&picture->view, slot, NULL, &is_used);
        double height = is_used ? table->row_height : ML_COLUMN_EMPTY_HEIGHT;
        MlBox row = ml_column_add(column, slot, is_used, height);
        if (i == 0)
            ml_table_draw_index(table, slot, row.x, row.y + row.h / 2);
        if (is_used && array == picture->view.keys)
            ml_table_draw_objects(table, array, slot, row, row.x + row.w);
    }
}

/* One of the arrays. */
static void
draw_array(Picture *picture, guint i, double x)
{
    MlTable *table = &picture->table;
    MlColumn column;
    ml_column_begin(&column,
        table->scene,
        table->walk,
        picture->array[i],
        table->digits,
        (MlPoint){ x, table->top });
    gboolean is_last = i + 1 == picture->n_arrays;
    const MlSlotsWindow *window = &picture->windows[0];
    column.gap = table->gap;
    MlPoint next = { x + table->bank_pitch, column.y };
    if (window->first > 0)
        ml_column_skip(&column, is_last ? window->first : 0);
    draw_rows(picture, i, &column, window);
    if (picture->n_windows > 1) {
        window = &picture->windows[1];
        ml_column_break(&column, next);
        draw_rows(picture, i, &column, window);
    }
    guint64 end = window->first + window->n;
    if (end < picture->view.n_slots)
        ml_column_skip(&column, is_last ? picture->view.n_slots - end : 0);
    column.bottom = column.y; /* malloc's rounding may be wider than the column: it is not drawn */
    ml_column_end(&column);
    ml_table_add_column(table, &column);
}

/* The name of an array's one field, above it. */
static void
draw_name(const Picture *picture, guint i, double x)
{
    const MlTable *table = &picture->table;
    const MlField *field = &table->walk->parts[picture->array[i]->part].fields[0];
    double width = column_bytes(picture, i) * table->scene->byte_width;
    ml_label(table->scene,
        (MlPoint){ x + width / 2, table->top - ML_TABLE_NAMES_RISE },
        ML_ANCHOR_MIDDLE,
        ML_TYPE_FIELD,
        ml_ink_of(ML_INK_LINE, field->role),
        width + ARRAYS_GAP - NAME_AIR,
        ML_LADDER(field->name));
}

static void
draw(Picture *picture)
{
    MlTable *table = &picture->table;
    double field = table->walk->field_bytes > 0 ? ML_COLUMN_FIELD_HEIGHT : 0;
    double room = table->bottom - table->top - field;
    picture->n_windows = ml_slots_windows_choose(table, &picture->view, room, 0, picture->windows);
    double x = ML_SCENE_MARGIN + INDEX_ROOM;
    ml_scene_step(table->scene, ML_STEP_FIRST, _("the arrays"));
    for (guint i = 0; i < picture->n_arrays; i++) {
        draw_array(picture, i, x);
        for (guint k = 0; k < picture->n_windows; k++)
            draw_name(picture, i, x + k * table->bank_pitch);
        x += column_bytes(picture, i) * table->scene->byte_width + ARRAYS_GAP;
    }
}

gboolean
ml_hash_split_layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    Picture picture = { 0 };
    double before = 0;
    if (!ml_slots_view_init(&picture.view, facts, error))
        return FALSE;
    picture.array[picture.n_arrays++] = picture.view.hashes;
    if (picture.view.values != NULL && picture.view.values != picture.view.keys)
        picture.array[picture.n_arrays++] = picture.view.values;
    picture.array[picture.n_arrays++] = picture.view.keys;
    for (guint i = 0; i < picture.n_arrays; i++)
        before += column_bytes(&picture, i);
    double gaps = INDEX_ROOM + (picture.n_arrays - 1) * ARRAYS_GAP;
    ml_table_init(&picture.table, scene, facts, picture.view.keys->part, before, gaps);
    picture.table.more_room = MORE_ROOM;
    draw(&picture);
    ml_table_finish(&picture.table, _(", hashes, keys and values in an array each"));
    return TRUE;
}

#include "diagram/kinds/table_objects.h"

#include <math.h>

#include "base/language.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/label.h"

#define OBJECT_HEIGHT 44.0
#define TEXT_HEIGHT 36.0 /* of a line of words below an object */
#define ROW_HEIGHT 56.0
#define ROW_HEIGHT_LOW 52.0
#define ROW_HEIGHT_OBJECT 60.0  /* of an entry with one lane to what is behind it */
#define ROW_HEIGHT_OBJECTS 96.0 /* with two */
#define ROW_GAP 12.0
#define OBJECTS_GAP 90.0
#define OBJECTS_GAP_NARROW 60.0
#define TEXT_ROOM 190.0
#define TEXT_GAP 14
#define TEXT_ENDS 3
#define BYTE_WIDTH_MAX 16.0
#define BYTE_WIDTH_NAMES 7.0 /* from here on most names of fields have room above 8 B */
#define BYTE_WIDTH_MIN 2.0

static gboolean
is_pointer(const MlTable *table, int field)
{
    return field >= 0 && table->walk->parts[table->holder].fields[field].kind == ML_FIELD_POINTER;
}

/* The object that an entry's field leads to; NULL: none, or not sampled. */
static const MlWalkSample *
find_object(const MlTable *table, const MlWalkSample *block, guint64 element, int field)
{
    gint64 target = 0;
    if (!is_pointer(table, field) ||
        !ml_walk_field(table->walk, block, element, (guint)field, &target) || target == 0)
        return NULL;
    return ml_walk_find(table->walk, (guint64)target);
}

gboolean
ml_table_can_show(const MlTable *table, const MlWalkSample *block, guint64 element)
{
    gint64 unused;
    return ml_walk_field(table->walk, block, element, (guint)MAX(table->hash, 0), &unused) &&
           (!table->has_keys || find_object(table, block, element, table->key) != NULL) &&
           (!table->has_values || find_object(table, block, element, table->value) != NULL);
}

/* Keys are objects, or plain strings. */
static int
key_part(const MlWalk *walk)
{
    int part = ml_walk_part(walk, "key object");
    return part >= 0 ? part : ml_walk_part(walk, "key string");
}

static int
value_part(const MlWalk *walk)
{
    return ml_walk_part(walk, "value object");
}

static gboolean
is_text(const MlTable *table, int part)
{
    return part >= 0 && table->walk->parts[part].text;
}

/* --- arrangement ------------------------------------------------------------------------------ */

/* The widest object of a part that was sampled, bytes. */
static double
widest(const MlTable *table, int part)
{
    guint64 bytes = 0;
    for (guint i = 0; i < table->walk->n_samples; i++)
        if ((int)table->walk->samples[i].part == part)
            bytes = MAX(bytes, ml_block_bytes(table->walk, &table->walk->samples[i]));
    return (double)bytes;
}

static double
objects_gap(const MlTable *table)
{
    return ml_table_is_narrow(table->scene) ? OBJECTS_GAP_NARROW : OBJECTS_GAP;
}

/* In how many lanes arrows leave an entry.  One alone runs in the middle of the row, if there is
 * nothing to the right of it, field or rounding, whose words it would cross. */
static guint
count_lanes(const MlTable *table)
{
    const MlPart *part = &table->walk->parts[table->holder];
    const MlWalkSample *first = ml_walk_sample(table->walk, table->holder, 0);
    gboolean is_array = first != NULL && first->request_bytes > part->stride;
    int last = (int)part->n_fields - 1;
    if (!table->has_keys && !table->has_values)
        return 0;
    gboolean is_last = (table->has_keys ? table->key : table->value) == last;
    return is_array && is_last ? 1 : 2;
}

static double
row_height(const MlTable *table)
{
    static const double heights[] = { ROW_HEIGHT, ROW_HEIGHT_OBJECT, ROW_HEIGHT_OBJECTS };
    static const double low_heights[] = { ROW_HEIGHT_LOW, OBJECT_HEIGHT, 2 * OBJECT_HEIGHT };
    double lines = table->has_text_below ? TEXT_HEIGHT : 0;
    if (table->is_stacked)
        return 2 * (OBJECT_HEIGHT + fmax(lines, ROW_GAP)) + (lines > 0 ? ROW_GAP : 0);
    if (table->has_text_below)
        return ROW_HEIGHT_OBJECTS;
    return (table->is_low ? low_heights : heights)[table->n_lanes];
}

/* With keys and values arranged as @table says: sets what follows from it. */
static void
try_arrangement(MlTable *table)
{
    gboolean has_objects = table->has_keys || table->has_values;
    double keys = table->has_keys ? widest(table, key_part(table->walk)) : 0;
    double values = table->has_values ? widest(table, value_part(table->walk)) : 0;
    double text = table->has_text_below ? 0 : TEXT_ROOM;
    double key_text = is_text(table, key_part(table->walk)) ? text : 0;
    double value_text = is_text(table, value_part(table->walk)) ? text : 0;
    double gap = objects_gap(table);
    double bytes = table->before + keys + values;
    double gaps = table->gaps + (has_objects ? gap : 0) + key_text + value_text;
    if (table->is_stacked) {
        bytes = table->before + fmax(keys, values);
        gaps = table->gaps + gap + fmax(key_text, value_text);
    } else if (table->has_keys && table->has_values) {
        gaps += gap;
    }
    double room = table->scene->width - 2 * ML_SCENE_MARGIN - gaps;
    double fitting = floor(room / bytes / ML_TABLE_BYTE_STEP) * ML_TABLE_BYTE_STEP;
    double most = has_objects ? BYTE_WIDTH_MAX : ML_TABLE_BYTE_ALONE;
    table->scene->byte_width = CLAMP(fitting, BYTE_WIDTH_MIN, most);
    table->row_height = row_height(table);
    table->keys_x = ML_SCENE_MARGIN + table->gaps + table->before * table->scene->byte_width + gap;
    table->values_x = table->keys_x;
    if (table->has_keys && !table->is_stacked)
        table->values_x += keys * table->scene->byte_width + key_text + gap;
}

static gboolean
shows_rows(const MlTable *table, guint n)
{
    double room = table->bottom - table->top - ML_COLUMN_FIELD_HEIGHT - 2 * table->gap;
    return (table->row_height + ROW_GAP) * n <= room;
}

/* Below one another, the names above stand for both where both are strings; else those of the
 * value's fields are written below it.  An arrow to a value to the right of its key would run
 * through the words below that. */
static gboolean
is_possible(const MlTable *table)
{
    gboolean has_both = table->has_keys && table->has_values;
    gboolean are_values_text = is_text(table, value_part(table->walk));
    if (table->is_stacked)
        return has_both && (table->has_text_below || are_values_text);
    return !table->has_text_below ||
           (!has_both && (are_values_text || is_text(table, key_part(table->walk))));
}

void
ml_table_arrange(MlTable *table)
{
    static const struct {
        gboolean is_stacked, has_text_below;
    } ways[] = { { FALSE, FALSE }, { TRUE, FALSE }, { FALSE, TRUE }, { TRUE, TRUE } };
    enum { ENOUGH_ROWS = 2 };
    table->has_keys = is_pointer(table, table->key);
    table->has_values = is_pointer(table, table->value);
    table->n_lanes = count_lanes(table);
    MlTable best = *table;
    double best_width = 0;
    for (guint rows = ENOUGH_ROWS; rows > 0; rows--)
        for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
            table->is_stacked = ways[i].is_stacked;
            table->has_text_below = ways[i].has_text_below;
            if (!is_possible(table))
                continue;
            try_arrangement(table);
            double width = table->scene->byte_width;
            if (i > 0 && !shows_rows(table, rows))
                continue;
            if (width >= BYTE_WIDTH_NAMES)
                return;
            if (width > best_width) {
                best_width = width;
                best = *table;
            }
        }
    *table = best;
    try_arrangement(table);
}

/* --- objects ---------------------------------------------------------------------------------- */

/* px from the left edge of an object's frame to its characters. */
static double
text_offset(const MlTable *table, const MlWalkSample *object)
{
    const MlPart *part = &table->walk->parts[object->part];
    double bytes = (double)table->walk->field_bytes;
    for (guint i = 0; i < part->n_fields; i++)
        if (part->fields[i].kind == ML_FIELD_TEXT)
            bytes += part->fields[i].offset;
    return bytes * table->scene->byte_width;
}

/* "\"abc…xyz\"": what tells it from its like is mostly at the end. */
static char *
shorten(const char *text, glong head)
{
    glong n = g_utf8_strlen(text, -1);
    if (n <= head + TEXT_ENDS)
        return g_strdup_printf("\"%s\"", text);
    g_autofree char *begin = g_utf8_substring(text, 0, head);
    g_autofree char *end = g_utf8_substring(text, n - TEXT_ENDS, n);
    return g_strdup_printf("\"%s…%s\"", begin, end);
}

/* The characters of a string, where they have no room in their cell: to the right of the object, or
 * below it. */
static void
draw_text(MlTable *table, const MlWalkSample *object, MlBox frame)
{
    g_autofree char *text = ml_walk_text(table->walk, object);
    if (text == NULL)
        return;
    g_autofree char *quoted = g_strdup_printf("\"%s\"", text);
    g_autofree char *cut = shorten(text, 2 * TEXT_ENDS);
    g_autofree char *shorter = shorten(text, TEXT_ENDS);
    double margin = table->scene->width - ML_SCENE_MARGIN;
    MlPoint at = { frame.x + frame.w + TEXT_GAP, frame.y + frame.h / 2 };
    double room = fmin(TEXT_ROOM - TEXT_GAP, margin - at.x);
    if (table->has_text_below) {
        double end = table->values_x > frame.x ? table->values_x - TEXT_GAP : margin;
        at = (MlPoint){ frame.x, frame.y + frame.h + TEXT_HEIGHT / 2 };
        room = end - at.x;
    }
    MlItem *label = ml_label(table->scene,
        (MlPoint){ at.x, ml_label_baseline(at.y, ML_TYPE_CELL_DATA) },
        ML_ANCHOR_START,
        ML_TYPE_CELL_DATA,
        ml_ink_of(ML_INK_LINE, ML_ROLE_DATA),
        room,
        ML_LADDER(quoted, cut, shorter));
    if (label != NULL && table->has_text_below) {
        double moved = fmin(text_offset(table, object), room - label->box.w);
        label->box.x += moved;
        label->text.at.x += moved;
    }
}

static void
draw_object(MlTable *table, const MlWalkSample *object, MlPoint dot, double edge, double x)
{
    MlScene *scene = table->scene;
    double width = (double)ml_block_bytes(table->walk, object) * scene->byte_width;
    MlBox frame = { x, dot.y - OBJECT_HEIGHT / 2, width, OBJECT_HEIGHT };
    double field = (double)table->walk->field_bytes * scene->byte_width;
    double byte_0 = ml_block_draw(
        scene, table->walk, object, table->digits, -1, (MlPoint){ x, frame.y }, OBJECT_HEIGHT);
    ml_arrow_sideways(
        scene, dot, edge, field + TEXT_GAP, (MlPoint){ byte_0, dot.y }, object->address);
    if (table->walk->parts[object->part].text)
        draw_text(table, object, frame);
    ml_table_add_block(table, object);
}

/* The middle of the first or second object of a row. */
static double
object_y(const MlTable *table, MlBox row, guint nth)
{
    double line = table->has_text_below ? TEXT_HEIGHT : ROW_GAP;
    if (table->is_stacked || table->has_text_below)
        return row.y + (ROW_GAP + OBJECT_HEIGHT) / 2 + nth * (OBJECT_HEIGHT + line);
    return row.y + row.h / table->n_lanes * (nth + 0.5);
}

void
ml_table_draw_objects(
    MlTable *table, const MlWalkSample *block, guint64 element, MlBox row, double edge)
{
    const MlPart *part = &table->walk->parts[table->holder];
    const int fields[] = { table->key, table->value };
    guint n = 0;
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
        const MlWalkSample *object = find_object(table, block, element, fields[i]);
        if (object == NULL)
            continue;
        double middle = part->fields[fields[i]].offset + ML_TABLE_FIELD / 2;
        MlPoint dot = { row.x + middle * table->scene->byte_width, object_y(table, row, n++) };
        draw_object(table, object, dot, edge, i == 0 ? table->keys_x : table->values_x);
        if (i == 1 && table->value_foot <= 0)
            table->value_foot = dot.y + OBJECT_HEIGHT / 2;
    }
}

/* --- names ------------------------------------------------------------------------------------ */

/* x where the next thing to the right of @x has its name. */
static double
next_name(const MlTable *table, double x)
{
    double next = table->scene->width - ML_SCENE_MARGIN + TEXT_GAP;
    if (table->holder_x > x)
        next = fmin(next, table->holder_x);
    if (table->has_values && table->values_x > x)
        next = fmin(next, table->values_x);
    if (table->has_keys && table->keys_x > x)
        next = fmin(next, table->keys_x);
    return next;
}

static void
draw_part_name(MlTable *table, double x, const char *const *ladder)
{
    if (table->is_low)
        return;
    ml_label(table->scene,
        (MlPoint){ x, table->top - ML_TABLE_PARTS_RISE },
        ML_ANCHOR_START,
        ML_TYPE_NOTE,
        ML_INK_TEXT,
        next_name(table, x) - x - TEXT_GAP,
        ladder);
}

void
ml_table_draw_names(MlTable *table, guint part, const GArray *cells, double x)
{
    draw_part_name(table, x, ML_LADDER(table->walk->parts[part].name));
    if (cells != NULL)
        ml_block_draw_names(table->scene, cells, x, table->top - ML_TABLE_NAMES_RISE);
}

void
ml_table_draw_object_names(MlTable *table)
{
    const int parts[] = { key_part(table->walk), value_part(table->walk) };
    const double x[] = { table->keys_x, table->values_x };
    gboolean are_both = table->is_stacked;
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        int part = parts[i];
        const MlWalkSample *first = part >= 0 ? ml_walk_sample(table->walk, (guint)part, 0) : NULL;
        if (first == NULL)
            continue;
        g_autoptr(GArray) cells = ml_block_cells(table->walk, first, table->digits);
        table->scene->step = table->step;
        if (!are_both) {
            ml_table_draw_names(table, (guint)part, cells, x[i]);
        } else if (i == 0) {
            const char *key = table->walk->parts[part].name;
            const char *value = table->walk->parts[parts[1]].name;
            g_autofree char *names = g_strdup_printf(_("%s, %s"), key, value);
            draw_part_name(table, x[i], ML_LADDER(names, key));
            ml_block_draw_names(table->scene, cells, x[i], table->top - ML_TABLE_NAMES_RISE);
        } else if (!is_text(table, part) && table->value_foot > 0) {
            double baseline = ml_label_baseline(table->value_foot + TEXT_HEIGHT / 2, ML_TYPE_FIELD);
            ml_block_draw_names(table->scene, cells, x[i], baseline);
        }
    }
}

#include "diagram/kinds/table.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/language.h"
#include "diagram/arrow.h"
#include "diagram/block.h"
#include "diagram/caption.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/kinds/table_title.h"
#include "diagram/wording.h"

#define ROOMY_RULE 880 /* where the footer of a slide begins */
#define LOW_ROOM 230   /* px for the places: with less, parts go without their names above them */
#define LOW_GAP 26.0
#define PART_NAMES 38
#define OBJECT_HEIGHT 44.0
#define ROW_HEIGHT 56.0
#define ROW_HEIGHT_LOW 52.0
#define ROW_HEIGHT_OBJECT 60.0  /* of an entry with one lane to what is behind it */
#define ROW_HEIGHT_OBJECTS 96.0 /* with two */
#define OBJECTS_GAP 90.0
#define KEY_TEXT_ROOM 190.0
#define TEXT_GAP 14
#define BYTE_WIDTH_MAX 12.0
#define BYTE_WIDTH_ALONE 18.0   /* where there are no objects behind it */
#define BYTE_WIDTH_READABLE 9.5 /* "…185" in 8 B */
#define BYTE_WIDTH_MIN 2.0
#define BANK_GAP 70.0
#define BYTE_WIDTH_STEP 0.5
#define RULE_GAP 14

int
ml_table_field(const MlPart *part, const char *name)
{
    for (guint i = 0; i < part->n_fields; i++)
        if (strcmp(part->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}

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

guint
ml_table_digits(const MlWalk *walk)
{
    g_autofree guint64 *addresses = g_new(guint64, MAX(walk->n_samples, 1));
    for (guint i = 0; i < walk->n_samples; i++)
        addresses[i] = walk->samples[i].address;
    return ml_block_address_digits(addresses, walk->n_samples);
}

static void
claim(const MlDiagramFacts *facts, const double drawn[ML_N_ROLES], MlClaim *ret_claim)
{
    double bytes[ML_N_ROLES];
    double undrawn = 0;
    *ret_claim = (MlClaim){ .divisor = 1 };
    ml_sum_blocks(facts->ledgers[0], bytes);
    for (int role = 0; role < ML_N_ROLES; role++) {
        ret_claim->undrawn[role] = bytes[role] - drawn[role];
        undrawn += fabs(ret_claim->undrawn[role]);
    }
    if (undrawn > 0 && facts->walk->n >= ML_FINDING_FEW)
        ret_claim->divisor = (double)facts->walk->n;
    for (int role = 0; role < ML_N_ROLES; role++)
        bytes[role] /= ret_claim->divisor;
    ml_sum_round(bytes, &ret_claim->sum);
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

void
ml_table_init(MlTable *table,
    MlScene *scene,
    const MlDiagramFacts *facts,
    guint holder,
    double before,
    double gaps)
{
    const MlPart *part = &facts->walk->parts[holder];
    const double nothing[ML_N_ROLES] = { 0 };
    MlClaim sum;
    claim(facts, nothing, &sum);
    ml_finding_reserve_sum(scene, facts, &sum);
    gboolean is_roomy = ml_caption_rule(scene) - scene->above >= ROOMY_RULE;
    *table = (MlTable){
        .scene = scene,
        .facts = facts,
        .walk = facts->walk,
        .holder = holder,
        .hash = ml_table_field(part, "hash"),
        .key = ml_table_field(part, "key"),
        .value = ml_table_field(part, "value"),
        .digits = ml_table_digits(facts->walk),
        .step = ML_STEP_FIRST + 1,
        .top = scene->above + (is_roomy ? 292 : 262),
        .bottom = ml_caption_rule(scene) - RULE_GAP,
    };
    table->is_low = table->bottom - table->top < LOW_ROOM;
    if (table->is_low)
        table->top -= PART_NAMES;
    table->gap = table->is_low ? LOW_GAP : ML_COLUMN_GAP_HEIGHT;
    table->has_keys = is_pointer(table, table->key);
    table->has_values = is_pointer(table, table->value);
    static const double row_heights[] = { ROW_HEIGHT, ROW_HEIGHT_OBJECT, ROW_HEIGHT_OBJECTS };
    static const double low_heights[] = { ROW_HEIGHT_LOW, OBJECT_HEIGHT, 2 * OBJECT_HEIGHT };
    table->n_lanes = count_lanes(table);
    table->row_height = (table->is_low ? low_heights : row_heights)[table->n_lanes];
    double keys = table->has_keys ? widest(table, key_part(table->walk)) : 0;
    double values = table->has_values ? widest(table, value_part(table->walk)) : 0;
    double key_gaps = table->has_keys ? OBJECTS_GAP + KEY_TEXT_ROOM : 0;
    double value_gaps = table->has_values ? OBJECTS_GAP : 0;
    int value_part = ml_walk_part(facts->walk, "value object");
    if (value_part >= 0 && facts->walk->parts[value_part].text)
        value_gaps += KEY_TEXT_ROOM;
    double room = scene->width - 2 * ML_SCENE_MARGIN - gaps - key_gaps - value_gaps;
    double fitting = floor(room / (before + keys + values) / BYTE_WIDTH_STEP) * BYTE_WIDTH_STEP;
    double widest_byte = table->n_lanes > 0 ? BYTE_WIDTH_MAX : BYTE_WIDTH_ALONE;
    scene->byte_width = CLAMP(fitting, BYTE_WIDTH_MIN, widest_byte);
    table->before = before;
    table->gaps = gaps;
    table->n_banks = 1;
    table->keys_x = ML_SCENE_MARGIN + gaps + before * scene->byte_width + OBJECTS_GAP;
    table->values_x = table->keys_x;
    if (table->has_keys)
        table->values_x += keys * scene->byte_width + KEY_TEXT_ROOM + OBJECTS_GAP;
}

gboolean
ml_table_make_banks(MlTable *table)
{
    enum { BANKS = 2 };
    double room = table->scene->width - 2 * ML_SCENE_MARGIN - (BANKS - 1) * BANK_GAP;
    double fitting = floor(room / BANKS - table->gaps) / table->before;
    double byte_width = fmin(floor(fitting / BYTE_WIDTH_STEP) * BYTE_WIDTH_STEP, BYTE_WIDTH_ALONE);
    if (table->has_keys || table->has_values || byte_width < BYTE_WIDTH_READABLE)
        return FALSE;
    table->n_banks = BANKS;
    table->scene->byte_width = byte_width;
    table->bank_pitch = table->gaps + table->before * byte_width + BANK_GAP;
    return TRUE;
}

gboolean
ml_table_can_show(const MlTable *table, const MlWalkSample *block, guint64 element)
{
    gint64 unused;
    return ml_walk_field(table->walk, block, element, (guint)MAX(table->hash, 0), &unused) &&
           (!table->has_keys || find_object(table, block, element, table->key) != NULL) &&
           (!table->has_values || find_object(table, block, element, table->value) != NULL);
}

/* The characters of a key, where they have no room in their cell: to the right of the object. */
static void
draw_text(MlTable *table, const MlWalkSample *object, double x, double y)
{
    g_autofree char *text = ml_walk_text(table->walk, object);
    if (text == NULL)
        return;
    g_autofree char *quoted = g_strdup_printf("\"%s\"", text);
    g_autofree char *begin = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), 6));
    g_autofree char *cut = g_strdup_printf("\"%s…", begin);
    double right = table->scene->width - ML_SCENE_MARGIN;
    gboolean is_between = table->has_values && x < table->values_x;
    double room = is_between ? fmin(KEY_TEXT_ROOM, right - x) : right - x;
    ml_label(table->scene,
        (MlPoint){ x + TEXT_GAP, ml_label_baseline(y, ML_TYPE_CELL_DATA) },
        ML_ANCHOR_START,
        ML_TYPE_CELL_DATA,
        ml_ink_of(ML_INK_LINE, ML_ROLE_DATA),
        room - TEXT_GAP,
        ML_LADDER(quoted, cut));
}

static void
draw_object(MlTable *table, const MlWalkSample *object, MlPoint dot, double edge, double x)
{
    MlScene *scene = table->scene;
    MlPoint at = { x, dot.y - OBJECT_HEIGHT / 2 };
    double field = (double)table->walk->field_bytes * scene->byte_width;
    double byte_0 = ml_block_draw(scene, table->walk, object, table->digits, -1, at, OBJECT_HEIGHT);
    ml_arrow_sideways(
        scene, dot, edge, field + TEXT_GAP, (MlPoint){ byte_0, dot.y }, object->address);
    double right = x + (double)ml_block_bytes(table->walk, object) * scene->byte_width;
    if (table->walk->parts[object->part].text)
        draw_text(table, object, right, dot.y);
    ml_table_add_block(table, object);
}

void
ml_table_step(MlTable *table, const char *what)
{
    g_autofree char *first = g_strdup_printf(_("the first %s"), what);
    gboolean is_first = table->n_shown++ == 0;
    ml_scene_step(table->scene, table->step + (is_first ? 0 : 1), is_first ? first : _("the rest"));
}

void
ml_table_draw_objects(
    MlTable *table, const MlWalkSample *block, guint64 element, MlBox row, double edge)
{
    const MlPart *part = &table->walk->parts[table->holder];
    const int fields[] = { table->key, table->value };
    double pitch = row.h / table->n_lanes;
    double y = row.y + pitch / 2;
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
        const MlWalkSample *object = find_object(table, block, element, fields[i]);
        if (object == NULL)
            continue;
        double middle = part->fields[fields[i]].offset + ML_TABLE_FIELD / 2;
        MlPoint dot = { row.x + middle * table->scene->byte_width, y };
        draw_object(table, object, dot, edge, i == 0 ? table->keys_x : table->values_x);
        y += pitch;
    }
}

/* x where the next thing to the right of @x has its name. */
static double
next_name(const MlTable *table, double x)
{
    double next = table->scene->width - ML_SCENE_MARGIN + TEXT_GAP;
    if (table->has_values && table->values_x > x)
        next = fmin(next, table->values_x);
    if (table->has_keys && table->keys_x > x)
        next = fmin(next, table->keys_x);
    return next;
}

void
ml_table_draw_names(MlTable *table, guint part, const GArray *cells, double x)
{
    if (!table->is_low)
        ml_label(table->scene,
            (MlPoint){ x, table->top - 52 },
            ML_ANCHOR_START,
            ML_TYPE_NOTE,
            ML_INK_TEXT,
            next_name(table, x) - x - TEXT_GAP,
            ML_LADDER(table->walk->parts[part].name));
    if (cells != NULL)
        ml_block_draw_names(table->scene, cells, x, table->top - ML_TABLE_NAMES_RISE);
}

void
ml_table_draw_index(MlTable *table, guint64 index, double right, double y)
{
    g_autofree char *count = ml_wording_count(index);
    g_autofree char *label = g_strdup_printf("[%s]", count);
    ml_scene_text(table->scene,
        (MlPoint){ right - TEXT_GAP, ml_label_baseline(y, ML_TYPE_SMALL) },
        ML_ANCHOR_END,
        ML_TYPE_SMALL,
        ML_INK_MUTED,
        label);
}

void
ml_table_add_block(MlTable *table, const MlWalkSample *block)
{
    uint64_t roles[ML_N_ROLES];
    ml_part_roles(&table->walk->parts[block->part], block->request_bytes, 1, roles);
    for (int role = 0; role < ML_N_ROLES; role++)
        table->drawn[role] += (double)roles[role];
    table->drawn[ML_ROLE_ALLOCATOR] +=
        (double)(ml_block_bytes(table->walk, block) - block->request_bytes);
}

void
ml_table_add_column(MlTable *table, const MlColumn *column)
{
    for (int role = 0; role < ML_N_ROLES; role++)
        table->drawn[role] += column->drawn[role];
}

/* The names above the objects: those of the first one of each part. */
static void
draw_object_names(MlTable *table)
{
    const int parts[] = { key_part(table->walk), value_part(table->walk) };
    const double x[] = { table->keys_x, table->values_x };
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        int part = parts[i];
        const MlWalkSample *first = part >= 0 ? ml_walk_sample(table->walk, (guint)part, 0) : NULL;
        if (first == NULL)
            continue;
        g_autoptr(GArray) cells = ml_block_cells(table->walk, first, table->digits);
        table->scene->step = table->step;
        ml_table_draw_names(table, (guint)part, cells, x[i]);
    }
}

void
ml_table_finish(MlTable *table, const char *setup)
{
    MlClaim sum;
    const MlDiagramFacts *facts = table->facts;
    g_autofree char *title = ml_table_title(facts);
    g_auto(GStrv) subtitle = ml_finding_subtitle(facts, setup);
    ml_furniture_title(
        table->scene, ML_LADDER(title, facts->walk->title), (const char *const *)subtitle);
    if (facts->walk->n > 0) {
        ml_furniture_scale(table->scene);
        draw_object_names(table);
    } else {
        ml_finding_draw_nothing(table->scene);
    }
    claim(facts, table->drawn, &sum);
    ml_finding_draw_sum(table->scene, facts, &sum);
}

void
ml_table_claim(const MlDiagramFacts *facts, MlClaim *ret_claim)
{
    const double nothing[ML_N_ROLES] = { 0 };
    claim(facts, nothing, ret_claim);
}

gboolean
ml_table_missing(const MlDiagramFacts *facts, GError **error)
{
    return ml_fail(error,
        ML_ERROR_INPUT,
        "%s: the walk lacks the table, or its first entries: record it anew",
        facts->walk->structure);
}

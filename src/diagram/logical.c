#include "diagram/logical.h"

#include <string.h>

#include "base/language.h"
#include "diagram/wording.h"

#define TEXT_MOST 12 /* characters of a text that are shown */

static void
clear_cell(MlLogicalCell *cell)
{
    g_free(cell->text);
    *cell = (MlLogicalCell){ 0 };
}

static void
free_box(gpointer data)
{
    MlLogicalBox *box = data;
    for (guint i = 0; i < box->n_cells; i++)
        clear_cell(&box->cell[i]);
    g_free(box);
}

MlLogical *
ml_logical_new(const MlWalk *walk)
{
    MlLogical *logical = g_new0(MlLogical, 1);
    logical->walk = walk;
    logical->most = G_MAXUINT;
    logical->boxes = g_ptr_array_new_with_free_func(free_box);
    return logical;
}

void
ml_logical_free(MlLogical *logical)
{
    if (logical == NULL)
        return;
    g_ptr_array_unref(logical->boxes);
    g_free(logical);
}

const MlLogicalBox *
ml_logical_find(const MlLogical *logical, guint64 address)
{
    for (guint i = 0; i < logical->boxes->len; i++)
        if (ml_logical_box(logical, i)->address == address)
            return ml_logical_box(logical, i);
    return NULL;
}

void
ml_logical_begin_group(MlLogical *logical, guint group)
{
    logical->group = group;
    logical->n_groups = MAX(logical->n_groups, group + 1);
}

/* --- links ------------------------------------------------------------------------------------ */

static gboolean
is_link(const MlWalk *walk, guint part, guint field)
{
    if (walk->parts[part].fields[field].kind != ML_FIELD_POINTER)
        return FALSE;
    for (guint i = 0; i < walk->n_samples; i++) {
        const MlWalkSample *block = &walk->samples[i];
        gint64 target = 0;
        if (block->part != part || !ml_walk_field(walk, block, 0, field, &target) || target == 0)
            continue;
        const MlWalkSample *to = ml_walk_find(walk, (guint64)target);
        if (to != NULL && to->part == part)
            return TRUE;
    }
    return FALSE;
}

int
ml_logical_link(const MlWalk *walk, guint part, guint nth)
{
    for (guint i = 0; i < walk->parts[part].n_fields; i++)
        if (is_link(walk, part, i) && nth-- == 0)
            return (int)i;
    return -1;
}

/* --- boxes ------------------------------------------------------------------------------------ */

static char *
quote(const char *text)
{
    g_autofree char *begin = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), TEXT_MOST));
    gboolean is_cut = strlen(begin) < strlen(text);
    return g_strdup_printf("\"%s%s", begin, is_cut ? "…" : "\"");
}

static char *
number_text(gint64 value)
{
    if (value >= 0)
        return ml_wording_count((guint64)value);
    return g_strdup_printf("%" G_GINT64_FORMAT, value);
}

static MlLogicalBox *
add_box(MlLogical *logical, const MlWalkSample *block, guint64 element, guint row)
{
    const MlPart *part = &logical->walk->parts[block->part];
    MlLogicalBox *box = g_new0(MlLogicalBox, 1);
    box->address = block->address + element * part->stride;
    box->part = block->part;
    box->row = row;
    box->group = logical->group;
    box->number = element;
    box->is_element = !part->text && block->request_bytes / part->stride > 1;
    logical->n_rows = MAX(logical->n_rows, row + 1);
    if (box->is_element)
        logical->n_numbers[row] = block->request_bytes / part->stride;
    g_ptr_array_add(logical->boxes, box);
    return box;
}

void
ml_logical_add_cell(
    MlLogical *logical, MlLogicalBox *box, const MlWalkSample *block, guint64 element, guint number)
{
    const MlPart *part = &logical->walk->parts[block->part];
    const MlField *field = &part->fields[number];
    gint64 value = 0;
    gboolean has_value = ml_walk_field(logical->walk, block, element, number, &value);
    gboolean is_pointer = field->kind == ML_FIELD_POINTER;
    if ((!is_pointer && field->role != ML_ROLE_DATA) || box->n_cells == ML_LOGICAL_CELLS)
        return;
    MlLogicalCell *cell = &box->cell[box->n_cells++];
    cell->role = field->role;
    cell->address = block->address + element * part->stride + field->offset;
    if (field->kind == ML_FIELD_TEXT) {
        g_autofree char *text = ml_walk_text(logical->walk, block);
        cell->text = text != NULL ? quote(text) : NULL;
    } else if (has_value && is_pointer) {
        cell->target = (guint64)value;
        cell->is_null = value == 0;
    } else if (has_value) {
        cell->text = number_text(value);
    }
}

/* The link back stands first and the link onward last: arrows leave without crossing the box. */
static void
add_cells(MlLogical *logical, MlLogicalBox *box, const MlWalkSample *block, guint64 element)
{
    const MlPart *part = &logical->walk->parts[block->part];
    int next = ml_logical_link(logical->walk, block->part, 0);
    int back = ml_logical_link(logical->walk, block->part, 1);
    if (back >= 0)
        ml_logical_add_cell(logical, box, block, element, (guint)back);
    for (guint i = 0; i < part->n_fields; i++)
        if ((int)i != next && (int)i != back)
            ml_logical_add_cell(logical, box, block, element, i);
    if (next >= 0)
        ml_logical_add_cell(logical, box, block, element, (guint)next);
}

/* The objects behind the pointers of a box: what is neither a node of the same chain nor there. */
static void
add_objects(MlLogical *logical, guint box_number)
{
    const MlLogicalBox *box = ml_logical_box(logical, box_number);
    for (guint i = 0; i < box->n_cells && box->row + 1 < ML_LOGICAL_ROWS; i++) {
        guint64 target = box->cell[i].target;
        const MlWalkSample *object = target != 0 ? ml_walk_find(logical->walk, target) : NULL;
        if (object == NULL || object->part == box->part || ml_logical_find(logical, target) != NULL)
            continue;
        if (ml_logical_link(logical->walk, object->part, 0) < 0)
            ml_logical_add(logical, object, 0, box->row + 1, 0);
    }
}

MlLogicalBox *
ml_logical_add(
    MlLogical *logical, const MlWalkSample *block, guint64 element, guint row, guint64 number)
{
    guint64 address = block->address + element * logical->walk->parts[block->part].stride;
    for (guint i = 0; i < logical->boxes->len; i++)
        if (ml_logical_box(logical, i)->address == address)
            return ml_logical_box(logical, i);
    guint box_number = logical->boxes->len;
    MlLogicalBox *box = add_box(logical, block, element, row);
    if (!box->is_element)
        box->number = number;
    add_cells(logical, box, block, element);
    add_objects(logical, box_number);
    return box;
}

void
ml_logical_add_unused(MlLogical *logical, const MlWalkSample *block, guint64 element, guint row)
{
    MlLogicalBox *box = add_box(logical, block, element, row);
    box->cell[box->n_cells++] = (MlLogicalCell){ .role = ML_ROLE_UNUSED, .address = box->address };
}

/* --- folding ---------------------------------------------------------------------------------- */

/* The pointers that lead to a box; the last one of them. */
static guint
count_pointers(const MlLogical *logical, guint64 address, MlLogicalCell **ret_cell)
{
    guint n = 0;
    for (guint i = 0; i < logical->boxes->len; i++) {
        MlLogicalBox *box = ml_logical_box(logical, i);
        for (guint k = 0; k < box->n_cells; k++)
            if (box->cell[k].target == address) {
                *ret_cell = &box->cell[k];
                n++;
            }
    }
    return n;
}

void
ml_logical_fold(MlLogical *logical)
{
    guint last = logical->n_rows - 1;
    gboolean is_left = FALSE;
    for (guint i = logical->boxes->len; i-- > 0;) {
        MlLogicalBox *object = ml_logical_box(logical, i);
        MlLogicalCell *cell = NULL;
        if (object->row != last)
            continue;
        if (object->n_cells != 1 || count_pointers(logical, object->address, &cell) != 1) {
            is_left = TRUE;
            continue;
        }
        cell->text = g_steal_pointer(&object->cell[0].text);
        cell->role = object->cell[0].role;
        cell->target = 0;
        g_ptr_array_remove_index(logical->boxes, i);
    }
    if (!is_left)
        logical->n_rows--;
}

const char *
ml_logical_row_label(const MlLogical *logical, guint row)
{
    int part = -1;
    for (guint i = 0; i < logical->boxes->len; i++) {
        const MlLogicalBox *box = ml_logical_box(logical, i);
        if (box->row != row)
            continue;
        if (part >= 0 && box->part != (guint)part)
            return _("objects");
        part = (int)box->part;
    }
    return part >= 0 ? logical->walk->parts[part].name : "";
}

/* --- in words --------------------------------------------------------------------------------- */

/* "the same ", where a box was spoken of already. */
static const char *
same(const MlLogicalBox *box, GHashTable *said)
{
    return g_hash_table_contains(said, box) ? _("the same ") : "";
}

/* What is written in a box or, where it holds several pointers, behind these: "key: value". */
static void
append_cells(GString *words, const MlLogical *logical, const MlLogicalBox *box, GHashTable *said)
{
    int next = ml_logical_link(logical->walk, box->part, 0);
    guint end = box->n_cells - (next >= 0 ? 1 : 0);
    const char *before = "";
    for (guint i = 0; i < end; i++) {
        const MlLogicalCell *cell = &box->cell[i];
        const MlLogicalBox *to = cell->target != 0 ? ml_logical_find(logical, cell->target) : NULL;
        gboolean is_object = cell->text == NULL && to != NULL && to->row > box->row;
        if (cell->text == NULL && (!is_object || end == 1))
            continue;
        g_string_append_printf(words,
            "%s%s%s",
            before,
            is_object ? same(to, said) : "",
            is_object ? to->cell[0].text : cell->text);
        if (is_object)
            g_hash_table_add(said, (gpointer)(guintptr)to);
        before = ": ";
    }
}

/* A box and where its pointers lead; what was said already is said once more, but not where it
 * leads. */
static void
append_box(GString *words, const MlLogical *logical, const MlLogicalBox *box, GHashTable *said)
{
    const MlLogicalCell *last = &box->cell[box->n_cells - 1];
    g_string_append(words, same(box, said));
    gboolean is_new = g_hash_table_add(said, (gpointer)(guintptr)box);
    append_cells(words, logical, box, said);
    if (last->role == ML_ROLE_UNUSED)
        g_string_append(words, _("empty"));
    const MlLogicalBox *to = last->target != 0 ? ml_logical_find(logical, last->target) : NULL;
    gboolean is_onward = to == NULL || box->n_cells == 1 || to->row == box->row;
    if (!is_new || !is_onward || (last->target == 0 && !last->is_null))
        return;
    g_string_append(words, words->str[words->len - 1] == ' ' ? "→ " : " → ");
    if (to != NULL)
        append_box(words, logical, to, said);
    else
        g_string_append(words, last->is_null ? _("nothing") : "…");
}

char *
ml_logical_words(const MlLogical *logical)
{
    g_autoptr(GHashTable) said = g_hash_table_new(NULL, NULL);
    GString *words = g_string_new(_("Boxes and pointers:"));
    const char *before = " ";
    for (guint i = 0; i < logical->boxes->len; i++) {
        const MlLogicalBox *box = ml_logical_box(logical, i);
        if (box->row > 0 || g_hash_table_contains(said, box))
            continue;
        g_string_append(words, before);
        if (box->is_element) {
            g_autofree char *number = ml_wording_count(box->number);
            g_string_append_printf(words, "[%s] ", number);
        }
        append_box(words, logical, box, said);
        before = "; ";
    }
    g_string_append_c(words, '.');
    return g_string_free(words, FALSE);
}

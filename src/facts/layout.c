#include "facts/layout.h"

#include <string.h>

#include "base/error.h"
#include "base/spec.h"
#include "structure/registry.h"

/* So many elements that what there is once is told from what each has. */
#define SEVERAL 1000

static void
clear_field(gpointer data)
{
    g_free(((MlLayoutField *)data)->name);
}

MlLayout *
ml_layout_new(void)
{
    MlLayout *layout = g_new0(MlLayout, 1);
    layout->fields = g_array_new(FALSE, TRUE, sizeof(MlLayoutField));
    g_array_set_clear_func(layout->fields, clear_field);
    return layout;
}

void
ml_layout_free(MlLayout *layout)
{
    if (layout == NULL)
        return;
    g_free(layout->structure);
    g_free(layout->title);
    ml_fact_options_clear(&layout->options);
    g_free(layout->part);
    g_array_unref(layout->fields);
    g_free(layout->tail);
    g_free(layout->machine);
    g_free(layout);
}

/* --- from a structure ------------------------------------------------------------------------- */

static const char *
machine(void)
{
#if defined __x86_64__
    return "x86-64";
#elif defined __aarch64__
    return "arm64";
#elif defined __riscv
    return "RISC-V";
#elif defined __i386__
    return "x86";
#else
    return "this machine";
#endif
}

static void
add_field(MlLayout *layout, const MlPart *part, const MlField *field)
{
    if (field->kind == ML_FIELD_TEXT) {
        layout->tail = g_strdup(field->name);
        layout->tail_offset = field->offset;
        layout->tail_role = field->role;
        return;
    }
    MlLayoutField copy = {
        .name = g_strdup(field->name),
        .offset = field->offset,
        .bytes = field->size,
        .count = field->each ? part->room : 1,
        .role = field->role,
    };
    g_array_append_val(layout->fields, copy);
}

static MlLayout *
make(const MlStructure *structure, const MlOptions *options, const MlPart *part)
{
    MlLayout *layout = ml_layout_new();
    layout->structure = g_strdup(structure->name);
    layout->title = g_strdup(structure->title);
    ml_fact_options_fill(structure, options, &layout->options);
    layout->part = g_strdup(part->name);
    layout->bytes = part->stride;
    layout->machine = g_strdup(machine());
    layout->word_bytes = sizeof(void *);
    for (guint i = 0; i < part->n_fields; i++)
        add_field(layout, part, &part->fields[i]);
    if (part->links) {
        layout->tail = g_strdup("links");
        layout->tail_offset = part->stride;
        layout->tail_role = ML_ROLE_POINTER;
    }
    return layout;
}

/* Which parts have several fields.  Returns: their bits; of those that each element has, where
 * there are any. */
static guint
parts_with_fields(
    const MlStructure *structure, const MlOptions *options, guint64 n, MlPart *ret_parts)
{
    guint once = 0;
    guint each = 0;
    g_autofree MlPlan *plan = g_new(MlPlan, 1);
    ml_structure_plan(structure, SEVERAL, options, plan);
    guint n_parts = structure->parts(n, options, ret_parts);
    for (guint i = 0; i < n_parts; i++) {
        if (ret_parts[i].n_fields < 2)
            continue;
        once |= 1u << i;
        each |= ml_plan_used(plan, i) > 1 ? 1u << i : 0;
    }
    return each != 0 ? each : once;
}

gboolean
ml_layout_has_fields(const MlStructure *structure, const MlOptions *options)
{
    MlPart parts[ML_MAX_PARTS];
    return parts_with_fields(structure, options, SEVERAL, parts) != 0;
}

static gboolean
refuse(const MlStructure *structure, const MlOptions *chosen, GError **error)
{
    g_autofree char *spec = ml_spec_to_string(structure, chosen);
    g_autoptr(GString) names = g_string_new(NULL);
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    for (size_t i = 0; i < n_structures; i++) {
        MlOptions options;
        ml_options_defaults(structures[i]->options, structures[i]->n_options, &options);
        if (ml_layout_has_fields(structures[i], &options))
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", structures[i]->name);
    }
    return ml_fail(error,
        ML_ERROR_USAGE,
        "no block of %s has several fields, so there is no struct to show; "
        "these have one: %s",
        spec,
        names->str);
}

gboolean
ml_layouts_of(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    GPtrArray *layouts,
    GError **error)
{
    MlPart parts[ML_MAX_PARTS];
    guint chosen = parts_with_fields(structure, options, n, parts);
    for (guint i = 0; i < ML_MAX_PARTS; i++)
        if ((chosen & 1u << i) != 0)
            g_ptr_array_add(layouts, make(structure, options, &parts[i]));
    return chosen != 0 || refuse(structure, options, error);
}

/* --- views ------------------------------------------------------------------------------------ */

static void
add_piece(GArray *pieces, guint64 from, guint64 to, const MlLayoutField *field)
{
    MlLayoutPiece piece = {
        .offset = from,
        .bytes = to - from,
        .role = field != NULL ? field->role : ML_ROLE_PADDING,
        .field = field,
    };
    if (to > from)
        g_array_append_val(pieces, piece);
}

GArray *
ml_layout_pieces(const MlLayout *layout)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(MlLayoutPiece));
    guint64 at = 0;
    for (guint i = 0; i < layout->fields->len; i++) {
        const MlLayoutField *field = ml_layout_field(layout, i);
        guint64 end = field->offset + field->bytes * field->count;
        add_piece(pieces, at, field->offset, NULL);
        add_piece(pieces, field->offset, end, field);
        at = end;
    }
    add_piece(pieces, at, layout->bytes, NULL);
    return pieces;
}

void
ml_layout_roles(const MlLayout *layout, double ret_bytes[ML_N_ROLES])
{
    g_autoptr(GArray) pieces = ml_layout_pieces(layout);
    memset(ret_bytes, 0, sizeof *ret_bytes * ML_N_ROLES);
    for (guint i = 0; i < pieces->len; i++) {
        const MlLayoutPiece *piece = &g_array_index(pieces, MlLayoutPiece, i);
        ret_bytes[piece->role] += (double)piece->bytes;
    }
}

static gboolean
has_field(const MlLayout *layout, const MlLayoutField *wanted)
{
    for (guint i = 0; i < layout->fields->len; i++) {
        const MlLayoutField *field = ml_layout_field(layout, i);
        if (strcmp(field->name, wanted->name) == 0 && field->bytes == wanted->bytes &&
            field->count == wanted->count)
            return TRUE;
    }
    return FALSE;
}

gboolean
ml_layout_same_fields(const MlLayout *a, const MlLayout *b)
{
    if (a->fields->len != b->fields->len)
        return FALSE;
    for (guint i = 0; i < a->fields->len; i++)
        if (!has_field(b, ml_layout_field(a, i)))
            return FALSE;
    return TRUE;
}

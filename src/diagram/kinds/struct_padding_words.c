#include "base/language.h"
#include "diagram/kinds/struct_padding.h"

#include <inttypes.h>
#include <string.h>

#include "diagram/wording.h"

#define ARRAY " array"

static gboolean
same_structure(const MlLayout *a, const MlLayout *b)
{
    return strcmp(a->structure, b->structure) == 0;
}

/* --- names ------------------------------------------------------------------------------------ */

static void
append(GString *name, const char *word)
{
    g_string_append_printf(name, "%s%s", name->len > 0 ? ", " : "", word);
}

/* The values of options in which layouts of the same structure differ: "largest first". */
static void
append_options(GString *name, const MlDiagramFacts *facts, const MlLayout *layout)
{
    for (guint o = 0; o < layout->options.count; o++) {
        const MlFactOption *option = &layout->options.option[o];
        gboolean differs = FALSE;
        for (guint i = 0; i < facts->n_layouts; i++) {
            const MlLayout *other = facts->layouts[i];
            differs = differs || (same_structure(layout, other) &&
                                     ml_fact_options_differ(&layout->options, &other->options, o));
        }
        g_autofree char *words = g_strdelimit(g_strdup(option->value), "-", ' ');
        if (differs)
            append(name, words);
    }
}

/* One of the elements that an array block holds side by side: "entry array" is of entries. */
static char *
element_name(const MlLayout *layout)
{
    if (strcmp(layout->part, "array") == 0)
        return g_strdup(P_("element", "elements", 1));
    gsize length = strlen(layout->part);
    if (g_str_has_suffix(layout->part, ARRAY))
        length -= strlen(ARRAY);
    return g_strndup(layout->part, length);
}

char *
ml_struct_name(const MlDiagramFacts *facts, guint number)
{
    const MlLayout *layout = facts->layouts[number];
    gboolean structures = FALSE;
    gboolean parts = FALSE;
    for (guint i = 0; i < facts->n_layouts; i++) {
        const MlLayout *other = facts->layouts[i];
        structures = structures || !same_structure(layout, other);
        parts = parts || (same_structure(layout, other) && strcmp(layout->part, other->part) != 0);
    }
    g_autofree char *element = element_name(layout);
    GString *name = g_string_new(NULL);
    if (structures)
        append(name, layout->title);
    if (parts)
        append(name, element);
    append_options(name, facts, layout);
    if (name->len == 0)
        append(name, element);
    return g_string_free(name, FALSE);
}

char *
ml_struct_hole(const MlLayout *layout, const MlStructCell *cell)
{
    gboolean is_end = layout->tail != NULL && cell->row > 0 && cell->column > 0 &&
                      layout->bytes - layout->tail_offset == cell->bytes;
    if (is_end)
        return g_strdup("NUL");
    return g_strdup_printf(_("%" PRIu64 " B hole"), cell->bytes);
}

char *
ml_struct_count(const MlStructCell *cell)
{
    g_autofree char *bytes = NULL;
    if (cell->bytes == 0)
        return g_strdup(_("any number"));
    if (cell->field == NULL || cell->field->count == 1) {
        bytes = ml_wording_count(cell->bytes);
        return g_strconcat(bytes, _(" B"), NULL);
    }
    bytes = ml_wording_count(cell->field->bytes);
    g_autofree char *count = ml_wording_count(cell->field->count);
    return g_strdup_printf(_("%s × %s B"), count, bytes);
}

/* --- findings --------------------------------------------------------------------------------- */

/* The NUL that ends a text is padding, and no hole. */
static guint64
bytes_of_holes(const MlLayout *layout)
{
    guint64 bytes = 0;
    g_autoptr(GArray) pieces = ml_layout_pieces(layout);
    for (guint i = 0; i < pieces->len; i++) {
        const MlLayoutPiece *piece = &g_array_index(pieces, MlLayoutPiece, i);
        gboolean is_end = layout->tail != NULL && piece->offset >= layout->tail_offset;
        bytes += piece->field == NULL && !is_end ? piece->bytes : 0;
    }
    return bytes;
}

static char *
title_of_one(const MlLayout *layout)
{
    guint64 holes = bytes_of_holes(layout);
    g_autofree char *element = element_name(layout);
    gboolean is_one = strcmp(layout->title, element) == 0;
    g_autofree char *name =
        g_strconcat(layout->title, is_one ? "" : ", ", is_one ? "" : element, NULL);
    g_autofree char *bytes = ml_wording_count(layout->bytes);
    name[0] = g_ascii_toupper(name[0]);
    if (holes == 0)
        return g_strdup_printf(_("%s: %s B, no holes"), name, bytes);
    g_autofree char *lost = ml_wording_count(holes);
    return g_strdup_printf(_("%s: %s of %s B are holes"), name, lost, bytes);
}

/* The same fields in another order. */
static char *
title_of_orders(const MlLayout *first, const MlLayout *last)
{
    g_autofree char *before = ml_wording_count(first->bytes);
    g_autofree char *after = ml_wording_count(last->bytes);
    if (first->bytes == last->bytes)
        return g_strdup_printf(_("Same fields, another order, and still %s B"), after);
    return g_strdup_printf(_("Same fields, another order: %s B becomes %s B"), before, after);
}

static gboolean
have_same_fields(const MlDiagramFacts *facts)
{
    for (guint i = 1; i < facts->n_layouts; i++)
        if (!ml_layout_same_fields(facts->layouts[0], facts->layouts[i]))
            return FALSE;
    return TRUE;
}

char *
ml_struct_title(const MlDiagramFacts *facts)
{
    guint64 least = G_MAXUINT64;
    guint64 most = 0;
    guint64 holes = 0;
    if (facts->n_layouts == 1)
        return title_of_one(facts->layouts[0]);
    if (have_same_fields(facts))
        return title_of_orders(facts->layouts[0], facts->layouts[facts->n_layouts - 1]);
    for (guint i = 0; i < facts->n_layouts; i++) {
        least = MIN(least, facts->layouts[i]->bytes);
        most = MAX(most, facts->layouts[i]->bytes);
        holes = MAX(holes, bytes_of_holes(facts->layouts[i]));
    }
    g_autofree char *from = ml_wording_count(least);
    g_autofree char *to = ml_wording_count(most);
    g_autofree char *span = least == most ? g_strdup(to) : g_strconcat(from, _(" to "), to, NULL);
    g_autofree char *lost = ml_wording_count(holes);
    if (holes == 0)
        return g_strdup_printf(_("Structs of %s B, and no holes"), span);
    return g_strdup_printf(_("Structs of %s B, up to %s B of it holes"), span, lost);
}

void
ml_struct_sum(const MlLayout *layout, MlSum *ret_sum)
{
    double bytes[ML_N_ROLES];
    ml_layout_roles(layout, bytes);
    ml_sum_round(bytes, ret_sum);
}

/* --- in words --------------------------------------------------------------------------------- */

static void
append_sum(GString *words, const MlLayout *layout)
{
    MlSum sum;
    ml_struct_sum(layout, &sum);
    const char *sign = "=";
    for (int role = 0; role < ML_N_ROLES; role++) {
        if (!ml_sum_shows(&sum, (MlRole)role))
            continue;
        g_autofree char *term = ml_wording_amount(sum.printed[role], sum.decimals);
        g_string_append_printf(words, " %s %s %s", sign, term, ml_role_label((MlRole)role));
        sign = "+";
    }
}

static void
append_pieces(GString *words, const MlLayout *layout)
{
    g_autoptr(GArray) pieces = ml_layout_pieces(layout);
    for (guint i = 0; i < pieces->len; i++) {
        const MlLayoutPiece *piece = &g_array_index(pieces, MlLayoutPiece, i);
        gboolean is_end = layout->tail != NULL && piece->offset >= layout->tail_offset;
        const char *name = piece->field != NULL ? piece->field->name : _("a hole");
        g_autofree char *offset = ml_wording_count(piece->offset);
        g_autofree char *bytes = ml_wording_count(piece->bytes);
        if (piece->field != NULL || !is_end)
            g_string_append_printf(
                words, _("%s at byte %s %s, %s B"), i == 0 ? ":" : ";", offset, name, bytes);
    }
    if (layout->tail == NULL)
        return;
    gboolean has_end = layout->bytes > layout->tail_offset;
    g_string_append_printf(words,
        _("; then %s, as many as there are%s"),
        layout->tail,
        has_end ? _(", and the NUL that ends it") : "");
}

char *
ml_struct_describe(const MlDiagramFacts *facts)
{
    g_autofree char *title = ml_struct_title(facts);
    GString *words = g_string_new(NULL);
    g_string_printf(
        words, _("%s. As the compiler lays structs out on %s."), title, facts->layouts[0]->machine);
    for (guint i = 0; i < facts->n_layouts; i++) {
        const MlLayout *layout = facts->layouts[i];
        g_autofree char *name = ml_struct_name(facts, i);
        g_autofree char *bytes = ml_wording_count(layout->bytes);
        name[0] = g_ascii_toupper(name[0]);
        g_string_append_printf(words, _(" %s: %s B"), name, bytes);
        append_sum(words, layout);
        append_pieces(words, layout);
        g_string_append_c(words, '.');
    }
    return g_string_free(words, FALSE);
}

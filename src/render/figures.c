#include "render/figures.h"

#include <math.h>

#include "base/bar.h"
#include "base/number.h"
#include "base/spec.h"
#include "base/text.h"
#include "structure/registry.h"

char *
ml_figure_held(guint64 bytes)
{
    g_autofree char *exact = ml_group_digits(bytes, " ");
    g_autofree char *both = ml_bytes_both(bytes, " = ");
    return g_strdup_printf("%s B = %s", exact, both);
}

char *
ml_figure_signed(gint64 bytes)
{
    guint64 magnitude = bytes < 0 ? -(guint64)bytes : (guint64)bytes;
    g_autofree char *digits = ml_group_digits(magnitude, " ");
    return g_strconcat(bytes > 0 ? "+" : bytes < 0 ? "-" : "", digits, NULL);
}

char *
ml_figure_name(const MlLedger *ledger)
{
    const MlStructure *structure = ml_structure_find(ledger->structure);
    if (structure == NULL) /* recorded by a memlab that had it */
        return g_strdup(ledger->structure);
    MlOptions options;
    ml_fact_options_read(&ledger->options, structure, &options);
    return ml_spec_to_string(structure, &options);
}

void
ml_figure_cell(GString *text, const char *cell, int columns, gboolean right_aligned)
{
    g_autofree char *padded = ml_text_pad(cell, columns, right_aligned);
    g_string_append(text, padded);
}

/* Nothing has no cells; anything else at least one.  Roles that sum to a little more than was
 * measured have no more than the room. */
static int
bar_cells(double value, double largest, int room)
{
    if (!(value > 0) || !(largest > 0))
        return 0;
    return CLAMP((int)lround(value / largest * room), 1, room);
}

int
ml_figure_stack(
    GString *text, const double bytes[ML_N_ROLES], double largest, int room, gboolean ascii)
{
    int used = 0;
    double sum = 0;
    for (MlRole role = 0; role < ML_N_ROLES; role++) {
        if (!(bytes[role] > 0))
            continue;
        sum += bytes[role];
        int end = bar_cells(sum, largest, room);
        g_autofree char *bar = ml_bar(role, end - used, ascii);
        g_string_append(text, bar);
        used = MAX(used, end);
    }
    return used;
}

char *
ml_figure_flow(const char *const *pieces, const char *gap, int columns, int indent)
{
    GString *text = g_string_new(NULL);
    int used = 0;

    for (; *pieces != NULL; pieces++) {
        int width = ml_text_width(*pieces);
        if (used > 0 && used + ml_text_width(gap) + width <= columns) {
            g_string_append(text, gap);
            used += ml_text_width(gap);
        } else {
            g_string_append_printf(text, "%s%*s", used > 0 ? "\n" : "", indent, "");
            used = indent;
        }
        g_string_append(text, *pieces);
        used += width;
    }
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}

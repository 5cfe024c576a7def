#include "render/figures.h"

#include <math.h>

#include "base/number.h"
#include "base/spec.h"
#include "base/text.h"
#include "structure/registry.h"

char *
ml_figure_held(guint64 bytes)
{
    g_autofree char *exact = ml_group_digits(bytes, " ");
    g_autofree char *mib = ml_fixed((double)bytes / (1024.0 * 1024.0), 1);
    g_autofree char *mb = ml_fixed((double)bytes / 1e6, 1);
    return g_strdup_printf("%s B = %s MiB = %s MB", exact, mib, mb);
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
    ml_options_defaults(structure->options, structure->n_options, &options);
    for (guint i = 0; i < ledger->n_options; i++)
        ml_options_set(structure->options,
            structure->n_options,
            ledger->options[i].name,
            ledger->options[i].value,
            &options);
    /* A key format implies string keys even where it is the default: say the keys again. */
    for (guint i = 0; i < ledger->n_options; i++)
        if (structure->options[i].implies_name == NULL)
            ml_options_set(structure->options,
                structure->n_options,
                ledger->options[i].name,
                ledger->options[i].value,
                &options);
    return ml_spec_to_string(structure, &options);
}

int
ml_figure_bar_cells(double value, double largest, int room)
{
    if (!(value > 0) || !(largest > 0))
        return 0;
    return MAX((int)lround(value / largest * room), 1);
}

void
ml_figure_cell(GString *text, const char *cell, int columns, gboolean right_aligned)
{
    g_autofree char *padded = ml_text_pad(cell, columns, right_aligned);
    g_string_append(text, padded);
}

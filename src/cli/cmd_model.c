/* memlab model: what a structure costs, computed; nothing is built. */
#include "base/error.h"
#include "cli/command.h"
#include "cli/ledger_output.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/structure_arguments.h"
#include "facts/make.h"

static gboolean
print_ledger(const MlLedger *ledger, const MlTableSettings *settings, GError **error)
{
    int columns = settings->columns;
    g_autofree char *title =
        ml_ledger_title(ledger, ledger->allocator, "computed, nothing was built", columns);
    g_autofree char *table = ml_ledger_table(ledger, settings);
    g_autofree char *held = ml_ledger_held("held in RAM", ledger->model_bytes, NULL, columns);
    g_autofree char *reserved = ml_ledger_held("reserved", ledger->rulers.reserved, NULL, columns);
    g_autofree char *peak = ml_ledger_held("peak", ledger->model_peak_bytes, NULL, columns);
    g_autofree char *text = g_strconcat(title, "\n", table, "\n", held, reserved, peak, NULL);
    return ml_output(text, error);
}

static int
run(char **arguments, GError **error)
{
    guint64 n;
    MlTableSettings settings;
    g_autoptr(GArray) choices = NULL;
    if (!ml_ledger_settings(&settings, error) || !ml_arguments_count(&n, error) ||
        (choices = ml_arguments_structures(arguments, error)) == NULL)
        return ML_ERROR_USAGE;

    const MlAllocator *allocator = ml_chosen_allocator(error);
    if (allocator == NULL)
        return ML_ERROR_USAGE;
    g_autoptr(GPtrArray) ledgers = g_ptr_array_new_with_free_func((GDestroyNotify)ml_ledger_free);
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        MlLedger *ledger =
            ml_ledger_compute(choice->structure, &choice->options, n, allocator, error);
        if (ledger == NULL)
            return ML_ERROR_USAGE;
        g_ptr_array_add(ledgers, ledger);
    }
    if (ml_output_json_wanted)
        return ml_output_ledgers(ledgers, error) ? 0 : ML_ERROR_SURROUNDINGS;
    for (guint i = 0; i < ledgers->len; i++)
        if ((i > 0 && !ml_output("\n", error)) ||
            !print_ledger(ledgers->pdata[i], &settings, error))
            return ML_ERROR_SURROUNDINGS;
    return 0;
}

static const GOptionEntry options[] = {
    ML_COUNT_OPTION,
    ML_SLICES_ARGUMENT,
    ML_BY_OPTION,
    ML_ALLOCATOR_OPTION,
    ML_OUTPUT_JSON_OPTION,
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

const MlCommand ml_command_model = {
    .name = "model",
    .summary = "compute what it costs; nothing is built",
    .arguments = "STRUCTURE… [-n N] [options]",
    .examples = "memlab model boxed-array -n 1e9\n"
                "memlab model open-table -n 786_433 --by part",
    .options = options,
    .run = run,
};

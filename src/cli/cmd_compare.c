/* memlab compare: several structures in one table, with factors over the packed array. */
#include "base/error.h"
#include "base/number.h"
#include "cli/command.h"
#include "cli/ledger_output.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/structure_arguments.h"
#include "measure/allocator_library.h"
#include "render/compare_text.h"
#include "render/figures.h"
#include "structure/registry.h"

static gboolean model_only;
static gboolean all_allocators;

static MlLedger *
make_ledger(MlMeasureRequest *request, const MlChoice *choice, GError **error)
{
    if (model_only)
        return ml_ledger_compute(
            choice->structure, &choice->options, request->n, request->allocator, error);
    request->structure = choice->structure;
    request->options = choice->options;
    return ml_ledger_measure(request, NULL, error);
}

/* Bytes per element of the packed array of width 8, by the same ruler as the others; NAN for no
 * elements. */
static gboolean
packed_per_element(MlMeasureRequest *request, double *ret_per_element, GError **error)
{
    MlChoice packed = { .structure = ml_structure_find("packed-array") };
    ml_options_defaults(packed.structure->options, packed.structure->n_options, &packed.options);
    g_autoptr(MlLedger) ledger = make_ledger(request, &packed, error);
    if (ledger == NULL)
        return FALSE;
    *ret_per_element = ml_ledger_per_element(ledger, (double)ml_ledger_bytes(ledger));
    return TRUE;
}

static char *
malloc_text(const GPtrArray *ledgers)
{
    const MlLedger *first = ledgers->pdata[0];
    if (all_allocators)
        return g_strdup("malloc: as each row says");
    return g_strconcat("malloc: ", first->environment.malloc_name, NULL);
}

static char *
heading(const GPtrArray *ledgers, double base, int columns)
{
    const MlLedger *first = ledgers->pdata[0];
    g_autofree char *digits = ml_group_digits(first->n, " ");
    g_autofree char *count = g_strconcat("n = ", digits, NULL);
    g_autofree char *allocator = malloc_text(ledgers);
    g_autofree char *base_text = ml_fixed(base, 2);
    g_autofree char *per_element = g_strconcat(base_text, " B per element", NULL);
    const char *how = model_only ? "computed, nothing was built" : "measured";
    const char *const what[] = { count, allocator, how, NULL };
    const char *const factors[] = { "factors over the packed array,", per_element, NULL };
    g_autofree char *first_line = ml_figure_flow(what, "   ", columns, 0);
    g_autofree char *second_line = ml_figure_flow(factors, " ", columns, 0);
    return g_strconcat(first_line, second_line, NULL);
}

static gboolean
print_table(const GPtrArray *ledgers, double base, GError **error)
{
    MlTableSettings settings;
    if (!ml_ledger_settings(&settings, error))
        return FALSE;
    g_autofree char *above = heading(ledgers, base, settings.columns);
    g_autofree char *table =
        ml_compare_table((const MlLedger *const *)ledgers->pdata, ledgers->len, base, &settings);
    g_autofree char *text = g_strconcat(above, "\n", table, NULL);
    return ml_output(text, error);
}

/* The one that was chosen; or all that are installed, and a word on those that are not.
 * Returns: (transfer full) (element-type MlAllocator). */
static GPtrArray *
wanted_allocators(const MlMeasureRequest *request, const MlStructure *structure)
{
    GPtrArray *wanted = g_ptr_array_new();
    if (!all_allocators) {
        g_ptr_array_add(wanted, (gpointer)(guintptr)request->allocator);
        return wanted;
    }
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    for (size_t i = 0; i < n_allocators; i++) {
        if (!ml_allocator_runs(allocators[i], structure))
            ml_message("note: %s does not run on %s", structure->name, allocators[i]->name);
        else if (model_only || ml_allocator_installed(allocators[i]))
            g_ptr_array_add(wanted, (gpointer)(guintptr)allocators[i]);
        else
            ml_message("note: %s is not installed: apt-get install %s",
                allocators[i]->name,
                allocators[i]->run.package);
    }
    return wanted;
}

/* Returns: the exit status so far; a measurement that failed sets @error. */
static int
add_ledgers(const MlChoice *choice, MlMeasureRequest *request, GPtrArray *ledgers, GError **error)
{
    int status = 0;
    g_autoptr(GPtrArray) allocators = wanted_allocators(request, choice->structure);
    for (guint i = 0; i < allocators->len; i++) {
        MlMeasureRequest one = *request;
        one.allocator = allocators->pdata[i];
        MlLedger *ledger = make_ledger(&one, choice, error);
        if (ledger == NULL)
            return ML_ERROR_SURROUNDINGS;
        g_ptr_array_add(ledgers, ledger);
        status = MAX(status, ml_measure_tell(ledger));
    }
    return status;
}

static int
run(char **arguments, GError **error)
{
    MlMeasureRequest request;
    g_autoptr(GArray) choices = NULL;
    if (!ml_measure_options(&request, error) || !ml_arguments_count(&request.n, error) ||
        (choices = ml_arguments_structures(arguments, error)) == NULL)
        return ML_ERROR_USAGE;
    if (all_allocators && ml_allocator_text != NULL) {
        ml_fail(error, ML_ERROR_USAGE, "give --allocator for one, or --allocators for all");
        return ML_ERROR_USAGE;
    }

    int status = 0;
    GError *failure = NULL;
    g_autoptr(GPtrArray) ledgers = g_ptr_array_new_with_free_func((GDestroyNotify)ml_ledger_free);
    for (guint i = 0; i < choices->len && failure == NULL; i++) {
        int added = add_ledgers(&g_array_index(choices, MlChoice, i), &request, ledgers, &failure);
        status = MAX(status, added);
    }
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return ML_ERROR_SURROUNDINGS;
    }
    if (ml_output_json_wanted)
        return ml_output_ledgers(ledgers, error) ? status : ML_ERROR_SURROUNDINGS;
    double base;
    gboolean ok = packed_per_element(&request, &base, error) && print_table(ledgers, base, error);
    return ok ? status : ML_ERROR_SURROUNDINGS;
}

static const GOptionEntry options[] = {
    ML_COUNT_OPTION,
    ML_SLICES_ARGUMENT,
    { "model", 0, 0, G_OPTION_ARG_NONE, &model_only, "compute instead of building", NULL },
    { "allocators",
        0,
        0,
        G_OPTION_ARG_NONE,
        &all_allocators,
        "each structure on every allocator that is installed",
        NULL },
    ML_MEASURE_OPTIONS,
    ML_OUTPUT_JSON_OPTION,
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

const MlCommand ml_command_compare = {
    .name = "compare",
    .summary = "several structures in one table, with factors over the packed array",
    .arguments = "STRUCTURE… [-n N] [options]",
    .examples = "memlab compare packed-array boxed-array linked-list double-list\n"
                "memlab compare chained-table open-table compact-dict -n 1e5\n"
                "memlab compare linked-list boxed-array --allocators\n"
                "memlab compare boxed-array boxed-array:box=bare --model",
    .options = options,
    .run = run,
};

/* memlab measure: build it in a fresh process, measure it, explain every byte. */
#include <math.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/ledger_output.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/structure_arguments.h"
#include "render/attribution_text.h"
#include "render/times_text.h"

static char *tolerance_text;
static gboolean with_pages;
static gboolean with_times;

/* "0.1%" as 0.1; -1 where nothing was asked. */
static gboolean
parse_tolerance(double *ret_percent, GError **error)
{
    *ret_percent = -1;
    if (tolerance_text == NULL)
        return TRUE;
    char *end;
    *ret_percent = g_ascii_strtod(tolerance_text, &end);
    if (end != tolerance_text && g_str_equal(end, "%") && *ret_percent >= 0)
        return TRUE;
    g_autofree char *quoted = ml_text_quote(tolerance_text);
    return ml_fail(
        error, ML_ERROR_USAGE, "--tolerance takes a percentage such as 0.1%%, not %s", quoted);
}

static gboolean
is_outside(const MlLedger *ledger, double percent)
{
    double allowed = (double)ledger->model_bytes * percent / 100;
    return percent >= 0 && fabs((double)ml_ledger_unexplained(ledger)) > allowed;
}

static char *
runs_text(const MlLedger *ledger)
{
    if (ledger->repeats == 1)
        return g_strdup("(one fresh process)");
    return g_strdup_printf("(%u fresh processes, spread %" G_GUINT64_FORMAT " B)",
        ledger->repeats,
        ledger->spread_bytes);
}

/* @text: (nullable) */
static gboolean
print_section(const char *text, GError **error)
{
    return text == NULL || (ml_output("\n", error) && ml_output(text, error));
}

/* The peak as a line of its own, where it was asked for. */
static char *
peak_text(const MlLedger *ledger, int columns)
{
    if (!ml_exact_peak)
        return g_strdup("");
    g_autofree char *kernel = ml_group_digits(ledger->kernel_peak_bytes, " ");
    g_autofree char *remark =
        ledger->peak_is_exact
            ? g_strdup_printf("(exact; the kernel's VmHWM: %s B)", kernel)
            : g_strdup_printf("(at least: by the kernel's VmHWM, which reads low; "
                              "on %s a peak cannot be recorded exactly)",
                  ledger->allocator);
    return ml_ledger_held("peak", ledger->peak_bytes, remark, columns);
}

static gboolean
print_ledger(const MlLedger *ledger, const MlTableSettings *settings, GError **error)
{
    int columns = settings->columns;
    g_autofree char *title =
        ml_ledger_title(ledger, ledger->environment.malloc_name, NULL, columns);
    g_autofree char *line = ml_ledger_line(ledger, columns);
    g_autofree char *table = ml_ledger_table(ledger, settings);
    g_autofree char *opened = ml_ledger_opened(ledger, columns);
    g_autofree char *runs = runs_text(ledger);
    g_autofree char *held = ml_ledger_held(NULL, ml_ledger_bytes(ledger), runs, columns);
    g_autofree char *peak = peak_text(ledger, columns);
    g_autofree char *text = g_strconcat(title, line, "\n", table, "\n", opened, held, peak, NULL);
    g_autofree char *pages = with_pages ? ml_attribution_table(ledger, columns) : NULL;
    g_autofree char *times = with_times ? ml_times_table(ledger, columns) : NULL;
    return ml_output(text, error) && print_section(pages, error) && print_section(times, error);
}

/* Times come from processes of their own: nothing else is done in them. */
static MlLedger *
measure_one(const MlMeasureRequest *request, GError **error)
{
    g_autoptr(MlLedger) ledger = ml_ledger_measure(request, NULL, error);
    if (ledger == NULL || (with_times && !ml_time_measure(request, &ledger->times, error)))
        return NULL;
    return g_steal_pointer(&ledger);
}

static int
run(char **arguments, GError **error)
{
    double percent;
    guint64 n;
    MlTableSettings settings;
    MlMeasureRequest request;
    g_autoptr(GArray) choices = NULL;
    if (!ml_ledger_settings(&settings, error) || !ml_measure_options(&request, error) ||
        !parse_tolerance(&percent, error) || !ml_arguments_count(&n, error) ||
        (choices = ml_arguments_structures(arguments, error)) == NULL)
        return ML_ERROR_USAGE;

    int status = 0;
    g_autoptr(GPtrArray) ledgers = g_ptr_array_new_with_free_func((GDestroyNotify)ml_ledger_free);
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        request.structure = choice->structure;
        request.options = choice->options;
        request.n = n;
        MlLedger *ledger = measure_one(&request, error);
        if (ledger == NULL)
            return ML_ERROR_SURROUNDINGS;
        g_ptr_array_add(ledgers, ledger);
        int told = ml_measure_tell(ledger);
        if (told == 0 && is_outside(ledger, percent))
            told = ML_ERROR_WRONG;
        status = MAX(status, told);
        if (!ml_output_json_wanted &&
            ((i > 0 && !ml_output("\n", error)) || !print_ledger(ledger, &settings, error)))
            return ML_ERROR_SURROUNDINGS;
    }
    if (ml_output_json_wanted && !ml_output_ledgers(ledgers, error))
        return ML_ERROR_SURROUNDINGS;
    return status;
}

static const GOptionEntry options[] = {
    ML_COUNT_OPTION,
    ML_SLICES_ARGUMENT,
    ML_BY_OPTION,
    ML_MEASURE_OPTIONS,
    { "pages", 0, 0, G_OPTION_ARG_NONE, &with_pages, "who owns each new resident page", NULL },
    { "time", 0, 0, G_OPTION_ARG_NONE, &with_times, "time building, traversing, looking up", NULL },
    { "peak",
        0,
        0,
        G_OPTION_ARG_NONE,
        &ml_exact_peak,
        "the most at any moment, exactly, even where that takes as long again",
        NULL },
    { "recorded",
        0,
        0,
        G_OPTION_ARG_NONE,
        &ml_by_recorder,
        "find the blocks by recording malloc, not by walking the structure",
        NULL },
    { "tolerance",
        0,
        0,
        G_OPTION_ARG_STRING,
        &tolerance_text,
        "exit with 1 where unexplained is more than this, as in 0.1%",
        "P%" },
    ML_OUTPUT_JSON_OPTION,
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

const MlCommand ml_command_measure = {
    .name = "measure",
    .summary = "build it, measure what it holds in RAM, explain every byte",
    .arguments = "STRUCTURE… [-n N] [options]",
    .examples = "memlab measure boxed-array -n 1e6\n"
                "memlab measure compact-dict:keys=string,values=boxed -n 1e6 --by part\n"
                "memlab measure linked-list --pages --allocator jemalloc\n"
                "memlab measure boxed-array --time\n"
                "memlab measure linked-list double-list -n 1e5 --json",
    .notes = "'memlab list' shows the structures and their options.",
    .options = options,
    .run = run,
};

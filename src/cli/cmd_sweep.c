/* memlab sweep: bytes per element as n grows. */
#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/series_facts.h"
#include "cli/structure_arguments.h"
#include "cli/sweep_chart.h"
#include "cli/sweep_file.h"
#include "cli/sweep_run.h"
#include "diagram/diagram.h"
#include "render/figures.h"
#include "render/series_text.h"

enum { DEFAULT_STEPS = 21 };

static char *from_text;
static char *to_text;
static char *steps_text;
static char *resume_path;
static char *output_path;
static int jobs;
static gboolean evenly;
static gboolean model_only;
static gboolean csv_wanted;

/* --- what is asked for ------------------------------------------------------------------------ */

static gboolean
parse_count(const char *text, const char *otherwise, guint64 *ret_count, GError **error)
{
    return ml_count_parse(text != NULL ? text : otherwise, ret_count, error);
}

static gboolean
parse_range(MlSweepRange *ret_range, GError **error)
{
    guint64 steps = DEFAULT_STEPS;
    if (!parse_count(from_text, "100", &ret_range->from, error) ||
        !parse_count(to_text, "1e6", &ret_range->to, error) ||
        (steps_text != NULL && !ml_count_parse(steps_text, &steps, error)))
        return FALSE;
    ret_range->steps = (guint)MIN(steps, G_MAXUINT);
    ret_range->jumps = !evenly;
    return ml_sweep_check_range(ret_range, error);
}

static gboolean
check_options(MlMeasureRequest *ret_request, GError **error)
{
    if (jobs < 0)
        return ml_fail(error, ML_ERROR_USAGE, "--jobs takes 1 or more, not %d", jobs);
    if (model_only && resume_path != NULL)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "--model measures nothing that --resume could keep; leave one of them out");
    MlFormat format;
    if (output_path != NULL && (csv_wanted || ml_output_json_wanted))
        return ml_fail(error, ML_ERROR_USAGE, "-o draws a chart; leave --csv and --json out");
    if (output_path != NULL && !g_str_equal(output_path, "-") &&
        !ml_diagram_format(output_path, &format, error))
        return FALSE;
    if (csv_wanted && ml_output_json_wanted)
        return ml_fail(error, ML_ERROR_USAGE, "--csv or --json, not both");
    return ml_measure_options(ret_request, error);
}

/* Whether the file that a sweep is kept in is there already. */
static gboolean
resumes(void)
{
    return resume_path != NULL && g_file_test(resume_path, G_FILE_TEST_EXISTS);
}

/* The series with all points by the model.
 * Returns: (transfer full) (element-type MlSeries). */
static GPtrArray *
compute(char **arguments, const MlMeasureRequest *request, GError **error)
{
    MlSweepRange range;
    g_autoptr(GArray) choices = NULL;
    if (!parse_range(&range, error) ||
        (choices = ml_arguments_structures(arguments, error)) == NULL)
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)ml_series_free);
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        MlSeries *series = ml_series_compute(
            choice->structure, &choice->options, request->allocator, &range, error);
        if (series == NULL)
            return NULL;
        series->as_shipped = request->as_shipped;
        g_ptr_array_add(all, series);
    }
    return g_steal_pointer(&all);
}

/* What there is to do: by the command line, by the file to go on with, or by both. */
static GPtrArray *
plan(char **arguments, const MlMeasureRequest *request, GError **error)
{
    if (!resumes())
        return compute(arguments, request, error);
    g_autoptr(GPtrArray) recorded = ml_sweep_file_read(resume_path, error);
    if (recorded == NULL)
        return NULL;
    g_autoptr(GPtrArray) planned = arguments[0] == NULL ? ml_sweep_file_read(resume_path, error)
                                                        : compute(arguments, request, error);
    if (planned == NULL || !ml_sweep_take_over(recorded, planned, resume_path, error))
        return NULL;
    return g_steal_pointer(&planned);
}

/* --- what is shown ---------------------------------------------------------------------------- */

static char *
how_made(const MlSeries *series)
{
    guint measured = ml_series_count(series, ML_ORIGIN_MEASURED);
    guint recorded = ml_series_count(series, ML_ORIGIN_RECORDED);
    if (measured + recorded == 0)
        return g_strdup("computed, nothing was built");
    if (measured == 0 || recorded == 0)
        return g_strdup(ml_origin_id(ml_series_origin(series)));
    return g_strdup_printf("%u points measured, %u recorded before", measured, recorded);
}

static gboolean
print_series(const MlSeries *series, GError **error)
{
    int columns = ml_output_columns();
    g_autofree char *plain = ml_series_name(series);
    g_autofree char *name = ml_text_styled(ML_STYLE_BOLD, plain);
    g_autofree char *allocator = g_strconcat("malloc: ", series->environment.malloc_name, NULL);
    g_autofree char *how = how_made(series);
    const char *const pieces[] = { name, allocator, "bytes per element", how, NULL };
    g_autofree char *title = ml_figure_flow(pieces, "   ", columns, 0);
    g_autofree char *table = ml_series_table(series, columns);
    g_autofree char *text = g_strconcat(title, "\n", table, NULL);
    return ml_output(text, error);
}

static gboolean
print(GPtrArray *all, GError **error)
{
    if (ml_output_json_wanted)
        return ml_output_json(ml_sweep_to_json(all), error);
    if (csv_wanted) {
        g_autofree char *csv = ml_series_csv(all);
        return ml_output_csv(csv, error);
    }
    if (!ml_sweep_chart_print(all, error))
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if ((i > 0 && !ml_output("\n", error)) || !print_series(all->pdata[i], error))
            return FALSE;
    return TRUE;
}

/* Says what Ctrl-C left undone.  Returns: the exit status; @status where it came too late. */
static int
tell_interrupted(const GPtrArray *all, int status)
{
    guint left = 0;
    guint total = 0;
    for (guint i = 0; i < all->len; i++) {
        const MlSeries *series = all->pdata[i];
        total += series->points->len;
        left += ml_series_count(series, ML_ORIGIN_MODEL);
    }
    if (left == 0)
        return status;
    g_autofree char *remedy =
        resume_path != NULL ? g_strdup_printf("'memlab sweep --resume %s' goes on", resume_path)
                            : g_strdup("--resume FILE would keep them");
    ml_message("interrupted: %u of %u points are measured; %s", total - left, total, remedy);
    return ML_ERROR_INTERRUPTED;
}

static int
run(char **arguments, GError **error)
{
    MlMeasureRequest request;
    g_autoptr(GPtrArray) all = NULL;
    if (!check_options(&request, error) || (all = plan(arguments, &request, error)) == NULL)
        return ML_ERROR_USAGE;
    gboolean interrupted = FALSE;
    MlSweep sweep = { .repeats = request.repeats, .force = request.force, .jobs = (guint)jobs };
    if (!model_only && !ml_sweep_watched(all, &sweep, resume_path, &interrupted, error))
        return ML_ERROR_SURROUNDINGS;
    if (output_path != NULL ? !ml_sweep_chart_write(all, output_path, error) : !print(all, error))
        return ML_ERROR_SURROUNDINGS;
    int status = ml_series_tell(all, output_path != NULL);
    return interrupted ? tell_interrupted(all, status) : status;
}

static const GOptionEntry options[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from_text, "first number of elements (100)", "N" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to_text, "last number of elements (1e6)", "N" },
    { "steps", 0, 0, G_OPTION_ARG_STRING, &steps_text, "points, evenly in log n (21)", "K" },
    ML_SLICES_ARGUMENT,
    { "even", 0, 0, G_OPTION_ARG_NONE, &evenly, "not also before and after each growth", NULL },
    { "model", 0, 0, G_OPTION_ARG_NONE, &model_only, "compute instead of building", NULL },
    { "output",
        'o',
        0,
        G_OPTION_ARG_FILENAME,
        &output_path,
        "draw a chart: FILE.svg, .png or .pdf; - for SVG on standard output",
        "FILE" },
    { "resume",
        0,
        0,
        G_OPTION_ARG_FILENAME,
        &resume_path,
        "keep the points in FILE.json, and go on with those it has",
        "FILE" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &jobs, "probes at once (one for each CPU)", "J" },
    ML_MEASURE_OPTIONS,
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv_wanted, "print CSV", NULL },
    ML_OUTPUT_JSON_OPTION,
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

const MlCommand ml_command_sweep = {
    .name = "sweep",
    .summary = "bytes per element as n grows: model and measurement, point by point",
    .arguments = "STRUCTURE… [--from N] [--to N] [options]",
    .examples =
        "memlab sweep open-table                            # the saw-tooth of doubling\n"
        "memlab sweep growing-array --from 1e2 --to 1e7 --steps 30\n"
        "memlab sweep boxed-array linked-list -o lists.png      # a chart for a slide\n"
        "memlab sweep compact-dict --csv > dict.csv\n"
        "memlab sweep open-table --to 1e7 --resume table.json   # Ctrl-C, and again: goes on",
    .notes = "A structure that grows is also measured just before and just after each growth.\n"
             "Here --repeat is 1 unless it is given: pinned processes do not differ.",
    .options = options,
    .run = run,
};

/* memlab doctor: what this machine can measure, and a verdict to act on before class. */
#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/output.h"
#include "diagram/text_metrics.h"
#include "measure/capacity.h"
#include "measure/surroundings.h"
#include "render/figures.h"
#include "structure/registry.h"

enum { WORD_COLUMNS = 9, TEXT_COLUMN = 23 };

static MlFinding *
examine_fonts(void)
{
    g_autoptr(GError) error = NULL;
    PangoContext *metrics = ml_metrics_new(&error);
    if (metrics == NULL)
        return ml_finding_new(ML_FINDING_LIMITED, "fonts", "%s", error->message);
    g_object_unref(metrics);
    return ml_finding_new(ML_FINDING_GOOD, "fonts", "pictures can be lettered");
}

static MlFindingLevel
worst(const GPtrArray *findings)
{
    MlFindingLevel level = ML_FINDING_GOOD;
    for (guint i = 0; i < findings->len; i++)
        level = MAX(level, ((const MlFinding *)findings->pdata[i])->level);
    return level;
}

static const char *
verdict(MlFindingLevel level)
{
    static const char *const verdicts[] = {
        [ML_FINDING_GOOD] = "ready",
        [ML_FINDING_LIMITED] = "ready, with the limits named above",
        [ML_FINDING_BAD] = "not ready: nothing can be measured here; 'memlab model' still works",
    };
    return verdicts[level];
}

static const char *
level_word(MlFindingLevel level)
{
    static const char *const words[] = { "ok", "limited", "bad" };
    return words[level];
}

static guint64
largest_count(const MlStructure *structure, guint64 available)
{
    MlOptions options;
    ml_options_defaults(structure->options, structure->n_options, &options);
    return ml_capacity_largest(structure, &options, ml_allocator_default(), available);
}

static void
append_largest(GString *text)
{
    guint64 available;
    if (!ml_capacity_available(&available, NULL))
        return;
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    g_string_append(text, "\nlargest n that fits into that memory\n");
    for (size_t i = 0; i < n_structures; i++) {
        g_autofree char *largest = ml_group_digits(largest_count(structures[i], available), " ");
        g_string_append(text, "  ");
        ml_figure_cell(text, structures[i]->name, 18, FALSE);
        ml_figure_cell(text, largest, 16, TRUE);
        g_string_append_c(text, '\n');
    }
}

static gboolean
print_text(const GPtrArray *findings, GError **error)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < findings->len; i++) {
        const MlFinding *finding = findings->pdata[i];
        g_autofree char *word = finding->level == ML_FINDING_GOOD
                                    ? g_strdup(level_word(finding->level))
                                    : ml_text_styled(ML_STYLE_WARNING, level_word(finding->level));
        g_autofree char *wrapped = ml_text_wrap(finding->text, ml_output_columns(), TEXT_COLUMN);
        ml_figure_cell(text, word, WORD_COLUMNS, FALSE);
        ml_figure_cell(text, finding->subject, TEXT_COLUMN - WORD_COLUMNS, FALSE);
        g_string_append(text, wrapped + TEXT_COLUMN); /* the first line stands behind its subject */
    }
    append_largest(text);
    g_autofree char *bold = ml_text_styled(ML_STYLE_BOLD, verdict(worst(findings)));
    g_string_append_printf(text, "\nverdict: %s\n", bold);
    g_autofree char *whole = g_string_free(text, FALSE);
    return ml_output(whole, error);
}

/* {"boxed-array": 591952512, …}; empty where the kernel does not say what is free. */
static json_t *
largest_json(void)
{
    json_t *largest = json_object();
    guint64 available;
    if (!ml_capacity_available(&available, NULL))
        return largest;
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    for (size_t i = 0; i < n_structures; i++)
        json_object_set_new(largest,
            structures[i]->name,
            json_integer((json_int_t)largest_count(structures[i], available)));
    return largest;
}

static gboolean
print_json(const GPtrArray *findings, GError **error)
{
    json_t *list = json_array();
    for (guint i = 0; i < findings->len; i++) {
        const MlFinding *finding = findings->pdata[i];
        json_array_append_new(list,
            json_pack("{s:s, s:s, s:s}",
                "level",
                level_word(finding->level),
                "subject",
                finding->subject,
                "text",
                finding->text));
    }
    return ml_output_json(json_pack("{s:s, s:s, s:o, s:o}",
                              "schema",
                              "memlab.doctor.1",
                              "verdict",
                              verdict(worst(findings)),
                              "findings",
                              list,
                              "largest_n",
                              largest_json()),
        error);
}

static int
run(char **arguments, GError **error)
{
    if (arguments[0] != NULL) {
        ml_fail(error, ML_ERROR_USAGE, "'memlab doctor' takes no arguments");
        return ML_ERROR_USAGE;
    }
    g_autoptr(GPtrArray) findings = ml_surroundings_examine();
    g_ptr_array_add(findings, examine_fonts());
    gboolean ok = ml_output_json_wanted ? print_json(findings, error) : print_text(findings, error);
    return ok && worst(findings) < ML_FINDING_BAD ? 0 : ML_ERROR_SURROUNDINGS;
}

static const GOptionEntry options[] = { ML_OUTPUT_JSON_OPTION, ML_OUTPUT_ASCII_OPTION, { NULL } };

const MlCommand ml_command_doctor = {
    .name = "doctor",
    .summary = "what this machine can measure, and whether it is ready for a class",
    .arguments = "[--json]",
    .examples = "memlab doctor",
    .options = options,
    .run = run,
};

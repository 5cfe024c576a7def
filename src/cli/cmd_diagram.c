/* memlab diagram: a picture to file or terminal, drawn from a structure built at this moment. */
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/series_facts.h"
#include "cli/structure_arguments.h"
#include "diagram/diagram.h"

static char *output_path;
static char *theme_name;
static char *target;
static char *size_name;
static char *title;
static gboolean large;
static gboolean describe;
static gboolean from_model;
static int scale = 1;

/* The facts of one picture, and who owns them. */
typedef struct {
    MlWalk *walk;
    GPtrArray *ledgers;
    GPtrArray *series;
} Facts;

static void
facts_clear(Facts *facts)
{
    g_clear_pointer(&facts->walk, ml_walk_free);
    g_clear_pointer(&facts->ledgers, g_ptr_array_unref);
    g_clear_pointer(&facts->series, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Facts, facts_clear)

static gboolean
add_ledger(const MlDiagramKind *kind, MlMeasureRequest *request, Facts *facts, GError **error)
{
    MlLedger *ledger;
    if (from_model && kind->needs == ML_NEEDS_LEDGERS)
        ledger = ml_ledger_compute(
            request->structure, &request->options, request->n, request->allocator, error);
    else
        ledger =
            ml_ledger_measure(request, kind->needs == ML_NEEDS_WALK ? &facts->walk : NULL, error);
    if (ledger == NULL)
        return FALSE;
    ml_measure_tell(ledger);
    g_ptr_array_add(facts->ledgers, ledger);
    return TRUE;
}

static gboolean
gather(const MlDiagramKind *kind, char **structures, Facts *facts, GError **error)
{
    MlMeasureRequest request;
    if (!ml_measure_options(&request, error) || !ml_arguments_count(&request.n, error))
        return FALSE;
    if (request.repeats == 0)
        request.repeats = 1; /* a picture shows one process */
    g_autoptr(GArray) choices = ml_arguments_structures(structures, error);
    if (choices == NULL)
        return FALSE;
    if (choices->len > 1 && (kind->needs == ML_NEEDS_WALK || kind->is_single)) {
        return ml_fail(
            error, ML_ERROR_USAGE, "'%s' draws one structure, not %u", kind->name, choices->len);
    }
    if (kind->needs == ML_NEEDS_SERIES) {
        guint64 to = ml_count_text != NULL ? request.n : 0;
        if (ml_count_text != NULL && to == 0)
            return ml_fail(
                error, ML_ERROR_USAGE, "'%s' ends at 1 element or more, not at 0", kind->name);
        facts->series = ml_series_facts(kind, choices, &request, to, from_model, error);
        return facts->series != NULL;
    }
    facts->ledgers = g_ptr_array_new_with_free_func((GDestroyNotify)ml_ledger_free);
    for (guint i = 0; i < choices->len; i++) {
        const MlChoice *choice = &g_array_index(choices, MlChoice, i);
        if (kind->needs == ML_NEEDS_WALK && (kind->shapes >> choice->structure->shape & 1) == 0) {
            return ml_fail(error,
                ML_ERROR_USAGE,
                "'%s' does not fit the shape of %s; 'memlab list %s' shows which diagrams do",
                kind->name,
                choice->structure->name,
                choice->structure->name);
        }
        request.structure = choice->structure;
        request.options = choice->options;
        if (!add_ledger(kind, &request, facts, error))
            return FALSE;
    }
    return TRUE;
}

static MlDiagramFacts
borrow(const Facts *facts)
{
    MlDiagramFacts borrowed = { .walk = facts->walk };
    if (facts->ledgers != NULL) {
        borrowed.n_ledgers = facts->ledgers->len;
        borrowed.ledgers = (const MlLedger *const *)facts->ledgers->pdata;
    }
    if (facts->series != NULL) {
        borrowed.n_series = facts->series->len;
        borrowed.series = (const MlSeries *const *)facts->series->pdata;
    }
    return borrowed;
}

static gboolean
print_words(const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error)
{
    g_autofree char *words = kind->describe(facts);
    g_autofree char *wrapped = ml_text_wrap(words, ml_output_columns(), 0);
    return ml_output(wrapped, error);
}

static gboolean
print_characters(const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error)
{
    if (kind->terminal == NULL) {
        return ml_fail(error,
            ML_ERROR_USAGE,
            "'%s' has no form for the terminal; write a file: -o %s.svg",
            kind->name,
            kind->name);
    }
    g_autofree char *picture = kind->terminal(facts, ml_output_ascii(), ml_output_columns());
    return ml_output(picture, error);
}

static gboolean
write_file(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    const MlDiagramSettings *settings,
    MlFormat format,
    const MlTheme *theme,
    GError **error)
{
    g_autoptr(MlScene) scene = ml_diagram_scene(kind, facts, settings, error);
    if (scene == NULL)
        return FALSE;
    g_autoptr(GBytes) bytes = ml_diagram_render(scene, format, theme, scale, error);
    if (bytes == NULL)
        return FALSE;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    return ml_file_write(output_path, data, length, error);
}

/* All that can be wrong with the words is found before anything is built. */
static gboolean
check_options(MlSize *ret_size, MlFormat *ret_format, const MlTheme **ret_theme, GError **error)
{
    *ret_size = ml_size_slide();
    *ret_format = ML_FORMAT_SVG;
    *ret_theme = ml_themes()[0];
    if (target != NULL && !g_str_equal(target, "terminal")) {
        g_autofree char *quoted = ml_text_quote(target);
        return ml_fail(error,
            ML_ERROR_USAGE,
            "--to takes 'terminal', not %s; files are written by -o FILE.svg",
            quoted);
    }
    if (scale < 1 || scale > 4) {
        return ml_fail(error, ML_ERROR_USAGE, "--scale takes 1 to 4, not %d", scale);
    }
    if (theme_name != NULL && (*ret_theme = ml_theme_find(theme_name, error)) == NULL)
        return FALSE;
    if (size_name != NULL && !ml_size_parse(size_name, ret_size, error))
        return FALSE;
    return output_path == NULL || g_str_equal(output_path, "-") ||
           ml_diagram_format(output_path, ret_format, error);
}

static int
fail_without_kind(GError **error)
{
    GString *names = g_string_new(NULL);
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", (*kind)->name);
    ml_fail(error, ML_ERROR_USAGE, "no kind of diagram named; there are: %s", names->str);
    g_string_free(names, TRUE);
    return ML_ERROR_USAGE;
}

/* "boxed-array:box=bare" is a structure; the kind of diagram comes first. */
static const MlDiagramKind *
find_kind(const char *word, GError **error)
{
    const char *colon = strchr(word, ':');
    g_autofree char *name = colon != NULL ? g_strndup(word, (gsize)(colon - word)) : NULL;
    if (name == NULL || ml_diagram_find(name, NULL) == NULL)
        return ml_diagram_find(word, error);
    g_autofree char *quoted = ml_text_quote(word);
    ml_fail(error,
        ML_ERROR_USAGE,
        "%s is a structure; the kind of diagram stands before it: memlab diagram %s %s",
        quoted,
        name,
        quoted);
    return NULL;
}

static int
run(char **arguments, GError **error)
{
    MlFormat format;
    const MlTheme *theme;
    MlSize size;
    if (arguments[0] == NULL)
        return fail_without_kind(error);
    const MlDiagramKind *kind = find_kind(arguments[0], error);
    if (kind == NULL || !check_options(&size, &format, &theme, error))
        return ML_ERROR_USAGE;

    g_auto(Facts) facts = { 0 };
    char **structures = arguments[1] != NULL ? arguments + 1 : (char **)(guintptr)kind->examples;
    if (!gather(kind, structures, &facts, error))
        return ML_ERROR_SURROUNDINGS;
    MlDiagramFacts borrowed = borrow(&facts);
    MlDiagramSettings settings = { .size = &size, .title = title, .large = large };
    gboolean ok;
    if (!ml_diagram_accepts(kind, &borrowed, error))
        return ML_ERROR_USAGE;
    if (describe)
        ok = print_words(kind, &borrowed, error);
    else if (output_path != NULL)
        ok = write_file(kind, &borrowed, &settings, format, theme, error);
    else
        ok = print_characters(kind, &borrowed, error);
    if (ok && output_path != NULL && !g_str_equal(output_path, "-") && !describe)
        ml_message("wrote %s", output_path);
    return ok ? 0 : ML_ERROR_SURROUNDINGS;
}

static const GOptionEntry options[] = {
    { "output",
        'o',
        0,
        G_OPTION_ARG_FILENAME,
        &output_path,
        "write FILE.svg, .png or .pdf; - for SVG on standard output",
        "FILE" },
    { "to",
        0,
        0,
        G_OPTION_ARG_STRING,
        &target,
        "'terminal' draws with characters (the default without -o)",
        "terminal" },
    ML_COUNT_OPTION,
    ML_SLICES_ARGUMENT,
    { "theme",
        0,
        0,
        G_OPTION_ARG_STRING,
        &theme_name,
        "light, dark, print or transparent",
        "NAME" },
    { "size",
        0,
        0,
        G_OPTION_ARG_STRING,
        &size_name,
        "how much room there is: 16:9, 4:3, a4, column, or WIDTHxHEIGHT in px",
        "SIZE" },
    { "large", 0, 0, G_OPTION_ARG_NONE, &large, "fewer and larger things, for the back row", NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, "in place of the finding", "TEXT" },
    { "scale", 0, 0, G_OPTION_ARG_INT, &scale, "PNG: so many px for one (1920x1080)", "1|2" },
    { "describe", 0, 0, G_OPTION_ARG_NONE, &describe, "the picture in words", NULL },
    { "model",
        0,
        0,
        G_OPTION_ARG_NONE,
        &from_model,
        "ledger, saw-tooth, versus: compute instead of building",
        NULL },
    ML_MEASURE_OPTIONS,
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

const MlCommand ml_command_diagram = {
    .name = "diagram",
    .summary = "draw the layout in memory, or the ledger, for a slide or the terminal",
    .arguments = "KIND [STRUCTURE…] [-n N] [-o FILE]",
    .examples = "memlab diagram boxed-array                        # in the terminal\n"
                "memlab diagram boxed-array -n 1e6 -o boxed.svg\n"
                "memlab diagram ledger packed-array boxed-array linked-list -o ledger.png\n"
                "memlab diagram boxed-array --describe",
    .options = options,
    .run = run,
};

/* memlab diagram: a picture to file or terminal, drawn from a structure built at this moment. */
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/language.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/diagram_facts.h"
#include "cli/diagram_frames.h"
#include "cli/measure_options.h"
#include "cli/output.h"
#include "cli/structure_arguments.h"
#include "diagram/diagram.h"

static char *output_path;
static char *theme_name;
static char *target;
static char *size_name;
static char *frames_folder;
static char *title;
static char *language_code;
static const char *language;
static gboolean large;
static gboolean logical;
static gboolean describe;
static gboolean outline_text;
static gboolean editable_text;
static gboolean from_model;
static char *from_path;
static char *record_path;
static int scale = 1;

static gboolean
print_text(const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error)
{
    g_autoptr(MlLogical) boxes = NULL;
    int columns = ml_output_columns();
    if (logical && (boxes = ml_diagram_logical(kind, facts, error)) == NULL)
        return FALSE;
    if (describe) {
        g_autofree char *words = ml_diagram_describe(kind, facts, boxes);
        g_autofree char *wrapped = ml_text_wrap(words, columns, 0);
        return ml_output(wrapped, error);
    }
    g_autofree char *picture = ml_diagram_terminal(kind, facts, boxes, ml_output_ascii(), columns);
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
    if (frames_folder != NULL)
        return ml_diagram_frames_write(
            scene, format, theme, scale, frames_folder, output_path, error);
    g_autoptr(GBytes) bytes = ml_diagram_render(scene, format, theme, scale, error);
    if (bytes == NULL)
        return FALSE;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    return ml_file_write(output_path, data, length, error);
}

static gboolean
check_letters(MlFormat format, GError **error)
{
    const char *option = outline_text ? "--outline-text" : "--editable-text";
    if (outline_text && editable_text)
        return ml_fail(error,
            ML_ERROR_USAGE,
            "--outline-text and --editable-text exclude each other: outlines are no text");
    if (!outline_text && !editable_text)
        return TRUE;
    if (format == ML_FORMAT_SVG && (output_path != NULL || frames_folder != NULL))
        return TRUE;
    return ml_fail(error, ML_ERROR_USAGE, "%s is for SVG: -o FILE.svg", option);
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
    if (frames_folder != NULL && (target != NULL || describe))
        return ml_fail(error,
            ML_ERROR_USAGE,
            "--frames writes files; leave %s out",
            describe ? "--describe" : "--to");
    if (frames_folder != NULL && !ml_diagram_frames_check(output_path, error))
        return FALSE;
    if (scale < 1 || scale > 4) {
        return ml_fail(error, ML_ERROR_USAGE, "--scale takes 1 to 4, not %d", scale);
    }
    if (language_code != NULL && (language = ml_language_find(language_code, error)) == NULL)
        return FALSE;
    if (theme_name != NULL && (*ret_theme = ml_theme_find(theme_name, error)) == NULL)
        return FALSE;
    if (size_name != NULL && !ml_size_parse(size_name, ret_size, error))
        return FALSE;
    if (output_path != NULL && !g_str_equal(output_path, "-") &&
        !ml_diagram_format(output_path, ret_format, error))
        return FALSE;
    return check_letters(*ret_format, error);
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

/* From a recording, or by building what is to be drawn; recorded where that is wanted. */
static gboolean
get_facts(const MlDiagramKind *kind,
    char **structures,
    const MlDiagramSettings *settings,
    MlRecording *facts,
    GError **error)
{
    if (from_path != NULL && structures[0] != NULL) {
        return ml_fail(
            error, ML_ERROR_USAGE, "what --from shows is in the file; leave %s out", structures[0]);
    }
    if (from_path != NULL)
        return ml_recording_read(from_path, facts, error);
    if (structures[0] == NULL)
        structures = (char **)(guintptr)kind->examples;
    return ml_diagram_gather(kind, structures, settings, from_model, facts, error) &&
           (record_path == NULL || ml_recording_write(facts, record_path, error));
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

    gboolean to_file = !describe && (output_path != NULL || frames_folder != NULL);
    MlDiagramSettings settings = {
        .size = &size,
        .title = title,
        .large = large,
        .logical = logical,
        .language = language,
        .letters = outline_text    ? ML_LETTERS_OUTLINES
                   : editable_text ? ML_LETTERS_EDITABLE
                                   : ML_LETTERS_FIXED,
    };
    g_auto(MlRecording) facts = { 0 };
    if (!get_facts(kind, arguments + 1, to_file ? &settings : NULL, &facts, error))
        return ML_ERROR_SURROUNDINGS;
    MlDiagramFacts borrowed = ml_diagram_facts(&facts);
    gboolean ok;
    if (!ml_diagram_accepts(kind, &borrowed, error)) {
        if (from_path != NULL)
            g_prefix_error(error, "%s: ", from_path);
        return ML_ERROR_USAGE;
    }
    if (to_file)
        ok = write_file(kind, &borrowed, &settings, format, theme, error);
    else
        ok = print_text(kind, &borrowed, error);
    if (ok && to_file && frames_folder == NULL && !g_str_equal(output_path, "-"))
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
    { "logical",
        0,
        0,
        G_OPTION_ARG_NONE,
        &logical,
        "boxes and pointers too, above the bytes (lists, arrays of pointers, tables)",
        NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, "in place of the finding", "TEXT" },
    { "frames",
        0,
        0,
        G_OPTION_ARG_FILENAME,
        &frames_folder,
        "build the picture up: one step a file, DIR/KIND-01.svg and so on; -o names them otherwise",
        "DIR" },
    { "lang",
        0,
        0,
        G_OPTION_ARG_STRING,
        &language_code,
        "the picture's words in this language, whatever the locale: en",
        "CODE" },
    { "scale", 0, 0, G_OPTION_ARG_INT, &scale, "PNG: so many px for one (1920x1080)", "1|2" },
    { "outline-text",
        0,
        0,
        G_OPTION_ARG_NONE,
        &outline_text,
        "SVG: letters as outlines, for programs without the fonts",
        NULL },
    { "editable-text",
        0,
        0,
        G_OPTION_ARG_NONE,
        &editable_text,
        "SVG: text may be changed; in another font it spreads (no textLength)",
        NULL },
    { "record",
        0,
        0,
        G_OPTION_ARG_FILENAME,
        &record_path,
        "keep what the picture is drawn from in FILE.json",
        "FILE" },
    { "from",
        0,
        0,
        G_OPTION_ARG_FILENAME,
        &from_path,
        "draw what was recorded, instead of building",
        "FILE" },
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
                "memlab diagram linked-list -n 8 --logical\n"
                "memlab diagram ledger packed-array boxed-array linked-list -o ledger.png\n"
                "memlab diagram boxed-array --describe\n"
                "memlab diagram linked-list --frames slides      # one step a slide\n"
                "memlab diagram linked-list --record list.json\n"
                "memlab diagram list-scattered --from list.json -o list.svg",
    .options = options,
    .run = run,
};

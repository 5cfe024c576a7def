/* memlab source: the C that is run: struct and build loop, cut from the very file. */
#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/structure_arguments.h"
#include "render/excerpt.h"

static gboolean whole_file;

static gboolean
print_whole(const MlStructure *structure, GError **error)
{
    g_autoptr(MlExcerpt) file = ml_excerpt_whole_file(structure, error);
    return file != NULL && ml_output(file->text, error);
}

static gboolean
print_excerpts(const MlStructure *structure, GError **error)
{
    g_autoptr(GPtrArray) excerpts = ml_excerpts(structure, error);
    if (excerpts == NULL)
        return FALSE;
    for (guint i = 0; i < excerpts->len; i++) {
        const MlExcerpt *excerpt = excerpts->pdata[i];
        g_autofree char *place = g_strdup_printf("%s:%u", excerpt->file, excerpt->line);
        g_autofree char *dim = ml_text_styled(ML_STYLE_DIM, place);
        g_autofree char *text = g_strdup_printf("%s%s\n%s", i > 0 ? "\n" : "", dim, excerpt->text);
        if (!ml_output(text, error))
            return FALSE;
    }
    return TRUE;
}

static int
run(char **arguments, GError **error)
{
    g_autoptr(GArray) choices = ml_arguments_structures(arguments, error);
    if (choices == NULL)
        return ML_ERROR_USAGE;
    for (guint i = 0; i < choices->len; i++) {
        const MlStructure *structure = g_array_index(choices, MlChoice, i).structure;
        if ((i > 0 && !ml_output("\n", error)) ||
            !(whole_file ? print_whole(structure, error) : print_excerpts(structure, error)))
            return ML_ERROR_SURROUNDINGS;
    }
    return 0;
}

static const GOptionEntry options[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &whole_file, "the whole file", NULL },
    ML_OUTPUT_ASCII_OPTION,
    { NULL },
};

const MlCommand ml_command_source = {
    .name = "source",
    .summary = "the C of a structure: its struct and build loop, as they are compiled",
    .arguments = "STRUCTURE… [--all]",
    .examples = "memlab source boxed-array\n"
                "memlab source compact-dict --all",
    .options = options,
    .run = run,
};

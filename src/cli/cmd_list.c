/* memlab list: the structures and allocators there are; or one, with all there is to say of it. */
#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/list_allocator.h"
#include "cli/output.h"
#include "cli/structure_arguments.h"
#include "diagram/diagram.h"
#include "facts/sweep.h"
#include "measure/allocator_library.h"
#include "model/allocator.h"
#include "render/figures.h"
#include "structure/registry.h"

/* --- all -------------------------------------------------------------------------------------- */

static gboolean
print_all(GError **error)
{
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < n_structures; i++) {
        g_autofree char *name = ml_text_styled(ML_STYLE_BOLD, structures[i]->name);
        ml_figure_cell(text, name, 18, FALSE);
        g_string_append_printf(text, "%s\n", structures[i]->summary);
    }
    ml_list_add_allocators(text);
    g_string_append(text,
        "\n'memlab list NAME' shows a structure's options and parts, or what blocks cost with an "
        "allocator;\n'memlab source NAME' shows the C that is run.\n");
    g_autofree char *whole = g_string_free(text, FALSE);
    return ml_output(whole, error);
}

/* --- one -------------------------------------------------------------------------------------- */

/* "built|shuffled", or the default of a free text. */
static char *
choices_of(const MlOptionSpec *option)
{
    if (option->text_default != NULL)
        return g_strdup_printf("'%s'", option->text_default);
    GString *text = g_string_new(option->choices[0]);
    for (size_t c = 1; c < ML_MAX_CHOICES && option->choices[c] != NULL; c++)
        g_string_append_printf(text, "|%s", option->choices[c]);
    return g_string_free(text, FALSE);
}

static void
append_options(GString *text, const MlStructure *structure)
{
    g_autoptr(GPtrArray) choices = g_ptr_array_new_with_free_func(g_free);
    size_t widest = 0;
    for (size_t i = 0; i < structure->n_options; i++) {
        char *these = choices_of(&structure->options[i]);
        g_ptr_array_add(choices, these);
        widest = MAX(widest, strlen(these));
    }
    for (size_t i = 0; i < structure->n_options; i++)
        g_string_append_printf(text,
            "  %-11s %-*s   %s\n",
            structure->options[i].name,
            (int)widest,
            (char *)choices->pdata[i],
            structure->options[i].meaning);
}

static void
append_part(GString *text, const MlPart *part)
{
    g_string_append_printf(text,
        "  %-14s %u B%s: ",
        part->name,
        part->stride,
        part->text    ? " and the characters"
        : part->links ? " and the links"
                      : "");
    for (uint32_t i = 0; i < part->n_fields; i++) {
        const MlField *field = &part->fields[i];
        g_string_append_printf(text, "%s%s ", i > 0 ? ", " : "", field->name);
        if (field->each)
            g_string_append_printf(text, "%u × ", part->room);
        g_string_append_printf(text, "%u", field->size);
        g_string_append_printf(text, " (%s)", ml_role_label(field->role));
    }
    g_string_append_c(text, '\n');
}

/* A kind that shows how something grows fits what grows; one that shows structs, what has one. */
static gboolean
is_drawn_by(const MlDiagramKind *kind, const MlChoice *choice)
{
    if (kind->needs == ML_NEEDS_WALK)
        return (kind->shapes >> choice->structure->shape & 1) != 0;
    if (kind->needs == ML_NEEDS_LAYOUTS)
        return ml_layout_has_fields(choice->structure, &choice->options);
    return kind->range.growths == 0 ||
           ml_sweep_after_growths(choice->structure, &choice->options, 1) > 1;
}

static void
append_kinds(GString *text, const MlChoice *choice)
{
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        if (is_drawn_by(*kind, choice))
            g_string_append_printf(text, " %s", (*kind)->name);
}

static gboolean
print_one(const MlChoice *choice, GError **error)
{
    const MlStructure *structure = choice->structure;
    MlPart parts[ML_MAX_PARTS];
    uint32_t n_parts = structure->parts(0, &choice->options, parts);
    g_autofree char *name = ml_text_styled(ML_STYLE_BOLD, structure->name);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s   %s\n%s\n", name, structure->title, structure->summary);
    if (structure->n_options > 0)
        g_string_append(text, "\noptions (the first is the default)\n");
    append_options(text, structure);
    g_string_append(text, "\nparts: what one element of each kind of block is made of\n");
    for (uint32_t i = 0; i < n_parts; i++)
        append_part(text, &parts[i]);
    g_string_append_printf(text, "\nshape        %s\nallocators  ", ml_shape_id(structure->shape));
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    for (size_t i = 0; i < n_allocators; i++)
        if (ml_allocator_runs(allocators[i], structure))
            g_string_append_printf(text, " %s", allocators[i]->name);
    g_string_append(text, "\ndiagrams    ");
    append_kinds(text, choice);
    g_autofree char *whole = g_strconcat(text->str, "\n", NULL);
    g_string_free(text, TRUE);
    return ml_output(whole, error);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *
structure_json(const MlStructure *structure)
{
    json_t *options = json_array();
    for (size_t i = 0; i < structure->n_options; i++) {
        const MlOptionSpec *option = &structure->options[i];
        json_t *choices = json_array();
        for (size_t c = 0; c < ML_MAX_CHOICES && option->choices[c] != NULL; c++)
            json_array_append_new(choices, json_string(option->choices[c]));
        json_array_append_new(options,
            json_pack("{s:s, s:s, s:o, s:s*}",
                "name",
                option->name,
                "meaning",
                option->meaning,
                "choices",
                choices,
                "default",
                option->text_default));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:o}",
        "structure",
        structure->name,
        "title",
        structure->title,
        "summary",
        structure->summary,
        "shape",
        ml_shape_id(structure->shape),
        "options",
        options);
}

/* Nobody named: every structure. */
static json_t *
all_json(void)
{
    json_t *array = json_array();
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    for (size_t i = 0; i < n_structures; i++)
        json_array_append_new(array, structure_json(structures[i]));
    return array;
}

/* --- each that was named ---------------------------------------------------------------------- */

/* A structure, unless an allocator is called so. */
static gboolean
find_structure(char *name, MlChoice *ret_choice, GError **error)
{
    g_autoptr(GArray) choices = ml_arguments_structures((char *[]){ name, NULL }, error);
    if (choices == NULL)
        return FALSE;
    *ret_choice = g_array_index(choices, MlChoice, 0);
    return TRUE;
}

static gboolean
check_names(char **names, GError **error)
{
    MlChoice choice;
    for (; *names != NULL; names++)
        if (ml_allocator_find(*names) == NULL && !find_structure(*names, &choice, error))
            return FALSE;
    return TRUE;
}

static json_t *
named_json(char **names)
{
    json_t *array = json_array();
    MlChoice choice;
    for (; *names != NULL; names++) {
        const MlAllocator *allocator = ml_allocator_find(*names);
        if (allocator != NULL)
            json_array_append_new(array, ml_list_allocator_json(allocator));
        else if (find_structure(*names, &choice, NULL))
            json_array_append_new(array, structure_json(choice.structure));
    }
    return array;
}

static gboolean
print_named(char **names, GError **error)
{
    MlChoice choice;
    gboolean ok = TRUE;
    for (char **name = names; ok && *name != NULL; name++) {
        const MlAllocator *allocator = ml_allocator_find(*name);
        ok = name == names || ml_output("\n", error);
        if (ok && allocator != NULL)
            ok = ml_list_allocator(allocator, error);
        else if (ok)
            ok = find_structure(*name, &choice, error) && print_one(&choice, error);
    }
    return ok;
}

static int
run(char **arguments, GError **error)
{
    gboolean is_all = arguments[0] == NULL;
    if (!check_names(arguments, error))
        return ML_ERROR_USAGE;
    gboolean ok;
    if (ml_output_json_wanted)
        ok = ml_output_json(is_all ? all_json() : named_json(arguments), error);
    else
        ok = is_all ? print_all(error) : print_named(arguments, error);
    return ok ? 0 : ML_ERROR_SURROUNDINGS;
}

static const GOptionEntry options[] = { ML_OUTPUT_JSON_OPTION, ML_OUTPUT_ASCII_OPTION, { NULL } };

const MlCommand ml_command_list = {
    .name = "list",
    .summary = "the structures and allocators there are; or one of them in full",
    .arguments = "[STRUCTURE|ALLOCATOR…]",
    .examples = "memlab list\n"
                "memlab list compact-dict\n"
                "memlab list jemalloc\n"
                "memlab list compact-dict:keys=string,values=boxed",
    .options = options,
    .run = run,
};

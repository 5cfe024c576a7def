#include "cli/command.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cli/output.h"

/* --- help ------------------------------------------------------------------------------------- */

static void
append_examples(GString *help, const char *examples)
{
    g_auto(GStrv) lines = g_strsplit(examples, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        g_string_append_printf(help, "  %s\n", lines[i]);
}

static void
append_options(GString *help, const GOptionEntry *options)
{
    for (; options != NULL && options->long_name != NULL; options++) {
        GString *flag = g_string_new(NULL);
        if (options->short_name != '\0')
            g_string_append_printf(flag, "-%c, ", options->short_name);
        g_string_append_printf(flag, "--%s", options->long_name);
        if (options->arg_description != NULL)
            g_string_append_printf(flag, "=%s", options->arg_description);
        g_string_append_printf(help, "  %-22s %s\n", flag->str, options->description);
        g_string_free(flag, TRUE);
    }
}

static char *
command_help(const MlCommand *command, const char *path)
{
    GString *help = g_string_new(NULL);
    g_string_append_printf(help, "%s: %s\n\n", path, command->summary);
    append_examples(help, command->examples);
    if (command->subcommands != NULL) {
        g_string_append(help, "\nsubcommands\n");
        for (guint i = 0; command->subcommands[i] != NULL; i++)
            g_string_append_printf(help,
                "  %-10s %s\n",
                command->subcommands[i]->name,
                command->subcommands[i]->summary);
    } else {
        g_string_append_printf(help, "\nusage: %s %s\n", path, command->arguments);
        if (command->options != NULL)
            g_string_append_c(help, '\n');
        append_options(help, command->options);
    }
    if (command->notes != NULL)
        g_string_append_printf(help, "\n%s\n", command->notes);
    return g_string_free(help, FALSE);
}

static char *
program_help(void)
{
    GString *help = g_string_new("memlab: what data structures really cost in memory\n\n");
    append_examples(help,
        "memlab lesson run                        # start here: a million integers\n"
        "memlab measure boxed-array -n 1e6        # build it, measure it, explain every byte\n"
        "memlab compare boxed-array linked-list   # side by side\n"
        "memlab exercise show dict-versus-list    # predict, then check");
    g_string_append(help, "\ncommands\n");
    for (const MlCommand *const *command = ml_commands(); *command != NULL; command++)
        g_string_append_printf(help, "  %-10s %s\n", (*command)->name, (*command)->summary);
    g_string_append(help,
        "\n'memlab COMMAND --help' shows examples and options; 'memlab --version' the version.\n");
    return g_string_free(help, FALSE);
}

/* --- dispatch --------------------------------------------------------------------------------- */

static gboolean
wants_help(int argc, char **argv)
{
    for (int i = 0; i < argc && !g_str_equal(argv[i], "--"); i++)
        if (g_str_equal(argv[i], "--help") || g_str_equal(argv[i], "-h"))
            return TRUE;
    return FALSE;
}

static const MlCommand *
find_command(const MlCommand *const *commands, const char *name, const char *path, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (; *commands != NULL; commands++) {
        if (g_str_equal((*commands)->name, name))
            return *commands;
        g_ptr_array_add(names, (gpointer)(guintptr)(*commands)->name);
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *clean = ml_text_clean(name);
    g_autofree char *hint = ml_suggest_phrase(name, (const char *const *)names->pdata);
    ml_fail(error,
        ML_ERROR_USAGE,
        "unknown %s '%s'%s; see '%s --help'",
        name[0] == '-' ? "option" : "command",
        clean,
        hint,
        path);
    return NULL;
}

/* GLib's own messages for options begin with a capital and name no remedy. */
static void
explain_option_error(const MlCommand *command, const char *path, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const GOptionEntry *o = command->options; o != NULL && o->long_name != NULL; o++)
        g_ptr_array_add(names, g_strdup_printf("--%s", o->long_name));
    g_ptr_array_add(names, NULL);
    const char *message = (*error)->message;
    const char *typed = strstr(message, "nknown option ");
    g_autofree char *hint = typed != NULL ? ml_suggest_phrase(strstr(typed, " -") + 1,
                                                (const char *const *)names->pdata)
                                          : g_strdup("");
    g_autofree char *lower = g_strdup(message);
    lower[0] = g_ascii_tolower(lower[0]);
    GError *explained =
        g_error_new(ML_ERROR, ML_ERROR_USAGE, "%s%s; see '%s --help'", lower, hint, path);
    g_clear_error(error);
    g_propagate_error(error, explained);
}

/* GOption takes "--pages=3" for "--pages". */
static gboolean
check_flags(const MlCommand *command, int argc, char **argv, GError **error)
{
    for (int i = 0; i < argc && !g_str_equal(argv[i], "--"); i++) {
        gsize length = strcspn(argv[i], "=");
        for (const GOptionEntry *o = command->options; o != NULL && o->long_name != NULL; o++) {
            g_autofree char *flag = g_strconcat("--", o->long_name, NULL);
            if (o->arg != G_OPTION_ARG_NONE || argv[i][length] != '=' || strlen(flag) != length ||
                !g_str_has_prefix(argv[i], flag))
                continue;
            g_autofree char *value = ml_text_quote(argv[i] + length + 1);
            return ml_fail(
                error, ML_ERROR_USAGE, "%s takes no value, and is given %s", flag, value);
        }
    }
    return TRUE;
}

static int
run_command(const MlCommand *command, const char *path, int argc, char **argv, GError **error)
{
    if (!check_flags(command, argc, argv, error))
        return ML_ERROR_USAGE;
    /* GOption wants a program name in front and permutes the array, so it gets a copy. */
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_ptr_array_add(words, (gpointer)(guintptr)path);
    for (int i = 0; i < argc; i++)
        g_ptr_array_add(words, argv[i]);
    g_ptr_array_add(words, NULL);
    int n_words = argc + 1;
    char **left = (char **)words->pdata;

    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    if (command->options != NULL)
        g_option_context_add_main_entries(context, command->options, NULL);
    if (!g_option_context_parse(context, &n_words, &left, error)) {
        explain_option_error(command, path, error);
        return ML_ERROR_USAGE;
    }
    if (n_words > 1 && g_str_equal(left[1], "--")) {
        left++;
        n_words--;
    }
    left[n_words] = NULL;
    return command->run(left + 1, error);
}

static int
dispatch(const MlCommand *command, const char *path, int argc, char **argv, GError **error)
{
    if (command->subcommands != NULL && argc > 0 && argv[0][0] != '-') {
        const MlCommand *sub = find_command(command->subcommands, argv[0], path, error);
        if (sub == NULL)
            return ML_ERROR_USAGE;
        g_autofree char *sub_path = g_strdup_printf("%s %s", path, sub->name);
        return dispatch(sub, sub_path, argc - 1, argv + 1, error);
    }
    if (wants_help(argc, argv)) {
        g_autofree char *help = command_help(command, path);
        return ml_output(help, error) ? 0 : ML_ERROR_SURROUNDINGS;
    }
    if (command->subcommands != NULL) {
        ml_fail(error, ML_ERROR_USAGE, "'%s' wants a subcommand; see '%s --help'", path, path);
        return ML_ERROR_USAGE;
    }
    return run_command(command, path, argc, argv, error);
}

int
ml_command_dispatch(int argc, char **argv, GError **error)
{
    if (argc == 0 || wants_help(1, argv) || g_str_equal(argv[0], "help")) {
        g_autofree char *help = program_help();
        return ml_output(help, error) ? 0 : ML_ERROR_SURROUNDINGS;
    }
    const MlCommand *command = find_command(ml_commands(), argv[0], "memlab", error);
    if (command == NULL)
        return ML_ERROR_USAGE;
    g_autofree char *path = g_strdup_printf("memlab %s", command->name);
    return dispatch(command, path, argc - 1, argv + 1, error);
}

/* A subcommand: one file each, found through the list in this folder's meson.build. */
#pragma once

#include <glib.h>

typedef struct MlCommand MlCommand;

struct MlCommand {
    const char *name;      /* as typed: "measure" */
    const char *summary;   /* one line for `memlab --help` */
    const char *arguments; /* for the usage line: "STRUCTURE… -n N" */
    const char *examples;  /* help leads with them: lines of "command  # what it does" */
    const char *notes;     /* (nullable): a paragraph after the options */

    /* Either these … */
    const GOptionEntry *options; /* (nullable): NULL-terminated; they write to the file's statics */
    /* @arguments: what is left after the options, NULL-terminated.  Output goes through
     * cli/output.h.  Returns: the exit status; with @error set, the error's own. */
    int (*run)(char **arguments, GError **error);

    /* … or subcommands, NULL-terminated. */
    const MlCommand *const *subcommands;
};

/**
 * ml_commands: all commands, in the order of `memlab --help`.
 *
 * Returns: (transfer none): NULL-terminated.
 */
const MlCommand *const *ml_commands(void);

/**
 * ml_command_dispatch: find the command that the words name, parse its options, run it.
 * @argv: the words after the program's name; (array length=argc)
 *
 * `--help` anywhere prints the command's help.  Errors: ML_ERROR_USAGE for an unknown command or
 * option, with "did you mean".
 * Returns: the exit status; with @error set, the error's own.
 */
int ml_command_dispatch(int argc, char **argv, GError **error);

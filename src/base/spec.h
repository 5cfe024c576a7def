/* The one spelling of a structure with its options: "compact-dict:keys=string,values=boxed". */
#pragma once

#include <glib.h>

#include "core/structure.h"

/* "boxed-array:box=bare" as understood. */
typedef struct {
    const MlStructure *structure;
    MlOptions options;
} MlChoice;

/**
 * ml_spec_structure: a structure by name; '_' stands for '-' as well.
 *
 * Errors: ML_ERROR_USAGE, with the nearest name.  Returns: (transfer none) (nullable).
 */
const MlStructure *ml_spec_structure(const char *name, GError **error);

/**
 * ml_spec_set: set one option of a structure.
 * @options: (inout): as ml_options_defaults() leaves them, or set already
 *
 * Errors: ML_ERROR_USAGE names the option, and the nearest, or the values it takes.
 */
gboolean ml_spec_set(const MlStructure *structure,
    const char *name,
    const char *value,
    MlOptions *options,
    GError **error);

/**
 * ml_spec_check_together: options that were given must not contradict each other, as
 * "key_length=10,keys=int" do: the first only means something where the second is "string".
 * @given: (transfer none) (element-type utf8 utf8): values by name
 *
 * Errors: ML_ERROR_USAGE.
 */
gboolean ml_spec_check_together(const MlStructure *structure, GHashTable *given, GError **error);

/**
 * ml_spec_parse: NAME, or NAME:OPTION=VALUE,OPTION=VALUE.
 * @ret_structure: (out) (transfer none)
 * @ret_options: (out): defaults for what is not named
 *
 * A value with a comma in it is quoted, by ' or "; the quote itself is doubled within.
 * Errors: ML_ERROR_USAGE.
 */
gboolean ml_spec_parse(
    const char *text, const MlStructure **ret_structure, MlOptions *ret_options, GError **error);

/**
 * ml_spec_to_string: the spelling that ml_spec_parse() reads back; options at their default are
 * left out.
 *
 * Returns: (transfer full).
 */
char *ml_spec_to_string(const MlStructure *structure, const MlOptions *options);

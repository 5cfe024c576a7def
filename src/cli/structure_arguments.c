#include "cli/structure_arguments.h"

#include "base/error.h"
#include "base/number.h"
#include "measure/slices.h"

enum { DEFAULT_COUNT = 1000000 };

char *ml_count_text;
char *ml_slices_text;

/* Only GLib's structures have slices. */
static gboolean
set_slices(MlChoice *choice, GError **error)
{
    return ml_slices_text == NULL || ml_slices_of(choice->structure, &choice->options) == NULL ||
           ml_spec_set(choice->structure, "slices", ml_slices_text, &choice->options, error);
}

GArray *
ml_arguments_structures(char **arguments, GError **error)
{
    if (arguments[0] == NULL) {
        ml_fail(error,
            ML_ERROR_USAGE,
            "no structure named; 'memlab list' shows the structures there are");
        return NULL;
    }
    g_autoptr(GArray) choices = g_array_new(FALSE, TRUE, sizeof(MlChoice));
    for (; *arguments != NULL; arguments++) {
        MlChoice choice;
        if (!ml_spec_parse(*arguments, &choice.structure, &choice.options, error) ||
            !set_slices(&choice, error))
            return NULL;
        g_array_append_val(choices, choice);
    }
    return g_steal_pointer(&choices);
}

gboolean
ml_arguments_count(guint64 *ret_count, GError **error)
{
    *ret_count = DEFAULT_COUNT;
    if (ml_count_text == NULL)
        return TRUE;
    return ml_count_parse(ml_count_text, ret_count, error);
}

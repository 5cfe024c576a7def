#include "cli/measure_options.h"

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cli/output.h"

enum { MAX_REPEATS = 1000 };

int ml_repeats = -1;
gboolean ml_force;
char *ml_allocator_text;
gboolean ml_as_shipped;
gboolean ml_exact_peak;
gboolean ml_by_recorder;

const MlAllocator *
ml_chosen_allocator(GError **error)
{
    const MlAllocator *allocator =
        ml_allocator_text != NULL ? ml_allocator_find(ml_allocator_text) : ml_allocator_default();
    if (allocator != NULL)
        return allocator;
    size_t n_allocators;
    const MlAllocator *const *allocators = ml_allocators(&n_allocators);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < n_allocators; i++)
        g_ptr_array_add(names, (gpointer)(guintptr)allocators[i]->name);
    g_ptr_array_add(names, NULL);
    const char *const *known = (const char *const *)names->pdata;
    g_autofree char *quoted = ml_text_quote(ml_allocator_text);
    g_autofree char *near = ml_suggest_phrase(ml_allocator_text, known);
    g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)known);
    ml_fail(error, ML_ERROR_USAGE, "unknown allocator %s%s; there are %s", quoted, near, list);
    return NULL;
}

gboolean
ml_measure_options(MlMeasureRequest *ret_request, GError **error)
{
    if (ml_repeats == 0 || ml_repeats < -1 || ml_repeats > MAX_REPEATS) {
        return ml_fail(
            error, ML_ERROR_USAGE, "--repeat takes 1 to %d, not %d", MAX_REPEATS, ml_repeats);
    }
    const MlAllocator *allocator = ml_chosen_allocator(error);
    if (allocator == NULL)
        return FALSE;
    *ret_request = (MlMeasureRequest){
        .allocator = allocator,
        .as_shipped = ml_as_shipped,
        .repeats = ml_repeats > 0 ? (guint)ml_repeats : 0,
        .force = ml_force,
        .exact_peak = ml_exact_peak,
        .by_recorder = ml_by_recorder,
    };
    return TRUE;
}

void
ml_measure_tell_notes(const char *notes)
{
    g_auto(GStrv) lines = g_strsplit(notes != NULL ? notes : "", "\n", -1);
    for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
        ml_message("note: %s", lines[i]);
}

int
ml_measure_tell(const MlLedger *ledger)
{
    ml_measure_tell_notes(ledger->notes);
    if (ledger->valid)
        return 0;
    ml_message("the measurement of %s is not valid: %s", ledger->structure, ledger->invalid_reason);
    return ML_ERROR_SURROUNDINGS;
}

#include "cli/measure_options.h"

#include "base/error.h"
#include "base/text.h"
#include "cli/output.h"

enum { MAX_REPEATS = 1000 };

int ml_repeats = -1;
gboolean ml_force;
char *ml_allocator_text;

gboolean
ml_measure_options(MlMeasureRequest *ret_request, GError **error)
{
    if (ml_repeats == 0 || ml_repeats < -1 || ml_repeats > MAX_REPEATS) {
        return ml_fail(
            error, ML_ERROR_USAGE, "--repeat takes 1 to %d, not %d", MAX_REPEATS, ml_repeats);
    }
    if (ml_allocator_text != NULL && ml_allocator_find(ml_allocator_text) == NULL) {
        g_autofree char *quoted = ml_text_quote(ml_allocator_text);
        return ml_fail(
            error, ML_ERROR_USAGE, "no model of the allocator %s; there is one of glibc", quoted);
    }
    *ret_request = (MlMeasureRequest){
        .repeats = ml_repeats > 0 ? (guint)ml_repeats : 0,
        .force = ml_force,
    };
    return TRUE;
}

int
ml_measure_tell(const MlLedger *ledger)
{
    if (ledger->notes != NULL) {
        g_auto(GStrv) notes = g_strsplit(ledger->notes, "\n", -1);
        for (guint i = 0; notes[i] != NULL && notes[i][0] != '\0'; i++)
            ml_message("note: %s", notes[i]);
    }
    if (ledger->valid)
        return 0;
    ml_message("the measurement of %s is not valid: %s", ledger->structure, ledger->invalid_reason);
    return ML_ERROR_SURROUNDINGS;
}

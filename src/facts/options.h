/* The options of a structure as a fact keeps them: names and values, as typed. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "core/structure.h"

typedef struct {
    char *name;
    char *value;
} MlFactOption;

typedef struct {
    guint count;
    MlFactOption option[ML_MAX_OPTIONS];
} MlFactOptions;

/**
 * ml_fact_options_fill: what was chosen, every option by name.
 * @ret_options: (out caller-allocates): to be cleared
 */
void ml_fact_options_fill(
    const MlStructure *structure, const MlOptions *options, MlFactOptions *ret_options);
void ml_fact_options_clear(MlFactOptions *options);

/**
 * ml_fact_options_differ: whether option @i of @options has another value in @others, or is not
 * there.
 */
gboolean ml_fact_options_differ(const MlFactOptions *options, const MlFactOptions *others, guint i);

/**
 * ml_fact_options_to_json: {"box": "object"}.  Returns: (transfer full).
 */
json_t *ml_fact_options_to_json(const MlFactOptions *options);

/**
 * ml_fact_options_from_json: the member "options" of @fact.
 *
 * Errors: ML_ERROR_INPUT where there is none, or there are too many.
 */
void ml_fact_options_from_json(const json_t *fact, MlFactOptions *ret_options, GError **error);

/**
 * ml_fact_options_read: the options as the structure takes them; those not named at their default.
 *
 * Returns: FALSE where the structure has no such option or value.
 */
gboolean ml_fact_options_read(
    const MlFactOptions *options, const MlStructure *structure, MlOptions *ret_options);

/* Reading facts from JSON: every key is asked for by name and type. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "core/role.h"

/**
 * ml_json_text, ml_json_integer, ml_json_real, ml_json_array, ml_json_object: one member.
 *
 * After a failure @error is set, later calls with the same @error do nothing and give "", 0 or
 * NULL; so a whole object can be read before asking.  Errors: ML_ERROR_INPUT names the key.
 * Returns: text (transfer full), the others (transfer none).
 */
char *ml_json_text(const json_t *object, const char *key, GError **error);
gint64 ml_json_integer(const json_t *object, const char *key, GError **error);
double ml_json_real(const json_t *object, const char *key, GError **error);
json_t *ml_json_array(const json_t *object, const char *key, GError **error);
json_t *ml_json_object(const json_t *object, const char *key, GError **error);

/**
 * ml_json_whole: bytes or a count: an integer that is not negative.
 * ml_json_role: the token of a role.
 */
guint64 ml_json_whole(const json_t *object, const char *key, GError **error);
MlRole ml_json_role(const json_t *object, const char *key, GError **error);

/**
 * ml_json_check_schema: whether this is "memlab.NAME.1".
 */
gboolean ml_json_check_schema(const json_t *object, const char *schema, GError **error);

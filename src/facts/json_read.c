#include "facts/json_read.h"

#include <string.h>

#include "base/error.h"

static json_t *
member(const json_t *object, const char *key, gboolean is_right, const char *wanted, GError **error)
{
    json_t *value = json_object_get(object, key);
    if (value == NULL)
        ml_fail(error, ML_ERROR_INPUT, "key '%s' is missing", key);
    else if (!is_right)
        ml_fail(error, ML_ERROR_INPUT, "key '%s' is not %s", key, wanted);
    return is_right ? value : NULL;
}

static gboolean
failed(GError **error)
{
    return error != NULL && *error != NULL;
}

char *
ml_json_text(const json_t *object, const char *key, GError **error)
{
    if (failed(error))
        return g_strdup("");
    gboolean is_right = json_is_string(json_object_get(object, key));
    return g_strdup(json_string_value(member(object, key, is_right, "a string", error)));
}

gint64
ml_json_integer(const json_t *object, const char *key, GError **error)
{
    if (failed(error))
        return 0;
    gboolean is_right = json_is_integer(json_object_get(object, key));
    return json_integer_value(member(object, key, is_right, "a whole number", error));
}

double
ml_json_real(const json_t *object, const char *key, GError **error)
{
    if (failed(error))
        return 0;
    gboolean is_right = json_is_number(json_object_get(object, key));
    return json_number_value(member(object, key, is_right, "a number", error));
}

json_t *
ml_json_array(const json_t *object, const char *key, GError **error)
{
    if (failed(error))
        return NULL;
    return member(object, key, json_is_array(json_object_get(object, key)), "an array", error);
}

json_t *
ml_json_object(const json_t *object, const char *key, GError **error)
{
    if (failed(error))
        return NULL;
    return member(object, key, json_is_object(json_object_get(object, key)), "an object", error);
}

guint64
ml_json_whole(const json_t *object, const char *key, GError **error)
{
    gint64 value = ml_json_integer(object, key, error);
    if (value >= 0)
        return (guint64)value;
    if (!failed(error))
        ml_fail(error, ML_ERROR_INPUT, "key '%s' is negative", key);
    return 0;
}

MlRole
ml_json_role(const json_t *object, const char *key, GError **error)
{
    g_autofree char *id = ml_json_text(object, key, error);
    if (failed(error))
        return ML_ROLE_UNEXPLAINED;
    for (int role = 0; role < ML_N_ROLES; role++)
        if (strcmp(ml_role_id((MlRole)role), id) == 0)
            return (MlRole)role;
    ml_fail(error, ML_ERROR_INPUT, "key '%s' is not one of the roles", key);
    return ML_ROLE_UNEXPLAINED;
}

gboolean
ml_json_check_schema(const json_t *object, const char *schema, GError **error)
{
    const char *found = json_string_value(json_object_get(object, "schema"));
    if (g_strcmp0(found, schema) == 0)
        return TRUE;
    return ml_fail(error,
        ML_ERROR_INPUT,
        "this is %s%s%s, not %s",
        found != NULL ? "'" : "no memlab record",
        found != NULL ? found : "",
        found != NULL ? "'" : "",
        schema);
}

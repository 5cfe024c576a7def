#include "base/error.h"

#include "base/text.h"

G_DEFINE_QUARK(ml_error_quark, ml_error)

int
ml_error_status(const GError *error)
{
    if (error == NULL)
        return 0;
    return error->domain == ML_ERROR ? error->code : ML_ERROR_INTERNAL;
}

gboolean
ml_fail(GError **error, MlErrorCode code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_propagate_error(error, g_error_new_valist(ML_ERROR, (gint)code, format, arguments));
    va_end(arguments);
    return FALSE;
}

gboolean
ml_refuse(GError **error, const char *typed, const char *why)
{
    g_autofree char *quoted = ml_text_quote(typed);
    return ml_fail(error, ML_ERROR_USAGE, "%s %s", quoted, why);
}

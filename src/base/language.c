#include "base/language.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

static const char *const languages[] = { "en", NULL };

const char *
ml_language_default(void)
{
    return languages[0];
}

const char *
ml_language_find(const char *code, GError **error)
{
    gsize length = strcspn(code, "-_.@"); /* region, encoding and variant aside */
    for (const char *const *language = languages; *language != NULL; language++)
        if (strlen(*language) == length && g_ascii_strncasecmp(*language, code, length) == 0)
            return *language;
    g_autofree char *quoted = ml_text_quote(code);
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)languages);
    ml_fail(error, ML_ERROR_USAGE, "unknown language %s; there is: %s", quoted, all);
    return NULL;
}

#include "base/paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/error.h"
#include "base/text.h"
#include "config.h"

/* Without /proc the kernel still tells how the program was started. */
static char *
own_path(void)
{
    char *path = realpath("/proc/self/exe", NULL);
    return path != NULL ? path : realpath((const char *)getauxval(AT_EXECFN), NULL);
}

static gboolean
runs_from_build_tree(void)
{
    char *own = own_path();
    char *build = realpath(ML_BUILD_DIR, NULL);
    gboolean inside = own != NULL && build != NULL && g_str_has_prefix(own, build) &&
                      own[strlen(build)] == G_DIR_SEPARATOR;
    free(own);
    free(build);
    return inside;
}

char *
ml_path_data(const char *relative)
{
    const char *folder = g_getenv("MEMLAB_DATA_DIR");
    if (folder == NULL || *folder == '\0')
        folder = runs_from_build_tree() ? ML_SOURCE_DIR : ML_DATA_DIR;
    return g_build_filename(folder, relative, NULL);
}

static const char *
why_not_listed(const GError *cause)
{
    if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return "is not there";
    if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_ACCES))
        return "may not be read";
    return "cannot be listed";
}

gboolean
ml_path_data_missing(const char *folder, const char *what, const GError *cause, GError **error)
{
    const char *overriding = g_getenv("MEMLAB_DATA_DIR");
    gboolean is_overridden = overriding != NULL && *overriding != '\0';
    g_autofree char *shown = ml_text_clean(folder);

    return ml_fail(error,
        ML_ERROR_SURROUNDINGS,
        "no %s: the folder '%s' %s; %s",
        what,
        shown,
        why_not_listed(cause),
        is_overridden ? "set MEMLAB_DATA_DIR to the folder that holds it, or unset it"
                      : "'meson install -C build' puts it there, or set MEMLAB_DATA_DIR to the "
                        "folder that holds it");
}

char *
ml_path_probe(const char *program)
{
    return runs_from_build_tree() ? g_build_filename(ML_BUILD_DIR, "src/probe", program, NULL)
                                  : g_build_filename(ML_LIBEXEC_DIR, program, NULL);
}

char *
ml_path_state(const char *relative)
{
    return g_build_filename(g_get_user_state_dir(), "memlab", relative, NULL);
}

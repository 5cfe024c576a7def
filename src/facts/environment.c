#include "facts/environment.h"

#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "facts/json_read.h"

static char *
read_thp(void)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/sys/kernel/mm/transparent_hugepage/enabled", &text, NULL, NULL))
        return g_strdup("unknown");
    char *open = strchr(text, '[');
    char *close = open != NULL ? strchr(open, ']') : NULL;
    return close != NULL ? g_strndup(open + 1, (gsize)(close - open - 1)) : g_strdup("unknown");
}

static char *
own_libc(void)
{
    char version[64] = "unknown";
    confstr(_CS_GNU_LIBC_VERSION, version, sizeof version);
    return g_strdup(version);
}

void
ml_environment_fill(const char *libc, const char *malloc_name, MlEnvironment *ret_environment)
{
    struct utsname system;
    *ret_environment = (MlEnvironment){
        .kernel = g_strdup(uname(&system) == 0 ? system.release : "unknown"),
        .libc = libc != NULL ? g_strdup(libc) : own_libc(),
        .malloc_name = g_strdup(malloc_name),
        .glib =
            g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version),
        .rss_source = g_strdup("RssAnon"),
        .thp = read_thp(),
        .page_bytes = (guint64)sysconf(_SC_PAGESIZE),
    };
}

void
ml_environment_copy(const MlEnvironment *environment, MlEnvironment *ret_environment)
{
    *ret_environment = (MlEnvironment){
        .kernel = g_strdup(environment->kernel),
        .libc = g_strdup(environment->libc),
        .malloc_name = g_strdup(environment->malloc_name),
        .glib = g_strdup(environment->glib),
        .rss_source = g_strdup(environment->rss_source),
        .thp = g_strdup(environment->thp),
        .page_bytes = environment->page_bytes,
    };
}

void
ml_environment_clear(MlEnvironment *environment)
{
    g_free(environment->kernel);
    g_free(environment->libc);
    g_free(environment->malloc_name);
    g_free(environment->glib);
    g_free(environment->rss_source);
    g_free(environment->thp);
    *environment = (MlEnvironment){ 0 };
}

json_t *
ml_environment_to_json(const MlEnvironment *environment)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I}",
        "kernel",
        environment->kernel,
        "libc",
        environment->libc,
        "malloc",
        environment->malloc_name,
        "glib",
        environment->glib,
        "rss_source",
        environment->rss_source,
        "thp",
        environment->thp,
        "page_bytes",
        (json_int_t)environment->page_bytes);
}

void
ml_environment_from_json(const json_t *fact, MlEnvironment *ret_environment, GError **error)
{
    const json_t *json = ml_json_object(fact, "environment", error);
    *ret_environment = (MlEnvironment){
        .kernel = ml_json_text(json, "kernel", error),
        .libc = ml_json_text(json, "libc", error),
        .malloc_name = ml_json_text(json, "malloc", error),
        .glib = ml_json_text(json, "glib", error),
        .rss_source = ml_json_text(json, "rss_source", error),
        .thp = ml_json_text(json, "thp", error),
        .page_bytes = (guint64)ml_json_integer(json, "page_bytes", error),
    };
}

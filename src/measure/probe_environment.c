#include "measure/probe_environment.h"

#include "base/paths.h"
#include "measure/allocator_library.h"

/* What is preloaded: the recorder, and behind it the allocator. */
static gboolean
add_preload(
    GStrvBuilder *builder, const MlAllocator *allocator, const MlRecorder *recorder, GError **error)
{
    g_autofree char *record = recorder != NULL ? ml_path_probe(ML_RECORD_LIBRARY) : NULL;
    g_autofree char *library = NULL;
    if (allocator->run.library != NULL &&
        (library = ml_allocator_library(allocator, error)) == NULL)
        return FALSE;
    const char *separator = record != NULL && library != NULL ? ":" : "";
    g_autofree char *preload = g_strconcat("LD_PRELOAD=",
        record != NULL ? record : "",
        separator,
        library != NULL ? library : "",
        NULL);
    if (record != NULL || library != NULL)
        g_strv_builder_add(builder, preload);
    return TRUE;
}

char **
ml_probe_environment(const MlProbeSettings *settings, GError **error)
{
    const MlAllocator *allocator =
        settings->allocator != NULL ? settings->allocator : ml_allocator_default();
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_strv_builder_add(builder, "LC_ALL=C");
    if (!add_preload(builder, allocator, settings->recorder, error))
        return NULL;
    for (guint i = 0; !settings->as_shipped && allocator->run.pinned[i] != NULL; i++)
        g_strv_builder_add(builder, allocator->run.pinned[i]);
    if (g_strcmp0(settings->slices, "off") == 0)
        g_strv_builder_add(builder, "G_SLICE=always-malloc");
    /* What memalign() cuts off in front of the first slabs would stay in glibc's thread cache, and
     * the slabs behind it would no longer lie side by side. */
    if (settings->slabs && !settings->as_shipped)
        g_strv_builder_add(builder, "GLIBC_TUNABLES=glibc.malloc.tcache_count=0");
    return g_strv_builder_end(builder);
}

#include "measure/allocator_library.h"

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include "base/error.h"
#include "base/paths.h"

/* Also where nothing is configured: what people install by hand. */
#define LOCAL_FOLDER "/usr/local/lib"

static char *
find_in(const char *folder, const char *library)
{
    char *path = g_build_filename(folder, library, NULL);
    if (access(path, R_OK) == 0)
        return path;
    g_free(path);
    return NULL;
}

/* In the folders that the dynamic linker searches. */
static char *
find_library(const char *library)
{
    Dl_serinfo size;
    void *self = dlopen(NULL, RTLD_LAZY);
    if (self == NULL || dlinfo(self, RTLD_DI_SERINFOSIZE, &size) != 0)
        return find_in(LOCAL_FOLDER, library);
    g_autofree Dl_serinfo *folders = g_malloc0(size.dls_size);
    *folders = size;
    char *path = NULL;
    if (dlinfo(self, RTLD_DI_SERINFOSIZE, folders) == 0 &&
        dlinfo(self, RTLD_DI_SERINFO, folders) == 0)
        for (guint i = 0; path == NULL && i < folders->dls_cnt; i++)
            path = find_in(folders->dls_serpath[i].dls_name, library);
    dlclose(self);
    return path != NULL ? path : find_in(LOCAL_FOLDER, library);
}

char *
ml_allocator_library(const MlAllocator *allocator, GError **error)
{
    char *path = find_library(allocator->run.library);
    if (path == NULL)
        ml_fail(error,
            ML_ERROR_SURROUNDINGS,
            "%s is not installed (%s): apt-get install %s",
            allocator->name,
            allocator->run.library,
            allocator->run.package);
    return path;
}

gboolean
ml_allocator_installed(const MlAllocator *allocator)
{
    g_autofree char *path = allocator->run.library != NULL ? find_library(allocator->run.library)
                                                           : ml_path_probe(allocator->run.probe);
    return path != NULL && access(path, R_OK) == 0;
}

gboolean
ml_allocator_runs(const MlAllocator *allocator, const MlStructure *structure)
{
    return structure->library == NULL ||
           g_str_equal(allocator->run.probe, ml_allocator_default()->run.probe);
}

gboolean
ml_allocator_check_runs(const MlAllocator *allocator, const MlStructure *structure, GError **error)
{
    return ml_allocator_runs(allocator, structure) ||
           ml_fail(error,
               ML_ERROR_USAGE,
               "%s cannot be built on %s: it is %s's, which is not linked into that probe; "
               "'memlab list %s' shows where it runs",
               structure->name,
               allocator->name,
               structure->library,
               structure->name);
}

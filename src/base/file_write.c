#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"

static gboolean
fail(GError **error, const char *path, const char *reason)
{
    return ml_fail(error, ML_ERROR_SURROUNDINGS, "cannot write '%s': %s", path, reason);
}

/* Returns: 0, or an errno value. */
static int
write_all(int fd, const char *data, gsize length)
{
    while (length > 0) {
        ssize_t n = write(fd, data, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        data += n;
        length -= (gsize)n;
    }
    return 0;
}

static int
write_in_place(const char *path, const char *data, gsize length)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return errno;
    int reason = write_all(fd, data, length);
    if (close(fd) != 0 && reason == 0)
        reason = errno;
    return reason;
}

/* @old: (nullable): what is known of the file to be replaced */
static int
fill(int fd, const struct stat *old, const char *data, gsize length)
{
    int reason = write_all(fd, data, length);
    if (reason == 0 && old != NULL && fchmod(fd, old->st_mode & 07777) != 0)
        reason = errno;
    if (reason == 0 && fsync(fd) != 0)
        reason = errno;
    if (close(fd) != 0 && reason == 0)
        reason = errno;
    return reason;
}

/* Writes a temporary file beside @target, ready to take its place; on failure there is none. */
static int
stage(const char *target,
    const struct stat *old,
    const char *data,
    gsize length,
    char **ret_temporary)
{
    g_autofree char *folder = g_path_get_dirname(target);
    if (old != NULL && access(target, W_OK) != 0)
        return errno;
    g_autofree char *temporary = g_build_filename(folder, ".memlab-XXXXXX", NULL);
    int fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    int reason = fill(fd, old, data, length);
    if (reason != 0)
        unlink(temporary);
    else
        *ret_temporary = g_steal_pointer(&temporary);
    return reason;
}

static int
settle(const char *temporary, const char *target)
{
    if (rename(temporary, target) == 0)
        return 0;
    int reason = errno;
    unlink(temporary);
    return reason;
}

static int
replace(const char *path, const struct stat *old, const char *data, gsize length)
{
    /* A symbolic link stays: what it points to is replaced. */
    char *real = realpath(path, NULL);
    g_autofree char *target = g_strdup(real != NULL ? real : path);
    g_autofree char *temporary = NULL;
    free(real);
    int reason = stage(target, old, data, length, &temporary);
    return reason != 0 ? reason : settle(temporary, target);
}

gboolean
ml_file_write(const char *path, const char *data, gsize length, GError **error)
{
    struct stat old;
    int reason;

    if (strcmp(path, "-") == 0) {
        /* What was printed before goes first. */
        reason = fflush(NULL) != 0 ? errno : write_all(STDOUT_FILENO, data, length);
        return reason == 0 || ml_fail(error,
                                  ML_ERROR_SURROUNDINGS,
                                  "cannot write to standard output: %s",
                                  g_strerror(reason));
    }
    if (stat(path, &old) != 0)
        reason = errno == ENOENT ? replace(path, NULL, data, length) : errno;
    else if (S_ISREG(old.st_mode))
        reason = replace(path, &old, data, length);
    else
        reason = S_ISDIR(old.st_mode) ? EISDIR : write_in_place(path, data, length);
    return reason == 0 || fail(error, path, g_strerror(reason));
}

/* --- several files ---------------------------------------------------------------------------- */

typedef struct {
    const char *folder;
    const char *const *names;
    GBytes *const *contents;
    guint n;
    GPtrArray *staged; /* of char *: paths of temporary files */
} Set;

/* Returns: (transfer full): NULL, or what stands in the way. */
static char *
stage_one(const Set *set, guint i)
{
    struct stat old;
    g_autofree char *path = g_build_filename(set->folder, set->names[i], NULL);
    char *temporary = NULL;
    gsize length;
    const char *data = g_bytes_get_data(set->contents[i], &length);
    gboolean exists = stat(path, &old) == 0;
    if (exists && !S_ISREG(old.st_mode))
        return g_strdup("there is something of that name that is no file");
    int reason = stage(path, exists ? &old : NULL, data, length, &temporary);
    if (reason != 0)
        return g_strdup(g_strerror(reason));
    g_ptr_array_add(set->staged, temporary);
    return NULL;
}

static gboolean
fail_for(const Set *set, guint i, const char *reason, GError **error)
{
    g_autofree char *path = g_build_filename(set->folder, set->names[i], NULL);
    for (guint k = 0; k < set->staged->len; k++)
        unlink(set->staged->pdata[k]); /* those that have their names already are not there */
    return fail(error, path, reason);
}

static gboolean
write_set(const Set *set, GError **error)
{
    for (guint i = 0; i < set->n; i++) {
        g_autofree char *reason = stage_one(set, i);
        if (reason != NULL)
            return fail_for(set, i, reason, error);
    }
    for (guint i = 0; i < set->n; i++) {
        g_autofree char *path = g_build_filename(set->folder, set->names[i], NULL);
        int reason = settle(set->staged->pdata[i], path);
        if (reason != 0)
            return fail_for(set, i, g_strerror(reason), error);
    }
    return TRUE;
}

gboolean
ml_file_write_set(
    const char *folder, const char *const *names, GBytes *const *contents, guint n, GError **error)
{
    g_autoptr(GPtrArray) staged = g_ptr_array_new_with_free_func(g_free);
    Set set = { .folder = folder, .names = names, .contents = contents, .n = n, .staged = staged };
    gboolean is_made = g_mkdir(folder, 0777) == 0;
    if (!is_made && errno != EEXIST)
        return fail(error, folder, g_strerror(errno));
    if (write_set(&set, error))
        return TRUE;
    if (is_made)
        g_rmdir(folder);
    return FALSE;
}

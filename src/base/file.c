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

#define READ_STEP 65536

static gboolean
fail(GError **error, MlErrorCode code, const char *doing, const char *path, int reason)
{
    return ml_fail(error, code, "cannot %s '%s': %s", doing, path, g_strerror(reason));
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
fill_and_rename(int fd,
    const char *temporary,
    const char *path,
    const struct stat *old,
    const char *data,
    gsize length)
{
    int reason = write_all(fd, data, length);
    if (reason == 0 && old != NULL && fchmod(fd, old->st_mode & 07777) != 0)
        reason = errno;
    if (reason == 0 && fsync(fd) != 0)
        reason = errno;
    if (close(fd) != 0 && reason == 0)
        reason = errno;
    if (reason == 0 && rename(temporary, path) != 0)
        reason = errno;
    return reason;
}

static int
replace(const char *path, const struct stat *old, const char *data, gsize length)
{
    /* A symbolic link stays: what it points to is replaced. */
    char *real = realpath(path, NULL);
    g_autofree char *target = g_strdup(real != NULL ? real : path);
    g_autofree char *folder = g_path_get_dirname(target);
    free(real);

    if (old != NULL && access(target, W_OK) != 0)
        return errno;
    g_autofree char *temporary = g_build_filename(folder, ".memlab-XXXXXX", NULL);
    int fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    int reason = fill_and_rename(fd, temporary, target, old, data, length);
    if (reason != 0)
        unlink(temporary);
    return reason;
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
    return reason == 0 || fail(error, ML_ERROR_SURROUNDINGS, "write", path, reason);
}

/* At most @max_bytes + 1 bytes. */
static GString *
read_all(int fd, gsize max_bytes, int *ret_reason)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char buffer[READ_STEP];
    ssize_t n = 1;

    while (n > 0 && text->len <= max_bytes) {
        n = read(fd, buffer, MIN(sizeof buffer, max_bytes + 1 - text->len));
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            g_string_append_len(text, buffer, n);
    }
    *ret_reason = n < 0 ? errno : 0;
    return n < 0 ? NULL : g_steal_pointer(&text);
}

static gboolean
check_text(const char *path, const GString *text, gsize max_bytes, GError **error)
{
    const char *bad;

    if (text->len > max_bytes)
        return ml_fail(error,
            ML_ERROR_INPUT,
            "'%s' is too large: more than %" G_GSIZE_FORMAT " bytes",
            path,
            max_bytes);
    /* With a length given, GLib takes a NUL for an invalid byte. */
    if (g_utf8_validate(text->str, (gssize)text->len, &bad))
        return TRUE;
    return ml_fail(error,
        ML_ERROR_INPUT,
        "'%s' is not a text file: byte %" G_GSIZE_FORMAT " is %s",
        path,
        (gsize)(bad - text->str),
        *bad == '\0' ? "NUL" : "not UTF-8");
}

/* Not the shell's <(command) and not standard input: those pipes have a writer, and no name. */
static gboolean
is_named_pipe(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISFIFO(status.st_mode))
        return FALSE;
    char *name = realpath(path, NULL);
    free(name);
    return name != NULL;
}

char *
ml_file_read(const char *path, gsize max_bytes, GError **error)
{
    static const char bom[] = "\xef\xbb\xbf";
    int reason;
    if (is_named_pipe(path)) {
        ml_fail(error, ML_ERROR_INPUT, "cannot read '%s': it is a pipe; name a file", path);
        return NULL;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        fail(error, ML_ERROR_INPUT, "read", path, errno);
        return NULL;
    }
    g_autoptr(GString) text = read_all(fd, max_bytes, &reason);
    close(fd);
    if (text == NULL) {
        fail(error, ML_ERROR_INPUT, "read", path, reason);
        return NULL;
    }
    if (!check_text(path, text, max_bytes, error))
        return NULL;
    if (g_str_has_prefix(text->str, bom))
        g_string_erase(text, 0, (gssize)strlen(bom));
    g_string_replace(text, "\r\n", "\n", 0);
    g_string_replace(text, "\r", "\n", 0);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define READ_STEP 65536

static gboolean
fail(GError **error, const char *path, int reason)
{
    return ml_fail(error, ML_ERROR_INPUT, "cannot read '%s': %s", path, g_strerror(reason));
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
        fail(error, path, errno);
        return NULL;
    }
    g_autoptr(GString) text = read_all(fd, max_bytes, &reason);
    close(fd);
    if (text == NULL) {
        fail(error, path, reason);
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

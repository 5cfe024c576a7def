#include "term/term.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.h"

#define DEFAULT_COLUMNS 80
#define DEFAULT_LINES 24
#define MAX_SIZE 10000

/* A size from the environment or else the terminal's, which may be 0: unknown. */
static int
choose_size(const char *variable, int from_terminal, int fallback)
{
    const char *text = g_getenv(variable);
    guint64 size;

    if (text != NULL && g_ascii_string_to_unsigned(text, 10, 1, MAX_SIZE, &size, NULL))
        return (int)size;
    return from_terminal > 0 ? from_terminal : fallback;
}

static gboolean
is_dumb(void)
{
    const char *term = g_getenv("TERM");
    return term == NULL || *term == '\0' || strcmp(term, "dumb") == 0;
}

MlTerm
ml_term_inspect(FILE *stream)
{
    const char *no_color = g_getenv("NO_COLOR");
    struct winsize size = { 0 };
    gboolean is_terminal = isatty(fileno(stream)) == 1;
    gboolean can_paint = is_terminal && !is_dumb();

    if (is_terminal)
        ioctl(fileno(stream), TIOCGWINSZ, &size); /* where it fails, the size stays 0 */
    return (MlTerm){
        .is_terminal = is_terminal,
        .can_paint = can_paint,
        .colour = can_paint && (no_color == NULL || *no_color == '\0'),
        .unicode = g_get_charset(NULL),
        .columns = choose_size("COLUMNS", size.ws_col, DEFAULT_COLUMNS),
        .lines = choose_size("LINES", size.ws_row, DEFAULT_LINES),
    };
}

static const char *
name_of(FILE *stream)
{
    switch (fileno(stream)) {
    case STDOUT_FILENO:
        return "standard output";
    case STDERR_FILENO:
        return "standard error";
    default:
        return "the terminal";
    }
}

gboolean
ml_term_write(FILE *stream, const char *text, GError **error)
{
    errno = 0;
    if (fputs(text, stream) != EOF && fflush(stream) == 0 && !ferror(stream))
        return TRUE;
    const char *reason = g_strerror(errno != 0 ? errno : EIO);
    return ml_fail(error, ML_ERROR_SURROUNDINGS, "cannot write to %s: %s", name_of(stream), reason);
}

gboolean
ml_term_print(FILE *stream, const MlTerm *term, const char *text, GError **error)
{
    g_autofree char *encoded = ml_term_encode(term, text);
    return ml_term_write(stream, encoded, error);
}

void
ml_term_reserve_standard(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        /* The wrong way round, so that using it fails as before.  open() takes the lowest number
         * that is free, and those below are taken by now. */
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

#include "cli/sweep_run.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "base/number.h"
#include "base/text.h"
#include "cli/sweep_file.h"
#include "term/term.h"

enum { SAVE_EVERY_MICROSECONDS = 2000000, SAME_MILLISECONDS = 300 };

#define CLEAR_LINE "\r\033[K"

typedef struct {
    GPtrArray *series;
    const char *save_path;
    gint64 saved_at;
    MlTerm term;
    gboolean has_line;
} Watch;

/* A signal handler has no arguments. */
static gint interrupted;
static gint64 interrupted_at;

/* A second Ctrl-C ends the program at once; the same one may arrive twice, by way of the process
 * and of its group. */
static void
interrupt(int number)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    gint64 milliseconds = (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    if (g_atomic_int_get(&interrupted) == 0) {
        interrupted_at = milliseconds;
        g_atomic_int_set(&interrupted, 1);
    } else if (milliseconds - interrupted_at > SAME_MILLISECONDS) {
        signal(number, SIG_DFL);
        raise(number);
    }
}

static void
catch_interrupt(struct sigaction *ret_before)
{
    struct sigaction action = { .sa_handler = interrupt, .sa_flags = SA_RESTART };
    sigemptyset(&action.sa_mask);
    g_atomic_int_set(&interrupted, 0);
    sigaction(SIGINT, &action, ret_before);
}

static void
clear_line(Watch *watch)
{
    if (watch->has_line)
        fputs(CLEAR_LINE, stderr);
    watch->has_line = FALSE;
}

static void
show_line(Watch *watch, const MlSweepProgress *progress)
{
    if (!watch->term.is_terminal || !watch->term.can_paint || progress->total == 0)
        return;
    g_autofree char *count = ml_group_digits(progress->n, " ");
    g_autofree char *name = progress->series != NULL ? ml_series_name(progress->series) : NULL;
    g_autofree char *last =
        name != NULL ? g_strdup_printf("   %s n = %s", name, count) : g_strdup("");
    g_autofree char *line =
        g_strdup_printf("%u of %u points%s", progress->done, progress->total, last);
    g_autofree char *encoded = ml_term_encode(&watch->term, line);
    fprintf(stderr, CLEAR_LINE "%.*s", MAX(watch->term.columns - 1, 1), encoded);
    fflush(stderr);
    watch->has_line = TRUE;
}

static gboolean
save(Watch *watch, gboolean at_once, GError **error)
{
    gint64 now = g_get_monotonic_time();
    if (watch->save_path == NULL || (!at_once && now - watch->saved_at < SAVE_EVERY_MICROSECONDS))
        return TRUE;
    watch->saved_at = now;
    return ml_sweep_file_write(watch->save_path, watch->series, error);
}

static gboolean
progressed(const MlSweepProgress *progress, gpointer data, GError **error)
{
    show_line(data, progress);
    return save(data, FALSE, error);
}

gboolean
ml_sweep_watched(GPtrArray *series,
    const MlSweep *sweep,
    const char *save_path,
    gboolean *ret_interrupted,
    GError **error)
{
    Watch watch = { .series = series, .save_path = save_path, .term = ml_term_inspect(stderr) };
    MlSweep watched = *sweep;
    watched.stop = &interrupted;
    watched.progress = progressed;
    watched.data = &watch;
    struct sigaction before;
    catch_interrupt(&before);
    gboolean ok = save(&watch, TRUE, error) && ml_sweep_run(series, &watched, error);
    clear_line(&watch);
    ok = ok && save(&watch, TRUE, error);
    sigaction(SIGINT, &before, NULL);
    *ret_interrupted = g_atomic_int_get(&interrupted) != 0;
    return ok;
}

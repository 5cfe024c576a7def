/* Measuring the points of sweeps, several at once.
 *
 * A probe's figures do not depend on what else runs: its pages are its own.  What could disturb it
 * is a lack of memory, and a CPU that it shares; so a worker has a CPU, on which its probes stay,
 * and begins a point only where all peaks together fit. */
#include "facts/sweep.h"

#include <sched.h>
#include <string.h>

#include "base/error.h"
#include "facts/make.h"
#include "measure/capacity.h"

enum { WAKE_MICROSECONDS = 100000 }; /* how often somebody who waits looks whether to stop */

typedef struct {
    MlSeries *series;
    MlMeasureRequest request;
    guint64 peak_bytes;  /* by the model */
    gboolean is_settled; /* one of these two, or neither: stopped */
    MlLedger *ledger;
    GError *error;
    gboolean too_large;
} Job;

typedef struct {
    const MlSweep *sweep;
    GArray *jobs; /* of Job, by peak */
    cpu_set_t cpus;
    GMutex mutex;
    GCond changed;
    /* All below is guarded by the mutex. */
    guint next;
    guint n_running;
    guint n_workers;
    guint64 running_bytes;
    guint64 budget_bytes;
    gboolean is_ending;
} Runner;

typedef struct {
    Runner *runner;
    int cpu; /* -1: any */
} Worker;

static Job *
job_at(const Runner *runner, guint i)
{
    return &g_array_index(runner->jobs, Job, i);
}

/* --- a worker --------------------------------------------------------------------------------- */

static gboolean
is_stopped(const Runner *runner)
{
    return runner->sweep->stop != NULL && g_atomic_int_get(runner->sweep->stop) != 0;
}

static gboolean
fits_alone(const Job *job, GError **error)
{
    const MlMeasureRequest *request = &job->request;
    return request->force ||
           ml_capacity_check(
               request->structure, &request->options, request->n, request->allocator, error);
}

/* Whether the next point may begin now.  Where nothing runs, it is asked anew what is available. */
static gboolean
may_begin(Runner *runner, Job *job)
{
    if (runner->n_running == 0) {
        job->too_large = !fits_alone(job, &job->error);
        if (job->too_large || !ml_capacity_available(&runner->budget_bytes, NULL))
            return TRUE;
    }
    guint64 free_bytes = runner->budget_bytes - MIN(runner->running_bytes, runner->budget_bytes);
    return runner->n_running == 0 || job->peak_bytes <= free_bytes;
}

/* Waits for a point that may begin.  Returns: NULL where there is none any more. */
static Job *
take_job(Runner *runner)
{
    while (!runner->is_ending && !is_stopped(runner) && runner->next < runner->jobs->len) {
        Job *job = job_at(runner, runner->next);
        if (may_begin(runner, job)) {
            runner->next++;
            runner->n_running++;
            runner->running_bytes += job->peak_bytes;
            return job;
        }
        g_cond_wait_until(
            &runner->changed, &runner->mutex, g_get_monotonic_time() + WAKE_MICROSECONDS);
    }
    return NULL;
}

static void
pin_to(int cpu)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)cpu, &one);
    sched_setaffinity(0, sizeof one, &one); /* refused: the probe will say so in its notes */
}

/* A probe stays on the CPU of the thread that starts it. */
static gpointer
work(gpointer data)
{
    Worker *worker = data;
    Runner *runner = worker->runner;
    if (worker->cpu >= 0)
        pin_to(worker->cpu);
    g_mutex_lock(&runner->mutex);
    for (Job *job; (job = take_job(runner)) != NULL;) {
        g_mutex_unlock(&runner->mutex);
        if (!job->too_large) {
            job->request.force = TRUE; /* it was asked already whether it fits */
            job->ledger = ml_ledger_measure(&job->request, NULL, &job->error);
        }
        g_mutex_lock(&runner->mutex);
        job->is_settled = TRUE;
        runner->n_running--;
        runner->running_bytes -= job->peak_bytes;
        g_cond_broadcast(&runner->changed);
    }
    runner->n_workers--;
    g_cond_broadcast(&runner->changed);
    g_mutex_unlock(&runner->mutex);
    return NULL;
}

/* --- jobs ------------------------------------------------------------------------------------- */

static void
clear_job(gpointer data)
{
    Job *job = data;
    ml_ledger_free(job->ledger);
    g_clear_error(&job->error);
}

static int
compare_peaks(gconstpointer a, gconstpointer b)
{
    guint64 x = ((const Job *)a)->peak_bytes;
    guint64 y = ((const Job *)b)->peak_bytes;
    return (x > y) - (x < y);
}

/* The cheapest first: then there is much to see soon, and what is stopped early has a beginning. */
static GArray *
collect_jobs(GPtrArray *all, const MlSweep *sweep, GError **error)
{
    g_autoptr(GArray) jobs = g_array_new(FALSE, TRUE, sizeof(Job));
    g_array_set_clear_func(jobs, clear_job);
    for (guint s = 0; s < all->len; s++) {
        MlSeries *series = all->pdata[s];
        Job job = { .series = series };
        job.request.repeats = MAX(sweep->repeats, 1); /* pinned runs do not differ */
        job.request.force = sweep->force;
        job.request.as_shipped = series->as_shipped;
        job.request.structure = ml_series_structure(series, &job.request.options, error);
        if (job.request.structure == NULL ||
            (job.request.allocator = ml_series_allocator(series, error)) == NULL)
            return NULL;
        for (guint i = 0; i < series->points->len; i++) {
            const MlSeriesPoint *point = ml_series_point(series, i);
            job.request.n = point->n;
            job.peak_bytes = point->model_peak_bytes;
            if (point->origin == ML_ORIGIN_MODEL)
                g_array_append_val(jobs, job);
        }
    }
    g_array_sort(jobs, compare_peaks);
    return g_steal_pointer(&jobs);
}

/* --- results ---------------------------------------------------------------------------------- */

static void
add_notes(MlSeries *series, const char *notes)
{
    g_auto(GStrv) lines = g_strsplit(notes != NULL ? notes : "", "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (lines[i][0] == '\0' || (series->notes != NULL && strstr(series->notes, lines[i])))
            continue;
        char *all = g_strconcat(series->notes != NULL ? series->notes : "", lines[i], "\n", NULL);
        g_free(series->notes);
        series->notes = all;
    }
}

static void
keep_result(const Job *job)
{
    MlSeries *series = job->series;
    if (job->ledger == NULL) {
        MlSeriesPoint *point = ml_series_find(series, job->request.n);
        g_free(point->note);
        point->note = g_strdup(job->error->message);
        return;
    }
    MlSeriesPoint point = ml_series_point_from_ledger(job->ledger);
    ml_series_add(series, &point);
    add_notes(series, job->ledger->notes);
    ml_environment_clear(&series->environment);
    ml_environment_copy(&job->ledger->environment, &series->environment);
}

static gboolean
tell(const Runner *runner, const MlSweepProgress *progress, GError **error)
{
    const MlSweep *sweep = runner->sweep;
    return sweep->progress == NULL || sweep->progress(progress, sweep->data, error);
}

/* Keeps what the workers find, as they find it.  A point that failed after the stop was ended by
 * it: Ctrl-C reaches the probes as well. */
static gboolean
follow(Runner *runner, GError **error)
{
    MlSweepProgress progress = { .total = runner->jobs->len };
    g_autofree gboolean *is_kept = g_new0(gboolean, runner->jobs->len + 1);
    gboolean ok = tell(runner, &progress, error);
    g_mutex_lock(&runner->mutex);
    for (gboolean is_over = FALSE; ok && !is_over;) {
        is_over = runner->n_workers == 0;
        for (guint i = 0; ok && i < runner->next; i++) {
            const Job *job = job_at(runner, i);
            if (is_kept[i] || !job->is_settled || (job->ledger == NULL && is_stopped(runner)))
                continue;
            is_kept[i] = TRUE;
            g_mutex_unlock(&runner->mutex);
            keep_result(job);
            progress.done++;
            progress.series = job->series;
            progress.n = job->request.n;
            ok = tell(runner, &progress, error);
            g_mutex_lock(&runner->mutex);
        }
        if (ok && !is_over)
            g_cond_wait_until(
                &runner->changed, &runner->mutex, g_get_monotonic_time() + WAKE_MICROSECONDS);
    }
    runner->is_ending = TRUE;
    g_mutex_unlock(&runner->mutex);
    return ok;
}

/* Where nothing could be measured for another reason than its size, the surroundings are at fault.
 */
static gboolean
check_any(const Runner *runner, GError **error)
{
    const GError *first = NULL;
    for (guint i = 0; i < runner->jobs->len; i++) {
        const Job *job = job_at(runner, i);
        if (job->ledger != NULL || is_stopped(runner))
            return TRUE;
        if (first == NULL && !job->too_large)
            first = job->error;
    }
    if (first != NULL)
        g_propagate_error(error, g_error_copy(first));
    return first == NULL;
}

/* --- the whole -------------------------------------------------------------------------------- */

/* The CPU number @index of those this process may use; -1 where that is not known. */
static int
nth_cpu(const cpu_set_t *cpus, guint index)
{
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET((size_t)cpu, cpus) && index-- == 0)
            return cpu;
    return -1;
}

static guint
count_workers(Runner *runner)
{
    CPU_ZERO(&runner->cpus);
    sched_getaffinity(0, sizeof runner->cpus, &runner->cpus);
    guint n_cpus = (guint)MAX(CPU_COUNT(&runner->cpus), 1);
    guint wanted = runner->sweep->jobs > 0 ? MIN(runner->sweep->jobs, n_cpus) : n_cpus;
    return MIN(wanted, runner->jobs->len);
}

gboolean
ml_sweep_run(GPtrArray *series, const MlSweep *sweep, GError **error)
{
    g_autoptr(GArray) jobs = collect_jobs(series, sweep, error);
    if (jobs == NULL)
        return FALSE;
    Runner runner = { .sweep = sweep, .jobs = jobs };
    g_mutex_init(&runner.mutex);
    g_cond_init(&runner.changed);
    guint n_workers = runner.n_workers = count_workers(&runner);
    g_autofree Worker *workers = g_new0(Worker, n_workers + 1);
    g_autofree GThread **threads = g_new0(GThread *, n_workers + 1);
    for (guint i = 0; i < n_workers; i++) {
        workers[i] = (Worker){ .runner = &runner, .cpu = nth_cpu(&runner.cpus, i) };
        threads[i] = g_thread_new("sweep", work, &workers[i]);
    }
    gboolean ok = follow(&runner, error);
    for (guint i = 0; i < n_workers; i++)
        g_thread_join(threads[i]);
    ok = ok && check_any(&runner, error);
    g_mutex_clear(&runner.mutex);
    g_cond_clear(&runner.changed);
    return ok;
}

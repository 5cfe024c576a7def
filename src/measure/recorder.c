#include "measure/recorder.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

struct MlRecorder {
    int fd;
    gsize bytes;
    MlRecord *record;
};

gboolean
ml_recorder_check(const MlAllocator *allocator, GError **error)
{
    return g_str_equal(allocator->run.probe, ml_allocator_default()->run.probe) ||
           ml_fail(error,
               ML_ERROR_SURROUNDINGS,
               "%s cannot be recorded: its malloc is linked into its probe, and " ML_RECORD_LIBRARY
               " is preloaded in front of a malloc",
               allocator->name);
}

/* Half of the table stays free, so that a search is short. */
static guint64
table_slots(guint64 max_blocks)
{
    guint64 n_slots = 0;
    if (max_blocks > 0)
        for (n_slots = 1024; n_slots < 2 * max_blocks;)
            n_slots *= 2;
    return n_slots;
}

MlRecorder *
ml_recorder_new(guint64 max_blocks, GError **error)
{
    g_autoptr(MlRecorder) recorder = g_new0(MlRecorder, 1);
    guint64 n_slots = table_slots(max_blocks);
    recorder->bytes = ml_record_bytes(n_slots);
    recorder->fd = memfd_create("memlab-record", MFD_CLOEXEC);
    void *shared = MAP_FAILED;
    if (recorder->fd >= 0 && ftruncate(recorder->fd, (off_t)recorder->bytes) == 0)
        shared = mmap(NULL, recorder->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, recorder->fd, 0);
    if (shared == MAP_FAILED) {
        ml_fail(error,
            ML_ERROR_SURROUNDINGS,
            "no shared memory for the recorder: %s",
            g_strerror(errno));
        return NULL;
    }
    recorder->record = shared;
    recorder->record->n_slots = n_slots;
    return g_steal_pointer(&recorder);
}

void
ml_recorder_free(MlRecorder *recorder)
{
    if (recorder == NULL)
        return;
    if (recorder->record != NULL)
        munmap(recorder->record, recorder->bytes);
    if (recorder->fd >= 0)
        close(recorder->fd);
    g_free(recorder);
}

int
ml_recorder_fd(const MlRecorder *recorder)
{
    return recorder->fd;
}

gboolean
ml_recorder_check_loaded(const MlRecorder *recorder, GError **error)
{
    return recorder->record->loaded != 0 ||
           ml_fail(error,
               ML_ERROR_SURROUNDINGS,
               ML_RECORD_LIBRARY
               " could not be preloaded into the probe; is memlab installed whole?");
}

void
ml_recorder_stand_for_walk(MlRecorder *recorder)
{
    recorder->record->stands_for_walk = 1;
}

void
ml_recorder_restart(MlRecorder *recorder)
{
    MlRecord *record = recorder->record;
    MlRecord kept = *record;
    /* The pages go back to the kernel and read as zero, in both processes. */
    if (madvise(record, recorder->bytes, MADV_REMOVE) != 0)
        memset(record, 0, recorder->bytes);
    record->n_slots = kept.n_slots;
    record->loaded = kept.loaded;
    record->stands_for_walk = kept.stands_for_walk;
}

const MlRecord *
ml_recorder_record(const MlRecorder *recorder)
{
    return recorder->record;
}

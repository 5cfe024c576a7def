#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "measure/probe_private.h"

void
ml_probe_unmap_census(MlProbe *probe)
{
    if (probe->census != NULL)
        munmap(probe->census, probe->census_bytes);
    probe->census = NULL;
}

/* A census without claims, behind the sink. */
static gboolean
prepare_census(MlProbe *probe, const GArray *ranges, const MlCensus *wanted, GError **error)
{
    guint64 page_bytes = (guint64)sysconf(_SC_PAGESIZE);
    MlCensus census = *wanted;
    census.page_shift = (guint32)g_bit_storage(page_bytes) - 1;
    census.n_ranges = ranges->len;
    if (ranges->len > 0) {
        const MlCensusRange *last = &g_array_index(ranges, MlCensusRange, ranges->len - 1);
        census.n_pages = last->first_page + (last->to - last->from) / page_bytes;
    }
    gsize offset = ml_wire_census_offset(page_bytes);
    ml_probe_unmap_census(probe);
    /* What an earlier census claimed is gone with its pages. */
    if (ftruncate(probe->walk_fd, (off_t)offset) != 0)
        return ml_fail(error, ML_ERROR_SURROUNDINGS, "no shared memory: %s", g_strerror(errno));
    probe->census_bytes = ml_census_bytes(&census);
    probe->census = ml_probe_map_shared(probe->walk_fd, offset, probe->census_bytes, error);
    if (probe->census == NULL)
        return FALSE;
    *probe->census = census;
    if (ranges->len > 0)
        memcpy(ml_census_ranges(probe->census), ranges->data, ranges->len * sizeof(MlCensusRange));
    return TRUE;
}

const MlWalkSink *
ml_probe_census(MlProbe *probe,
    guint32 handle,
    const GArray *ranges,
    const MlCensus *wanted,
    MlCensus **ret_census,
    GError **error)
{
    if (!prepare_census(probe, ranges, wanted, error))
        return NULL;
    MlWireRequest request = { .op = ML_OP_WALK, .handle = handle, .n = probe->census_bytes };
    MlWireReply reply;
    if (!ml_probe_call(probe, &request, &reply, error))
        return NULL;
    *ret_census = probe->census;
    return probe->sink;
}

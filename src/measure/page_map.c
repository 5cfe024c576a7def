#include "measure/page_map.h"

#include "measure/mappings.h"
#include "measure/page_map_runs.h"

#define MOST_ABSENT (1u << 22) /* pages that are listed: 16 GiB */

MlPageMap *
ml_page_map_new(guint64 page_bytes)
{
    MlPageMap *map = g_new0(MlPageMap, 1);
    map->page_bytes = page_bytes;
    map->runs = g_array_new(FALSE, FALSE, sizeof(MlPageRun));
    return map;
}

void
ml_page_map_free(MlPageMap *map)
{
    if (map == NULL)
        return;
    for (guint i = 0; i < map->n_shown; i++)
        g_free(map->shown[i].bytes);
    g_array_unref(map->runs);
    g_free(map);
}

/* --- which pages there are -------------------------------------------------------------------- */

static MlCensusRange
range_at(const GArray *ranges, guint i)
{
    return g_array_index(ranges, MlCensusRange, i);
}

static void
add_range(GArray *ranges, guint64 from, guint64 to, MlPageState state)
{
    MlCensusRange range = { .from = from, .to = to, .state = state };
    if (from < to)
        g_array_append_val(ranges, range);
}

/* What of range @i lies in the mapping. */
static MlCensusRange
clipped(const GArray *resident, guint i, const MlMapping *mapping)
{
    MlCensusRange range = range_at(resident, i);
    range.from = MAX(range.from, mapping->from);
    range.to = MIN(range.to, mapping->to);
    return range;
}

/* Whether something became resident in the mapping; its ranges begin with number @i. */
static gboolean
has_new(const GArray *resident, guint i, const MlMapping *mapping)
{
    for (; i < resident->len && range_at(resident, i).from < mapping->to; i++)
        if (range_at(resident, i).state == ML_PAGE_NEW)
            return TRUE;
    return FALSE;
}

/* The ranges of one mapping, of which number @i is the first; @with_absent: and what lies between
 * them. */
static void
add_mapping(
    GArray *ranges, const GArray *resident, guint i, const MlMapping *mapping, gboolean with_absent)
{
    guint64 at = mapping->from;
    for (; i < resident->len && range_at(resident, i).from < mapping->to; i++) {
        MlCensusRange range = clipped(resident, i, mapping);
        if (with_absent)
            add_range(ranges, at, range.from, ML_PAGE_ABSENT);
        add_range(ranges, range.from, range.to, (MlPageState)range.state);
        at = range.to;
    }
    if (with_absent)
        add_range(ranges, at, mapping->to, ML_PAGE_ABSENT);
}

/* Numbers the rows.  What is beyond MOST_ABSENT is left out. */
static void
number_rows(GArray *ranges, guint64 page_bytes)
{
    guint64 row = 0;
    guint64 n_absent = 0;
    guint n = 0;
    for (guint i = 0; i < ranges->len; i++) {
        MlCensusRange range = range_at(ranges, i);
        guint64 n_pages = (range.to - range.from) / page_bytes;
        if (range.state == ML_PAGE_ABSENT && (n_absent += n_pages) > MOST_ABSENT)
            continue;
        range.first_page = row;
        row += n_pages;
        g_array_index(ranges, MlCensusRange, n++) = range;
    }
    g_array_set_size(ranges, n);
}

/* The resident pages of all mappings that are an allocator's, and where something is new, those
 * that are not resident. */
static GArray *
list_pages(GPid pid, const MlPages *before, const MlPages *after, guint64 page_bytes)
{
    guint64 n_new;
    guint64 n_vanished;
    g_autoptr(GArray) resident = NULL;
    g_autoptr(GArray) mappings = ml_mappings_take(pid);
    GArray *ranges = g_array_new(FALSE, FALSE, sizeof(MlCensusRange));
    ml_pages_compare(before, after, &resident, &n_new, &n_vanished);
    guint first = 0;
    for (guint i = 0; i < mappings->len; i++) {
        const MlMapping *mapping = &g_array_index(mappings, MlMapping, i);
        while (first < resident->len && range_at(resident, first).to <= mapping->from)
            first++;
        gboolean has_absent = mapping->is_memory && has_new(resident, first, mapping);
        if (!mapping->is_foreign)
            add_mapping(ranges, resident, first, mapping, has_absent);
    }
    number_rows(ranges, page_bytes);
    return ranges;
}

/* --- which pages are spelled out -------------------------------------------------------------- */

typedef struct {
    guint64 n_pages; /* that this part has most of */
    guint64 wanted;  /* which of them is looked for */
    guint64 address; /* of that one */
} Typical;

/* The part with the most bytes in a row; n_parts where no block is there. */
static guint
main_part(const MlCensus *census, const guint32 *row)
{
    guint best = census->n_parts;
    for (guint i = 0; i < census->n_parts; i++)
        if (row[i] > 0 && (best == census->n_parts || row[i] > row[best]))
            best = i;
    return best;
}

static void
visit_rows(
    MlCensus *census, void (*visit)(guint64 address, guint part, gpointer data), gpointer data)
{
    const MlCensusRange *ranges = ml_census_ranges(census);
    const guint32 *row = ml_census_claims(census);
    guint64 page_bytes = G_GUINT64_CONSTANT(1) << census->page_shift;
    for (guint64 i = 0; i < census->n_ranges; i++)
        for (guint64 at = ranges[i].from; at < ranges[i].to; at += page_bytes) {
            guint part = main_part(census, row);
            if (part < census->n_parts)
                visit(at, part, data);
            row += ml_census_columns(census);
        }
}

static void
count_page(guint64 address, guint part, gpointer data)
{
    ((Typical *)data)[part].n_pages++;
}

static void
find_page(guint64 address, guint part, gpointer data)
{
    Typical *typical = &((Typical *)data)[part];
    if (typical->wanted-- == 0)
        typical->address = address;
}

static void
show_page(guint64 address, guint part, gpointer data)
{
    MlCensus *wanted = data;
    wanted->shown[wanted->n_shown++] = address;
}

/* Of each part that has pages the one in the middle; the parts with most pages first. */
static void
show_typical(Typical *typical, guint n_parts, MlCensus *wanted)
{
    while (wanted->n_shown < ML_CENSUS_SHOWN) {
        Typical *most = &typical[0];
        for (guint i = 1; i < n_parts; i++)
            if (typical[i].n_pages > most->n_pages)
                most = &typical[i];
        if (most->n_pages == 0)
            return;
        wanted->shown[wanted->n_shown++] = most->address;
        most->n_pages = 0;
    }
}

static void
choose_shown(MlCensus *by_part, MlCensus *wanted)
{
    Typical typical[ML_MAX_PARTS] = { { 0 } };
    guint64 n_pages = 0;
    visit_rows(by_part, count_page, typical);
    for (guint i = 0; i < by_part->n_parts; i++) {
        n_pages += typical[i].n_pages;
        typical[i].wanted = typical[i].n_pages / 2;
    }
    if (n_pages <= ML_CENSUS_SHOWN) {
        visit_rows(by_part, show_page, wanted);
        return;
    }
    visit_rows(by_part, find_page, typical);
    show_typical(typical, by_part->n_parts, wanted);
}

/* --- the map ---------------------------------------------------------------------------------- */

static gboolean
is_empty(const guint32 *row)
{
    for (guint role = 0; role < ML_N_ROLES; role++)
        if (row[role] > 0)
            return FALSE;
    return TRUE;
}

static void
add_runs(MlPageMap *map, MlCensus *census)
{
    const MlCensusRange *ranges = ml_census_ranges(census);
    const guint32 *row = ml_census_claims(census);
    for (guint64 i = 0; i < census->n_ranges; i++) {
        guint state = (guint)ranges[i].state;
        for (guint64 at = ranges[i].from; at < ranges[i].to;
             at += map->page_bytes, row += ML_N_ROLES) {
            if (state == ML_PAGE_OLD && is_empty(row))
                continue;
            MlPageRun run = { .from = at };
            run.n_pages[state] = 1;
            for (guint role = 0; role < ML_N_ROLES; role++)
                run.bytes[state][role] = row[role];
            ml_page_runs_add(map->runs, &run, map->page_bytes);
        }
    }
    ml_page_runs_shorten(map->runs, ML_PAGE_MAP_RUNS, map->page_bytes);
}

static void
add_shown(MlPageMap *map, MlCensus *census)
{
    const MlCensusRange *ranges = ml_census_ranges(census);
    for (guint i = 0; i < census->n_shown; i++) {
        const guint8 *bytes = ml_census_spelled(census) + i * map->page_bytes;
        map->shown[map->n_shown++] = (MlPageBytes){
            .address = census->shown[i],
            .state = (MlPageState)ranges[ml_census_find(census, census->shown[i])].state,
            .bytes = g_memdup2(bytes, map->page_bytes),
        };
    }
}

MlPageMap *
ml_page_map_take(MlProbe *probe,
    guint32 handle,
    MlCensus *by_part,
    const MlPages *before,
    const MlPages *after,
    GError **error)
{
    MlCensus *census;
    MlCensus wanted = { .n_parts = by_part->n_parts, .by_role = 1 };
    guint64 page_bytes = G_GUINT64_CONSTANT(1) << by_part->page_shift;
    choose_shown(by_part, &wanted);
    g_autoptr(GArray) ranges = list_pages(ml_probe_pid(probe), before, after, page_bytes);
    if (ml_probe_census(probe, handle, ranges, &wanted, &census, error) == NULL)
        return NULL;
    MlPageMap *map = ml_page_map_new(page_bytes);
    add_runs(map, census);
    add_shown(map, census);
    return map;
}

#include "facts/page_map_json.h"

#include <string.h>

#include "base/error.h"
#include "facts/json_read.h"

#define LEAST_PAGE 512
#define MOST_PAGE (1 << 20)
#define MOST_PAGES (G_GINT64_CONSTANT(1) << 40)

static const char *const state_ids[ML_N_PAGE_STATES] = {
    [ML_PAGE_OLD] = "old",
    [ML_PAGE_NEW] = "new",
    [ML_PAGE_ABSENT] = "absent",
};

/* --- writing ---------------------------------------------------------------------------------- */

/* [PAGES, BYTES of each role…] */
static json_t *
state_json(guint64 n_pages, const guint64 bytes[ML_N_ROLES])
{
    json_t *list = json_array();
    guint n = ML_N_ROLES;
    while (n > 0 && bytes[n - 1] == 0)
        n--;
    json_array_append_new(list, json_integer((json_int_t)n_pages));
    for (guint role = 0; role < n; role++)
        json_array_append_new(list, json_integer((json_int_t)bytes[role]));
    return list;
}

static json_t *
run_json(const MlPageRun *run)
{
    json_t *json = json_pack("{s:I}", "from", (json_int_t)run->from);
    for (guint state = 0; state < ML_N_PAGE_STATES; state++)
        if (run->n_pages[state] > 0)
            json_object_set_new(
                json, state_ids[state], state_json(run->n_pages[state], run->bytes[state]));
    return json;
}

static json_t *
spans_json(const guint8 *bytes, guint64 page_bytes)
{
    json_t *spans = json_array();
    for (guint64 at = 0; at < page_bytes;) {
        guint8 code = bytes[at] & (guint8)~ML_BYTE_BEGINS;
        gboolean begins = (bytes[at] & ML_BYTE_BEGINS) != 0;
        guint64 end = at + 1;
        while (end < page_bytes && bytes[end] == code)
            end++;
        json_array_append_new(
            spans, json_pack("[i, i, i]", (int)(end - at), (int)code - 1, (int)begins));
        at = end;
    }
    return spans;
}

static json_t *
shown_json(const MlPageBytes *page, guint64 page_bytes)
{
    return json_pack("{s:I, s:s, s:o}",
        "address",
        (json_int_t)page->address,
        "state",
        state_ids[page->state],
        "spans",
        spans_json(page->bytes, page_bytes));
}

json_t *
ml_page_map_to_json(const MlPageMap *map)
{
    json_t *roles = json_array();
    json_t *runs = json_array();
    json_t *shown = json_array();
    for (int role = 0; role < ML_N_ROLES; role++)
        json_array_append_new(roles, json_string(ml_role_id((MlRole)role)));
    for (guint i = 0; i < map->runs->len; i++)
        json_array_append_new(runs, run_json(ml_page_map_run(map, i)));
    for (guint i = 0; i < map->n_shown; i++)
        json_array_append_new(shown, shown_json(&map->shown[i], map->page_bytes));
    return json_pack("{s:I, s:o, s:o, s:o}",
        "page_bytes",
        (json_int_t)map->page_bytes,
        "roles",
        roles,
        "runs",
        runs,
        "shown",
        shown);
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
fail(GError **error, const char *what)
{
    return *error == NULL && ml_fail(error, ML_ERROR_INPUT, "the page map: %s", what);
}

/* A number of a list, at least @least and at most @most. */
static gint64
number(const json_t *list, size_t i, gint64 least, gint64 most, GError **error)
{
    const json_t *value = json_array_get(list, i);
    gint64 got = json_integer_value(value);
    if (json_is_integer(value) && got >= least && got <= most)
        return got;
    fail(error, "a number is missing, or is not what it can be");
    return least;
}

static void
read_state(const MlPageMap *map, const json_t *list, MlPageRun *run, guint state, GError **error)
{
    if (list == NULL)
        return;
    gint64 n_pages = number(list, 0, 1, MOST_PAGES, error);
    gint64 left = n_pages * (gint64)map->page_bytes;
    run->n_pages[state] = (guint64)n_pages;
    for (size_t role = 0; role < ML_N_ROLES && role + 1 < json_array_size(list); role++) {
        gint64 bytes = number(list, role + 1, 0, left, error);
        run->bytes[state][role] = (guint64)bytes;
        left -= bytes;
    }
}

static void
read_run(MlPageMap *map, const json_t *json, GError **error)
{
    MlPageRun run = { .from = (guint64)ml_json_integer(json, "from", error) };
    for (guint state = 0; state < ML_N_PAGE_STATES; state++)
        read_state(map, json_object_get(json, state_ids[state]), &run, state, error);
    if (ml_page_run_pages(&run) == 0)
        fail(error, "a run has no pages");
    if (map->runs->len > 0 && run.from <= ml_page_map_run(map, map->runs->len - 1)->from)
        fail(error, "the runs are not in the order of their addresses");
    if (*error == NULL)
        g_array_append_val(map->runs, run);
}

static void
read_spans(const MlPageMap *map, const json_t *spans, guint8 *bytes, GError **error)
{
    size_t i;
    json_t *span;
    gint64 left = (gint64)map->page_bytes;
    json_array_foreach(spans, i, span)
    {
        gint64 n = number(span, 0, 1, left, error);
        gint64 role = number(span, 1, -1, ML_N_ROLES - 1, error);
        gint64 begins = number(span, 2, 0, 1, error);
        if (*error != NULL)
            return;
        guint8 *at = bytes + map->page_bytes - left;
        memset(at, (int)(role + 1), (size_t)n);
        *at |= begins == 1 ? ML_BYTE_BEGINS : 0;
        left -= n;
    }
    if (left > 0)
        fail(error, "the spans of a page are not as long as it is");
}

static void
read_shown(MlPageMap *map, const json_t *json, GError **error)
{
    if (map->n_shown == ML_CENSUS_SHOWN || *error != NULL)
        return;
    MlPageBytes *page = &map->shown[map->n_shown++];
    g_autofree char *state = ml_json_text(json, "state", error);
    page->address = (guint64)ml_json_integer(json, "address", error);
    page->bytes = g_malloc0(map->page_bytes);
    while (page->state < ML_N_PAGE_STATES && !g_str_equal(state_ids[page->state], state))
        page->state++;
    if (page->state == ML_N_PAGE_STATES)
        fail(error, "a page is in a state that there is not");
    read_spans(map, ml_json_array(json, "spans", error), page->bytes, error);
}

/* Roles are told by their numbers: these must be ours. */
static void
check_roles(const json_t *roles, GError **error)
{
    for (guint role = 0; role < ML_N_ROLES; role++)
        if (g_strcmp0(json_string_value(json_array_get(roles, role)), ml_role_id((MlRole)role)) !=
            0)
            fail(error, "its roles are not those of this memlab");
}

MlPageMap *
ml_page_map_from_json(const json_t *json, GError **error)
{
    size_t i;
    json_t *value;
    GError *failure = NULL;
    gint64 page_bytes = ml_json_integer(json, "page_bytes", &failure);
    if (page_bytes < LEAST_PAGE || page_bytes > MOST_PAGE || (page_bytes & (page_bytes - 1)) != 0)
        fail(&failure, "its pages have a size that no page has");
    g_autoptr(MlPageMap) map = ml_page_map_new((guint64)CLAMP(page_bytes, LEAST_PAGE, MOST_PAGE));
    check_roles(ml_json_array(json, "roles", &failure), &failure);
    json_array_foreach(ml_json_array(json, "runs", &failure), i, value)
        read_run(map, value, &failure);
    json_array_foreach(ml_json_array(json, "shown", &failure), i, value)
        read_shown(map, value, &failure);
    if (failure != NULL) {
        g_propagate_error(error, failure);
        return NULL;
    }
    return g_steal_pointer(&map);
}

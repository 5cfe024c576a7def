/* Every kind that draws blocks, with every structure whose shape it fits: laid out soundly whatever
 * the size, in words and in characters. */
#include "ml_test.h"

#include <string.h>

#include "base/text.h"
#include "diagram/diagram.h"
#include "diagram/finding.h"
#include "diagram_facts.h"
#include "diagram_frames.h"
#include "each_structure.h"
#include "made_facts.h"

#define ENDLESS 1000000000u

static const guint64 sizes[] = { 0, 1, 2, 3, 5, 6, 8, 12, 13, 16, 17, 40, 1000, ENDLESS };

typedef struct {
    MlWalk *walk;
    MlLedger *ledger;
    const MlLedger *ledgers[1];
    MlDiagramFacts facts;
} Walked;

#define MOST_BUILT 2000 /* elements; what is larger is stretched */

/* As if there were so many more like those in the middle; boxes that are shared stay as they are.
 */
static void
stretch(Walked *walked, const MlCase *it, guint64 n)
{
    enum { BOXES = 1 };
    MlWalk *walk = walked->walk;
    double factor = (double)n / (double)walk->n;
    for (guint i = 0; i < walk->n_samples; i++) {
        MlWalkSample *block = &walk->samples[i];
        guint64 more = (n - walk->n) * walk->parts[block->part].stride;
        if (block->part == BOXES && it->distinct < walk->n)
            continue;
        if (block->ordinal >= ML_WALK_HEAD)
            block->ordinal += n - walk->n;
        if (block->used != walk->n)
            continue;
        block->used = n;
        block->request_bytes += more;
        block->usable_bytes += more;
        block->tail_from += more;
    }
    for (guint i = 0; i < walk->n_parts; i++) {
        if (i == BOXES && it->distinct < walk->n)
            continue;
        MlLedgerPart *part = &walked->ledger->parts[i];
        gboolean is_one_block =
            walk->totals[i].blocks == 1; /* malloc's own does not grow with it */
        for (int role = 0; role < ML_N_ROLES; role++)
            if (role != ML_ROLE_ALLOCATOR || !is_one_block)
                part->role[role].measured = (guint64)((double)part->role[role].measured * factor);
        walk->totals[i].blocks = walk->totals[i].blocks * n / walk->n;
    }
    walk->n = n;
}

/* Node k lies where node 7 k mod n did: pointers to it lead there. */
static void
shuffle(MlWalk *walk, guint part)
{
    guint64 from[ML_WALK_HEAD + ML_WALK_TAIL];
    guint64 to[ML_WALK_HEAD + ML_WALK_TAIL];
    MlWalkSample *nodes[ML_WALK_HEAD + ML_WALK_TAIL];
    guint n = 0;
    for (guint i = 0; i < walk->n_samples; i++)
        if (walk->samples[i].part == part)
            nodes[n++] = &walk->samples[i];
    guint step = n % 7 == 0 ? 5 : 7;
    for (guint i = 0; i < n; i++) {
        from[i] = nodes[i]->address;
        to[i] = nodes[(i + 1) * step % n]->address;
    }
    for (guint i = 0; i < n; i++) {
        nodes[i]->address = to[i];
        for (guint at = 0; at + 8 <= nodes[i]->head_bytes; at += 8)
            for (guint k = 0; k < n; k++)
                if (memcmp(nodes[i]->bytes + at, &from[k], 8) == 0) {
                    memcpy(nodes[i]->bytes + at, &to[k], 8);
                    break;
                }
    }
}

static void
walked_init(Walked *walked, const MlCase *it, guint64 n)
{
    guint64 built = MIN(n, MOST_BUILT);
    walked->walk = ml_test_walk(it->name, built);
    walked->ledger = ml_test_walk_ledger(it->name, walked->walk);
    if (built < n)
        stretch(walked, it, n);
    walked->ledgers[0] = walked->ledger;
    walked->facts =
        (MlDiagramFacts){ .walk = walked->walk, .n_ledgers = 1, .ledgers = walked->ledgers };
}

static void
walked_clear(Walked *walked)
{
    g_clear_pointer(&walked->walk, ml_walk_free);
    g_clear_pointer(&walked->ledger, ml_ledger_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walked, walked_clear)

static gboolean
fits(const MlDiagramKind *kind, const MlCase *it)
{
    return kind->needs == ML_NEEDS_WALK && !kind->of_pages &&
           (kind->shapes >> it->structure->shape & 1) != 0 && !ml_case_is_elsewhere(it);
}

/* Whether any element is drawn: a legend's cells stand for no bytes. */
static gboolean
shows_data(const MlScene *scene)
{
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        if (item->kind == ML_ITEM_CELL && item->cell.role == ML_ROLE_DATA && item->cell.bytes > 0)
            return TRUE;
    }
    return FALSE;
}

/* Not where a long caption may leave no room: in a size of one's own, and in large type that of a
 * sum of hundreds of bytes a term; nor where a table is so empty that no sampled place is in use,
 * or was stretched, so that hashes no longer lead to their places. */
static gboolean
is_to_be_seen(const Walked *walked, const MlCase *it, const Room *room)
{
    enum { NEAR = 4 };
    guint64 n = walked->walk->n;
    gboolean is_short = !room->large || n >= ML_FINDING_FEW;
    return n > 0 && n <= MOST_BUILT && strchr(room->size, 'x') == NULL && is_short &&
           it->every <= NEAR;
}

static void
assert_sound(MlMetrics *metrics,
    const MlDiagramKind *kind,
    const Walked *walked,
    const MlCase *it,
    const Room *room)
{
    const char *name = it->name;
    g_autoptr(GError) error = NULL;
    g_autoptr(MlScene) scene = room_scene(room, kind->name, metrics);
    if (!kind->layout(&walked->facts, scene, &error))
        fail_msg("%s, %s: %s", name, room->size, error->message);
    g_autofree char *complaint = first_complaint(scene, walked->ledger);
    if (complaint == NULL && is_to_be_seen(walked, it, room) && !shows_data(scene))
        complaint = g_strdup("no element is drawn");
    if (complaint != NULL)
        fail_msg("%s of %s, n = %" G_GUINT64_FORMAT ", %s%s: %s",
            kind->name,
            name,
            walked->walk->n,
            room->size,
            room->large ? " large" : "",
            complaint);
}

static void
assert_all_sound(MlMetrics *metrics)
{
    g_autoptr(GPtrArray) cases = ml_cases();
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < cases->len; i++)
            for (guint s = 0; s < G_N_ELEMENTS(sizes) && fits(*kind, cases->pdata[i]); s++) {
                const MlCase *it = cases->pdata[i];
                g_auto(Walked) walked = { 0 };
                walked_init(&walked, it, sizes[s]);
                for (guint r = 0; r < N_ROOMS; r++)
                    assert_sound(metrics, *kind, &walked, it, &rooms[r]);
            }
}

static void
every_structure_is_laid_out_soundly(void **state)
{
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    assert_all_sound(metrics);
}

static void
and_in_the_fall_back_font_too(void **state)
{
    g_autoptr(MlMetrics) metrics = fallback_metrics();
    if (metrics == NULL)
        return;
    assert_all_sound(metrics);
}

static void
lists_in_any_order_are_laid_out_soundly(void **state)
{
    static const char *const names[] = { "linked-list", "double-list" };
    static const char *const kinds[] = { "linked-list", "list-scattered" };
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        for (guint s = 0; s < G_N_ELEMENTS(sizes); s++)
            for (guint k = 0; k < G_N_ELEMENTS(kinds) && sizes[s] > 0; k++) {
                g_auto(Walked) walked = { 0 };
                const MlCase it = {
                    .name = (char *)(guintptr)names[i], .distinct = G_MAXUINT64, .every = 1
                };
                walked_init(&walked, &it, sizes[s]);
                shuffle(walked.walk, 0);
                const MlDiagramKind *kind = ml_diagram_find(kinds[k], NULL);
                for (guint r = 0; r < N_ROOMS; r++)
                    assert_sound(metrics, kind, &walked, &it, &rooms[r]);
            }
}

/* Sixteen nodes in another order: nine arcs and more would cross on one side. */
static void
many_crossing_links_take_lanes(void **state)
{
    static const Room wide = { "9000x9000", FALSE };
    g_autoptr(MlMetrics) metrics = ml_metrics_new(NULL);
    g_auto(Walked) walked = { 0 };
    walked_init(&walked, &(MlCase){ .name = (char *)(guintptr) "double-list" }, 16);
    shuffle(walked.walk, 0);
    g_autoptr(MlScene) scene = room_scene(&wide, "list-scattered", metrics);
    assert_true(ml_diagram_find("list-scattered", NULL)->layout(&walked.facts, scene, NULL));
    guint n_arcs = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        n_arcs += item->kind == ML_ITEM_PATH && item->path.is_arrow && !item->path.is_cased;
    }
    assert_int_equal(n_arcs, 0);
}

/* --- in words and in characters --------------------------------------------------------------- */

static void
assert_fits_terminal(const char *picture, int columns, gboolean ascii, const char *name)
{
    g_auto(GStrv) lines = g_strsplit(picture, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        if (ml_text_width(lines[i]) > columns)
            fail_msg("%s: %d columns: %s", name, ml_text_width(lines[i]), lines[i]);
    if (ascii && !g_str_is_ascii(picture))
        fail_msg("%s is not ASCII: %s", name, picture);
}

static void
assert_said(const MlDiagramKind *kind, const Walked *walked, const char *name)
{
    static const int widths[] = { 20, 40, 60, 80, 120 };
    g_autofree char *words = kind->describe(&walked->facts);
    g_autofree char *total = NULL;
    if (walked->walk->n > 0 && strstr(words, " B (") == NULL)
        fail_msg("%s of %s does not say the sum: %s", kind->name, name, words);
    for (guint i = 0; i < G_N_ELEMENTS(widths); i++)
        for (int ascii = 0; ascii <= 1; ascii++) {
            g_autofree char *picture = kind->terminal(&walked->facts, ascii, widths[i]);
            g_autofree char *plain = ml_text_plain(picture);
            assert_fits_terminal(plain, widths[i], ascii, name);
        }
}

static void
every_structure_is_drawn_in_words_and_characters(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        for (guint i = 0; i < cases->len; i++)
            for (guint s = 0; s < G_N_ELEMENTS(sizes) && fits(*kind, cases->pdata[i]); s++) {
                const MlCase *it = cases->pdata[i];
                g_auto(Walked) walked = { 0 };
                walked_init(&walked, it, sizes[s]);
                assert_said(*kind, &walked, it->name);
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_structure_is_laid_out_soundly),
        cmocka_unit_test(and_in_the_fall_back_font_too),
        cmocka_unit_test(lists_in_any_order_are_laid_out_soundly),
        cmocka_unit_test(many_crossing_links_take_lanes),
        cmocka_unit_test(every_structure_is_drawn_in_words_and_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The picture of reserved pages in words and in characters. */
#include <inttypes.h>

#include "base/bar.h"
#include "base/language.h"
#include "base/number.h"
#include "diagram/canvas.h"
#include "diagram/finding.h"
#include "diagram/kinds/residency.h"
#include "diagram/sketch_strip.h"
#include "diagram/wording.h"

#define PLACES 6
#define INDENT 3
#define ROWS 24
#define NEAR_PAGES 256 /* a larger gap parts stretches */
#define MOST_COLUMNS 64

static guint64
all_pages(const MlPageTally *tally)
{
    return tally->n_resident + tally->n_pages[ML_PAGE_ABSENT];
}

char *
ml_residency_title(const MlPageView *view)
{
    const MlPageTally *tally = &view->tally;
    if (tally->n_resident == 0)
        return ml_finding_title(view->facts);
    g_autofree char *resident = ml_wording_count(tally->n_resident);
    g_autofree char *all = ml_page_count(all_pages(tally));
    if (tally->n_pages[ML_PAGE_ABSENT] > 0)
        return g_strdup_printf(
            _("%s of %s %s in RAM"), resident, all, P_("is", "are", tally->n_resident));
    if (tally->n_resident == 1)
        return g_strdup(_("The one page that is reserved is in RAM"));
    return g_strdup_printf(_("All %s that are reserved are in RAM"), all);
}

/* --- in words --------------------------------------------------------------------------------- */

static gboolean
is_absent(const MlPageRun *run)
{
    return run->n_pages[ML_PAGE_ABSENT] == ml_page_run_pages(run);
}

/* Stretches of pages that are all in RAM, or all are not. */
static GArray *
stretches(const MlPageMap *map)
{
    GArray *stretches = g_array_new(FALSE, FALSE, sizeof(MlPageRun));
    for (guint i = 0; i < map->runs->len; i++) {
        const MlPageRun *run = ml_page_map_run(map, i);
        MlPageRun *last =
            stretches->len > 0 ? &g_array_index(stretches, MlPageRun, stretches->len - 1) : NULL;
        gboolean goes_on = last != NULL && is_absent(last) == is_absent(run) &&
                           last->from + ml_page_run_pages(last) * map->page_bytes == run->from;
        for (guint state = 0; goes_on && state < ML_N_PAGE_STATES; state++)
            last->n_pages[state] += run->n_pages[state];
        if (!goes_on)
            g_array_append_val(stretches, *run);
    }
    return stretches;
}

static void
describe_stretches(const MlPageMap *map, GString *words)
{
    g_autoptr(GArray) all = stretches(map);
    for (guint i = 0; i < all->len && i < PLACES; i++) {
        const MlPageRun *run = &g_array_index(all, MlPageRun, i);
        g_autofree char *count = ml_page_count(ml_page_run_pages(run));
        g_string_append_printf(words,
            _("%s from 0x%" PRIx64 " on %s %s"),
            i > 0 ? "," : _(" In the order of their addresses:"),
            run->from,
            count,
            is_absent(run) ? _("not in RAM") : _("in RAM"));
    }
    g_string_append(words, all->len > PLACES ? _(", and so on.") : ".");
}

char *
ml_residency_describe(const MlDiagramFacts *facts)
{
    MlPageView view;
    ml_page_view_init(&view, facts);
    const MlPageTally *tally = &view.tally;
    g_autofree char *title = ml_residency_title(&view);
    GString *words = g_string_new(title);
    g_string_append_c(words, '.');
    if (tally->n_resident == 0)
        return g_string_free(words, FALSE);
    g_autofree char *name = ml_wording_a(facts->walk->title);
    g_autofree char *elements = ml_finding_elements(facts->walk);
    g_autofree char *absent = ml_wording_count(tally->n_pages[ML_PAGE_ABSENT]);
    g_autofree char *size = ml_bytes_iec(view.map->page_bytes, 0);
    g_autofree char *blocks = ml_wording_count(tally->reserved_by_blocks);
    g_string_append_printf(words,
        _(" %s of %s, %s. %s pages of %s are reserved and were never touched; %s B of its blocks "
          "lie "
          "there."),
        name,
        elements,
        facts->walk->allocator,
        absent,
        size,
        blocks);
    describe_stretches(view.map, words);
    MlClaim claim = ml_page_claim(tally->bytes, tally->n_resident, tally->n_resident > 1);
    g_autofree char *sum = ml_page_sum_words(facts, &claim, tally->n_resident);
    g_string_append_printf(words, _(" In RAM: %s"), sum);
    return g_string_free(words, FALSE);
}

/* --- in characters ---------------------------------------------------------------------------- */

/* What most bytes of the run's resident pages are for. */
static MlRole
main_role(const MlPageMap *map, const MlPageRun *run)
{
    double bytes[ML_N_ROLES];
    guint best = 0;
    ml_page_run_resident(map, run, bytes);
    for (guint role = 1; role < ML_N_ROLES; role++)
        if (bytes[role] > bytes[best])
            best = role;
    return (MlRole)best;
}

typedef struct {
    GString *text;
    const MlPageMap *map;
    gboolean ascii;
    guint64 per_cell; /* pages of one character */
    guint64 columns;
    guint64 column; /* the next one */
    guint64 pages;  /* of this stretch, up to here */
} Sketch;

static void
put(Sketch *sketch, const MlPageRun *run)
{
    if (sketch->column == sketch->columns) {
        g_string_append_printf(sketch->text, "\n%*s", INDENT, "");
        sketch->column = 0;
    }
    sketch->column++;
    if (is_absent(run)) {
        g_string_append(sketch->text, sketch->ascii ? "." : "·");
        return;
    }
    g_autofree char *bar = ml_bar(main_role(sketch->map, run), 1, sketch->ascii);
    g_string_append(sketch->text, bar);
}

/* A character begins where the pages before fill whole ones. */
static void
put_run(Sketch *sketch, const MlPageRun *run)
{
    guint64 end = sketch->pages + ml_page_run_pages(run);
    while (sketch->pages < end) {
        if (sketch->pages % sketch->per_cell == 0)
            put(sketch, run);
        guint64 next = (sketch->pages / sketch->per_cell + 1) * sketch->per_cell;
        sketch->pages = MIN(next, end);
    }
}

static void
begin_stretch(Sketch *sketch, guint64 address)
{
    g_string_append_printf(sketch->text,
        "%s%*s0x%" G_GINT64_MODIFIER "x\n%*s",
        sketch->text->len > 0 ? "\n" : "",
        INDENT,
        "",
        address,
        INDENT,
        "");
    sketch->column = 0;
    sketch->pages = 0;
}

static char *
draw_pages(const MlPageView *view, gboolean ascii, guint64 columns, guint64 per_cell)
{
    Sketch sketch = {
        .text = g_string_new(NULL),
        .map = view->map,
        .ascii = ascii,
        .per_cell = per_cell,
        .columns = columns,
    };
    guint64 end = 0;
    for (guint i = 0; i < view->map->runs->len; i++) {
        const MlPageRun *run = ml_page_map_run(view->map, i);
        if (i == 0 || run->from > end + NEAR_PAGES * view->map->page_bytes)
            begin_stretch(&sketch, run->from);
        put_run(&sketch, run);
        end = run->from + ml_page_run_pages(run) * view->map->page_bytes;
    }
    return g_string_free(sketch.text, FALSE);
}

char *
ml_residency_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    MlPageView view;
    if (columns < ML_PAGE_MAP_COLUMNS) {
        g_autofree char *words = ml_residency_describe(facts);
        return ml_canvas_words(words, ascii, columns);
    }
    ml_page_view_init(&view, facts);
    g_autofree char *plain_title = ml_residency_title(&view);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, plain_title);
    g_autofree char *head = ml_text_wrap(title, columns, 0);
    const MlPageTally *tally = &view.tally;
    if (tally->n_resident == 0)
        return g_steal_pointer(&head);
    guint64 in_row = (guint64)CLAMP(columns - INDENT, 1, MOST_COLUMNS);
    guint64 per_cell = (all_pages(tally) - 1) / (in_row * ROWS) + 1;
    g_autofree char *pages = draw_pages(&view, ascii, in_row, per_cell);
    g_autofree char *cell = ml_page_count(per_cell);
    MlClaim claim = ml_page_claim(tally->bytes, tally->n_resident, tally->n_resident > 1);
    g_autofree char *sum = ml_sketch_sum_lines(&claim.sum, ascii, columns);
    GString *text = g_string_new(NULL);
    g_string_printf(text,
        _("%s\n%s\n\n%*sa character: %s%s\n\n%s%*s%s, %s\n"),
        head,
        pages,
        INDENT,
        "",
        cell,
        ascii ? _("; . is not in RAM") : "; · is not in RAM",
        sum,
        ML_SKETCH_INDENT,
        "",
        claim.divisor > 1 ? _("a page in RAM, on average") : _("1 page"),
        ml_origin_id(facts->walk->origin));
    g_string_replace(text, ML_THIN_SPACE, " ", 0);
    return g_string_free(text, FALSE);
}

/* The picture of pages in characters: a bar for each stretch of pages, and pages byte by byte. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/bar.h"
#include "base/language.h"
#include "diagram/canvas.h"
#include "diagram/finding.h"
#include "diagram/kinds/page_map.h"
#include "diagram/page_panel.h"
#include "diagram/sketch_strip.h"
#include "diagram/wording.h"
#include "measure/page_map_runs.h"
#include "render/figures.h"

#define PLACES 12
#define LEAST_BAR 10
#define MOST_BAR 48
#define BYTE_ROWS 16 /* different ones, of a page */
#define INDENT 3
#define LABEL_COLUMNS 6

/* --- stretches of pages ----------------------------------------------------------------------- */

static GArray *
stretches(const MlPageMap *map)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(MlPageRun));
    for (guint i = 0; i < map->runs->len; i++) {
        MlPageRun run = *ml_page_map_run(map, i);
        run.n_pages[ML_PAGE_ABSENT] = 0;
        if (ml_page_run_pages(&run) > 0)
            g_array_append_val(runs, run);
    }
    ml_page_runs_shorten(runs, PLACES, map->page_bytes);
    return runs;
}

/* "0x555555576000   7 815 pages   ████████" */
static void
append_stretch(
    GString *text, const MlPageMap *map, const MlPageRun *run, gboolean ascii, int columns)
{
    double bytes[ML_N_ROLES];
    guint64 n = ml_page_run_pages(run);
    g_autofree char *count = ml_page_count(n);
    g_autofree char *padded = ml_text_pad(count, 14, TRUE);
    g_autofree char *head =
        g_strdup_printf("%*s0x%012" G_GINT64_MODIFIER "x %s  ", INDENT, "", run->from, padded);
    int room = CLAMP(columns - ml_text_width(head), LEAST_BAR, MOST_BAR);
    ml_page_run_resident(map, run, bytes);
    g_string_append(text, head);
    ml_figure_stack(text, bytes, (double)(n * map->page_bytes), room, ascii);
    g_string_append_c(text, '\n');
}

/* --- byte by byte ----------------------------------------------------------------------------- */

static void
append_byte_row(GString *text, const MlPageBytes *page, guint64 from, guint side, gboolean ascii)
{
    MlRole role;
    g_string_append_printf(
        text, "%*s%s%03x  ", INDENT, "", ascii ? "" : "…", (guint)((page->address + from) & 0xfff));
    for (guint64 at = from; at < from + side;) {
        MlRole next;
        guint64 end = at + 1;
        gboolean is_ours = ml_page_byte_role(page, at, &role);
        while (end < from + side && ml_page_byte_role(page, end, &next) == is_ours &&
               (!is_ours || next == role))
            end++;
        g_autofree char *bar =
            is_ours ? ml_bar(role, (int)(end - at), ascii) : g_strnfill((gsize)(end - at), ' ');
        g_string_append(text, bar);
        at = end;
    }
    while (g_str_has_suffix(text->str, " "))
        g_string_truncate(text, text->len - 1);
    g_string_append_c(text, '\n');
}

static gboolean
is_like_the_row_before(const MlPageBytes *page, guint64 from, guint side)
{
    return memcmp(page->bytes + from, page->bytes + from - side, side) == 0;
}

static void
append_note(GString *text, guint64 n, const char *how)
{
    g_autofree char *count = ml_wording_count(n);
    if (n > 0)
        g_string_append_printf(
            text, "%*s%s %s %s\n", INDENT + LABEL_COLUMNS, "", count, P_("row", "rows", n), how);
}

/* Rows that are like the one before are counted, not drawn. */
void
ml_page_map_append_bytes(
    GString *text, const MlPageMap *map, const MlPageBytes *page, gboolean ascii, int columns)
{
    guint side = ml_page_panel_side(map->page_bytes);
    while ((int)side > columns - INDENT - LABEL_COLUMNS)
        side /= 2;
    guint drawn = 0;
    guint64 alike = 0;
    guint64 from = 0;
    g_string_append_printf(text,
        _("\n%*s0x%" PRIx64 "%s, byte by byte:\n"),
        INDENT,
        "",
        page->address,
        page->state == ML_PAGE_OLD ? _(", in RAM before") : "");
    for (; from < map->page_bytes && drawn < BYTE_ROWS; from += side) {
        if (from > 0 && is_like_the_row_before(page, from, side)) {
            alike++;
            continue;
        }
        append_note(text, alike, _("more like that"));
        alike = 0;
        append_byte_row(text, page, from, side, ascii);
        drawn++;
    }
    append_note(text, alike, _("more like that"));
    append_note(text, (map->page_bytes - from) / side, _("more"));
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
append_sum(GString *text, const MlPageView *view, gboolean ascii, int columns)
{
    const MlPageTally *tally = &view->tally;
    MlClaim claim = ml_page_claim(tally->bytes, tally->n_resident, tally->n_resident > 1);
    g_autofree char *sum = ml_sketch_sum_lines(&claim.sum, ascii, columns);
    g_string_append_printf(text,
        "\n%s%*s%s, %s\n",
        sum,
        ML_SKETCH_INDENT,
        "",
        claim.divisor > 1 ? _("a page, on average") : _("1 page"),
        ml_origin_id(view->facts->walk->origin));
}

char *
ml_page_map_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    MlPageView view;
    if (columns < ML_PAGE_MAP_COLUMNS) {
        g_autofree char *words = ml_page_map_describe(facts);
        return ml_canvas_words(words, ascii, columns);
    }
    ml_page_view_init(&view, facts);
    g_autofree char *plain_title = ml_page_view_title(&view);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, plain_title);
    g_autofree char *head = ml_text_wrap(title, columns, 0);
    if (view.tally.n_resident == 0)
        return g_steal_pointer(&head);
    GString *text = g_string_new(head);
    g_string_append_c(text, '\n');
    g_autoptr(GArray) runs = stretches(view.map);
    for (guint i = 0; i < runs->len; i++)
        append_stretch(text, view.map, &g_array_index(runs, MlPageRun, i), ascii, columns);
    for (guint i = 0; i < view.map->n_shown; i++)
        ml_page_map_append_bytes(text, view.map, &view.map->shown[i], ascii, columns);
    append_sum(text, &view, ascii, columns);
    g_string_replace(text, ML_THIN_SPACE, " ", 0);
    return g_string_free(text, FALSE);
}

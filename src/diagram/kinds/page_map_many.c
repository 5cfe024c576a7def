#include "diagram/kinds/page_map_many.h"

#include <string.h>

#include "base/error.h"
#include "base/language.h"
#include "diagram/canvas.h"
#include "diagram/finding.h"
#include "diagram/furniture.h"
#include "diagram/kinds/page_panels.h"
#include "diagram/label.h"
#include "diagram/sketch_strip.h"
#include "diagram/wording.h"
#include "render/figures.h"

static const MlPagePanelSize size = { .least = 2, .most = 12, .most_wide = 2 };

/* One of the structures, and its page that is shown. */
typedef struct {
    char *name;
    const MlWalk *walk;
    const MlPageBytes *page; /* (nullable): it has none */
    double bytes[ML_N_ROLES];
} Column;

typedef struct {
    guint n;
    Column column[ML_PAGE_MAP_MOST];
    double bytes[ML_N_ROLES]; /* of all */
    guint n_pages;
    guint64 page_bytes;
    MlPageMarks marks;
} Columns;

static void
columns_clear(Columns *columns)
{
    for (guint i = 0; i < columns->n; i++)
        g_free(columns->column[i].name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, columns_clear)

static double
taken(const double bytes[ML_N_ROLES])
{
    return ml_sum_total(bytes) - bytes[ML_ROLE_ALLOCATOR];
}

/* One of the part with most pages; where all are shown, the fullest. */
static void
choose_page(Column *column)
{
    MlPageTally tally;
    const MlPageMap *map = column->walk->pages;
    ml_page_tally(map, &tally);
    gboolean is_whole = tally.n_with_blocks <= map->n_shown;
    for (guint i = 0; i < (is_whole ? map->n_shown : 1); i++) {
        double bytes[ML_N_ROLES];
        ml_page_bytes_count(map, &map->shown[i], bytes);
        if (column->page != NULL && taken(bytes) <= taken(column->bytes))
            continue;
        column->page = &map->shown[i];
        memcpy(column->bytes, bytes, sizeof bytes);
    }
}

/* "boxed array"; where options are not the usual ones, as it is typed. */
static char *
name_of(const MlLedger *ledger)
{
    g_autofree char *typed = ml_figure_name(ledger);
    return g_strdup(strchr(typed, ':') != NULL ? typed : ledger->title);
}

static void
columns_init(Columns *columns, const MlDiagramFacts *facts)
{
    *columns = (Columns){ .n = 1 + facts->n_more_walks };
    columns->page_bytes = facts->walk->pages->page_bytes;
    for (guint i = 0; i < columns->n; i++) {
        Column *column = &columns->column[i];
        column->walk = i == 0 ? facts->walk : facts->more_walks[i - 1];
        column->name = name_of(facts->ledgers[i]);
        choose_page(column);
        if (column->page == NULL)
            continue;
        columns->n_pages++;
        ml_page_marks_add(&columns->marks, column->walk->pages, column->page);
        for (guint role = 0; role < ML_N_ROLES; role++)
            columns->bytes[role] += column->bytes[role];
    }
}

/* --- in words --------------------------------------------------------------------------------- */

static char *
title_of(const Columns *columns)
{
    static const char *const numbers[ML_PAGE_MAP_MOST + 1] = {
        "no", "one", "two", "three", "four"
    };
    g_autofree char *bytes = ml_wording_count(columns->page_bytes);
    if (columns->n_pages == 0)
        return g_strdup(_("Nothing takes no page"));
    return g_strdup_printf(
        _("The same %s bytes, %s %s"), bytes, numbers[columns->n], P_("way", "ways", columns->n));
}

static char *
setup_of(const Columns *columns)
{
    g_autofree char *n = ml_wording_count(columns->column[0].walk->n);
    return g_strdup_printf(_("one page each, n = %s"), n);
}

char *
ml_page_map_many_describe(const MlDiagramFacts *facts)
{
    g_auto(Columns) columns = { 0 };
    columns_init(&columns, facts);
    g_autofree char *title = title_of(&columns);
    g_autofree char *setup = setup_of(&columns);
    GString *words = g_string_new(NULL);
    if (columns.n_pages == 0) {
        g_string_printf(words, _("%s: no elements, and nothing is asked of malloc."), title);
        return g_string_free(words, FALSE);
    }
    g_string_printf(words, _("%s: %s, every byte coloured."), title, setup);
    for (guint i = 0; i < columns.n; i++) {
        const Column *column = &columns.column[i];
        g_autofree char *share = ml_page_view_data(column->bytes);
        g_string_append_printf(words, " %s:", column->name);
        if (column->page == NULL) {
            g_string_append(words, _(" no page."));
            continue;
        }
        g_string_append_printf(words, _(" %s data."), share);
        ml_page_map_describe_bytes(column->walk->pages, column->page, words);
    }
    MlClaim claim = ml_page_claim(columns.bytes, columns.n_pages, FALSE);
    g_autofree char *sum = ml_page_sum_words(facts, &claim, columns.n_pages);
    g_string_append_printf(words, _(" In all: %s"), sum);
    return g_string_free(words, FALSE);
}

/* --- in characters ---------------------------------------------------------------------------- */

char *
ml_page_map_many_terminal(const MlDiagramFacts *facts, gboolean ascii, int columns)
{
    g_auto(Columns) all = { 0 };
    if (columns < ML_PAGE_MAP_COLUMNS) {
        g_autofree char *words = ml_page_map_many_describe(facts);
        return ml_canvas_words(words, ascii, columns);
    }
    columns_init(&all, facts);
    g_autofree char *plain_title = title_of(&all);
    g_autofree char *title = ml_text_styled(ML_STYLE_BOLD, plain_title);
    g_autofree char *head = ml_text_wrap(title, columns, 0);
    GString *text = g_string_new(head);
    if (all.n_pages == 0)
        return g_string_free(text, FALSE);
    for (guint i = 0; i < all.n; i++) {
        const Column *column = &all.column[i];
        g_autofree char *share = ml_page_view_data(column->bytes);
        g_string_append_printf(
            text, _("\n%*s%s: %s data"), ML_SKETCH_INDENT, "", column->name, share);
        if (column->page != NULL)
            ml_page_map_append_bytes(text, column->walk->pages, column->page, ascii, columns);
    }
    MlClaim claim = ml_page_claim(all.bytes, all.n_pages, FALSE);
    g_autofree char *sum = ml_sketch_sum_lines(&claim.sum, ascii, columns);
    g_autofree char *pages = ml_page_count(all.n_pages);
    g_string_append_printf(text,
        "\n%s%*s%s, %s\n",
        sum,
        ML_SKETCH_INDENT,
        "",
        pages,
        ml_origin_id(facts->walk->origin));
    g_string_replace(text, ML_THIN_SPACE, " ", 0);
    return g_string_free(text, FALSE);
}

/* --- the picture ------------------------------------------------------------------------------ */

static void
set_caption(MlScene *scene, const MlDiagramFacts *facts, const Columns *columns, MlCaptionSet set)
{
    MlClaim claim = ml_page_claim(columns->bytes, columns->n_pages, FALSE);
    ml_page_set_caption(scene, facts, &claim, columns->n_pages, set);
}

static void
draw_columns(const Columns *columns, const MlPagePanels *panels)
{
    MlScene *scene = panels->scene;
    double x = ML_SCENE_MARGIN + ML_PAGE_PANELS_LABELS;
    ml_page_panels_addresses(panels, x);
    for (guint i = 0; i < columns->n; i++) {
        const Column *column = &columns->column[i];
        const char *const heading[] = { column->name, column->walk->title, NULL };
        ml_scene_step(scene, ML_STEP_FIRST + i, column->name);
        if (column->page != NULL)
            ml_page_panels_draw(panels, column->walk->pages, column->page, x, heading, FALSE);
        x += ml_page_panels_pitch(panels);
    }
    scene->step = ML_STEP_ALWAYS;
}

static void
draw_title(MlScene *scene, const Columns *columns, const char *how, const char *how_brief)
{
    const char *origin = ml_origin_id(columns->column[0].walk->origin);
    g_autofree char *title = title_of(columns);
    g_autofree char *setup = setup_of(columns);
    g_autofree char *whole = g_strdup_printf("%s; %s; %s", setup, how, origin);
    g_autofree char *brief = g_strdup_printf("%s; %s; %s", setup, how_brief, origin);
    g_autofree char *shortest = g_strdup_printf("%s; %s", setup, origin);
    ml_furniture_title(scene, ML_LADDER(title), ML_LADDER(whole, brief, shortest, setup));
}

gboolean
ml_page_map_many_layout(const MlDiagramFacts *facts, MlScene *scene, GError **error)
{
    g_auto(Columns) columns = { 0 };
    columns_init(&columns, facts);
    scene->step = ML_STEP_ALWAYS;
    if (columns.n_pages == 0) {
        draw_title(scene, &columns, _("no pages"), _("no pages"));
        ml_finding_draw_nothing(scene);
        return TRUE;
    }
    set_caption(scene, facts, &columns, ml_caption_reserve);
    MlPagePanels panels = { .scene = scene, .page_bytes = columns.page_bytes, .n = columns.n };
    double width = scene->width - 2 * ML_SCENE_MARGIN - ML_PAGE_PANELS_LABELS;
    if (!ml_page_panels_fit(&panels, width, ml_caption_rule(scene), &size))
        return ml_fail(error,
            ML_ERROR_USAGE,
            "page-map: pages of %u structures do not fit side by side; draw fewer, or a larger "
            "picture",
            columns.n);
    draw_columns(&columns, &panels);
    g_autofree char *how = ml_page_panels_words(&panels, &columns.marks);
    g_autofree char *brief = ml_page_panels_brief(&panels, &columns.marks);
    draw_title(scene, &columns, how, brief);
    set_caption(scene, facts, &columns, ml_caption_sum);
    return TRUE;
}

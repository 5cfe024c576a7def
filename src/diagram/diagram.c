#include "diagram/diagram.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "core/structure.h"
#include "diagram/cairo_backend.h"
#include "diagram/logical_draw.h"
#include "diagram/logical_sketch.h"
#include "diagram/svg.h"

#define ZOOM_STEP 0.125

static GBytes *
render_svg(const MlScene *scene, const MlTheme *theme, double scale, GError **error)
{
    return g_string_free_to_bytes(ml_svg_render(scene, theme, scale));
}

typedef struct {
    const char *extension;
    GBytes *(*render)(const MlScene *scene, const MlTheme *theme, double scale, GError **error);
} Backend;

static const Backend backends[] = {
    [ML_FORMAT_SVG] = { "svg", render_svg },
    [ML_FORMAT_PNG] = { "png", ml_cairo_render_png },
    [ML_FORMAT_PDF] = { "pdf", ml_cairo_render_pdf },
};

const MlDiagramKind *
ml_diagram_find(const char *name, GError **error)
{
    const MlDiagramKind *const *kinds = ml_diagram_kinds();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (; *kinds != NULL; kinds++) {
        if (strcmp((*kinds)->name, name) == 0)
            return *kinds;
        g_ptr_array_add(names, (char *)(guintptr)(*kinds)->name);
    }
    g_ptr_array_add(names, NULL);
    const char *const *known = (const char *const *)names->pdata;
    g_autofree char *nearest = ml_suggest_phrase(name, known);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    g_set_error(error,
        ML_ERROR,
        ML_ERROR_USAGE,
        "unknown diagram '%s'%s: there are %s",
        name,
        nearest,
        all);
    return NULL;
}

MlDiagramFacts
ml_diagram_facts(const MlRecording *recording)
{
    MlDiagramFacts facts = { .walk = recording->walk, .timeline = recording->timeline };
    if (recording->more_walks != NULL) {
        facts.n_more_walks = recording->more_walks->len;
        facts.more_walks = (const MlWalk *const *)recording->more_walks->pdata;
    }
    if (recording->ledgers != NULL) {
        facts.n_ledgers = recording->ledgers->len;
        facts.ledgers = (const MlLedger *const *)recording->ledgers->pdata;
    }
    if (recording->series != NULL) {
        facts.n_series = recording->series->len;
        facts.series = (const MlSeries *const *)recording->series->pdata;
    }
    if (recording->layouts != NULL) {
        facts.n_layouts = recording->layouts->len;
        facts.layouts = (const MlLayout *const *)recording->layouts->pdata;
    }
    return facts;
}

static gboolean
draws_shape(const MlDiagramKind *kind, const char *shape)
{
    for (int i = 0; i < ML_N_SHAPES; i++)
        if ((kind->shapes & 1u << i) != 0 && strcmp(ml_shape_id((MlShape)i), shape) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
refuse(const MlDiagramKind *kind, GError **error, const char *why, const char *what)
{
    g_autofree char *examples = g_strjoinv(", ", (char **)(guintptr)kind->examples);
    return ml_fail(error, ML_ERROR_USAGE, "%s: %s%s%s", kind->name, why, what, examples);
}

static gboolean
accepts_series(const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error)
{
    if (facts->n_series == 0)
        return refuse(kind, error, "name a structure to draw, such as ", "");
    if (kind->is_single && facts->n_series > 1)
        return ml_fail(error, ML_ERROR_USAGE, "%s: draws one structure at a time", kind->name);
    for (guint i = 0; i < facts->n_series; i++)
        if (facts->series[i]->points->len == 0)
            return ml_fail(error, ML_ERROR_INPUT, "%s: a series has no points", kind->name);
    return kind->check == NULL || kind->check(facts, error);
}

static gboolean
has_pages(const MlDiagramKind *kind, const MlWalk *walk, GError **error)
{
    if (walk->pages != NULL)
        return TRUE;
    if (walk->origin == ML_ORIGIN_RECORDED)
        return ml_fail(error,
            ML_ERROR_INPUT,
            "%s: what was recorded tells nothing of pages; record it anew with this kind",
            kind->name);
    return ml_fail(error,
        ML_ERROR_SURROUNDINGS,
        "%s: the kernel does not say which pages are resident, or the blocks are as recorded; "
        "'memlab doctor' tells more",
        kind->name);
}

static gboolean
accepts_walk(const MlDiagramKind *kind, const MlWalk *walk, GError **error)
{
    if (draws_shape(kind, walk->shape))
        return !kind->of_pages || has_pages(kind, walk, error);
    g_autofree char *what = g_strconcat(walk->title, "; it draws ", NULL);
    return refuse(kind, error, "cannot draw a ", what);
}

gboolean
ml_diagram_accepts(const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error)
{
    if (kind->needs == ML_NEEDS_SERIES)
        return accepts_series(kind, facts, error);
    if (kind->needs == ML_NEEDS_LAYOUTS)
        return facts->n_layouts > 0 ||
               refuse(kind, error, "name a structure whose struct to draw, such as ", "");
    if (kind->needs == ML_NEEDS_TIMELINE)
        return facts->timeline != NULL ||
               refuse(kind, error, "name structures to build and free, such as ", "");
    if (facts->n_ledgers == 0)
        return refuse(kind, error, "name a structure to draw, such as ", "");
    if (kind->needs == ML_NEEDS_LEDGERS)
        return kind->check == NULL || kind->check(facts, error);
    guint n_walks = facts->walk != NULL ? 1 + facts->n_more_walks : 0;
    guint most_walks = MAX(kind->most_walks, 1);
    if (n_walks == 0 || n_walks > most_walks || facts->n_ledgers != n_walks)
        return ml_fail(error,
            ML_ERROR_USAGE,
            most_walks > 1
                ? "%s: draws structures from their blocks in memory, at most %u at a time"
                : "%s: draws one structure at a time, from its blocks in memory",
            kind->name,
            most_walks);
    for (guint i = 0; i < n_walks; i++)
        if (!accepts_walk(kind, i == 0 ? facts->walk : facts->more_walks[i - 1], error))
            return FALSE;
    return TRUE;
}

static gboolean
set_title(MlScene *scene, const char *title, GError **error)
{
    g_autofree char *clean = ml_text_clean(title);
    g_autoptr(PangoLayout) layout = ml_metrics_layout(scene->metrics, clean, ML_TYPE_TITLE);
    if (g_strstrip(clean)[0] == '\0') {
        return ml_fail(error,
            ML_ERROR_USAGE,
            "a title has at least one letter; without --title it is the finding");
    }
    if (pango_layout_get_unknown_glyphs_count(layout) > 0) {
        g_autofree char *quoted = ml_text_quote(title);
        return ml_fail(
            error, ML_ERROR_USAGE, "the title %s has letters that memlab's fonts lack", quoted);
    }
    scene->wanted_title = g_steal_pointer(&clean);
    return TRUE;
}

MlLogical *
ml_diagram_logical(const MlDiagramKind *kind, const MlDiagramFacts *facts, GError **error)
{
    if (kind->logical != NULL)
        return kind->logical(facts);
    GString *names = g_string_new(NULL);
    for (const MlDiagramKind *const *other = ml_diagram_kinds(); *other != NULL; other++)
        if ((*other)->logical != NULL)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", (*other)->name);
    ml_fail(error, ML_ERROR_USAGE, "'%s' has no logical view; %s have one", kind->name, names->str);
    g_string_free(names, TRUE);
    return NULL;
}

char *
ml_diagram_describe(
    const MlDiagramKind *kind, const MlDiagramFacts *facts, const MlLogical *logical)
{
    g_autofree char *words = kind->describe(facts);
    if (logical == NULL || logical->n_groups == 0)
        return g_steal_pointer(&words);
    g_autofree char *boxes = ml_logical_words(logical);
    return g_strdup_printf("%s %s", words, boxes);
}

char *
ml_diagram_terminal(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    MlLogical *logical,
    gboolean ascii,
    int columns)
{
    g_autofree char *picture = kind->terminal(facts, ascii, columns);
    if (logical == NULL || logical->n_groups == 0)
        return g_steal_pointer(&picture);
    if (logical->n_rows == ML_LOGICAL_ROWS)
        ml_logical_fold(logical);
    g_autofree char *boxes = ml_logical_sketch(logical, ascii, columns);
    return g_strconcat(boxes, picture, NULL);
}

/* A timeline has two steps for each, and two more. */
static guint
count_structures(const MlDiagramFacts *facts)
{
    if (facts->timeline != NULL)
        return facts->timeline->steps->len / 2 - 1;
    return MAX(facts->n_ledgers, facts->n_series);
}

static gboolean
has_room(const MlDiagramKind *kind, guint n, double width, double height, GError **error)
{
    guint most = kind->most != NULL ? kind->most(width, height) : n;
    if (n <= most)
        return TRUE;
    return ml_fail(error,
        ML_ERROR_USAGE,
        "%s: %u structures do not fit into one picture; draw at most %u",
        kind->name,
        n,
        most);
}

static double
zoom_of(const MlDiagramSettings *settings, MlSize *ret_size)
{
    *ret_size = settings->size != NULL ? *settings->size : ml_size_slide();
    return settings->large ? ml_size_zoom_large(ret_size) : 1;
}

gboolean
ml_diagram_has_room(
    const MlDiagramKind *kind, guint n, const MlDiagramSettings *settings, GError **error)
{
    MlSize size;
    double zoom = zoom_of(settings, &size);
    return has_room(kind, n, size.width / zoom, size.height / zoom, error);
}

gboolean
ml_diagram_lay_out(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    MlLogical *logical,
    MlScene *scene,
    GError **error)
{
    gboolean is_shown = logical != NULL && logical->n_groups > 0;
    if (logical != NULL && !is_shown && facts->walk->n > 0)
        return ml_fail(error,
            ML_ERROR_INPUT,
            "%s: the walk lacks what a logical view is drawn from: record it anew",
            facts->walk->structure);
    if (!has_room(kind, count_structures(facts), scene->width, scene->height, error))
        return FALSE;
    scene->description = ml_diagram_describe(kind, facts, logical);
    if (is_shown && !ml_logical_reserve(scene, logical, error))
        return FALSE;
    if (!kind->layout(facts, scene, error))
        return FALSE;
    if (is_shown)
        ml_logical_draw(scene, logical);
    return TRUE;
}

static MlScene *
zoomed_scene(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    const MlDiagramSettings *settings,
    MlMetrics *metrics,
    double zoom,
    GError **error)
{
    g_autoptr(MlScene) scene = ml_scene_new(kind->name, metrics, settings->size, zoom);
    scene->letters = settings->letters;
    if (settings->language != NULL)
        scene->language = settings->language;
    if (settings->title != NULL && !set_title(scene, settings->title, error))
        return NULL;
    g_autoptr(MlLogical) logical = NULL;
    if (settings->logical && (logical = ml_diagram_logical(kind, facts, error)) == NULL)
        return NULL;
    if (!ml_diagram_lay_out(kind, facts, logical, scene, error))
        return NULL;
    return g_steal_pointer(&scene);
}

MlScene *
ml_diagram_scene(const MlDiagramKind *kind,
    const MlDiagramFacts *facts,
    const MlDiagramSettings *settings,
    GError **error)
{
    if (!ml_diagram_accepts(kind, facts, error))
        return NULL;
    g_autoptr(MlMetrics) metrics = ml_metrics_new(error);
    if (metrics == NULL)
        return NULL;
    static const MlDiagramSettings usual = { 0 };
    const MlDiagramSettings *as = settings != NULL ? settings : &usual;
    MlSize size;
    double zoom = zoom_of(as, &size);
    MlScene *scene = zoomed_scene(kind, facts, as, metrics, zoom, error);
    while (scene != NULL && scene->is_cramped && zoom > 1) { /* rather smaller than empty */
        ml_scene_free(scene);
        zoom = fmax(zoom - ZOOM_STEP, 1);
        scene = zoomed_scene(kind, facts, as, metrics, zoom, error);
    }
    return scene;
}

gboolean
ml_diagram_format(const char *path, MlFormat *ret_format, GError **error)
{
    const char *dot = strrchr(path, '.');
    g_autoptr(GString) known = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(backends); i++) {
        if (dot != NULL && g_ascii_strcasecmp(dot + 1, backends[i].extension) == 0) {
            *ret_format = (MlFormat)i;
            return TRUE;
        }
        g_string_append_printf(known, "%s.%s", i == 0 ? "" : ", ", backends[i].extension);
    }
    g_set_error(error,
        ML_ERROR,
        ML_ERROR_USAGE,
        "%s: unknown format: the name must end in one of %s",
        *path != '\0' ? path : "''",
        known->str);
    return FALSE;
}

GBytes *
ml_diagram_render(
    const MlScene *scene, MlFormat format, const MlTheme *theme, double scale, GError **error)
{
    return backends[format].render(scene, theme, scale, error);
}

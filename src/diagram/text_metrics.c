#include "diagram/text_metrics.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#include "base/error.h"
#include "base/paths.h"

#define RESOLUTION_DPI 96
#define MAX_REMEMBERED 4096 /* texts whose extents are kept */
/* Every kind of letter that pictures use beyond ASCII; a font without them would show boxes. */
#define PROBE_TEXT "Aa0{}[]…×→–−±\u202f"

static const char *const own_fonts[] = {
    "Inter-Regular.otf",
    "Inter-SemiBold.otf",
    "Inter-Bold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Bold.ttf",
    NULL,
};

static gboolean
use_only(PangoFontMap *map, const char *const *files, GError **error)
{
    FcConfig *config = FcConfigCreate();
    const char *refused = NULL;
    for (; *files != NULL && refused == NULL; files++)
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)*files))
            refused = *files;
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    if (refused == NULL)
        return TRUE;
    g_set_error(error, ML_ERROR, ML_ERROR_SURROUNDINGS, "%s: not a font that can be read", refused);
    return FALSE;
}

static MlMetrics *
unhinted_context(PangoFontMap *map)
{
    MlMetrics *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, RESOLUTION_DPI);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    return context;
}

/* Pango draws boxes for letters that no font has, and calls that a success. */
static gboolean
has_letters(MlMetrics *context)
{
    const MlType types[] = { ML_TYPE_SUBTITLE, ML_TYPE_TITLE, ML_TYPE_CELL, ML_TYPE_CELL_DATA };
    for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autoptr(PangoLayout) layout = ml_metrics_layout(context, PROBE_TEXT, types[i]);
        if (pango_layout_get_unknown_glyphs_count(layout) > 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean
system_has_fonts(void)
{
    const FcFontSet *fonts = FcInit() ? FcConfigGetFonts(FcConfigGetCurrent(), FcSetSystem) : NULL;
    return fonts != NULL && fonts->nfont > 0;
}

MlMetrics *
ml_metrics_new_from(const char *const *files, GError **error)
{
    g_autoptr(PangoFontMap) map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (files != NULL && !use_only(map, files, error))
        return NULL;
    g_autoptr(MlMetrics) context = unhinted_context(map);
    if ((files != NULL || system_has_fonts()) && has_letters(context))
        return g_steal_pointer(&context);
    g_set_error(error,
        ML_ERROR,
        ML_ERROR_SURROUNDINGS,
        "no font to write with was found: install the package fonts-dejavu-core");
    return NULL;
}

MlMetrics *
ml_metrics_new(GError **error)
{
    g_autofree char *folder = ml_path_data("diagrams/fonts");
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; own_fonts[i] != NULL; i++)
        g_ptr_array_add(files, g_build_filename(folder, own_fonts[i], NULL));
    g_ptr_array_add(files, NULL);
    MlMetrics *own = ml_metrics_new_from((const char *const *)files->pdata, NULL);
    return own != NULL ? own : ml_metrics_new_from(NULL, error);
}

PangoLayout *
ml_metrics_layout(MlMetrics *metrics, const char *text, MlType type)
{
    static const PangoWeight weights[] = {
        [ML_WEIGHT_REGULAR] = PANGO_WEIGHT_NORMAL,
        [ML_WEIGHT_SEMIBOLD] = PANGO_WEIGHT_SEMIBOLD,
        [ML_WEIGHT_BOLD] = PANGO_WEIGHT_BOLD,
    };
    PangoLayout *layout = pango_layout_new(metrics);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font,
        type.mono ? "JetBrains Mono, DejaVu Sans Mono, monospace"
                  : "Inter, DejaVu Sans, sans-serif");
    pango_font_description_set_absolute_size(font, type.size * PANGO_SCALE);
    pango_font_description_set_weight(font, weights[type.weight]);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    if (type.mono) { /* "->" and "!=" stay two letters in code */
        PangoAttrList *attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes, pango_attr_font_features_new("calt=0, liga=0"));
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
    }
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static MlExtent
measure(MlMetrics *metrics, const char *text, MlType type)
{
    g_autoptr(PangoLayout) layout = ml_metrics_layout(metrics, text, type);
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_extents(layout, &ink, &logical);
    int baseline = pango_layout_get_baseline(layout);
    return (MlExtent){
        .width = (double)logical.width / PANGO_SCALE,
        .above = (double)(baseline - ink.y) / PANGO_SCALE,
        .below = (double)(ink.y + ink.height - baseline) / PANGO_SCALE,
        .unknown = pango_layout_get_unknown_glyphs_count(layout),
    };
}

/* --- extents, remembered ---------------------------------------------------------------------- */

/* A text as it is set. */
typedef struct {
    MlType type;
    char string[];
} Set;

static guint
set_hash(gconstpointer key)
{
    const Set *set = key;
    guint type = (guint)set->type.size << 3 | (guint)set->type.weight << 1;
    return g_str_hash(set->string) ^ (type | (set->type.mono ? 1 : 0));
}

static gboolean
set_equal(gconstpointer a, gconstpointer b)
{
    const Set *one = a;
    const Set *other = b;
    return one->type.size == other->type.size && one->type.weight == other->type.weight &&
           one->type.mono == other->type.mono && strcmp(one->string, other->string) == 0;
}

/* Of these metrics: Set → MlExtent. */
static GHashTable *
extents_of(MlMetrics *metrics)
{
    static const char key[] = "memlab-extents";
    GHashTable *extents = g_object_get_data(G_OBJECT(metrics), key);
    if (extents != NULL)
        return extents;
    extents = g_hash_table_new_full(set_hash, set_equal, g_free, g_free);
    g_object_set_data_full(G_OBJECT(metrics), key, extents, (GDestroyNotify)g_hash_table_unref);
    return extents;
}

/* A layout asks again and again, as it tries what fits; shaping letters is what it takes longest
 * at. */
MlExtent
ml_metrics_extent(MlMetrics *metrics, const char *text, MlType type)
{
    GHashTable *extents = extents_of(metrics);
    gsize length = strlen(text) + 1;
    g_autofree Set *set = g_malloc(sizeof *set + length);
    set->type = type;
    memcpy(set->string, text, length);
    const MlExtent *known = g_hash_table_lookup(extents, set);
    if (known != NULL)
        return *known;
    MlExtent extent = measure(metrics, text, type);
    if (g_hash_table_size(extents) >= MAX_REMEMBERED)
        g_hash_table_remove_all(extents);
    g_hash_table_insert(extents, g_steal_pointer(&set), g_memdup2(&extent, sizeof extent));
    return extent;
}

char *
ml_metrics_known(MlMetrics *metrics, const char *text, MlType type)
{
    GString *known = g_string_new(NULL);
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        g_autofree char *letter = g_strndup(text, (gsize)(g_utf8_next_char(text) - text));
        gboolean is_known = ml_metrics_extent(metrics, letter, type).unknown == 0;
        g_string_append(known, is_known ? letter : "?");
    }
    return g_string_free(known, FALSE);
}

double
ml_metrics_width(MlMetrics *metrics, const char *text, MlType type)
{
    return ml_metrics_extent(metrics, text, type).width;
}

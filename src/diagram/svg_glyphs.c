#include "diagram/svg_glyphs.h"

#include <pango/pangocairo.h>

#include "diagram/svg_write.h"

/* Of one font in one size. */
typedef struct {
    PangoFont *font;
    PangoGlyph glyph;
} Key;

struct MlSvgGlyphs {
    char *id;
    GHashTable *numbers; /* Key → its number + 1 */
    GString *definitions;
    cairo_t *cairo; /* draws nothing: it turns glyphs into outlines */
};

static guint
key_hash(gconstpointer data)
{
    const Key *key = data;
    return g_direct_hash(key->font) ^ key->glyph;
}

static gboolean
key_equal(gconstpointer a, gconstpointer b)
{
    return ((const Key *)a)->font == ((const Key *)b)->font &&
           ((const Key *)a)->glyph == ((const Key *)b)->glyph;
}

static void
key_free(gpointer data)
{
    g_object_unref(((Key *)data)->font);
    g_free(data);
}

MlSvgGlyphs *
ml_svg_glyphs_new(const char *id)
{
    MlSvgGlyphs *glyphs = g_new0(MlSvgGlyphs, 1);
    cairo_surface_t *nowhere = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    glyphs->id = g_strdup(id);
    glyphs->numbers = g_hash_table_new_full(key_hash, key_equal, key_free, NULL);
    glyphs->definitions = g_string_new(NULL);
    glyphs->cairo = cairo_create(nowhere);
    cairo_surface_destroy(nowhere);
    return glyphs;
}

void
ml_svg_glyphs_free(MlSvgGlyphs *glyphs)
{
    if (glyphs == NULL)
        return;
    g_free(glyphs->id);
    g_hash_table_unref(glyphs->numbers);
    g_string_free(glyphs->definitions, TRUE);
    cairo_destroy(glyphs->cairo);
    g_free(glyphs);
}

static MlPoint
point_of(const cairo_path_data_t *data)
{
    return (MlPoint){ data->point.x, data->point.y };
}

/* Around the glyph's own origin.  Returns: (transfer full). */
static MlOutline *
outline_of(const MlSvgGlyphs *glyphs, const Key *key)
{
    cairo_glyph_t glyph = { .index = key->glyph };
    MlOutline *outline = ml_outline_new();
    cairo_set_scaled_font(
        glyphs->cairo, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(key->font)));
    cairo_new_path(glyphs->cairo);
    cairo_glyph_path(glyphs->cairo, &glyph, 1);
    cairo_path_t *path = cairo_copy_path(glyphs->cairo);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        if (data->header.type == CAIRO_PATH_MOVE_TO)
            ml_outline_move(outline, data[1].point.x, data[1].point.y);
        else if (data->header.type == CAIRO_PATH_LINE_TO)
            ml_outline_line(outline, data[1].point.x, data[1].point.y);
        else if (data->header.type == CAIRO_PATH_CURVE_TO)
            ml_outline_curve(outline, point_of(&data[1]), point_of(&data[2]), point_of(&data[3]));
        else
            ml_outline_close(outline);
    }
    cairo_path_destroy(path);
    return outline;
}

static guint
define(MlSvgGlyphs *glyphs, const Key *key)
{
    guint number = g_hash_table_size(glyphs->numbers);
    g_autoptr(GArray) outline = outline_of(glyphs, key);
    Key *kept = g_new(Key, 1);
    *kept = (Key){ g_object_ref(key->font), key->glyph };
    g_hash_table_insert(glyphs->numbers, kept, GUINT_TO_POINTER(number + 1));
    g_string_append_printf(glyphs->definitions, "<path id=\"%s-glyph-%u\"", glyphs->id, number);
    ml_svg_append_outline(glyphs->definitions, outline);
    g_string_append(glyphs->definitions, "/>\n");
    return number;
}

static void
append_use(MlSvgGlyphs *glyphs, GString *out, const Key *key, MlPoint at)
{
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(glyphs->numbers, key));
    guint number = known > 0 ? known - 1 : define(glyphs, key);
    g_string_append_printf(out, "<use xlink:href=\"#%s-glyph-%u\"", glyphs->id, number);
    ml_svg_append_attribute(out, "x", at.x);
    ml_svg_append_attribute(out, "y", at.y);
    g_string_append(out, "/>");
}

void
ml_svg_glyphs_append(MlSvgGlyphs *glyphs, GString *out, MlMetrics *metrics, const MlItem *text)
{
    g_autoptr(PangoLayout) layout = ml_metrics_layout(metrics, text->text.string, text->text.type);
    double x = text->box.x;
    for (GSList *run = pango_layout_get_line_readonly(layout, 0)->runs; run; run = run->next) {
        const PangoGlyphItem *item = run->data;
        for (int i = 0; i < item->glyphs->num_glyphs; i++) {
            const PangoGlyphInfo *info = &item->glyphs->glyphs[i];
            Key key = { item->item->analysis.font, info->glyph };
            MlPoint at = { x + (double)info->geometry.x_offset / PANGO_SCALE,
                text->text.at.y + (double)info->geometry.y_offset / PANGO_SCALE };
            gboolean is_blank =
                info->glyph == PANGO_GLYPH_EMPTY || (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
            if (!is_blank)
                append_use(glyphs, out, &key, at);
            x += (double)info->geometry.width / PANGO_SCALE;
        }
    }
}

void
ml_svg_glyphs_append_definitions(const MlSvgGlyphs *glyphs, GString *out)
{
    g_string_append(out, "<defs>\n");
    g_string_append(out, glyphs->definitions->str);
    g_string_append(out, "</defs>\n");
}

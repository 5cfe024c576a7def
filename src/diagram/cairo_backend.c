#include "diagram/cairo_backend.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "base/error.h"
#include "diagram/frames.h"
#include "diagram/pattern.h"
#include "diagram/png.h"

#define MAX_PX 32767 /* a side of a cairo image */
#define COLOUR_MAX 255.0

typedef struct {
    MlPainter base;
    cairo_t *cairo;
    const MlTheme *theme;
    MlMetrics *metrics;
} CairoPainter;

static void
set_ink(const CairoPainter *self, MlInk ink, double alpha)
{
    unsigned long rgb = strtoul(self->theme->colour[ink] + 1, NULL, 16);
    cairo_set_source_rgba(self->cairo,
        (double)(rgb >> 16) / COLOUR_MAX,
        (double)(rgb >> 8 & 0xff) / COLOUR_MAX,
        (double)(rgb & 0xff) / COLOUR_MAX,
        alpha);
}

static void
add_outline(cairo_t *cairo, const MlOutline *outline)
{
    for (guint i = 0; i < outline->len; i++) {
        const MlSeg *seg = ml_outline_seg(outline, i);
        switch (seg->op) {
        case ML_SEG_MOVE:
            cairo_move_to(cairo, seg->to.x, seg->to.y);
            break;
        case ML_SEG_LINE:
            cairo_line_to(cairo, seg->to.x, seg->to.y);
            break;
        case ML_SEG_CURVE:
            cairo_curve_to(cairo, seg->c1.x, seg->c1.y, seg->c2.x, seg->c2.y, seg->to.x, seg->to.y);
            break;
        case ML_SEG_CLOSE:
            cairo_close_path(cairo);
            break;
        }
    }
}

static void
add_round_box(cairo_t *cairo, MlBox box, double radius)
{
    double right = box.x + box.w - radius;
    double bottom = box.y + box.h - radius;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right, box.y + radius, radius, -G_PI_2, 0);
    cairo_arc(cairo, right, bottom, radius, 0, G_PI_2);
    cairo_arc(cairo, box.x + radius, bottom, radius, G_PI_2, G_PI);
    cairo_arc(cairo, box.x + radius, box.y + radius, radius, G_PI, 1.5 * G_PI);
    cairo_close_path(cairo);
}

static void
add_form(cairo_t *cairo, const MlForm *form)
{
    cairo_new_path(cairo);
    if (form->outline != NULL)
        add_outline(cairo, form->outline);
    else if (form->radius > 0)
        add_round_box(cairo, form->box, form->radius);
    else
        cairo_rectangle(cairo, form->box.x, form->box.y, form->box.w, form->box.h);
}

static void
begin_group(MlPainter *painter, const MlGroup *group)
{
}

static void
end_group(MlPainter *painter)
{
}

static void
fill(MlPainter *painter, const MlForm *form, MlInk ink, double alpha, double bytes)
{
    const CairoPainter *self = (const CairoPainter *)painter;
    add_form(self->cairo, form);
    set_ink(self, ink, alpha);
    cairo_fill(self->cairo);
}

static void
fill_pattern(MlPainter *painter, const MlForm *form, MlRole role, gboolean fine)
{
    const CairoPainter *self = (const CairoPainter *)painter;
    g_auto(MlPattern) pattern = { 0 };
    if (!ml_pattern_init(&pattern, role, fine ? ML_PATTERN_FINE : 1))
        return;
    cairo_save(self->cairo);
    add_form(self->cairo, form);
    cairo_clip(self->cairo);
    g_autoptr(GArray) lines = ml_pattern_cover(&pattern, form->box);
    add_outline(self->cairo, lines);
    set_ink(self, ml_ink_of(ML_INK_PATTERN, role), self->theme->pattern_alpha);
    if (pattern.stroke > 0) {
        cairo_set_line_width(self->cairo, pattern.stroke);
        cairo_stroke(self->cairo);
    } else {
        cairo_fill(self->cairo);
    }
    cairo_restore(self->cairo);
}

static void
stroke(MlPainter *painter, const MlForm *form, const MlStroke *stroke)
{
    const CairoPainter *self = (const CairoPainter *)painter;
    cairo_t *cairo = self->cairo;
    add_form(cairo, form);
    set_ink(self, stroke->ink, 1);
    cairo_set_line_width(cairo, stroke->width);
    cairo_set_line_cap(cairo, stroke->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cairo, stroke->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
    cairo_set_dash(cairo, stroke->dash, stroke->dash[0] > 0 ? 2 : 0, 0);
    cairo_stroke(cairo);
    cairo_set_dash(cairo, NULL, 0, 0);
}

static void
text(MlPainter *painter, const MlItem *item, MlStroke halo)
{
    const CairoPainter *self = (const CairoPainter *)painter;
    cairo_t *cairo = self->cairo;
    g_autoptr(PangoLayout) layout =
        ml_metrics_layout(self->metrics, item->text.string, item->text.type);
    double baseline = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    cairo_move_to(cairo, item->box.x, item->text.at.y - baseline);
    if (halo.width > 0) {
        cairo_save(cairo);
        pango_cairo_layout_path(cairo, layout);
        set_ink(self, halo.ink, 1);
        cairo_set_line_width(cairo, halo.width);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cairo);
        cairo_restore(cairo);
        cairo_move_to(cairo, item->box.x, item->text.at.y - baseline);
    }
    set_ink(self, item->text.ink, 1);
    pango_cairo_show_layout(cairo, layout);
    cairo_new_path(cairo);
}

/* Returns: what cairo, which gives up without a word, has to say. */
static cairo_status_t
paint(const MlScene *scene, const MlTheme *theme, cairo_surface_t *surface, double scale)
{
    CairoPainter painter = {
        .base = {
            .begin_group = begin_group,
            .end_group = end_group,
            .fill = fill,
            .fill_pattern = fill_pattern,
            .stroke = stroke,
            .text = text,
        },
        .cairo = cairo_create(surface),
        .theme = theme,
        .metrics = scene->metrics,
    };
    cairo_scale(painter.cairo, scale, scale);
    ml_paint_scene(scene, theme, &painter.base);
    cairo_status_t status = cairo_status(painter.cairo);
    cairo_destroy(painter.cairo);
    return status;
}

static cairo_status_t
append_bytes(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static gboolean
fits_cairo(double width, double height, GError **error)
{
    if (width <= MAX_PX && height <= MAX_PX)
        return TRUE;
    g_set_error(error,
        ML_ERROR,
        ML_ERROR_USAGE,
        "a picture of %.0f by %.0f px is too large: at most %d px a side; use a smaller scale",
        width,
        height,
        MAX_PX);
    return FALSE;
}

static GBytes *
fail(cairo_status_t status, GError **error)
{
    g_set_error(error,
        ML_ERROR,
        ML_ERROR_SURROUNDINGS,
        "the picture cannot be drawn: %s",
        cairo_status_to_string(status));
    return NULL;
}

GBytes *
ml_cairo_render_png(const MlScene *scene, const MlTheme *theme, double scale, GError **error)
{
    double zoom = scene->zoom * scale;
    double width = round(scene->width * zoom);
    double height = round(scene->height * zoom);
    if (!fits_cairo(width, height, error))
        return NULL;
    cairo_format_t format = theme->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24;
    cairo_surface_t *surface = cairo_image_surface_create(format, (int)width, (int)height);
    cairo_status_t status = paint(scene, theme, surface, zoom);
    GBytes *bytes = status == CAIRO_STATUS_SUCCESS ? ml_png_encode(surface) : NULL;
    cairo_surface_destroy(surface);
    return bytes != NULL ? bytes : fail(status, error);
}

static void
set_metadata(cairo_surface_t *surface, const MlScene *scene)
{
    const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
    gint64 seconds = epoch != NULL ? g_ascii_strtoll(epoch, NULL, 10) : 0;
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc(seconds);
    if (then == NULL) /* beyond year 9999 */
        then = g_date_time_new_from_unix_utc(0);
    g_autofree char *date = g_date_time_format(then, "%Y-%m-%dT%H:%M:%SZ");
    g_autofree char *description = ml_frames_description(scene);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, ml_frames_title(scene));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, description);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

GBytes *
ml_cairo_render_pdf(const MlScene *scene, const MlTheme *theme, double scale, GError **error)
{
    double zoom = scene->zoom * scene->points_per_px;
    double width = scene->width * zoom;
    double height = scene->height * zoom;
    if (!fits_cairo(width, height, error))
        return NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append_bytes, bytes, width, height);
    set_metadata(surface, scene);
    cairo_status_t status = paint(scene, theme, surface, zoom);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return fail(status, error);
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

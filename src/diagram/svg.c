#include "diagram/svg.h"

#include <math.h>
#include <string.h>

#include "diagram/frames.h"
#include "diagram/pattern.h"
#include "diagram/svg_glyphs.h"
#include "diagram/svg_write.h"

#define ID_DIGITS 8

typedef struct {
    MlPainter base;
    GString *out;
    const MlScene *scene;
    const MlTheme *theme;
    char *id;            /* of the document; begins all others */
    MlSvgGlyphs *glyphs; /* (nullable): where letters are outlines */
} SvgPainter;

static void
begin_form(GString *out, const MlForm *form)
{
    if (form->outline != NULL) {
        g_string_append(out, "<path");
        ml_svg_append_outline(out, form->outline);
        return;
    }
    g_string_append(out, "<rect");
    ml_svg_append_attribute(out, "x", form->box.x);
    ml_svg_append_attribute(out, "y", form->box.y);
    ml_svg_append_attribute(out, "width", form->box.w);
    ml_svg_append_attribute(out, "height", form->box.h);
    if (form->radius > 0)
        ml_svg_append_attribute(out, "rx", form->radius);
}

static void
begin_group(MlPainter *painter, const MlGroup *group)
{
    const SvgPainter *self = (const SvgPainter *)painter;
    g_string_append_printf(self->out, "<g id=\"%s-%s\">", self->id, group->id);
    if (group->title != NULL) {
        g_string_append(self->out, "<title>");
        ml_svg_append_text(self->out, group->title);
        g_string_append(self->out, "</title>");
    }
    g_string_append_c(self->out, '\n');
}

static void
end_group(MlPainter *painter)
{
    g_string_append(((const SvgPainter *)painter)->out, "</g>\n");
}

static void
fill(MlPainter *painter, const MlForm *form, MlInk ink, double alpha, double bytes)
{
    const SvgPainter *self = (const SvgPainter *)painter;
    g_autofree char *name = ml_svg_ink_name(ink);
    begin_form(self->out, form);
    g_string_append_printf(
        self->out, " class=\"f-%s\" fill=\"%s\"", name, self->theme->colour[ink]);
    if (alpha < 1)
        ml_svg_append_attribute(self->out, "fill-opacity", alpha);
    if (bytes > 0)
        ml_svg_append_attribute(self->out, "data-bytes", bytes);
    g_string_append(self->out, "/>\n");
}

static void
append_pattern_id(const SvgPainter *self, MlRole role, gboolean fine)
{
    g_string_append_printf(
        self->out, "%s-pattern-%s%s", self->id, ml_role_id(role), fine ? "-fine" : "");
}

static void
fill_pattern(MlPainter *painter, const MlForm *form, MlRole role, gboolean fine)
{
    const SvgPainter *self = (const SvgPainter *)painter;
    if (role == ML_ROLE_DATA)
        return;
    begin_form(self->out, form);
    g_string_append(self->out, " fill=\"url(#");
    append_pattern_id(self, role, fine);
    g_string_append(self->out, ")\"/>\n");
}

static void
stroke(MlPainter *painter, const MlForm *form, const MlStroke *stroke)
{
    const SvgPainter *self = (const SvgPainter *)painter;
    g_autofree char *name = ml_svg_ink_name(stroke->ink);
    begin_form(self->out, form);
    g_string_append_printf(self->out,
        " class=\"s-%s\" fill=\"none\" stroke=\"%s\"",
        name,
        self->theme->colour[stroke->ink]);
    ml_svg_append_attribute(self->out, "stroke-width", stroke->width);
    if (stroke->dash[0] > 0) {
        g_string_append(self->out, " stroke-dasharray=\"");
        ml_svg_append_number(self->out, stroke->dash[0]);
        g_string_append_c(self->out, ' ');
        ml_svg_append_number(self->out, stroke->dash[1]);
        g_string_append_c(self->out, '"');
    }
    if (stroke->round)
        g_string_append(self->out, " stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    g_string_append(self->out, "/>\n");
}

static void
append_type(GString *out, MlType type)
{
    static const char *const weights[] = { NULL, "600", "700" };
    ml_svg_append_attribute(out, "font-size", type.size);
    if (weights[type.weight] != NULL)
        g_string_append_printf(out, " font-weight=\"%s\"", weights[type.weight]);
    if (type.mono)
        g_string_append(out, " font-family=\"" ML_FAMILY_MONO "\"");
}

/* A halo lies under all letters of its text: one would cover the other's edge else. */
static void
text_as_outlines(const SvgPainter *self, const MlItem *item, MlStroke halo)
{
    const MlText *text = &item->text;
    g_autofree char *name = ml_svg_ink_name(text->ink);
    g_autoptr(GString) uses = g_string_new(NULL);
    ml_svg_glyphs_append(self->glyphs, uses, self->scene->metrics, item);
    g_string_append_printf(self->out,
        "<g class=\"f-%s\" fill=\"%s\" aria-label=\"",
        name,
        self->theme->colour[text->ink]);
    ml_svg_append_text(self->out, text->string);
    g_string_append(self->out, "\">");
    if (halo.width > 0) {
        g_string_append_printf(
            self->out, "<g stroke=\"%s\" stroke-linejoin=\"round\"", self->theme->colour[halo.ink]);
        ml_svg_append_attribute(self->out, "stroke-width", halo.width);
        g_string_append_printf(self->out, ">%s</g>", uses->str);
    }
    g_string_append_printf(self->out, "%s</g>\n", uses->str);
}

static void
text(MlPainter *painter, const MlItem *item, MlStroke halo)
{
    static const char *const anchors[] = { NULL, "middle", "end" };
    const SvgPainter *self = (const SvgPainter *)painter;
    const MlText *text = &item->text;
    if (self->glyphs != NULL) {
        text_as_outlines(self, item, halo);
        return;
    }
    g_autofree char *name = ml_svg_ink_name(text->ink);
    g_string_append_printf(
        self->out, "<text class=\"f-%s%s\"", name, text->type.mono ? " mono" : "");
    if (strstr(text->string, "  ") != NULL) /* which SVG would make one blank of */
        g_string_append(self->out, " xml:space=\"preserve\"");
    ml_svg_append_attribute(self->out, "x", text->at.x);
    ml_svg_append_attribute(self->out, "y", text->at.y);
    append_type(self->out, text->type);
    if (anchors[text->anchor] != NULL)
        g_string_append_printf(self->out, " text-anchor=\"%s\"", anchors[text->anchor]);
    g_string_append_printf(self->out, " fill=\"%s\"", self->theme->colour[text->ink]);
    if (halo.width > 0) {
        g_string_append_printf(self->out,
            " stroke=\"%s\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            self->theme->colour[halo.ink]);
        ml_svg_append_attribute(self->out, "stroke-width", halo.width);
    }
    if (self->scene->letters == ML_LETTERS_FIXED) {
        ml_svg_append_attribute(self->out, "textLength", item->box.w);
        g_string_append(self->out, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    g_string_append_c(self->out, '>');
    ml_svg_append_text(self->out, text->string);
    g_string_append(self->out, "</text>\n");
}

static void
append_pattern(const SvgPainter *self, MlRole role, gboolean fine)
{
    g_auto(MlPattern) pattern = { 0 };
    if (!ml_pattern_init(&pattern, role, fine ? ML_PATTERN_FINE : 1))
        return;
    MlInk ink = ml_ink_of(ML_INK_PATTERN, role);
    const char *colour = self->theme->colour[ink];
    g_autofree char *name = ml_svg_ink_name(ink);
    g_string_append(self->out, "<pattern id=\"");
    append_pattern_id(self, role, fine);
    g_string_append(self->out, "\" patternUnits=\"userSpaceOnUse\"");
    ml_svg_append_attribute(self->out, "width", pattern.w);
    ml_svg_append_attribute(self->out, "height", pattern.h);
    g_string_append(self->out, "><path");
    ml_svg_append_outline(self->out, pattern.outline);
    if (pattern.stroke > 0) {
        g_string_append_printf(
            self->out, " class=\"s-%s\" fill=\"none\" stroke=\"%s\"", name, colour);
        ml_svg_append_attribute(self->out, "stroke-width", pattern.stroke);
        ml_svg_append_attribute(self->out, "stroke-opacity", self->theme->pattern_alpha);
    } else {
        g_string_append_printf(self->out, " class=\"f-%s\" fill=\"%s\"", name, colour);
        ml_svg_append_attribute(self->out, "fill-opacity", self->theme->pattern_alpha);
    }
    g_string_append(self->out, "/></pattern>\n");
}

static void
append_patterns_in_use(const SvgPainter *self)
{
    gboolean in_use[ML_N_ROLES][2] = { { FALSE } };
    for (guint i = 0; i < self->scene->items->len; i++) {
        const MlItem *item = ml_scene_item(self->scene, i);
        if (!ml_scene_shows(self->scene, item))
            continue;
        if (item->kind == ML_ITEM_CELL)
            in_use[item->cell.role][ml_paint_is_fine(item)] = TRUE;
        if (item->kind == ML_ITEM_AREA)
            in_use[item->area.role][item->area.fine] = TRUE;
    }
    g_string_append(self->out, "<defs>\n");
    for (int role = 0; role < ML_N_ROLES; role++)
        for (int fine = 0; fine <= 1; fine++)
            if (in_use[role][fine])
                append_pattern(self, (MlRole)role, fine);
    g_string_append(self->out, "</defs>\n");
}

/* Attributes carry the theme, for programs that know no style sheets; this only the other one.  A
 * page keeps the picture light with class="light" on it.  That this is asked with :not() also keeps
 * out LibreOffice 7.4, which takes what stands in a media query for unconditional, but does not
 * understand such a selector. */
static void
append_style(const SvgPainter *self)
{
    GString *out = self->out;
    const MlTheme *dark = self->theme->dark;
    g_string_append(out, "<style>.mono{font-variant-ligatures:none}");
    if (dark != NULL) {
        g_string_append(out, "@media(prefers-color-scheme:dark){");
        for (int ink = ML_INK_TEXT; ink < ML_N_INKS; ink++) {
            const char *colour = dark->colour[ink];
            if (strcmp(colour, self->theme->colour[ink]) == 0)
                continue;
            g_autofree char *name = ml_svg_ink_name((MlInk)ink);
            g_string_append_printf(out, "#%s:not(.light) .f-%s{fill:%s}", self->id, name, colour);
            g_string_append_printf(out, "#%s:not(.light) .s-%s{stroke:%s}", self->id, name, colour);
        }
        g_string_append_c(out, '}');
    }
    g_string_append(out, "</style>\n");
}

static void
append_head(const SvgPainter *self, double scale)
{
    GString *out = self->out;
    const MlScene *scene = self->scene;
    g_string_append_printf(out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"%s\" role=\"img\" "
        "lang=\"%s\" xml:lang=\"%s\" aria-labelledby=\"%s-title %s-desc\"%s",
        self->id,
        scene->language,
        scene->language,
        self->id,
        self->id,
        self->glyphs != NULL ? " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                             : " font-family=\"" ML_FAMILY_SANS "\"");
    ml_svg_append_attribute(out, "width", round(scene->width * scene->zoom * scale));
    ml_svg_append_attribute(out, "height", round(scene->height * scene->zoom * scale));
    g_string_append(out, " viewBox=\"0 0 ");
    ml_svg_append_number(out, scene->width);
    g_string_append_c(out, ' ');
    ml_svg_append_number(out, scene->height);
    g_string_append_printf(out, "\">\n<title id=\"%s-title\">", self->id);
    ml_svg_append_text(out, ml_frames_title(scene));
    g_string_append_printf(out, "</title>\n<desc id=\"%s-desc\">", self->id);
    g_autofree char *description = ml_frames_description(scene);
    ml_svg_append_text(out, description);
    g_string_append(out, "</desc>\n");
}

/* Hangs on what is drawn and how, and on nothing else. */
static char *
document_id(const MlScene *scene, const MlTheme *theme)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *description = ml_frames_description(scene);
    g_checksum_update(checksum, (const guchar *)ml_frames_title(scene), -1);
    g_checksum_update(checksum, (const guchar *)description, -1);
    g_checksum_update(checksum, (const guchar *)theme->name, -1);
    return g_strdup_printf("%s-%.*s", scene->id, ID_DIGITS, g_checksum_get_string(checksum));
}

GString *
ml_svg_render(const MlScene *scene, const MlTheme *theme, double scale)
{
    SvgPainter painter = {
        .base = {
            .begin_group = begin_group,
            .end_group = end_group,
            .fill = fill,
            .fill_pattern = fill_pattern,
            .stroke = stroke,
            .text = text,
        },
        .out = g_string_new(NULL),
        .scene = scene,
        .theme = theme,
        .id = document_id(scene, theme),
    };
    if (scene->letters == ML_LETTERS_OUTLINES)
        painter.glyphs = ml_svg_glyphs_new(painter.id);
    append_head(&painter, scale);
    append_style(&painter);
    append_patterns_in_use(&painter);
    ml_paint_scene(scene, theme, &painter.base);
    if (painter.glyphs != NULL)
        ml_svg_glyphs_append_definitions(painter.glyphs, painter.out);
    g_string_append(painter.out, "</svg>\n");
    ml_svg_glyphs_free(painter.glyphs);
    g_free(painter.id);
    return painter.out;
}

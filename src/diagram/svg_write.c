#include "diagram/svg_write.h"

#include <string.h>

#include "base/text.h"

void
ml_svg_append_number(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(buffer, sizeof buffer, "%.2f", value);
    size_t length = strlen(buffer);
    while (buffer[length - 1] == '0')
        length--;
    if (buffer[length - 1] == '.')
        length--;
    buffer[length] = '\0';
    g_string_append(out, strcmp(buffer, "-0") == 0 ? "0" : buffer);
}

void
ml_svg_append_attribute(GString *out, const char *name, double value)
{
    g_string_append_printf(out, " %s=\"", name);
    ml_svg_append_number(out, value);
    g_string_append_c(out, '"');
}

void
ml_svg_append_text(GString *out, const char *text)
{
    g_autofree char *clean = ml_text_clean(text);
    g_autofree char *escaped = g_markup_escape_text(clean, -1);
    g_string_append(out, escaped);
}

char *
ml_svg_ink_name(MlInk ink)
{
    static const char *const plain[] = { "none", "text", "muted", "faint", "grid", "background" };
    static const char *const families[] = { "fill", "line", "on", "pattern" };
    if (ink < ML_INK_FILL)
        return g_strdup(plain[ink]);
    int beyond = (int)ink - ML_INK_FILL;
    return g_strdup_printf(
        "%s-%s", families[beyond / ML_N_ROLES], ml_role_id((MlRole)(beyond % ML_N_ROLES)));
}

static void
append_point(GString *out, const char *before, MlPoint point)
{
    g_string_append(out, before);
    ml_svg_append_number(out, point.x);
    g_string_append_c(out, ' ');
    ml_svg_append_number(out, point.y);
}

/* Most are level or upright, and then one coordinate is enough. */
static void
append_line(GString *out, MlPoint from, MlPoint to)
{
    if (from.y == to.y) {
        g_string_append_c(out, 'H');
        ml_svg_append_number(out, to.x);
    } else if (from.x == to.x) {
        g_string_append_c(out, 'V');
        ml_svg_append_number(out, to.y);
    } else {
        append_point(out, "L", to);
    }
}

void
ml_svg_append_outline(GString *out, const MlOutline *outline)
{
    g_string_append(out, " d=\"");
    for (guint i = 0; i < outline->len; i++) {
        const MlSeg *seg = ml_outline_seg(outline, i);
        switch (seg->op) {
        case ML_SEG_MOVE:
            append_point(out, "M", seg->to);
            break;
        case ML_SEG_LINE:
            append_line(out, ml_outline_seg(outline, i - 1)->to, seg->to);
            break;
        case ML_SEG_CURVE:
            append_point(out, "C", seg->c1);
            append_point(out, " ", seg->c2);
            append_point(out, " ", seg->to);
            break;
        case ML_SEG_CLOSE:
            g_string_append_c(out, 'Z');
            break;
        }
    }
    g_string_append_c(out, '"');
}

#include "diagram/size.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

#define MOST 16384.0
#define ZOOM_LARGE 1.5
#define SLIDE_PT 0.5     /* 1920 px are the 13.3 inches of a slide */
#define HANDOUT_PT 0.375 /* 842 pt, the long side of A4; the smallest letters are of 10.5 pt */
#define COLUMN_PT 0.2126 /* 90 mm, a column of a paper; the smallest letters are of 6 pt */

static const MlSize sizes[] = {
    { "16:9", 1920, 1080, SLIDE_PT },
    { "4:3", 1440, 1080, SLIDE_PT },
    { "a4", 2245, 1587, HANDOUT_PT },
    { "column", 1200, 1280, COLUMN_PT },
};

MlSize
ml_size_slide(void)
{
    return sizes[0];
}

static gboolean
parse_px(const char *text, MlSize *ret_size)
{
    g_auto(GStrv) sides = g_strsplit(text, "x", 2);
    guint64 width;
    guint64 height;
    if (g_strv_length(sides) != 2 ||
        !g_ascii_string_to_unsigned(sides[0], 10, 1, 1000000, &width, NULL) ||
        !g_ascii_string_to_unsigned(sides[1], 10, 1, 1000000, &height, NULL))
        return FALSE;
    *ret_size = (MlSize){ NULL, (double)width, (double)height, SLIDE_PT };
    return TRUE;
}

gboolean
ml_size_parse(const char *text, MlSize *ret_size, GError **error)
{
    MlSize size;
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
        if (strcmp(sizes[i].name, text) == 0) {
            *ret_size = sizes[i];
            return TRUE;
        }
    if (!parse_px(text, &size)) {
        g_autofree char *quoted = ml_text_quote(text);
        return ml_fail(error,
            ML_ERROR_USAGE,
            "unknown size %s: there are 16:9, 4:3, a4, column, or WIDTHxHEIGHT in px, such as "
            "1600x1200",
            quoted);
    }
    if (size.width < ML_SIZE_LEAST_WIDTH || size.height < ML_SIZE_LEAST_HEIGHT ||
        size.width > MOST || size.height > MOST) {
        return ml_fail(error,
            ML_ERROR_USAGE,
            "a picture takes %.0fx%.0f to %.0fx%.0f px, not %.0fx%.0f; --scale makes a PNG of the "
            "same picture smaller or larger",
            ML_SIZE_LEAST_WIDTH,
            ML_SIZE_LEAST_HEIGHT,
            MOST,
            MOST,
            size.width,
            size.height);
    }
    *ret_size = size;
    return TRUE;
}

double
ml_size_zoom_large(const MlSize *size)
{
    double room = fmin(size->width / ML_SIZE_LEAST_WIDTH, size->height / ML_SIZE_LEAST_HEIGHT);
    return fmax(fmin(ZOOM_LARGE, room), 1);
}

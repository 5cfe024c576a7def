#include "diagram/heading.h"

#include <string.h>

#include "diagram/label.h"

#define BASELINE 112
#define FIRST_OF_TWO 76
#define SECOND_OF_TWO 123
#define ELLIPSIS "…"

static double
room(const MlScene *scene)
{
    return scene->width - 2 * ML_SCENE_MARGIN;
}

static void
draw_line(MlScene *scene, double baseline, MlType type, const char *words)
{
    MlPoint at = { ML_SCENE_MARGIN, baseline };
    ml_scene_text(scene, at, ML_ANCHOR_START, type, ML_INK_TEXT, words);
}

static gboolean
fits(MlScene *scene, const char *words)
{
    return ml_metrics_width(scene->metrics, words, ML_TYPE_TITLE_LONG) <= room(scene);
}

static gboolean
begin_fits(MlScene *scene, const char *text, gsize bytes)
{
    g_autofree char *begin = g_strndup(text, bytes);
    return fits(scene, begin);
}

/* How many bytes of @text fit into a line: whole words, or where not even one fits, letters. */
static gsize
bytes_that_fit(MlScene *scene, const char *text)
{
    gsize bytes = 0;
    for (gsize end = strcspn(text, " "); begin_fits(scene, text, end);
         end += 1 + strcspn(text + end + 1, " ")) {
        bytes = end;
        if (text[end] == '\0')
            return bytes;
    }
    if (bytes > 0)
        return bytes;
    for (const char *next = g_utf8_next_char(text); begin_fits(scene, text, (gsize)(next - text));
         next = g_utf8_next_char(next))
        bytes = (gsize)(next - text);
    return bytes;
}

/* The beginning of @text, with dots where there is more. */
static char *
cut(MlScene *scene, const char *text)
{
    if (fits(scene, text))
        return g_strdup(text);
    for (const char *end = text + bytes_that_fit(scene, text); end > text;
         end = g_utf8_prev_char(end)) {
        g_autofree char *begin = g_strndup(text, (gsize)(end - text));
        char *shown = g_strconcat(g_strchomp(begin), ELLIPSIS, NULL);
        if (fits(scene, shown))
            return shown;
        g_free(shown);
    }
    return g_strdup(ELLIPSIS);
}

static gboolean
fits_two_lines(MlScene *scene, const char *words)
{
    const char *rest = words + bytes_that_fit(scene, words);
    return fits(scene, rest + strspn(rest, " "));
}

/* Bytes of the first of two lines: where all fits, both about as long. */
static gsize
bytes_of_first_line(MlScene *scene, const char *words)
{
    gsize most = bytes_that_fit(scene, words);
    gsize all = strlen(words);
    for (const char *blank = strchr(words, ' '); blank != NULL; blank = strchr(blank + 1, ' ')) {
        gsize first = (gsize)(blank - words);
        if (first >= all / 2 && first < most && most < all && fits(scene, blank + 1))
            return first;
    }
    return most;
}

static void
draw_two_lines(MlScene *scene, const char *words)
{
    gsize first = bytes_of_first_line(scene, words);
    const char *rest = words + first + strspn(words + first, " ");
    g_autofree char *line = g_strndup(words, first);
    if (*rest == '\0') {
        draw_line(scene, BASELINE, ML_TYPE_TITLE_LONG, line);
        return;
    }
    g_autofree char *end = cut(scene, rest);
    draw_line(scene, FIRST_OF_TWO, ML_TYPE_TITLE_LONG, line);
    draw_line(scene, SECOND_OF_TWO, ML_TYPE_TITLE_LONG, end);
}

void
ml_heading_draw(MlScene *scene, const char *const *ladder)
{
    MlPoint at = { ML_SCENE_MARGIN, BASELINE };
    const char *last = ladder[0];
    for (; *ladder != NULL; ladder++) {
        last = *ladder;
        if (ml_label(scene,
                at,
                ML_ANCHOR_START,
                ML_TYPE_TITLE,
                ML_INK_TEXT,
                room(scene),
                ML_LADDER(last)) != NULL)
            return;
        if (fits_two_lines(scene, last))
            break;
    }
    draw_two_lines(scene, last);
}

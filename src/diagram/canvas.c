#include "diagram/canvas.h"

enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8, N_JOINTS = 16 };

typedef struct {
    gunichar letter; /* 0: none */
    guint8 joint;    /* the directions in which lines leave */
    int style;
} Place;

struct MlCanvas {
    int columns;
    int rows;
    Place *places;
};

MlCanvas *
ml_canvas_new(int columns, int rows)
{
    MlCanvas *canvas = g_new0(MlCanvas, 1);
    canvas->columns = columns;
    canvas->rows = rows;
    canvas->places = g_new0(Place, (gsize)columns * (gsize)rows);
    return canvas;
}

void
ml_canvas_free(MlCanvas *canvas)
{
    if (canvas == NULL)
        return;
    g_free(canvas->places);
    g_free(canvas);
}

static Place *
place_at(const MlCanvas *canvas, int x, int y)
{
    if (x < 0 || y < 0 || x >= canvas->columns || y >= canvas->rows)
        return NULL;
    return &canvas->places[y * canvas->columns + x];
}

void
ml_canvas_text(MlCanvas *canvas, int x, int y, const char *text, int style)
{
    for (; *text != '\0'; text = g_utf8_next_char(text), x++) {
        Place *place = place_at(canvas, x, y);
        if (place == NULL)
            continue;
        place->letter = g_utf8_get_char(text);
        place->style = style;
    }
}

static void
join(MlCanvas *canvas, int x, int y, guint8 directions)
{
    Place *place = place_at(canvas, x, y);
    if (place != NULL)
        place->joint |= directions;
}

void
ml_canvas_line(MlCanvas *canvas, int x0, int y0, int x1, int y1)
{
    for (int x = MIN(x0, x1); x < MAX(x0, x1); x++) {
        join(canvas, x, y0, RIGHT);
        join(canvas, x + 1, y0, LEFT);
    }
    for (int y = MIN(y0, y1); y < MAX(y0, y1); y++) {
        join(canvas, x0, y, DOWN);
        join(canvas, x0, y + 1, UP);
    }
}

void
ml_canvas_post(MlCanvas *canvas, int x, int y)
{
    join(canvas, x, y, UP | DOWN);
}

void
ml_canvas_box(MlCanvas *canvas, int x0, int y0, int x1, int y1)
{
    ml_canvas_line(canvas, x0, y0, x1, y0);
    ml_canvas_line(canvas, x0, y1, x1, y1);
    ml_canvas_line(canvas, x0, y0, x0, y1);
    ml_canvas_line(canvas, x1, y0, x1, y1);
}

static gunichar
joint_letter(guint8 joint, gboolean ascii)
{
    static const gunichar lines[N_JOINTS] = {
        [0] = ' ',
        [UP] = 0x2502,
        [DOWN] = 0x2502,
        [UP | DOWN] = 0x2502,
        [LEFT] = 0x2500,
        [RIGHT] = 0x2500,
        [LEFT | RIGHT] = 0x2500,
        [DOWN | RIGHT] = 0x250c,
        [DOWN | LEFT] = 0x2510,
        [UP | RIGHT] = 0x2514,
        [UP | LEFT] = 0x2518,
        [UP | DOWN | RIGHT] = 0x251c,
        [UP | DOWN | LEFT] = 0x2524,
        [DOWN | LEFT | RIGHT] = 0x252c,
        [UP | LEFT | RIGHT] = 0x2534,
        [UP | DOWN | LEFT | RIGHT] = 0x253c,
    };
    gunichar letter = lines[joint];
    if (!ascii || letter == ' ')
        return letter;
    return letter == 0x2502 ? '|' : letter == 0x2500 ? '-' : '+';
}

static gunichar
ascii_letter(gunichar letter)
{
    switch (letter) {
    case 0x2026: /* … */
        return '~';
    case 0x2022: /* • */
        return '*';
    case 0x202f: /* between thousands */
        return ' ';
    case 0x2212: /* − */
    case 0x2013: /* – */
        return '-';
    case 0xb1: /* ± */
        return '+';
    case 0xd7: /* × */
        return 'x';
    case 0x2192: /* → */
        return '>';
    default:
        return letter < 0x80 ? letter : '?';
    }
}

static gunichar
shown_letter(const Place *place, gboolean ascii)
{
    if (place->letter == 0)
        return joint_letter(place->joint, ascii);
    return ascii ? ascii_letter(place->letter) : place->letter;
}

static int
shown_style(const Place *place)
{
    return place->letter != 0 ? place->style : ML_CANVAS_PLAIN;
}

static int
row_length(const MlCanvas *canvas, int y)
{
    const Place *row = &canvas->places[y * canvas->columns];
    int length = canvas->columns;
    while (length > 0 && shown_letter(&row[length - 1], FALSE) == ' ')
        length--;
    return length;
}

/* Neighbours of one style become one run. */
static void
append_row(GString *text, const MlCanvas *canvas, int y, gboolean ascii)
{
    const Place *row = &canvas->places[y * canvas->columns];
    int length = row_length(canvas, y);
    for (int x = 0; x < length;) {
        int style = shown_style(&row[x]);
        g_autoptr(GString) run = g_string_new(NULL);
        for (; x < length; x++) {
            if (shown_style(&row[x]) != style)
                break;
            g_string_append_unichar(run, shown_letter(&row[x], ascii));
        }
        g_autofree char *styled = style == ML_CANVAS_PLAIN
                                      ? g_strdup(run->str)
                                      : ml_text_styled((MlStyle)style, run->str);
        g_string_append(text, styled);
    }
    g_string_append_c(text, '\n');
}

char *
ml_canvas_to_text(const MlCanvas *canvas, gboolean ascii)
{
    GString *text = g_string_new(NULL);
    for (int y = 0; y < canvas->rows; y++)
        append_row(text, canvas, y, ascii);
    return g_string_free(text, FALSE);
}

char *
ml_canvas_words(const char *words, gboolean ascii, int columns)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    for (const char *at = words; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        g_string_append_unichar(shown, ascii ? ascii_letter(letter) : letter);
    }
    return ml_text_wrap(shown->str, columns, 0);
}

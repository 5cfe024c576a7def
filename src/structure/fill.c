#include "structure/fill.h"

#include <stddef.h>

enum { NUMBER_MAX = 9999, LEAST_WHOLE = 16, MOST = 16 };

/* Returns: what follows the number; NULL: there is none. */
static const char *
read_number(const char *text, uint32_t *ret_number)
{
    const char *start = text;
    *ret_number = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        *ret_number = *ret_number * 10 + (uint32_t)(*text - '0');
        if (*ret_number > NUMBER_MAX)
            return NULL;
    }
    return text > start ? text : NULL;
}

bool
ml_fill_parse(const char *text, MlFill *ret_fill)
{
    MlFill fill = { .whole = 1 };
    text = read_number(text, &fill.part);
    if (text != NULL && *text == '%') {
        fill.whole = 100;
        text++;
    } else if (text != NULL && *text == '/') {
        text = read_number(text + 1, &fill.whole);
    }
    *ret_fill = fill;
    return text != NULL && *text == '\0' && fill.whole > 0 &&
           fill.part * LEAST_WHOLE >= fill.whole && fill.part <= MOST * fill.whole;
}

bool
ml_fill_accepts_open(const char *text)
{
    MlFill fill;
    return ml_fill_parse(text, &fill) && fill.part < fill.whole;
}

bool
ml_fill_accepts_chained(const char *text)
{
    MlFill fill;
    return ml_fill_parse(text, &fill);
}

uint64_t
ml_fill_room(MlFill fill, uint64_t n_slots)
{
    uint64_t whole = n_slots / fill.whole * fill.part; /* without overflow */
    return whole + n_slots % fill.whole * fill.part / fill.whole;
}

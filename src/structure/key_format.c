#include "structure/key_format.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WIDTH = 20 }; /* digits of 2^64 - 1 */

/* Copies literal text up to the next directive.  Returns: where it stopped. */
static const char *
read_literal(const char *text, char *ret_literal, uint32_t *ret_length)
{
    uint32_t length = 0;
    while (*text != '\0' && (text[0] != '%' || text[1] == '%')) {
        text += text[0] == '%';
        ret_literal[length++] = *text++;
    }
    *ret_length = length;
    return text;
}

bool
ml_key_format_parse(const char *text, MlKeyFormat *ret_format)
{
    MlKeyFormat *format = ret_format;
    if (strlen(text) >= ML_OPTION_TEXT_SIZE)
        return false;
    text = read_literal(text, format->prefix, &format->prefix_length);
    if (*text++ != '%')
        return false;
    format->fill = *text == '0' ? '0' : ' ';
    format->width = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        format->width = format->width * 10 + (uint32_t)(*text - '0');
        if (format->width > MAX_WIDTH)
            return false;
    }
    if (*text != 'i' && *text != 'd')
        return false;
    return *read_literal(text + 1, format->suffix, &format->suffix_length) == '\0';
}

bool
ml_key_format_accepts(const char *text)
{
    MlKeyFormat format;
    return ml_key_format_parse(text, &format);
}

bool
ml_key_length_accepts(const char *text)
{
    return ml_option_is_count(text, ML_KEY_LENGTH_MAX);
}

void
ml_key_format_init(MlKeyFormat *format, const char *text, const char *length)
{
    ml_key_format_parse(text, format);
    uint32_t least = (uint32_t)strtoul(length, NULL, 10);
    uint32_t literal = format->prefix_length + format->suffix_length;
    if (least <= literal + format->width)
        return;
    if (format->width == 0)
        format->fill = '0';
    format->width = least - literal;
}

static uint32_t
count_digits(uint64_t i)
{
    uint32_t digits = 1;
    for (; i >= 10; i /= 10)
        digits++;
    return digits;
}

size_t
ml_key_format_write(const MlKeyFormat *format, uint64_t i, char ret_key[ML_KEY_MAX])
{
    uint32_t digits = count_digits(i);
    uint32_t blanks = digits < format->width ? format->width - digits : 0;
    char *end = ret_key;
    memcpy(end, format->prefix, format->prefix_length);
    end += format->prefix_length;
    memset(end, format->fill, blanks);
    end += blanks + digits;
    for (char *digit = end; digits-- > 0; i /= 10)
        *--digit = (char)('0' + i % 10);
    memcpy(end, format->suffix, format->suffix_length);
    end += format->suffix_length;
    *end = '\0';
    return (size_t)(end - ret_key);
}

uint64_t
ml_key_format_run(const MlKeyFormat *format, uint64_t i, uint64_t end, uint64_t *ret_length)
{
    uint32_t digits = count_digits(i);
    if (digits < format->width)
        digits = format->width;
    *ret_length = format->prefix_length + digits + format->suffix_length;
    uint64_t longer = 1; /* the first number with more digits than that */
    for (uint32_t k = 0; k < digits; k++)
        if (__builtin_mul_overflow(longer, 10u, &longer))
            return end;
    return longer < end ? longer : end;
}

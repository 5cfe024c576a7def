#include "structure/value_rule.h"

#include <stddef.h>

typedef struct {
    const char *text;
    bool failed;
} Reader;

static char
peek(Reader *reader)
{
    while (*reader->text == ' ')
        reader->text++;
    return *reader->text;
}

/* A number or i.  `is_i` tells which; the number of i is 1. */
static int64_t
read_factor(Reader *reader, bool *ret_is_i)
{
    *ret_is_i = peek(reader) == 'i';
    if (*ret_is_i) {
        reader->text++;
        return 1;
    }
    int64_t value = 0;
    const char *start = reader->text;
    for (; *reader->text >= '0' && *reader->text <= '9'; reader->text++)
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *reader->text - '0', &value))
            reader->failed = true;
    if (reader->text == start)
        reader->failed = true;
    return value;
}

static void
read_term(Reader *reader, int64_t sign, MlValueRule *rule)
{
    bool is_i;
    int64_t value = read_factor(reader, &is_i);
    if (peek(reader) == '*') {
        reader->text++;
        bool second_is_i;
        int64_t second = read_factor(reader, &second_is_i);
        if ((is_i && second_is_i) || __builtin_mul_overflow(value, second, &value))
            reader->failed = true;
        is_i = is_i || second_is_i;
    }
    int64_t *target = is_i ? &rule->factor : &rule->offset;
    if (__builtin_add_overflow(*target, sign * value, target))
        reader->failed = true;
}

bool
ml_value_rule_parse(const char *text, MlValueRule *ret_rule)
{
    Reader reader = { .text = text };
    *ret_rule = (MlValueRule){ 0 };
    int64_t sign = 1;
    if (peek(&reader) == '-') {
        sign = -1;
        reader.text++;
    }
    while (true) {
        read_term(&reader, sign, ret_rule);
        char next = peek(&reader);
        if (reader.failed || (next != '\0' && next != '+' && next != '-'))
            return false;
        if (next == '\0')
            return true;
        sign = next == '-' ? -1 : 1;
        reader.text++;
    }
}

bool
ml_value_rule_accepts(const char *text)
{
    MlValueRule rule;
    return ml_value_rule_parse(text, &rule);
}

int64_t
ml_value_rule_at(const MlValueRule *rule, uint64_t i)
{
    return (int64_t)((uint64_t)rule->factor * i + (uint64_t)rule->offset);
}

uint32_t
ml_value_write(int64_t value, char ret_text[ML_VALUE_TEXT_SIZE])
{
    char digits[ML_VALUE_TEXT_SIZE];
    uint32_t n = 0;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        digits[n++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[n++] = '-';
    for (uint32_t k = 0; k < n; k++)
        ret_text[k] = digits[n - 1 - k];
    ret_text[n] = '\0';
    return n;
}

/* How far a value of the same length may lie from zero. */
static uint64_t
longest_magnitude(int64_t value, uint32_t length)
{
    uint64_t limit = 1;
    for (uint32_t k = value < 0; k < length; k++)
        if (__builtin_mul_overflow(limit, 10u, &limit))
            return INT64_MAX;
    return limit - 1 < INT64_MAX ? limit - 1 : INT64_MAX;
}

static bool
overflows(const MlValueRule *rule, uint64_t end)
{
    int64_t value;
    return end > INT64_MAX || __builtin_mul_overflow(rule->factor, (int64_t)end, &value) ||
           __builtin_add_overflow(value, rule->offset, &value);
}

uint64_t
ml_value_rule_run(const MlValueRule *rule, uint64_t i, uint64_t end, uint32_t *ret_length)
{
    char text[ML_VALUE_TEXT_SIZE];
    int64_t value = ml_value_rule_at(rule, i);
    *ret_length = ml_value_write(value, text);
    if (rule->factor == 0)
        return end;
    if (overflows(rule, end)) {
        *ret_length = ML_VALUE_TEXT_SIZE - 1;
        return end;
    }
    /* The last value of this length in the direction in which they go. */
    bool rises = rule->factor > 0;
    uint64_t step = rises ? (uint64_t)rule->factor : -(uint64_t)rule->factor;
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint64_t limit = longest_magnitude(value, *ret_length);
    uint64_t nearest = *ret_length - (value < 0) > 1 ? limit / 10 + 1 : 0;
    if (value < 0 && nearest == 0)
        nearest = 1; /* 0 has no sign */
    bool grows = rises == (value >= 0);
    uint64_t room = grows ? limit - magnitude : magnitude - nearest;
    uint64_t run = room / step + 1;
    return run < end - i ? i + run : end;
}

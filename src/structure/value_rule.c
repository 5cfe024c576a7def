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

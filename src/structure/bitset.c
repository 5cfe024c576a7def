/* Bit set: one bit an element, 64 to a word.
 *
 * Worked example (glibc, n = 1 000 000): 15 625 words of 8 B are 125 000 B, 0.125 B of data per
 * element; a C bool would take 1 B. */
#include "core/structure.h"

#include <stdlib.h>

enum { PART_WORDS };
enum { WORD_BITS = 64 };

typedef struct {
    uint64_t n;
    uint64_t *words;
} Bitset;

static uint64_t
n_words(uint64_t n)
{
    return n / WORD_BITS + (n % WORD_BITS != 0);
}

/* [excerpt] */
static void
set_bit(uint64_t *words, uint64_t i, bool bit)
{
    uint64_t mask = UINT64_C(1) << i % 64;
    if (bit)
        words[i / 64] |= mask;
    else
        words[i / 64] &= ~mask;
}

/* Bit i is set where i is odd. */
static bool
fill(Bitset *self, uint64_t n)
{
    uint64_t *words = malloc(n_words(n) * sizeof *words);
    if (words == NULL)
        return false;
    for (uint64_t w = 0; w < n_words(n); w++)
        words[w] = 0;
    for (uint64_t i = 1; i < n; i += 2)
        set_bit(words, i, true);
    self->words = words;
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    Bitset *self = instance;
    if (n > 0 && !fill(self, n))
        return false;
    self->n = n;
    return true;
}

static void
destroy(void *instance)
{
    free(((Bitset *)instance)->words);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_WORDS], "word array", sizeof(uint64_t));
    ml_part_add(&ret_parts[PART_WORDS], "word", 0, sizeof(uint64_t), ML_ROLE_DATA, ML_FIELD_INT);
    return 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    uint64_t bytes = n_words(n) * sizeof(uint64_t);
    ml_plan_use(plan, ml_plan_alloc(plan, PART_WORDS, bytes, bytes), n_words(n));
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const Bitset *self = instance;
    uint64_t words = n_words(self->n);
    if (words > 0)
        ml_walk_block(sink, PART_WORDS, self->words, words * sizeof *self->words, words);
}

static uint64_t
count(const void *instance)
{
    return ((const Bitset *)instance)->n;
}

static int64_t
sum(const void *instance)
{
    const Bitset *self = instance;
    int64_t total = 0;
    for (uint64_t w = 0; w < n_words(self->n); w++)
        total += __builtin_popcountll(self->words[w]);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const Bitset *self = instance;
    *ret_element = (MlElement){
        .value = (int64_t)(self->words[i / WORD_BITS] >> i % WORD_BITS & 1),
        .address = (uintptr_t)&self->words[i / WORD_BITS],
        .bytes = sizeof *self->words,
    };
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    set_bit(((Bitset *)instance)->words, i, (value & 1) != 0);
}

const MlStructure ml_structure_bitset = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "bitset",
    .title = "bit set",
    .element = "1 bit",
    .summary = "n bits, 64 to a word; bit i is set where i is odd",
    .shape = ML_SHAPE_ARRAY,
    .value_bits = 1,
    .instance_size = sizeof(Bitset),
    ML_STRUCTURE_CALLS,
};

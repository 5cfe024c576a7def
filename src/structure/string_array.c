/* Array of strings: pointers to C strings, each in a block of its own.
 *
 * Worked example (glibc, "item %i", n = 1 000 000): a string of 11 or so characters and its NUL ask
 * for 12 B, and the smallest block malloc makes is 32 B: with its pointer 40 B per element, of
 * which 10.9 are text. */
#include "core/structure.h"

#include <stdlib.h>
#include <string.h>

#include "structure/key_format.h"

enum { OPTION_TEXT, OPTION_LENGTH };
enum { PART_POINTERS, PART_STRING };

typedef struct {
    uint64_t n; /* strings that exist */
    uint64_t n_pointers;
    char **strings;
    MlKeyFormat format;
} StringArray;

/* [excerpt] */
static char *
copy_string(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL)
        memcpy(copy, text, length + 1);
    return copy;
}

static bool
fill(StringArray *self, uint64_t n)
{
    char **a = malloc(n * sizeof *a);
    if (a == NULL)
        return false;
    self->strings = a;
    self->n_pointers = n;
    for (uint64_t i = 0; i < n; i++) {
        char text[ML_KEY_MAX];
        size_t length = ml_key_format_write(&self->format, i, text);
        a[i] = copy_string(text, length);
        if (a[i] == NULL)
            return false;
        self->n = i + 1;
    }
    return true;
}
/* [end] */

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    StringArray *self = instance;
    ml_key_format_init(&self->format, options->text[OPTION_TEXT], options->text[OPTION_LENGTH]);
    return n == 0 || fill(self, n);
}

static void
destroy(void *instance)
{
    StringArray *self = instance;
    for (uint64_t i = 0; i < self->n; i++)
        free(self->strings[i]);
    free(self->strings);
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    ml_part_init(&ret_parts[PART_POINTERS], "pointer array", sizeof(char *));
    ml_part_add(
        &ret_parts[PART_POINTERS], "pointer", 0, sizeof(char *), ML_ROLE_POINTER, ML_FIELD_POINTER);
    /* One element: the final NUL, which is padding; the characters lie before it. */
    ml_part_init(&ret_parts[PART_STRING], "string", 1);
    ml_part_add(&ret_parts[PART_STRING], "text", 0, 0, ML_ROLE_DATA, ML_FIELD_TEXT);
    return 2;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    if (n == 0)
        return;
    MlKeyFormat format;
    uint64_t bytes = n * sizeof(char *);
    ml_key_format_init(&format, options->text[OPTION_TEXT], options->text[OPTION_LENGTH]);
    ml_plan_use(plan, ml_plan_alloc(plan, PART_POINTERS, bytes, bytes), n);
    for (uint64_t from = 0; from < n;) {
        uint64_t length;
        uint64_t end = ml_key_format_run(&format, from, n, &length);
        ml_plan_repeat(plan, end - from, 1, &(MlRequest){ PART_STRING, length + 1 });
        from = end;
    }
    plan->capacity = n;
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const StringArray *self = instance;
    if (self->strings == NULL)
        return;
    ml_walk_block(sink,
        PART_POINTERS,
        self->strings,
        self->n_pointers * sizeof *self->strings,
        self->n_pointers);
    for (uint64_t i = 0; i < self->n; i++)
        ml_walk_block(sink, PART_STRING, self->strings[i], strlen(self->strings[i]) + 1, 1);
}

static uint64_t
count(const void *instance)
{
    return ((const StringArray *)instance)->n;
}

/* The number that a string was made from. */
static int64_t
value_of(const StringArray *self, uint64_t i)
{
    return (int64_t)strtoull(self->strings[i] + self->format.prefix_length, NULL, 10);
}

static int64_t
sum(const void *instance)
{
    const StringArray *self = instance;
    int64_t total = 0;
    for (uint64_t i = 0; i < self->n; i++)
        total += value_of(self, i);
    return total;
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const StringArray *self = instance;
    *ret_element = (MlElement){
        .value = value_of(self, i),
        .address = (uintptr_t)self->strings[i],
        .bytes = strlen(self->strings[i]) + 1,
    };
    memcpy(ret_element->key, self->strings[i], ret_element->bytes);
}

/* Another number is another string.  Where there is no memory for it, the old one stays. */
static void
put(void *instance, uint64_t i, int64_t value)
{
    StringArray *self = instance;
    char text[ML_KEY_MAX];
    size_t length = ml_key_format_write(&self->format, (uint64_t)value, text);
    char *string = copy_string(text, length);
    if (string == NULL)
        return;
    free(self->strings[i]);
    self->strings[i] = string;
}

const MlStructure ml_structure_string_array = {
    .contract = ML_STRUCTURE_CONTRACT,
    .name = "string-array",
    .title = "array of strings",
    .element = "char *a[n]",
    .summary = "pointers to C strings, each in a block of its own",
    .shape = ML_SHAPE_STRINGS,
    .n_options = 2,
    .options = {
        { .name = "text",
          .meaning = "what string number i looks like",
          .text_default = "item %i",
          .text_expected = "text with one %i, as in 'item %i'",
          .text_accepts = ml_key_format_accepts },
        { .name = "length",
          .meaning = "the least length of a string",
          .text_default = "0",
          .text_expected = ML_KEY_LENGTH_EXPECTED,
          .text_accepts = ml_key_length_accepts },
    },
    .instance_size = sizeof(StringArray),
    ML_STRUCTURE_CALLS,
};

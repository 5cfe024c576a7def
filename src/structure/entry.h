/* Keys and values of the tables: inline integers, or objects on the heap. */
#pragma once

#include "core/structure.h"
#include "structure/deleted.h"
#include "structure/fill.h"
#include "structure/key_format.h"
#include "structure/object.h"
#include "structure/value_rule.h"

/* The options every table has, in this order. */
enum {
    ML_OPTION_KEYS,
    ML_OPTION_VALUES,
    ML_OPTION_KEY_FORMAT,
    ML_OPTION_KEY_LENGTH,
    ML_OPTION_VALUE,
    ML_OPTION_FILL,
    ML_OPTION_DELETED,
};

/* clang-format off */
/* @fill_option: ML_FILL_OPEN() or ML_FILL_CHAINED() */
#define ML_ENTRY_OPTIONS(fill_option)                                                              \
    .n_options = 7,                                                                                \
    .options = {                                                                                   \
        { .name = "keys", .meaning = "int: 8 B, inline; string: a pointer to a string object",     \
          .choices = { "int", "string" } },                                                        \
        { .name = "values", .meaning = "int: 8 B, inline; boxed, string: a pointer to an object",  \
          .choices = { "int", "boxed", "string" } },                                               \
        ML_KEY_OPTIONS,                                                                            \
        { .name = "value", .meaning = "the value of key number i",                                 \
          .text_default = "i", .text_expected = "a rule in i, as in 'i*2' or '2*i + 1'",           \
          .text_accepts = ml_value_rule_accepts },                                                 \
        fill_option,                                                                               \
        ML_DELETED_OPTION,                                                                         \
    }
/* clang-format on */

/* An 8-byte place in a slot: the integer itself, or the pointer to its object. */
typedef union {
    int64_t integer;
    struct text *text;
} MlKey;

typedef union {
    int64_t integer;
    struct box *box;
    struct text *text;
} MlValue;

typedef enum { ML_VALUES_INT, ML_VALUES_BOXED, ML_VALUES_STRING } MlValueKind;

/* How the entries of one table are made; fixed when it is built. */
typedef struct {
    bool string_keys;
    MlValueKind values;
    uint64_t every; /* of how many keys that are made one stays */
    MlFill fill;
    MlKeyFormat format;
    MlValueRule rule;
} MlEntryKind;

void ml_entry_kind_init(MlEntryKind *kind, const MlOptions *options);

/**
 * ml_entry_make: key and value of entry number @i, their objects allocated: first key, then value.
 *
 * Returns: false when malloc returned NULL; nothing is then left allocated.
 */
bool ml_entry_make(const MlEntryKind *kind, uint64_t i, MlKey *ret_key, MlValue *ret_value);
void ml_entry_destroy(const MlEntryKind *kind, MlKey key, MlValue value);

/**
 * ml_entry_key_number: the key that element @i has once others were deleted.
 */
uint64_t ml_entry_key_number(const MlEntryKind *kind, uint64_t i);

/**
 * ml_key_hash: a well-mixed hash, never below ML_FIRST_HASH: what is less marks slots that are
 * empty or were emptied.  ml_key_equal: whether two keys of a kind are the same.
 */
uint64_t ml_key_hash(const MlEntryKind *kind, MlKey key);
bool ml_key_equal(const MlEntryKind *kind, MlKey a, MlKey b);

int64_t ml_value_get(const MlEntryKind *kind, MlValue value);
void ml_value_put(const MlEntryKind *kind, MlValue *value, int64_t number);

/* A key of entry number i for look-ups, without malloc. */
typedef struct {
    MlKey key;
    _Alignas(struct text) char storage[sizeof(struct text) + ML_KEY_MAX];
} MlKeyProbe;

void ml_key_probe_init(const MlEntryKind *kind, uint64_t i, MlKeyProbe *ret_probe);

/**
 * ml_entry_element: describe one entry as a cell shows it.
 * @slot: where the value lies when it is inline
 */
void ml_entry_element(const MlEntryKind *kind,
    MlKey key,
    const MlValue *slot,
    size_t slot_bytes,
    MlElement *ret_element);

/* --- parts and plan --------------------------------------------------------------------------- */

/**
 * ml_entry_made: how many entries a table of @n makes; ml_entry_fill: how full it gets.
 */
uint64_t ml_entry_made(const MlOptions *options, uint64_t n);
MlFill ml_entry_fill(const MlOptions *options);

/**
 * ml_entry_fields: add the fields hash, key, value of a slot, node or entry to its part.
 */
void ml_entry_fields(MlPart *part, const MlOptions *options, size_t hash, size_t key, size_t value);

/**
 * ml_entry_key_value: the same without a stored hash.
 */
void ml_entry_key_value(MlPart *part, const MlOptions *options, size_t key, size_t value);

/**
 * ml_entry_parts: write the parts of the objects that keys and values have under these options.
 * @n_parts: the table's own parts, already in @parts
 *
 * Returns: the number of parts now.
 */
uint32_t ml_entry_parts(const MlOptions *options, MlPart *parts, uint32_t n_parts);

/**
 * ml_entry_plan: the requests for entries @from … @end - 1, each followed by @node where its
 * request_bytes is not 0.
 * @first_part: the first part of the objects, as ml_entry_parts() was given n_parts
 */
void ml_entry_plan(const MlOptions *options,
    uint64_t from,
    uint64_t end,
    uint32_t first_part,
    MlRequest node,
    MlPlan *plan);

/**
 * ml_entry_walk: report the objects of one entry.
 */
void ml_entry_walk(
    const MlEntryKind *kind, MlKey key, MlValue value, uint32_t first_part, MlWalkSink *sink);

#define ML_ENTRIES_AHEAD 16 /* slots or buckets from one that is walked to one that is fetched */

/* Asks memory early for the objects of an entry that is soon to be walked: they lie anywhere. */
static inline void
ml_entry_fetch(const MlEntryKind *kind, MlKey key, MlValue value)
{
    if (kind->string_keys)
        ml_walk_fetch(key.text);
    if (kind->values != ML_VALUES_INT)
        ml_walk_fetch(value.box);
}

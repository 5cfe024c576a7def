/* Keys and values of the three tables: inline integers, or objects on the heap. */
#pragma once

#include "core/structure.h"
#include "structure/key_format.h"
#include "structure/object.h"
#include "structure/value_rule.h"

/* The options every table has, in this order. */
enum { ML_OPTION_KEYS, ML_OPTION_VALUES, ML_OPTION_KEY_FORMAT, ML_OPTION_VALUE };

/* clang-format off */
#define ML_ENTRY_OPTIONS                                                                           \
    .n_options = 4,                                                                                \
    .options = {                                                                                   \
        { .name = "keys", .meaning = "int: 8 B, inline; string: a pointer to a string object",     \
          .choices = { "int", "string" } },                                                        \
        { .name = "values", .meaning = "int: 8 B, inline; boxed: a pointer to a box",              \
          .choices = { "int", "boxed" } },                                                         \
        { .name = "key_format", .meaning = "what string keys look like; implies keys=string",      \
          .text_default = "key: %i", .text_expected = "text with one %i, as in 'key: %i'",         \
          .text_accepts = ml_key_format_accepts,                                                   \
          .implies_name = "keys", .implies_value = "string" },                                     \
        { .name = "value", .meaning = "the value of key number i",                                 \
          .text_default = "i", .text_expected = "a rule in i, as in 'i*2' or '2*i + 1'",           \
          .text_accepts = ml_value_rule_accepts },                                                 \
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
} MlValue;

/* How the entries of one table are made; fixed when it is built. */
typedef struct {
    bool string_keys;
    bool boxed_values;
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
 * ml_key_hash: a well-mixed hash, never 0.  ml_key_equal: whether two keys of a kind are the same.
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

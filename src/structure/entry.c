#include "structure/entry.h"

#include <stdlib.h>
#include <string.h>

void
ml_entry_kind_init(MlEntryKind *kind, const MlOptions *options)
{
    kind->string_keys = options->choice[ML_OPTION_KEYS] == 1;
    kind->boxed_values = options->choice[ML_OPTION_VALUES] == 1;
    /* Both texts were accepted when the options were set. */
    ml_key_format_parse(options->text[ML_OPTION_KEY_FORMAT], &kind->format);
    ml_value_rule_parse(options->text[ML_OPTION_VALUE], &kind->rule);
}

static size_t
text_bytes(uint64_t length)
{
    return sizeof(struct text) + length + 1;
}

static struct text *
make_text(const char *chars, size_t length)
{
    struct text *text = malloc(text_bytes(length));
    if (text == NULL)
        return NULL;
    *text = (struct text){ .refs = 1, .type = ml_str_type, .length = (int64_t)length };
    memcpy(text->chars, chars, length + 1);
    return text;
}

static struct box *
make_box(int64_t value)
{
    struct box *box = malloc(sizeof *box);
    if (box != NULL)
        *box = (struct box){ .refs = 1, .type = ml_int_type, .value = value };
    return box;
}

bool
ml_entry_make(const MlEntryKind *kind, uint64_t i, MlKey *ret_key, MlValue *ret_value)
{
    MlKey key = { .integer = (int64_t)i };
    if (kind->string_keys) {
        char chars[ML_KEY_MAX];
        size_t length = ml_key_format_write(&kind->format, i, chars);
        key.text = make_text(chars, length);
        if (key.text == NULL)
            return false;
    }
    MlValue value = { .integer = ml_value_rule_at(&kind->rule, i) };
    if (kind->boxed_values) {
        value.box = make_box(value.integer);
        if (value.box == NULL) {
            if (kind->string_keys)
                free(key.text);
            return false;
        }
    }
    *ret_key = key;
    *ret_value = value;
    return true;
}

void
ml_entry_destroy(const MlEntryKind *kind, MlKey key, MlValue value)
{
    if (kind->string_keys)
        free(key.text);
    if (kind->boxed_values)
        free(value.box);
}

/* Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014), mix64:
 * neighbouring keys land far apart, so that every page of a table is touched. */
static uint64_t
mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

uint64_t
ml_key_hash(const MlEntryKind *kind, MlKey key)
{
    uint64_t hash = (uint64_t)key.integer;
    if (kind->string_keys) {
        /* Source: FNV-1a, 64 bit. */
        hash = UINT64_C(0xcbf29ce484222325);
        for (int64_t i = 0; i < key.text->length; i++)
            hash = (hash ^ (uint8_t)key.text->chars[i]) * UINT64_C(0x100000001b3);
    }
    hash = mix(hash);
    return hash == 0 ? 1 : hash; /* 0 marks an empty slot */
}

bool
ml_key_equal(const MlEntryKind *kind, MlKey a, MlKey b)
{
    if (!kind->string_keys)
        return a.integer == b.integer;
    return a.text->length == b.text->length &&
           memcmp(a.text->chars, b.text->chars, (size_t)a.text->length) == 0;
}

int64_t
ml_value_get(const MlEntryKind *kind, MlValue value)
{
    return kind->boxed_values ? value.box->value : value.integer;
}

void
ml_value_put(const MlEntryKind *kind, MlValue *value, int64_t number)
{
    if (kind->boxed_values)
        value->box->value = number;
    else
        value->integer = number;
}

void
ml_key_probe_init(const MlEntryKind *kind, uint64_t i, MlKeyProbe *ret_probe)
{
    ret_probe->key.integer = (int64_t)i;
    if (!kind->string_keys)
        return;
    struct text *text = (void *)ret_probe->storage;
    text->length = (int64_t)ml_key_format_write(&kind->format, i, text->chars);
    ret_probe->key.text = text;
}

void
ml_entry_element(const MlEntryKind *kind,
    MlKey key,
    const MlValue *slot,
    size_t slot_bytes,
    MlElement *ret_element)
{
    *ret_element = (MlElement){
        .value = ml_value_get(kind, *slot),
        .address = kind->boxed_values ? (uintptr_t)slot->box : (uintptr_t)slot,
        .bytes = kind->boxed_values ? sizeof(struct box) : slot_bytes,
    };
    if (kind->string_keys)
        memcpy(ret_element->key, key.text->chars, (size_t)key.text->length + 1);
}

void
ml_entry_fields(MlPart *part, const MlOptions *options, size_t hash, size_t key, size_t value)
{
    ml_part_add(part, "hash", hash, sizeof(uint64_t), ML_ROLE_INDEX, ML_FIELD_HASH);
    ml_entry_key_value(part, options, key, value);
}

void
ml_entry_key_value(MlPart *part, const MlOptions *options, size_t key, size_t value)
{
    bool string_keys = options->choice[ML_OPTION_KEYS] == 1;
    bool boxed_values = options->choice[ML_OPTION_VALUES] == 1;
    ml_part_add(part,
        "key",
        key,
        sizeof(MlKey),
        string_keys ? ML_ROLE_POINTER : ML_ROLE_DATA,
        string_keys ? ML_FIELD_POINTER : ML_FIELD_INT);
    ml_part_add(part,
        "value",
        value,
        sizeof(MlValue),
        boxed_values ? ML_ROLE_POINTER : ML_ROLE_DATA,
        boxed_values ? ML_FIELD_POINTER : ML_FIELD_INT);
}

uint32_t
ml_entry_parts(const MlOptions *options, MlPart *parts, uint32_t n_parts)
{
    if (options->choice[ML_OPTION_KEYS] == 1)
        ml_part_init_text(&parts[n_parts++], "key object");
    if (options->choice[ML_OPTION_VALUES] == 1)
        ml_part_init_box(&parts[n_parts++], "value object");
    return n_parts;
}

void
ml_entry_plan(const MlOptions *options,
    uint64_t from,
    uint64_t end,
    uint32_t first_part,
    MlRequest node,
    MlPlan *plan)
{
    MlEntryKind kind;
    ml_entry_kind_init(&kind, options);
    while (from < end) {
        MlRequest round[ML_PLAN_MAX_ROUND];
        uint32_t n = 0;
        uint32_t part = first_part;
        uint64_t run_end = end;
        if (kind.string_keys) {
            uint64_t length;
            run_end = ml_key_format_run(&kind.format, from, end, &length);
            round[n++] = (MlRequest){ part++, text_bytes(length) };
        }
        if (kind.boxed_values)
            round[n++] = (MlRequest){ part, sizeof(struct box) };
        if (node.request_bytes > 0)
            round[n++] = node;
        if (n > 0)
            ml_plan_repeat(plan, run_end - from, n, round);
        from = run_end;
    }
}

void
ml_entry_walk(
    const MlEntryKind *kind, MlKey key, MlValue value, uint32_t first_part, MlWalkSink *sink)
{
    if (kind->string_keys)
        ml_walk_block(sink, first_part++, key.text, text_bytes((uint64_t)key.text->length), 1);
    if (kind->boxed_values)
        ml_walk_block(sink, first_part, value.box, sizeof *value.box, 1);
}

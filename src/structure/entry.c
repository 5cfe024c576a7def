#include "structure/entry.h"

#include <stdlib.h>
#include <string.h>

void
ml_entry_kind_init(MlEntryKind *kind, const MlOptions *options)
{
    kind->string_keys = options->choice[ML_OPTION_KEYS] == 1;
    kind->values = (MlValueKind)options->choice[ML_OPTION_VALUES];
    /* All texts were accepted when the options were set. */
    ml_key_format_init(
        &kind->format, options->text[ML_OPTION_KEY_FORMAT], options->text[ML_OPTION_KEY_LENGTH]);
    ml_value_rule_parse(options->text[ML_OPTION_VALUE], &kind->rule);
    kind->every = ml_deleted_every(options->text[ML_OPTION_DELETED]);
    kind->fill = ml_entry_fill(options);
}

static struct text *
make_text(const char *chars, size_t length)
{
    struct text *text = malloc(ml_text_bytes(length));
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

static bool
make_value(const MlEntryKind *kind, int64_t number, MlValue *ret_value)
{
    char chars[ML_VALUE_TEXT_SIZE];
    switch (kind->values) {
    case ML_VALUES_BOXED:
        ret_value->box = make_box(number);
        return ret_value->box != NULL;
    case ML_VALUES_STRING:
        ret_value->text = make_text(chars, ml_value_write(number, chars));
        return ret_value->text != NULL;
    case ML_VALUES_INT:
        ret_value->integer = number;
    }
    return true;
}

static void
destroy_value(const MlEntryKind *kind, MlValue value)
{
    if (kind->values == ML_VALUES_BOXED)
        free(value.box);
    else if (kind->values == ML_VALUES_STRING)
        free(value.text);
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
    if (!make_value(kind, ml_value_rule_at(&kind->rule, i), ret_value)) {
        if (kind->string_keys)
            free(key.text);
        return false;
    }
    *ret_key = key;
    return true;
}

void
ml_entry_destroy(const MlEntryKind *kind, MlKey key, MlValue value)
{
    if (kind->string_keys)
        free(key.text);
    destroy_value(kind, value);
}

uint64_t
ml_entry_key_number(const MlEntryKind *kind, uint64_t i)
{
    return i * kind->every;
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
    return hash < ML_FIRST_HASH ? hash + ML_FIRST_HASH : hash;
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
    if (kind->values == ML_VALUES_STRING)
        return strtoll(value.text->chars, NULL, 10);
    return kind->values == ML_VALUES_BOXED ? value.box->value : value.integer;
}

/* Another number may be a longer text, so it is another object. */
static void
put_text(const MlEntryKind *kind, MlValue *value, int64_t number)
{
    MlValue made;
    if (!make_value(kind, number, &made))
        return;
    destroy_value(kind, *value);
    *value = made;
}

void
ml_value_put(const MlEntryKind *kind, MlValue *value, int64_t number)
{
    if (kind->values == ML_VALUES_STRING)
        put_text(kind, value, number);
    else if (kind->values == ML_VALUES_BOXED)
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
        .address = (uintptr_t)slot,
        .bytes = slot_bytes,
    };
    if (kind->values != ML_VALUES_INT) {
        ret_element->address = (uintptr_t)slot->box;
        ret_element->bytes = kind->values == ML_VALUES_BOXED
                                 ? sizeof(struct box)
                                 : ml_text_bytes((uint64_t)slot->text->length);
    }
    if (kind->string_keys)
        memcpy(ret_element->key, key.text->chars, (size_t)key.text->length + 1);
}

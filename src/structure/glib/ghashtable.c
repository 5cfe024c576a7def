/* GHashTable: open addressing over three arrays: keys, hashes and values.
 *
 * Worked example (glibc, int → int, n = 1 000 000): a table is enlarged when 15/16 of it are taken,
 * and has 2^21 slots from 986 896 entries on; a slot is 4 B in each array: 25.17 B per entry.  One
 * key or value that does not fit into 4 B makes its array one of 8 B; values that all equal their
 * keys (`value=i + 1`, a set) have no array at all.  When entries are deleted and less than a
 * quarter of the slots hold one, the table is halved. */
#include "structure/glib/hash_table.h"

#include <stddef.h>
#include <string.h>

typedef struct {
    GHashTable *table;
    MlGHashKind kind;
} Instance;

/* [excerpt] */
static gpointer
make_key(const MlGHashKind *kind, uint64_t i)
{
    if (!kind->string_keys)
        return ml_to_pointer(ml_ghash_int_key(i));
    char text[ML_KEY_MAX];
    ml_key_format_write(&kind->format, i, text);
    return g_strdup(text);
}

static GHashTable *
insert_all(const MlGHashKind *kind, uint64_t n)
{
    GHashTable *table = kind->string_keys ? g_hash_table_new(g_str_hash, g_str_equal)
                                          : g_hash_table_new(g_direct_hash, g_direct_equal);
    for (uint64_t i = 0; i < n; i++) {
        gpointer value = ml_to_pointer(ml_value_rule_at(&kind->rule, i));
        g_hash_table_insert(table, make_key(kind, i), value);
    }
    return table;
}

/* What finds key number @i.  @text: where a string may be written */
static gconstpointer
wanted_key(const MlGHashKind *kind, uint64_t i, char text[ML_KEY_MAX])
{
    if (!kind->string_keys)
        return ml_to_pointer(ml_ghash_int_key(i));
    ml_key_format_write(&kind->format, i, text);
    return text;
}

/* Of each `every` keys the first stays. */
static void
delete_others(const MlGHashKind *kind, GHashTable *table, uint64_t made)
{
    for (uint64_t i = 0; i < made; i++) {
        char text[ML_KEY_MAX];
        gpointer key;
        if (i % kind->every == 0)
            continue;
        g_hash_table_steal_extended(table, wanted_key(kind, i, text), &key, NULL);
        if (kind->string_keys)
            g_free(key);
    }
}
/* [end] */

void
ml_ghash_kind_init(MlGHashKind *kind, const MlOptions *options)
{
    *kind = (MlGHashKind){ .string_keys = options->choice[ML_GHASH_KEYS] == 1 };
    ml_key_format_init(
        &kind->format, options->text[ML_GHASH_KEY_FORMAT], options->text[ML_GHASH_KEY_LENGTH]);
    kind->every = ml_deleted_every(options->text[ML_GHASH_DELETED]);
    ml_value_rule_parse(options->text[ML_GHASH_VALUE], &kind->rule);
}

static bool
build(void *instance, uint64_t n, const MlOptions *options)
{
    Instance *self = instance;
    ml_ghash_kind_init(&self->kind, options);
    uint64_t made = n * self->kind.every;
    self->table = insert_all(&self->kind, made);
    if (self->kind.every > 1)
        delete_others(&self->kind, self->table, made);
    return true;
}

static void
destroy(void *instance)
{
    Instance *self = instance;
    GHashTableIter entries;
    gpointer key;
    g_hash_table_iter_init(&entries, self->table);
    while (self->kind.string_keys && g_hash_table_iter_next(&entries, &key, NULL))
        g_free(key);
    g_hash_table_destroy(self->table);
}

static void
init_header(MlPart *part, const MlOptions *options)
{
    ml_sliced_part(part, "GHashTable", sizeof(struct hash_table), options);
    ml_part_add(
        part, "counts", 0, offsetof(struct hash_table, keys), ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
    ML_PART_FIELD(part, struct hash_table, keys, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(part, struct hash_table, hashes, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ML_PART_FIELD(part, struct hash_table, values, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ml_part_add(part,
        "functions",
        offsetof(struct hash_table, hash),
        sizeof(struct hash_table) - offsetof(struct hash_table, hash),
        ML_ROLE_OBJECT_HEADER,
        ML_FIELD_INT);
}

static void
init_array(MlPart *part, const char *name, const char *field, size_t bytes, MlRole role)
{
    ml_part_init(part, name, bytes);
    part->sparse = true;
    ml_part_add(part,
        field,
        0,
        bytes,
        role,
        role == ML_ROLE_POINTER ? ML_FIELD_POINTER
                                : (role == ML_ROLE_INDEX ? ML_FIELD_HASH : ML_FIELD_INT));
}

static uint32_t
parts(uint64_t n, const MlOptions *options, MlPart ret_parts[ML_MAX_PARTS])
{
    MlGHashKind kind;
    ml_ghash_kind_init(&kind, options);
    init_header(&ret_parts[ML_GHASH_PART_HEADER], options);
    init_array(&ret_parts[ML_GHASH_PART_KEYS],
        "key array",
        "key",
        ml_ghash_key_bytes(&kind, n),
        kind.string_keys ? ML_ROLE_POINTER : ML_ROLE_DATA);
    init_array(
        &ret_parts[ML_GHASH_PART_HASHES], "hash array", "hash", sizeof(guint), ML_ROLE_INDEX);
    init_array(&ret_parts[ML_GHASH_PART_VALUES],
        "value array",
        "value",
        ml_ghash_value_bytes(&kind, n),
        ML_ROLE_DATA);
    if (!kind.string_keys)
        return ML_GHASH_PART_STRINGS;
    MlPart *strings = &ret_parts[ML_GHASH_PART_STRINGS];
    ml_part_init(strings, "key string", 1); /* the NUL */
    ml_part_add(strings, "chars", 0, 0, ML_ROLE_DATA, ML_FIELD_TEXT);
    return ML_GHASH_PART_STRINGS + 1;
}

static void
plan(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    MlGHashKind kind;
    ml_ghash_kind_init(&kind, options);
    ml_ghash_plan(&kind, n, plan);
}

static void
reach(uint64_t n, const MlOptions *options, MlPlan *plan)
{
    MlGHashKind kind;
    ml_ghash_kind_init(&kind, options);
    ml_ghash_reach(&kind, n, plan);
}

static bool
is_taken(const struct hash_table *table, uint64_t i)
{
    return table->hashes[i] >= ML_GHASH_FIRST_HASH;
}

static void
walk_taken(const struct hash_table *table, MlWalkSink *sink)
{
    uint64_t key_bytes = table->big_keys ? 8 : 4;
    uint64_t value_bytes = table->big_values ? 8 : 4;
    for (uint64_t i = 0; i < (uint64_t)table->size && ml_walk_wants_taken(sink); i++) {
        if (!is_taken(table, i))
            continue;
        ml_walk_taken(sink, ML_GHASH_PART_KEYS, (const char *)table->keys + i * key_bytes);
        ml_walk_taken(sink, ML_GHASH_PART_HASHES, &table->hashes[i]);
        if (table->values != table->keys)
            ml_walk_taken(
                sink, ML_GHASH_PART_VALUES, (const char *)table->values + i * value_bytes);
    }
}

static void
walk(const void *instance, MlWalkSink *sink)
{
    const Instance *self = instance;
    const struct hash_table *table = (gconstpointer)self->table;
    uint64_t n = (uint64_t)table->length;
    ml_walk_block(sink, ML_GHASH_PART_HEADER, table, sizeof *table, 1);
    ml_walk_block(
        sink, ML_GHASH_PART_KEYS, table->keys, table->size * (table->big_keys ? 8 : 4), n);
    ml_walk_block(sink, ML_GHASH_PART_HASHES, table->hashes, table->size * sizeof(guint), n);
    if (table->values != table->keys)
        ml_walk_block(sink,
            ML_GHASH_PART_VALUES,
            table->values,
            table->size * (table->big_values ? 8 : 4),
            n);
    walk_taken(table, sink);
    for (uint64_t i = 0; self->kind.string_keys && i < table->size; i++) {
        if (!is_taken(table, i))
            continue; /* of an empty table the places for keys are of 4 B still */
        const char *key = ((const char *const *)table->keys)[i];
        ml_walk_block(sink, ML_GHASH_PART_STRINGS, key, strlen(key) + 1, 1);
    }
}

static uint64_t
count(const void *instance)
{
    return g_hash_table_size(((const Instance *)instance)->table);
}

static int64_t
sum(const void *instance)
{
    GHashTableIter entries;
    gpointer value;
    int64_t total = 0;
    g_hash_table_iter_init(&entries, ((const Instance *)instance)->table);
    while (g_hash_table_iter_next(&entries, NULL, &value))
        total += ml_from_pointer(value);
    return total;
}

/* The key that the table has for element @i. */
static gpointer
find(const Instance *self, uint64_t i, gpointer *ret_value)
{
    char text[ML_KEY_MAX];
    gconstpointer wanted = wanted_key(&self->kind, i * self->kind.every, text);
    gpointer key;
    g_hash_table_lookup_extended(self->table, wanted, &key, ret_value);
    return key;
}

/* Where the table keeps the value of a key, by its own rule. */
static const char *
value_slot(const struct hash_table *table, gconstpointer key)
{
    enum { SPREAD = 11 };
    guint hash = MAX(table->hash(key), 2);
    guint slot = hash * SPREAD % (guint)table->mod;
    gsize key_bytes = table->big_keys ? sizeof(gpointer) : sizeof(guint);
    guint64 stored = (uintptr_t)key;
    for (guint step = 1;
         memcmp((const char *)table->keys + slot * key_bytes, &stored, key_bytes) != 0 ||
         table->hashes[slot] != hash;
         step++)
        slot = (slot + step) & table->mask;
    return (const char *)table->values + slot * (table->big_values ? 8 : 4);
}

static void
get(const void *instance, uint64_t i, MlElement *ret_element)
{
    const Instance *self = instance;
    const struct hash_table *table = (gconstpointer)self->table;
    gpointer value;
    gpointer key = find(self, i, &value);
    *ret_element = (MlElement){
        .value = ml_from_pointer(value),
        .address = (uintptr_t)value_slot(table, key),
        .bytes = table->big_values ? sizeof(gpointer) : sizeof(guint),
    };
    if (self->kind.string_keys)
        g_strlcpy(ret_element->key, key, sizeof ret_element->key);
}

static void
put(void *instance, uint64_t i, int64_t value)
{
    Instance *self = instance;
    gpointer old;
    gpointer key = find(self, i, &old);
    g_hash_table_insert(self->table, key, ml_to_pointer(value));
}

/* clang-format off */
const MlStructure ml_structure_ghashtable = {
    ML_GLIB_STRUCTURE,
    .name = "ghashtable",
    .title = "GHashTable",
    .element = "key → value",
    .summary = "GLib: arrays of keys, hashes and values, of 4 B each until 8 are needed",
    .shape = ML_SHAPE_OPEN_TABLE,
    .n_options = 6,
    .options = {
        ML_SLICES_OPTION,
        { .name = "keys", .meaning = "int: i + 1, in the pointer itself; string: made by g_strdup()",
          .choices = { "int", "string" } },
        ML_KEY_OPTIONS,
        { .name = "value", .meaning = "the value of key number i; with 'i + 1' the table is a set",
          .text_default = "i", .text_expected = "a rule in i, as in 'i*2' or '2*i + 1'",
          .text_accepts = ml_value_rule_accepts },
        ML_DELETED_OPTION,
    },
    .instance_size = sizeof(Instance),
    ML_STRUCTURE_CALLS,
    .reach = reach,
};
/* clang-format on */

/* Source of all rules: GLib 2.74, ghash.c: g_hash_table_maybe_resize(), g_hash_table_resize(),
 * g_hash_table_ensure_keyval_fits(). */
#include "structure/glib/hash_table.h"

#include "core/arithmetic.h"

#define NEVER UINT64_MAX
#define SMALL_END (UINT64_C(1) << 32) /* what fits into 4 bytes */

enum { FIRST_SLOTS = 8, SMALL = 4, BIG = 8 };

/* --- when ------------------------------------------------------------------------------------- */

/* The first entry whose value needs 8 bytes. */
static uint64_t
first_big_value(const MlValueRule *rule)
{
    if (rule->offset < 0 || (uint64_t)rule->offset >= SMALL_END)
        return 0;
    if (rule->factor > 0)
        return (SMALL_END - 1 - (uint64_t)rule->offset) / (uint64_t)rule->factor + 1;
    return rule->factor < 0 ? (uint64_t)rule->offset / (0 - (uint64_t)rule->factor) + 1 : NEVER;
}

static uint64_t
first_big_key(const MlGHashKind *kind)
{
    return kind->string_keys ? 0 : SMALL_END - 1; /* pointers to the heap; the key of i is i + 1 */
}

/* The first entry whose value is not its key. */
static uint64_t
first_unequal(const MlGHashKind *kind)
{
    if (kind->string_keys || kind->rule.offset != 1)
        return 0;
    return kind->rule.factor == 1 ? NEVER : 1;
}

/* The number of entries with which a table of that many slots is made larger. */
static uint64_t
full(uint64_t n_slots)
{
    uint64_t n = n_slots / 17 * 16;
    while (n + n / 16 < n_slots)
        n++;
    return n;
}

/* 1/3 more than the entries, up to the next power of two. */
static uint64_t
slots_for(uint64_t n)
{
    uint64_t n_slots = FIRST_SLOTS;
    while (n_slots <= (uint64_t)((double)n * 1.333))
        n_slots *= 2;
    return n_slots;
}

/* --- what ------------------------------------------------------------------------------------- */

typedef struct {
    MlPlan *plan;
    uint64_t n_slots;
    uint32_t keys;
    uint32_t hashes;
    uint32_t values; /* while is_set, the keys */
    uint32_t key_bytes;
    uint32_t value_bytes;
    bool is_set;
} Arrays;

static uint32_t
new_array(const Arrays *arrays, uint32_t part, uint64_t element_bytes)
{
    uint64_t bytes = arrays->n_slots * element_bytes;
    return ml_plan_alloc(arrays->plan, part, bytes, bytes);
}

static void
split(Arrays *arrays)
{
    arrays->values = new_array(arrays, ML_GHASH_PART_VALUES, arrays->key_bytes);
    arrays->value_bytes = arrays->key_bytes;
    arrays->is_set = false;
}

static void
widen(Arrays *arrays, uint32_t part, uint32_t *array, uint32_t *element_bytes)
{
    if (*element_bytes == BIG)
        return;
    uint32_t small = *array;
    *element_bytes = BIG;
    *array = new_array(arrays, part, BIG);
    ml_plan_free(arrays->plan, small);
}

static void
resize(const Arrays *arrays, uint32_t array, uint64_t element_bytes)
{
    ml_plan_realloc(arrays->plan, array, arrays->n_slots * element_bytes);
}

static void
resize_all(const Arrays *arrays)
{
    resize(arrays, arrays->hashes, sizeof(guint));
    resize(arrays, arrays->keys, arrays->key_bytes);
    if (!arrays->is_set)
        resize(arrays, arrays->values, arrays->value_bytes);
}

/* Entries move within their arrays: a bit a slot says which slots have their new entry already. */
static uint64_t
moved_bytes(uint64_t n_slots)
{
    return (n_slots + 31) / 32 * sizeof(guint32);
}

/* @to_slots: entries go to no slot beyond */
static uint32_t
begin_moving(const Arrays *arrays, uint64_t to_slots)
{
    return ml_plan_zeroed(
        arrays->plan, ML_GHASH_PART_HASHES, moved_bytes(arrays->n_slots), moved_bytes(to_slots));
}

static void
grow(Arrays *arrays, uint64_t n)
{
    MlPlan *plan = arrays->plan;
    arrays->n_slots = slots_for(n);
    resize_all(arrays);
    ml_plan_touch(plan, arrays->hashes, arrays->n_slots * sizeof(guint));
    uint32_t moved = begin_moving(arrays, arrays->n_slots);
    ml_plan_touch(plan, arrays->keys, arrays->n_slots * arrays->key_bytes);
    if (!arrays->is_set)
        ml_plan_touch(plan, arrays->values, arrays->n_slots * arrays->value_bytes);
    ml_plan_free(plan, moved);
}

static void
shrink(Arrays *arrays, uint64_t n)
{
    uint64_t fewer_slots = slots_for(n);
    uint32_t moved = begin_moving(arrays, fewer_slots);
    ml_plan_free(arrays->plan, moved);
    arrays->n_slots = fewer_slots;
    resize_all(arrays);
}

static void
plan_strings(const MlGHashKind *kind, uint64_t from, uint64_t end, MlPlan *plan)
{
    while (kind->string_keys && from < end) {
        uint64_t length;
        uint64_t run_end = ml_key_format_run(&kind->format, from, end, &length);
        MlRequest key = { .part = ML_GHASH_PART_STRINGS, .request_bytes = length + 1 };
        ml_plan_repeat(plan, run_end - from, 1, &key);
        from = run_end;
    }
}

/* --- all -------------------------------------------------------------------------------------- */

/* Inserts entries @from … until something happens, and lets that happen.  Returns: how many there
 * are then. */
static uint64_t
insert_some(const MlGHashKind *kind, Arrays *arrays, uint64_t from, uint64_t end)
{
    uint64_t unequal = arrays->is_set ? first_unequal(kind) : NEVER;
    uint64_t big_key = arrays->key_bytes == SMALL ? first_big_key(kind) : NEVER;
    uint64_t big_value = arrays->value_bytes == SMALL ? first_big_value(&kind->rule) : NEVER;
    uint64_t event = ml_least(unequal, ml_least(big_key, arrays->is_set ? NEVER : big_value));
    uint64_t grows_at = full(arrays->n_slots);
    uint64_t stop = ml_least(end, grows_at);
    stop = event < stop ? event + 1 : stop;
    plan_strings(kind, from, stop, arrays->plan);
    if (unequal == stop - 1)
        split(arrays);
    if (big_key == stop - 1)
        widen(arrays, ML_GHASH_PART_KEYS, &arrays->keys, &arrays->key_bytes);
    if (big_value == stop - 1 && !arrays->is_set)
        widen(arrays, ML_GHASH_PART_VALUES, &arrays->values, &arrays->value_bytes);
    if (stop == grows_at)
        grow(arrays, stop);
    return stop;
}

/* Deletes entries until @n stay.  What is deleted leaves a mark in its slot, so that the table is
 * as full as before until it is made smaller: when less than a quarter are entries. */
static void
delete_down_to(Arrays *arrays, uint64_t n)
{
    while (arrays->n_slots > FIRST_SLOTS && n < arrays->n_slots / 4) {
        uint64_t left = arrays->n_slots / 4 - 1;
        shrink(arrays, left);
        uint64_t next = arrays->n_slots > FIRST_SLOTS ? arrays->n_slots / 4 - 1 : 0;
        /* A key goes when its entry has gone: the last one after the table was made smaller. */
        ml_plan_thin_on(arrays->plan, n <= next ? left - next : left - n + 1);
    }
}

/* The most entries that may stay in a table that ends with that many slots: it was never larger, or
 * has shrunk to them. */
static uint64_t
capacity(const MlGHashKind *kind, uint64_t n_slots)
{
    uint64_t grown = (full(n_slots) - 1) / kind->every;
    uint64_t shrunk = n_slots / 2 - 1;
    return grown > shrunk ? grown : shrunk;
}

void
ml_ghash_plan(const MlGHashKind *kind, uint64_t n, MlPlan *plan)
{
    uint64_t made = n * kind->every;
    Arrays arrays = {
        .plan = plan,
        .n_slots = FIRST_SLOTS,
        .key_bytes = SMALL,
        .value_bytes = SMALL,
        .is_set = true,
    };
    ml_plan_one(plan, ML_GHASH_PART_HEADER, sizeof(struct hash_table));
    arrays.keys = new_array(&arrays, ML_GHASH_PART_KEYS, SMALL);
    uint64_t hash_bytes = FIRST_SLOTS * sizeof(guint);
    arrays.hashes = ml_plan_zeroed(plan, ML_GHASH_PART_HASHES, hash_bytes, hash_bytes);
    for (uint64_t inserted = 0; inserted < made;)
        inserted = insert_some(kind, &arrays, inserted, made);
    ml_plan_thin(plan, kind->every);
    if (kind->every > 1 && n > 0)
        delete_down_to(&arrays, n);
    ml_plan_use(plan, arrays.keys, n);
    ml_plan_use(plan, arrays.hashes, n);
    if (!arrays.is_set)
        ml_plan_use(plan, arrays.values, n);
    plan->slots = arrays.n_slots;
    plan->capacity = capacity(kind, arrays.n_slots);
    plan->max_load = 15.0 / 16;
}

size_t
ml_ghash_key_bytes(const MlGHashKind *kind, uint64_t n)
{
    return n * kind->every > first_big_key(kind) ? BIG : SMALL;
}

size_t
ml_ghash_value_bytes(const MlGHashKind *kind, uint64_t n)
{
    return n * kind->every > first_big_value(&kind->rule) ? BIG : SMALL;
}

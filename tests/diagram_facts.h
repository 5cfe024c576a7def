/* Facts made by hand for the tests of the pictures: no process was built for them.  The sizes are
 * those of glibc (an 8 B field, steps of 16, at least 32 B) or of an allocator with size classes
 * and no field. */
#pragma once

#include <string.h>

#include "diagram/kind.h"

#define FAKE_PAGE 4096u
#define FAKE_HEAP 0x5555557562a0u
#define FAKE_MAPPING 0x7ffff6e2e010u
#define FAKE_MAPPED_FROM (128u * 1024u)

typedef struct {
    guint64 n;
    gboolean bare;          /* box=bare */
    gboolean classes;       /* size classes: no size field */
    gboolean scattered;     /* boxes do not touch */
    gboolean shuffled;      /* boxes in another order than their slots */
    gboolean model;         /* the ledger is a model's */
    gint64 unexplained;
} FakeBoxed;

static inline guint64
fake_usable(const FakeBoxed *fake, guint64 request)
{
    if (fake->classes)
        return MAX((request + 7) / 8 * 8, 8);
    if (request >= FAKE_MAPPED_FROM)
        return (request + 16 + FAKE_PAGE - 1) / FAKE_PAGE * FAKE_PAGE - 16;
    return MAX((request + 8 + 15) / 16 * 16, 32) - 8;
}

static inline guint64
fake_field(const FakeBoxed *fake)
{
    return fake->classes ? 0 : 8;
}

static inline guint64
fake_box_bytes(const FakeBoxed *fake)
{
    return fake->bare ? 8 : 24;
}

static inline guint64
fake_box_address(const FakeBoxed *fake, guint64 i)
{
    static const guint64 shuffle[] = { 3, 0, 2, 1 };
    guint64 first = FAKE_HEAP;
    if (fake->n * 8 < FAKE_MAPPED_FROM)
        first += fake_usable(fake, fake->n * 8) + fake_field(fake);
    guint64 pitch = fake_usable(fake, fake_box_bytes(fake)) + fake_field(fake);
    if (fake->scattered)
        pitch *= 3;
    if (fake->shuffled && fake->n >= 4)
        i = i / 4 * 4 + shuffle[i % 4];
    return first + i * pitch;
}

static inline void
fake_parts(const FakeBoxed *fake, MlPart parts[2])
{
    ml_part_init(&parts[0], "pointer array", 8);
    ml_part_add(&parts[0], "pointer", 0, 8, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ml_part_init(&parts[1], "int object", fake_box_bytes(fake));
    if (!fake->bare) {
        ml_part_add(&parts[1], "refs", 0, 8, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
        ml_part_add(&parts[1], "type", 8, 8, ML_ROLE_OBJECT_HEADER, ML_FIELD_TYPE)->type_name =
            "int";
    }
    ml_part_add(&parts[1], "value", fake->bare ? 0 : 16, 8, ML_ROLE_DATA, ML_FIELD_INT);
}

static inline void
fake_array_sample(const FakeBoxed *fake, MlWalkSample *sample)
{
    guint64 bytes = fake->n * 8;
    gboolean is_whole = bytes <= ML_SAMPLE_BYTES;
    *sample = (MlWalkSample){
        .part = 0,
        .address = bytes < FAKE_MAPPED_FROM ? FAKE_HEAP : FAKE_MAPPING,
        .request_bytes = bytes,
        .usable_bytes = fake_usable(fake, bytes),
        .used = fake->n,
        .head_bytes = is_whole ? (guint32)bytes : ML_SAMPLE_BYTES - ML_SAMPLE_BYTES / 4,
        .tail_bytes = is_whole ? 0 : ML_SAMPLE_BYTES / 4,
    };
    sample->tail_from = bytes - sample->tail_bytes;
    for (guint i = 0; i < (sample->head_bytes + sample->tail_bytes) / 8; i++) {
        guint64 index = i < sample->head_bytes / 8 ? i : fake->n - sample->tail_bytes / 8
                + (i - sample->head_bytes / 8);
        guint64 address = fake_box_address(fake, index);
        memcpy(sample->bytes + (gsize)8 * i, &address, 8);
    }
}

static inline void
fake_box_sample(const FakeBoxed *fake, guint64 i, MlWalkSample *sample)
{
    *sample = (MlWalkSample){
        .part = 1,
        .ordinal = i,
        .address = fake_box_address(fake, i),
        .request_bytes = fake_box_bytes(fake),
        .usable_bytes = fake_usable(fake, fake_box_bytes(fake)),
        .used = 1,
        .head_bytes = (guint32)fake_box_bytes(fake),
    };
    gint64 refs = 1;
    gint64 value = (gint64)i;
    memcpy(sample->bytes, &refs, 8);
    memcpy(sample->bytes + (fake->bare ? 0 : 16), &value, 8);
}

static inline MlWalk *
fake_boxed_walk(const FakeBoxed *fake)
{
    MlWalk *walk = g_new0(MlWalk, 1);
    walk->structure = g_strdup("boxed-array");
    walk->title = g_strdup("boxed array");
    walk->shape = g_strdup("pointer-array");
    walk->n = fake->n;
    walk->allocator = g_strdup(fake->classes ? "classes" : "glibc");
    walk->field_bytes = fake_field(fake);
    walk->origin = ML_ORIGIN_MEASURED;
    walk->n_parts = 2;
    fake_parts(fake, walk->parts);
    walk->samples = g_new0(MlWalkSample, 1 + ML_WALK_HEAD + ML_WALK_TAIL);
    if (fake->n == 0)
        return walk;
    fake_array_sample(fake, &walk->samples[walk->n_samples++]);
    guint64 head = MIN(fake->n, ML_WALK_HEAD);
    for (guint64 i = 0; i < head; i++)
        fake_box_sample(fake, i, &walk->samples[walk->n_samples++]);
    guint64 tail = MIN(fake->n - head, ML_WALK_TAIL);
    for (guint64 i = fake->n - tail; i < fake->n; i++)
        fake_box_sample(fake, i, &walk->samples[walk->n_samples++]);
    return walk;
}

static inline void
fake_set_role(MlLedgerPart *part, MlRole role, guint64 bytes)
{
    part->role[role] = (MlPair){ .model = bytes, .measured = bytes };
}

static inline void
fake_set_allocator(MlLedgerPart *part, guint64 field, guint64 rounding, guint64 stock)
{
    part->field = (MlPair){ field, field };
    part->rounding = (MlPair){ rounding, rounding };
    part->stock = (MlPair){ stock, stock };
    fake_set_role(part, ML_ROLE_ALLOCATOR, field + rounding + stock);
}

/* Sets totals and origin; what is unexplained counts as stock, as in a measured ledger. */
static inline void
fake_finish(MlLedger *ledger, gboolean model, gint64 unexplained)
{
    for (guint i = 0; i < ledger->n_parts; i++)
        ledger->model_bytes += ml_ledger_part_total(&ledger->parts[i]).model;
    ledger->origin = model ? ML_ORIGIN_MODEL : ML_ORIGIN_MEASURED;
    ledger->valid = TRUE;
    if (model)
        return;
    MlLedgerPart *stock = &ledger->parts[ledger->n_parts - 1];
    ledger->measured_bytes = (gint64)ledger->model_bytes + unexplained;
    gint64 held = MAX((gint64)stock->stock.model + unexplained, 0);
    stock->stock.measured = stock->role[ML_ROLE_ALLOCATOR].measured = (guint64)held;
}

static inline MlLedger *
fake_ledger(const char *structure, const char *title, const char *element, guint64 n)
{
    MlLedger *ledger = ml_ledger_new();
    ledger->structure = g_strdup(structure);
    ledger->title = g_strdup(title);
    ledger->element = g_strdup(element);
    ledger->allocator = g_strdup("glibc");
    ledger->n = n;
    return ledger;
}

static inline MlLedger *
fake_boxed_ledger(const FakeBoxed *fake)
{
    guint64 n = fake->n;
    MlLedger *ledger = fake_ledger("boxed-array", "boxed array", "pointer → box", n);
    MlLedgerPart *array = &ledger->parts[0];
    MlLedgerPart *box = &ledger->parts[1];
    MlLedgerPart *stock = &ledger->parts[2];
    ledger->n_parts = 3;
    array->name = g_strdup("pointer array");
    box->name = g_strdup("int object");
    stock->name = g_strdup("malloc's stock");
    if (n > 0) {
        guint64 box_bytes = fake_box_bytes(fake);
        guint64 box_rounding = fake_usable(fake, box_bytes) - box_bytes;
        fake_set_role(array, ML_ROLE_POINTER, 8 * n);
        fake_set_allocator(array, fake_field(fake), fake_usable(fake, 8 * n) - 8 * n, 0);
        fake_set_role(box, ML_ROLE_OBJECT_HEADER, (box_bytes - 8) * n);
        fake_set_role(box, ML_ROLE_DATA, 8 * n);
        fake_set_allocator(box, fake_field(fake) * n, box_rounding * n, 0);
        guint64 bytes =
            ml_ledger_part_total(array).model + ml_ledger_part_total(box).model;
        fake_set_allocator(stock, 0, 0, (FAKE_PAGE - bytes % FAKE_PAGE) % FAKE_PAGE);
    }
    fake_finish(ledger, fake->model, fake->unexplained);
    return ledger;
}

/* A structure that is all one part, with these bytes an element. */
static inline MlLedger *
fake_flat_ledger(const char *structure, const char *title, const char *element, guint64 n,
    const double per_element[ML_N_ROLES], gboolean model, gint64 unexplained)
{
    MlLedger *ledger = fake_ledger(structure, title, element, n);
    MlLedgerPart *part = &ledger->parts[0];
    ledger->n_parts = 2;
    part->name = g_strdup("part");
    ledger->parts[1].name = g_strdup("malloc's stock");
    for (int role = 0; role < ML_N_ROLES; role++)
        fake_set_role(part, (MlRole)role, (guint64)(per_element[role] * (double)n));
    fake_set_allocator(part, part->role[ML_ROLE_ALLOCATOR].model, 0, 0);
    if (n > 0)
        fake_set_allocator(&ledger->parts[1], 0, 0, 3584);
    fake_finish(ledger, model, unexplained);
    return ledger;
}

#define FAKE_FLAT 6

/* The structures of the ledger picture; @model: their origin, @unexplained: of each. */
static inline void
fake_ledgers(guint64 n, gboolean model, gint64 unexplained, MlLedger *ret_ledgers[FAKE_FLAT])
{
    static const struct {
        const char *structure, *title, *element;
        double bytes[ML_N_ROLES];
    } kinds[FAKE_FLAT] = {
        { "packed-array", "packed array", "int64 a[n]", { 8 } },
        { "linked-list", "linked list", "{ next, value }", { 8, 8, 0, 0, 16 } },
        { "double-list", "doubly linked list", "{ next, prev, value }", { 8, 16, 0, 0, 8 } },
        { "boxed-array", "boxed array", "pointer → box", { 8, 8, 16, 0, 8 } },
        { "chained-table", "chained table", "int → int", { 16, 13.16, 0, 8, 16, 0, 3.23 } },
        { "compact-dict",
            "compact dict",
            "string → boxed int",
            { 18.89, 16, 40, 12, 20.12, 1, 4.39 } },
    };
    for (guint i = 0; i < FAKE_FLAT; i++)
        ret_ledgers[i] = fake_flat_ledger(kinds[i].structure, kinds[i].title, kinds[i].element, n,
            kinds[i].bytes, model, unexplained);
}

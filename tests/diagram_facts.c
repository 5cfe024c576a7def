#include "diagram_facts.h"

#include <string.h>

#include "made_facts.h"

#define PAGE 4096u
#define HEAP 0x5555557562a0u
#define MAPPING 0x7ffff6e2e010u
#define MAPPED_FROM 131072

static guint64
usable(const FakeBoxed *fake, guint64 request)
{
    if (fake->classes)
        return MAX((request + 7) / 8 * 8, 8);
    if (request >= MAPPED_FROM)
        return (request + 16 + PAGE - 1) / PAGE * PAGE - 16;
    return MAX((request + 8 + 15) / 16 * 16, 32) - 8;
}

static guint64
field_bytes(const FakeBoxed *fake)
{
    return fake->classes ? 0 : 8;
}

static guint64
box_bytes(const FakeBoxed *fake)
{
    return fake->bare ? 8 : 24;
}

static guint64
box_address(const FakeBoxed *fake, guint64 i)
{
    static const guint64 shuffle[] = { 3, 0, 2, 1 };
    guint64 first = HEAP;
    if (fake->n * 8 < MAPPED_FROM)
        first += usable(fake, fake->n * 8) + field_bytes(fake);
    guint64 pitch = usable(fake, box_bytes(fake)) + field_bytes(fake);
    if (fake->scattered)
        pitch *= 3;
    if (fake->shuffled && fake->n >= 4)
        i = i / 4 * 4 + shuffle[i % 4];
    return first + i * pitch;
}

static void
describe_parts(const FakeBoxed *fake, MlPart parts[2])
{
    ml_part_init(&parts[0], "pointer array", 8);
    ml_part_add(&parts[0], "pointer", 0, 8, ML_ROLE_POINTER, ML_FIELD_POINTER);
    ml_part_init(&parts[1], "int object", box_bytes(fake));
    if (!fake->bare) {
        ml_part_add(&parts[1], "refs", 0, 8, ML_ROLE_OBJECT_HEADER, ML_FIELD_INT);
        ml_part_add(&parts[1], "type", 8, 8, ML_ROLE_OBJECT_HEADER, ML_FIELD_TYPE)->type_name =
            "int";
    }
    ml_part_add(&parts[1], "value", fake->bare ? 0 : 16, 8, ML_ROLE_DATA, ML_FIELD_INT);
}

static void
array_sample(const FakeBoxed *fake, MlWalkSample *sample)
{
    guint64 bytes = fake->n * 8;
    gboolean is_whole = bytes <= ML_SAMPLE_BYTES;
    *sample = (MlWalkSample){
        .part = 0,
        .address = bytes < MAPPED_FROM ? HEAP : MAPPING,
        .request_bytes = bytes,
        .usable_bytes = usable(fake, bytes),
        .used = fake->n,
        .head_bytes = is_whole ? (guint32)bytes : ML_SAMPLE_BYTES - ML_SAMPLE_BYTES / 4,
        .tail_bytes = is_whole ? 0 : ML_SAMPLE_BYTES / 4,
    };
    sample->tail_from = bytes - sample->tail_bytes;
    for (guint i = 0; i < (sample->head_bytes + sample->tail_bytes) / 8; i++) {
        guint64 index = i < sample->head_bytes / 8
                            ? i
                            : fake->n - sample->tail_bytes / 8 + (i - sample->head_bytes / 8);
        guint64 address = box_address(fake, index);
        memcpy(sample->bytes + (gsize)8 * i, &address, 8);
    }
}

static void
box_sample(const FakeBoxed *fake, guint64 i, MlWalkSample *sample)
{
    *sample = (MlWalkSample){
        .part = 1,
        .ordinal = i,
        .address = box_address(fake, i),
        .request_bytes = box_bytes(fake),
        .usable_bytes = usable(fake, box_bytes(fake)),
        .used = 1,
        .head_bytes = (guint32)box_bytes(fake),
    };
    gint64 refs = 1;
    gint64 value = (gint64)i;
    memcpy(sample->bytes, &refs, 8);
    memcpy(sample->bytes + (fake->bare ? 0 : 16), &value, 8);
}

MlWalk *
fake_boxed_walk(const FakeBoxed *fake)
{
    MlWalk *walk = g_new0(MlWalk, 1);
    walk->structure = g_strdup("boxed-array");
    walk->title = g_strdup("boxed array");
    walk->shape = g_strdup("pointer-array");
    walk->n = fake->n;
    walk->allocator = g_strdup(fake->classes ? "classes" : "glibc");
    walk->field_bytes = field_bytes(fake);
    walk->origin = ML_ORIGIN_MEASURED;
    walk->n_parts = 2;
    describe_parts(fake, walk->parts);
    walk->samples = g_new0(MlWalkSample, 1 + ML_WALK_HEAD + ML_WALK_TAIL);
    if (fake->n == 0)
        return walk;
    walk->totals[0].blocks = 1;
    walk->totals[1].blocks = fake->n;
    array_sample(fake, &walk->samples[walk->n_samples++]);
    guint64 head = MIN(fake->n, ML_WALK_HEAD);
    for (guint64 i = 0; i < head; i++)
        box_sample(fake, i, &walk->samples[walk->n_samples++]);
    guint64 tail = MIN(fake->n - head, ML_WALK_TAIL);
    for (guint64 i = fake->n - tail; i < fake->n; i++)
        box_sample(fake, i, &walk->samples[walk->n_samples++]);
    return walk;
}

static void
set_role(MlLedgerPart *part, MlRole role, guint64 bytes)
{
    part->role[role] = (MlPair){ .model = bytes, .measured = bytes };
}

static void
set_allocator(MlLedgerPart *part, guint64 field, guint64 rounding, guint64 stock)
{
    part->field = (MlPair){ field, field };
    part->rounding = (MlPair){ rounding, rounding };
    part->stock = (MlPair){ stock, stock };
    set_role(part, ML_ROLE_ALLOCATOR, field + rounding + stock);
}

/* Sets totals and origin; what is unexplained counts as stock, as in a measured ledger. */
static void
finish(MlLedger *ledger, gboolean model, gint64 unexplained)
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

static void
fill_parts(const FakeBoxed *fake, MlLedger *ledger)
{
    guint64 n = fake->n;
    guint64 bytes = box_bytes(fake);
    MlLedgerPart *array = &ledger->parts[0];
    MlLedgerPart *box = &ledger->parts[1];
    set_role(array, ML_ROLE_POINTER, 8 * n);
    set_allocator(array, field_bytes(fake), usable(fake, 8 * n) - 8 * n, 0);
    set_role(box, ML_ROLE_OBJECT_HEADER, (bytes - 8) * n);
    set_role(box, ML_ROLE_DATA, 8 * n);
    set_allocator(box, field_bytes(fake) * n, (usable(fake, bytes) - bytes) * n, 0);
    guint64 total = ml_ledger_part_total(array).model + ml_ledger_part_total(box).model;
    set_allocator(&ledger->parts[2], 0, 0, (PAGE - total % PAGE) % PAGE);
}

MlLedger *
fake_boxed_ledger(const FakeBoxed *fake)
{
    MlLedger *ledger = ml_ledger_new();
    ledger->structure = g_strdup("boxed-array");
    ledger->title = g_strdup("boxed array");
    ledger->element = g_strdup("pointer → box");
    ledger->allocator = g_strdup("glibc");
    ledger->n = fake->n;
    ledger->n_parts = 3;
    ledger->parts[0].name = g_strdup("pointer array");
    ledger->parts[1].name = g_strdup("int object");
    ledger->parts[2].name = g_strdup("malloc's stock");
    if (fake->n > 0)
        fill_parts(fake, ledger);
    finish(ledger, fake->model, fake->unexplained);
    return ledger;
}

void
fake_ledgers_init(FakeLedgers *fake, guint64 n, gboolean model, gint64 unexplained)
{
    static const char *const specs[FAKE_LEDGERS] = {
        "packed-array",
        "linked-list",
        "double-list",
        "boxed-array",
        "chained-table",
        "compact-dict:keys=string,values=boxed",
    };
    for (guint i = 0; i < FAKE_LEDGERS; i++) {
        fake->ledger[i] =
            model ? ml_test_model(specs[i], n) : ml_test_measured(specs[i], n, unexplained);
        fake->ledgers[i] = fake->ledger[i];
    }
    fake->facts = (MlDiagramFacts){ .n_ledgers = FAKE_LEDGERS, .ledgers = fake->ledgers };
}

void
fake_ledgers_clear(FakeLedgers *fake)
{
    for (guint i = 0; i < FAKE_LEDGERS; i++)
        g_clear_pointer(&fake->ledger[i], ml_ledger_free);
}

void
fake_facts_init(FakeFacts *fake, const FakeBoxed *boxed)
{
    fake->walk = fake_boxed_walk(boxed);
    fake->ledger = fake_boxed_ledger(boxed);
    fake->ledgers[0] = fake->ledger;
    fake->facts = (MlDiagramFacts){ .walk = fake->walk, .n_ledgers = 1, .ledgers = fake->ledgers };
}

void
fake_facts_clear(FakeFacts *fake)
{
    g_clear_pointer(&fake->walk, ml_walk_free);
    g_clear_pointer(&fake->ledger, ml_ledger_free);
}

/* --- rooms ------------------------------------------------------------------------------------ */

const Room rooms[N_ROOMS] = {
    { "16:9", FALSE },
    { "16:9", TRUE },
    { "4:3", FALSE },
    { "4:3", TRUE },
    { "a4", FALSE },
    { "a4", TRUE },
    { "column", FALSE },
    { "1200x720", FALSE },
};

MlMetrics *
fallback_metrics(void)
{
    static const char *const deja_vu[] = {
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
        NULL,
    };
    return ml_metrics_new_from(deja_vu, NULL);
}

int
read_fonts(void **state)
{
    *state = ml_metrics_new(NULL);
    return *state != NULL ? 0 : -1;
}

int
drop_fonts(void **state)
{
    g_object_unref(*state);
    return 0;
}

guint
scene_texts(const MlScene *scene, const char *string)
{
    guint n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const MlItem *item = ml_scene_item(scene, i);
        n += item->kind == ML_ITEM_TEXT && strcmp(item->text.string, string) == 0 ? 1 : 0;
    }
    return n;
}

MlScene *
room_scene(const Room *room, const char *id, MlMetrics *metrics)
{
    MlSize size;
    g_assert_true(ml_size_parse(room->size, &size, NULL));
    return ml_scene_new(id, metrics, &size, room->large ? ml_size_zoom_large(&size) : 1);
}

#include "ml_test.h"

#include <glib.h>

#include "base/spec.h"
#include "structure/slots.h"

/* What deletions leave in tables whose entries lie in the slots themselves. */

static const guint64 counts[] = { 1, 3, 7, 20, 100, 1000, 3000 };

static const MlStructure *
build(const char *spec, guint64 n, MlSlotTable *ret_table)
{
    const MlStructure *structure;
    MlOptions options;

    assert_true(ml_spec_parse(spec, &structure, &options, NULL));
    *ret_table = (MlSlotTable){ 0 };
    assert_true(structure->build(ret_table, n, &options));
    return structure;
}

static guint64
count_marks(const MlSlotTable *table)
{
    guint64 marks = 0;
    for (guint64 i = 0; i < table->n_slots; i++)
        marks += table->slots[i].hash == ML_SLOT_EMPTIED;
    return marks;
}

/* How far an entry lies behind the slot that its hash names. */
static guint64
far_from_home(const MlSlotTable *table, guint64 i)
{
    return (i - table->slots[i].hash) & (table->n_slots - 1);
}

/* A search that comes past must not end there. */
static void
an_open_table_marks_each_slot_that_it_empties(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        MlSlotTable table;
        const MlStructure *structure = build("open-table:deleted=3", counts[i], &table);
        assert_int_equal(count_marks(&table), 3 * counts[i]);
        structure->destroy(&table);
    }
}

static void
a_robin_hood_table_leaves_no_mark(void **state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        MlSlotTable table;
        const MlStructure *structure = build("robin-hood-table:deleted=3", counts[i], &table);
        guint64 empty = 0;
        for (guint64 k = 0; k < table.n_slots; k++)
            empty += table.slots[k].hash == ML_SLOT_EMPTY;
        assert_int_equal(count_marks(&table), 0);
        assert_int_equal(empty, table.n_slots - counts[i]);
        structure->destroy(&table);
    }
}

/* Behind an empty slot all are at home, and none is further away than the one before it and a slot:
 * as if what was deleted had never been there. */
static void
a_robin_hood_table_closes_up_behind_what_is_deleted(void **state)
{
    static const char *const specs[] = { "robin-hood-table:deleted=1",
        "robin-hood-table:deleted=3",
        "robin-hood-table:fill=95%,deleted=1" };

    for (gsize s = 0; s < G_N_ELEMENTS(specs); s++)
        for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
            MlSlotTable table;
            const MlStructure *structure = build(specs[s], counts[i], &table);
            for (guint64 k = 0; k < table.n_slots; k++) {
                guint64 before = (k - 1) & (table.n_slots - 1);
                if (table.slots[k].hash == ML_SLOT_EMPTY)
                    continue;
                guint64 most = table.slots[before].hash == ML_SLOT_EMPTY
                                   ? 0
                                   : far_from_home(&table, before) + 1;
                assert_true(far_from_home(&table, k) <= most);
            }
            structure->destroy(&table);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_table_marks_each_slot_that_it_empties),
        cmocka_unit_test(a_robin_hood_table_leaves_no_mark),
        cmocka_unit_test(a_robin_hood_table_closes_up_behind_what_is_deleted),
    };
    return cmocka_run_group_tests_name("structure/slots", tests, NULL, NULL);
}

#include "ml_test.h"

#include <glib.h>

#include "base/spec.h"
#include "model/compute.h"

/* What GLib's containers ask for, against figures that were worked out by hand or seen in GLib. */

enum { PAGE = 4096 };

static MlModel *
compute(const char *spec, guint64 n)
{
    const MlStructure *structure;
    MlOptions options;
    g_autoptr(GError) error = NULL;
    if (!ml_spec_parse(spec, &structure, &options, &error))
        fail_msg("%s", error->message);
    MlModel *model = g_new(MlModel, 1);
    ml_compute_counting(structure, &options, n, ml_allocator_default(), PAGE, model);
    return model;
}

static guint64
pages(guint64 bytes)
{
    return (bytes + PAGE - 1) / PAGE * PAGE;
}

/* Measured with GLib 2.74.6 and glibc 2.36.  A slab holds as many blocks as fit beside its 48 B,
 * and takes the next power of two: 13 nodes in 256 B, 14 or 9 in 512 B; they are taken by the
 * magazine. For 100 nodes slabs fill a page, and for 60, which are two magazines as well; the
 * longer chunk that the last one was cut from reaches into another.  A GSequence has its header
 * before the first slab. */
static void
slices_share_slabs(void **state)
{
    static const struct {
        const char *name;
        guint64 n;
        guint64 pages;
    } seen[] = {
        { "gslist", 13001, 63 },
        { "glist", 14001, 126 },
        { "gqueue", 14001, 126 },
        { "glist", 60, 2 },
        { "glist", 100, 2 },
        { "gtree", 4321, 61 },
        { "gsequence", 200, 4 },
        { "gsequence", 10000, 140 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
        g_autofree MlModel *model = compute(seen[i].name, seen[i].n);
        assert_int_equal(model->cost.resident / PAGE, seen[i].pages);
    }
}

/* Freed slices wait in GLib's magazines, so that no slab is ever without a block. */
static void
slabs_stay_when_nodes_are_deleted(void **state)
{
    g_autofree MlModel *all = compute("gslist", 4 * 13000);
    g_autofree MlModel *thinned = compute("gslist:deleted=3", 13000);

    assert_int_equal(thinned->cost.resident, all->cost.resident);
    assert_int_equal(thinned->part[0].cost.blocks, 13000);
    assert_int_equal(thinned->cost.stock, all->cost.stock + 3 * 13000 * 16);
}

/* Of each 301 chunks of 32 B one stays: a page in two, or in three, is without any. */
static void
without_slices_pages_between_nodes_go_back(void **state)
{
    g_autofree MlModel *list = compute("glist:slices=off,deleted=300", 1000);

    assert_in_range(list->cost.resident / PAGE, 1000, 2 * 1000);
    assert_int_equal(list->part[0].cost.blocks, 1000);
}

static void
without_slices_a_node_is_a_block_of_mallocs(void **state)
{
    g_autofree MlModel *list = compute("gslist:slices=off", 1000);
    g_autofree MlModel *tree = compute("gtree:slices=off", 1000);

    assert_int_equal(list->cost.resident, pages(1000 * 32));
    assert_int_equal(tree->cost.resident, pages(64 + 1000 * 48));
}

/* Seen in GLib 2.74.6: with how many entries a table has so many slots. */
static void
a_hash_table_grows_when_fifteen_sixteenths_are_taken(void **state)
{
    static const struct {
        guint64 n;
        guint64 slots;
    } seen[] = {
        { 7, 8 }, { 8, 16 }, { 15, 16 }, { 16, 32 }, { 986895, 1 << 20 }, { 986896, 1 << 21 }
    };

    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
        g_autofree MlModel *model = compute("ghashtable", seen[i].n);
        assert_int_equal(model->plan.slots, seen[i].slots);
    }
}

/* Seen in GLib 2.74.6: four times as many keys were inserted, of which so many stay. */
static void
a_hash_table_is_halved_when_less_than_a_quarter_is_taken(void **state)
{
    static const struct {
        guint64 n;
        guint64 slots;
    } seen[] = { { 1, 8 },
        { 3, 8 },
        { 4, 16 },
        { 31, 64 },
        { 32, 128 },
        { 63, 128 },
        { 64, 256 },
        { 1000, 2048 },
        { 262143, 1 << 19 },
        { 262144, 1 << 20 } };

    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
        g_autofree MlModel *model = compute("ghashtable:deleted=3", seen[i].n);
        assert_int_equal(model->plan.slots, seen[i].slots);
    }
}

/* Measured with GLib 2.74.6 and glibc 2.36: where arrays move as they grow, what they leave, and
 * which pages of that go back. */
static void
a_small_hash_table_leaves_holes_behind(void **state)
{
    static const struct {
        const char *spec;
        guint64 n;
        guint64 pages;
    } seen[] = {
        { "ghashtable", 300, 4 },
        { "ghashtable", 1000, 10 },
        { "ghashtable", 3000, 17 },
        { "ghashtable", 10000, 53 },
        { "ghashtable:keys=string", 300, 7 },
        { "ghashtable:keys=string", 1000, 20 },
        { "ghashtable:keys=string", 3000, 42 },
        { "ghashtable:keys=string", 10000, 145 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
        g_autofree MlModel *model = compute(seen[i].spec, seen[i].n);
        assert_int_equal(model->cost.resident / PAGE, seen[i].pages);
    }
}

/* Keys, hashes and values of 4 B; no values where all equal their keys; 8 B once one needs them. */
static void
a_hash_table_has_arrays_as_narrow_as_its_entries(void **state)
{
    static const struct {
        const char *spec;
        guint64 slot_bytes;
    } kinds[] = { { "ghashtable", 12 },
        { "ghashtable:value=i + 1", 8 },
        { "ghashtable:value=i - 1", 16 },
        { "ghashtable:value=i*5000000000", 16 } };

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree MlModel *model = compute(kinds[i].spec, 1000000);
        guint64 requested = 0;
        for (guint p = 1; p < model->n_parts; p++)
            requested += model->part[p].cost.requested;
        assert_int_equal(requested, kinds[i].slot_bytes << 21);
    }
}

/* Keys of more than 4 B make their array wide, and a set has no other. */
static void
a_set_may_have_keys_of_eight_bytes(void **state)
{
    g_autofree MlModel *model = compute("ghashtable:value=i + 1", G_GUINT64_CONSTANT(5000000000));

    assert_int_equal(model->plan.slots, G_GUINT64_CONSTANT(1) << 33);
    assert_int_equal(model->part[1].cost.requested, 8 * model->plan.slots);
    assert_int_equal(model->part[3].cost.requested, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_share_slabs),
        cmocka_unit_test(slabs_stay_when_nodes_are_deleted),
        cmocka_unit_test(without_slices_pages_between_nodes_go_back),
        cmocka_unit_test(without_slices_a_node_is_a_block_of_mallocs),
        cmocka_unit_test(a_hash_table_grows_when_fifteen_sixteenths_are_taken),
        cmocka_unit_test(a_hash_table_is_halved_when_less_than_a_quarter_is_taken),
        cmocka_unit_test(a_small_hash_table_leaves_holes_behind),
        cmocka_unit_test(a_hash_table_has_arrays_as_narrow_as_its_entries),
        cmocka_unit_test(a_set_may_have_keys_of_eight_bytes),
    };
    return cmocka_run_group_tests_name("model/glib", tests, NULL, NULL);
}

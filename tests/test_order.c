#include "ml_test.h"

#include <glib.h>

#include "structure/order.h"

static void
an_order_has_each_number_once(void **state)
{
    static const uint64_t counts[] = { 1, 2, 3, 7, 8, 9, 100, 1000, 4097 };

    for (size_t k = 0; k < G_N_ELEMENTS(counts); k++) {
        g_autofree gboolean *seen = g_new0(gboolean, counts[k]);
        MlOrder order;
        ml_order_init(&order, counts[k]);
        for (uint64_t i = 0; i < counts[k]; i++) {
            uint64_t number = ml_order_at(&order, i);
            assert_true(number < counts[k]);
            assert_false(seen[number]);
            seen[number] = TRUE;
        }
    }
}

/* A picture of shuffled keys is the same wherever it is drawn. */
static void
an_order_is_the_same_everywhere(void **state)
{
    static const uint64_t expected[] = { 4, 9, 8, 7, 0, 5, 6, 3, 2, 1 };
    MlOrder order;

    ml_order_init(&order, G_N_ELEMENTS(expected));
    for (uint64_t i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_int_equal(ml_order_at(&order, i), expected[i]);
}

/* Of 10 000 pairs in random order, 2 on average would follow each other. */
static void
an_order_is_shuffled(void **state)
{
    const uint64_t n = 10000;
    unsigned follow = 0;
    MlOrder order;

    ml_order_init(&order, n);
    for (uint64_t i = 1; i < n; i++) {
        int64_t step = (int64_t)(ml_order_at(&order, i) - ml_order_at(&order, i - 1));
        follow += step == 1 || step == -1;
    }
    assert_in_range(follow, 0, 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_has_each_number_once),
        cmocka_unit_test(an_order_is_the_same_everywhere),
        cmocka_unit_test(an_order_is_shuffled),
    };
    return cmocka_run_group_tests_name("structure/order", tests, NULL, NULL);
}

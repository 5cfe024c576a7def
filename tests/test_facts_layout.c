/* Structs as the compiler lays them out, and as a file keeps them. */
#include "each_structure.h"

#include <string.h>

#include "base/error.h"
#include "base/spec.h"
#include "facts/recording.h"

static GPtrArray *
layouts_of(const char *spec)
{
    const MlStructure *structure;
    MlOptions options;
    g_autoptr(GError) error = NULL;
    GPtrArray *layouts = ml_recording_new_layouts();
    assert_true(ml_spec_parse(spec, &structure, &options, NULL));
    if (!ml_layouts_of(structure, &options, 1000, layouts, &error))
        fail_msg("%s", error->message);
    return layouts;
}

static void
assert_pieces(const MlLayout *layout, const guint64 *expected, guint n)
{
    g_autoptr(GArray) pieces = ml_layout_pieces(layout);
    assert_int_equal(pieces->len, n);
    for (guint i = 0; i < n; i++)
        assert_int_equal(g_array_index(pieces, MlLayoutPiece, i).bytes, expected[i]);
}

/* The worked example of struct_array.c: char, 7 B hole, 8, 2, 6 B hole, 8, 4, 4 B hole. */
static void
a_struct_has_the_holes_that_the_compiler_leaves(void **state)
{
    static const guint64 written[] = { 1, 7, 8, 2, 6, 8, 4, 4 };
    static const guint64 sorted[] = { 8, 8, 4, 2, 1, 1 };
    g_autoptr(GPtrArray) a = layouts_of("struct-array");
    g_autoptr(GPtrArray) b = layouts_of("struct-array:members=largest-first");
    const MlLayout *first = a->pdata[0];
    const MlLayout *second = b->pdata[0];
    assert_int_equal(first->bytes, 40);
    assert_int_equal(second->bytes, 24);
    assert_pieces(first, written, G_N_ELEMENTS(written));
    assert_pieces(second, sorted, G_N_ELEMENTS(sorted));
    assert_true(ml_layout_same_fields(first, second));
}

static void
pieces_cover_every_struct_once(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();
    guint n_structs = 0;
    for (guint i = 0; i < cases->len; i++) {
        const MlCase *it = cases->pdata[i];
        g_autoptr(GPtrArray) layouts = ml_recording_new_layouts();
        gboolean has = ml_layout_has_fields(it->structure, &it->options);
        assert_int_equal(ml_layouts_of(it->structure, &it->options, 10, layouts, NULL), has);
        for (guint k = 0; k < layouts->len; k++) {
            const MlLayout *layout = layouts->pdata[k];
            double roles[ML_N_ROLES];
            double sum = 0;
            guint64 at = 0;
            g_autoptr(GArray) pieces = ml_layout_pieces(layout);
            for (guint p = 0; p < pieces->len; p++) {
                const MlLayoutPiece *piece = &g_array_index(pieces, MlLayoutPiece, p);
                ml_assert_same(k, it->name, piece->offset, at);
                at += piece->bytes;
            }
            ml_assert_same(k, it->name, at, layout->bytes);
            ml_layout_roles(layout, roles);
            for (int role = 0; role < ML_N_ROLES; role++)
                sum += roles[role];
            ml_assert_same(k, it->name, (guint64)sum, layout->bytes);
            n_structs++;
        }
    }
    assert_true(n_structs > cases->len / 2);
}

/* What an element has, rather than what there is once. */
static void
the_structs_of_each_element_are_shown(void **state)
{
    g_autoptr(GPtrArray) table = layouts_of("chained-table:keys=string,values=boxed");
    assert_int_equal(table->len, 3);
    assert_string_equal(((const MlLayout *)table->pdata[0])->part, "node");
    assert_string_equal(((const MlLayout *)table->pdata[1])->part, "key object");
    assert_string_equal(((const MlLayout *)table->pdata[1])->tail, "text");
    assert_int_equal(((const MlLayout *)table->pdata[1])->bytes, 25);
    assert_string_equal(((const MlLayout *)table->pdata[2])->part, "value object");
    g_autoptr(GPtrArray) tree = layouts_of("gtree");
    assert_int_equal(tree->len, 1);
    assert_string_equal(((const MlLayout *)tree->pdata[0])->part, "node");
    g_autoptr(GPtrArray) array = layouts_of("garray"); /* its elements have no struct */
    assert_int_equal(array->len, 1);
    assert_string_equal(((const MlLayout *)array->pdata[0])->part, "GArray");
}

static void
a_structure_without_a_struct_is_refused_with_those_that_have_one(void **state)
{
    const MlStructure *structure;
    MlOptions options;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) layouts = ml_recording_new_layouts();
    assert_true(ml_spec_parse("packed-array:width=4", &structure, &options, NULL));
    assert_false(ml_layouts_of(structure, &options, 10, layouts, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_USAGE);
    assert_non_null(strstr(error->message, "no block of packed-array:width=4 has several fields"));
    assert_non_null(strstr(error->message, "linked-list, "));
    assert_null(strstr(error->message, "packed-array,"));
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void
every_layout_survives_the_way_through_json(void **state)
{
    g_autoptr(GPtrArray) cases = ml_cases();
    for (guint i = 0; i < cases->len; i++) {
        const MlCase *it = cases->pdata[i];
        g_autoptr(GPtrArray) layouts = ml_recording_new_layouts();
        ml_layouts_of(it->structure, &it->options, 10, layouts, NULL);
        for (guint k = 0; k < layouts->len; k++) {
            g_autoptr(GError) error = NULL;
            json_t *json = ml_layout_to_json(layouts->pdata[k]);
            g_autoptr(MlLayout) after = ml_layout_from_json(json, &error);
            if (after == NULL)
                fail_msg("%s: %s", it->name, error->message);
            json_t *again = ml_layout_to_json(after);
            assert_true(json_equal(json, again));
            json_decref(json);
            json_decref(again);
        }
    }
}

/* @value: (transfer full) (nullable): NULL: the key is taken away */
static void
assert_refused(gint field, const char *key, json_t *value, const char *expected)
{
    g_autoptr(GPtrArray) layouts = layouts_of("struct-array");
    g_autoptr(GError) error = NULL;
    json_t *json = ml_layout_to_json(layouts->pdata[0]);
    json_t *fields = json_object_get(json, "fields");
    json_t *target = field >= 0 ? json_array_get(fields, (size_t)field) : json;
    if (value != NULL)
        json_object_set_new(target, key, value);
    else
        json_object_del(target, key);
    assert_null(ml_layout_from_json(json, &error));
    assert_int_equal(ml_error_status(error), ML_ERROR_INPUT);
    if (strstr(error->message, expected) == NULL)
        fail_msg("%s", error->message);
    json_decref(json);
}

static void
what_is_no_layout_is_refused(void **state)
{
    assert_refused(-1, "schema", json_string("memlab.walk.1"), "not memlab.layout.1");
    assert_refused(-1, "part", NULL, "key 'part' is missing");
    assert_refused(-1, "bytes", json_integer(0), "key 'bytes' is not between 1 and");
    assert_refused(-1, "bytes", json_integer(-8), "key 'bytes' is not between 1 and");
    assert_refused(-1, "bytes", json_integer(39), "its holes are not those");
    assert_refused(-1, "word_bytes", json_integer(0), "key 'word_bytes' is not between");
    assert_refused(-1, "holes", json_array(), "its holes are not those between its fields");
    assert_refused(-1, "tail", json_object(), "key 'name' is missing");
    assert_refused(1, "offset", json_integer(0), "fields[1]: key 'offset' is not between 1 and 40");
    assert_refused(1, "role", json_string("payload"), "fields[1]: key 'role' is not one of");
    assert_refused(1, "role", json_string("unused"), "fields[1]: no field is unused");
    assert_refused(4, "bytes", json_integer(9), "fields[4]: it ends beyond the struct");
    assert_refused(0, "count", json_integer(INT64_MAX), "fields[0]: key 'count' is not between");
    assert_refused(0, "name", json_integer(1), "fields[0]: key 'name' is not a string");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_struct_has_the_holes_that_the_compiler_leaves),
        cmocka_unit_test(pieces_cover_every_struct_once),
        cmocka_unit_test(the_structs_of_each_element_are_shown),
        cmocka_unit_test(a_structure_without_a_struct_is_refused_with_those_that_have_one),
        cmocka_unit_test(every_layout_survives_the_way_through_json),
        cmocka_unit_test(what_is_no_layout_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

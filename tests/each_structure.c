#include "each_structure.h"

#include "base/spec.h"
#include "measure/slices.h"
#include "structure/registry.h"

static void
free_case(gpointer data)
{
    MlCase *it = data;
    g_free(it->name);
    g_free(it);
}

/* Counts the choices up like digits.  Returns: FALSE when all are at their first again. */
static gboolean
next_choices(const MlStructure *structure, MlOptions *options)
{
    for (size_t i = 0; i < structure->n_options; i++) {
        const MlOptionSpec *option = &structure->options[i];
        guint8 next = (guint8)(options->choice[i] + 1);
        if (option->text_default == NULL && next < ML_MAX_CHOICES &&
            option->choices[next] != NULL) {
            options->choice[i] = next;
            return TRUE;
        }
        options->choice[i] = 0;
    }
    return FALSE;
}

/* Options that are no choice among a few. */
static const char *const others[] = {
    "linked-list:deleted=1",
    "linked-list:order=shuffled,deleted=3",
    "double-list:deleted=300",
    "chained-table:fill=3,deleted=1",
    "chained-table:key_length=40,values=string,deleted=20",
    "open-table:fill=1/2,deleted=2",
    "open-table:key_length=300,values=boxed,deleted=1",
    "robin-hood-table:fill=90%,deleted=3",
    "swiss-table:fill=1/2,values=boxed,deleted=7",
    "compact-dict:fill=1/9",
    "compact-dict:keys=string,values=string,deleted=5",
    "ghashtable:key_length=30",
    "ghashtable:deleted=3",
    "ghashtable:slices=off,deleted=20",
    "ghashtable:slices=off,keys=string,deleted=1",
    "ghashtable:key_length=40,deleted=7",
    "ghashtable:slices=off,keys=string,deleted=7",
    "gslist:deleted=3",
    "gslist:slices=off,deleted=20",
    "glist:deleted=300",
    "glist:slices=off,deleted=1",
    "gqueue:deleted=13",
    "gqueue:slices=off,deleted=2",
    "string-array:length=100",
    "boxed-array:distinct=1",
    "boxed-array:distinct=7,order=shuffled",
    "boxed-array:box=bare,distinct=5000",
};

static void
add_case(GPtrArray *cases, const MlStructure *structure, const MlOptions *options)
{
    MlCase *it = g_new0(MlCase, 1);
    it->structure = structure;
    it->options = *options;
    it->name = ml_spec_to_string(structure, options);
    const char *deleted =
        ml_options_find(structure->options, structure->n_options, options, "deleted");
    const char *distinct =
        ml_options_find(structure->options, structure->n_options, options, "distinct");
    it->distinct = distinct != NULL ? g_ascii_strtoull(distinct, NULL, 10) : 0;
    if (it->distinct == 0)
        it->distinct = G_MAXUINT64;
    it->every = deleted != NULL ? 1 + g_ascii_strtoull(deleted, NULL, 10) : 1;
    g_ptr_array_add(cases, it);
}

GPtrArray *
ml_cases(void)
{
    GPtrArray *cases = g_ptr_array_new_with_free_func(free_case);
    size_t n_structures;
    const MlStructure *const *structures = ml_structures(&n_structures);
    for (size_t i = 0; i < n_structures; i++) {
        MlOptions options;
        ml_options_defaults(structures[i]->options, structures[i]->n_options, &options);
        do {
            add_case(cases, structures[i], &options);
        } while (next_choices(structures[i], &options));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        const MlStructure *structure;
        MlOptions options;
        assert_true(ml_spec_parse(others[i], &structure, &options, NULL));
        add_case(cases, structure, &options);
    }
    return cases;
}

MlModel *
ml_case_model(const MlCase *it, guint64 n, guint64 page_bytes)
{
    MlModel *model = g_new0(MlModel, 1);
    ml_compute(it->structure, &it->options, n, ml_allocator_find("glibc"), page_bytes, model);
    return model;
}

void *
ml_case_build(const MlCase *it, guint64 n)
{
    void *instance = g_malloc0(ML_INSTANCE_SIZE);
    assert_true(it->structure->build(instance, n, &it->options));
    return instance;
}

bool
ml_case_is_elsewhere(const MlCase *it)
{
    const char *wanted = ml_slices_of(it->structure, &it->options);
    const char *here =
        g_strcmp0(g_getenv("G_SLICE"), "always-malloc") == 0 ? "off" : ml_slices_default();
    return wanted != NULL && !g_str_equal(wanted, here);
}

bool
ml_case_is_too_large(const MlCase *it, guint64 n)
{
    return n * it->every > 10000000;
}

int
ml_run_each(const char *group, const struct CMUnitTest *tests, size_t n_tests)
{
    g_autoptr(GPtrArray) cases = ml_cases();
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof *tests);
    for (guint i = 0; i < cases->len; i++) {
        MlCase *it = cases->pdata[i];
        for (size_t k = 0; k < n_tests; k++) {
            struct CMUnitTest test = tests[k];
            test.name = g_strdup_printf("%s: %s", it->name, tests[k].name);
            test.initial_state = it;
            g_ptr_array_add(names, (gpointer)(guintptr)test.name);
            g_array_append_val(all, test);
        }
    }
    return _cmocka_run_group_tests(
        group, (const struct CMUnitTest *)(gpointer)all->data, all->len, NULL, NULL);
}

void
ml_assert_same(guint64 n, const char *what, guint64 got, guint64 expected)
{
    if (got != expected)
        fail_msg("n = %" G_GUINT64_FORMAT ": %s: %" G_GUINT64_FORMAT ", not %" G_GUINT64_FORMAT,
            n,
            what,
            got,
            expected);
}

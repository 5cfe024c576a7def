/* Every structure with every combination of its enumerated options: a new one is tested the moment
 * it is listed.  Options that are numbers and texts: some of them. */
#pragma once

#include "ml_test.h"

#include <glib.h>

#include "core/structure.h"
#include "model/compute.h"

typedef struct {
    const MlStructure *structure;
    MlOptions options;
    char *name; /* "compact-dict:keys=string" */
    /* Element i holds the value (i % distinct) × every: values come again, and others were deleted.
     */
    guint64 distinct;
    guint64 every;
} MlCase;

/**
 * ml_cases: all of them, in the order of the registry.
 *
 * Returns: (transfer full) (element-type MlCase).
 */
GPtrArray *ml_cases(void);

/**
 * ml_case_model: what @n elements cost with glibc on pages of @page_bytes.
 *
 * Returns: (transfer full): g_free() it.
 */
MlModel *ml_case_model(const MlCase *it, guint64 n, guint64 page_bytes);

/**
 * ml_case_build: a zeroed instance, with @n elements built into it.
 *
 * Fails the test where malloc returned NULL.  Returns: (transfer full): destroy() and g_free() it.
 */
void *ml_case_build(const MlCase *it, guint64 n);

/**
 * ml_case_is_elsewhere: whether the case has GLib's slices on, and this process off, or the other
 * way round: G_SLICE says it once, at the start.
 */
bool ml_case_is_elsewhere(const MlCase *it);

/**
 * ml_case_is_too_large: whether more elements would be made, only to be deleted, than fit.
 */
bool ml_case_is_too_large(const MlCase *it, guint64 n);

/**
 * ml_run_each: run a group of tests once for every case, whose name leads the test's.
 * @tests: their state is the const MlCase *
 *
 * Returns: how many failed.
 */
int ml_run_each(const char *group, const struct CMUnitTest *tests, size_t n_tests);

/**
 * ml_assert_same: that @got is @expected; names both, @what and @n where it is not.
 */
void ml_assert_same(guint64 n, const char *what, guint64 got, guint64 expected);

#include "made_series.h"

#include "ml_test.h"

#include "base/error.h"
#include "base/spec.h"

MlSeries *
ml_test_series(const char *spec, const MlSweepRange *range)
{
    const MlStructure *structure;
    MlOptions options;
    g_autoptr(GError) error = NULL;
    assert_true(ml_spec_parse(spec, &structure, &options, NULL));
    MlSeries *series =
        ml_series_compute(structure, &options, ml_allocator_default(), range, &error);
    if (series == NULL)
        fail_msg("%s", error->message);
    return series;
}

#include "cli/sweep_chart.h"

#include "base/file.h"
#include "cli/output.h"
#include "cli/series_facts.h"
#include "diagram/diagram.h"

static const MlDiagramKind *
kind_for(const GPtrArray *all)
{
    return ml_diagram_find(all->len == 1 ? "saw-tooth" : "versus", NULL);
}

static MlDiagramFacts
lend(const GPtrArray *all)
{
    return (MlDiagramFacts){
        .n_series = all->len,
        .series = (const MlSeries *const *)all->pdata,
    };
}

gboolean
ml_sweep_chart_write(GPtrArray *all, const char *path, GError **error)
{
    MlFormat format = ML_FORMAT_SVG;
    MlDiagramFacts facts = lend(all);
    gboolean is_output = g_str_equal(path, "-");
    if ((!is_output && !ml_diagram_format(path, &format, error)) ||
        !ml_series_add_curves(all, error))
        return FALSE;
    g_autoptr(MlScene) scene = ml_diagram_scene(kind_for(all), &facts, NULL, error);
    g_autoptr(GBytes) bytes =
        scene != NULL ? ml_diagram_render(scene, format, ml_themes()[0], 1, error) : NULL;
    if (bytes == NULL)
        return FALSE;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    if (!ml_file_write(path, data, length, error))
        return FALSE;
    if (!is_output)
        ml_message("wrote %s", path);
    return TRUE;
}

gboolean
ml_sweep_chart_print(GPtrArray *all, GError **error)
{
    MlDiagramFacts facts = lend(all);
    if (!ml_series_add_curves(all, error))
        return FALSE;
    g_autofree char *chart =
        kind_for(all)->terminal(&facts, ml_output_ascii(), ml_output_columns());
    g_autofree char *text = g_strconcat(chart, "\n", NULL);
    return ml_output(text, error);
}

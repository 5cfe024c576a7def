#include "cli/diagram_frames.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/output.h"
#include "diagram/frames.h"

gboolean
ml_diagram_frames_check(const char *output, GError **error)
{
    if (output == NULL || (strchr(output, '/') == NULL && !g_str_equal(output, "-")))
        return TRUE;
    g_autofree char *quoted = ml_text_quote(output);
    return ml_fail(error,
        ML_ERROR_USAGE,
        "with --frames, -o is the name of the files in that folder, such as frame.png; not %s",
        quoted);
}

/* "boxed.png" → "boxed-02.png".  Returns: (transfer full). */
static char *
frame_name(const MlScene *scene, const char *output, guint frame)
{
    const char *dot = output != NULL ? strrchr(output, '.') : NULL;
    g_autofree char *stem = dot != NULL ? g_strndup(output, (gsize)(dot - output)) : NULL;
    return g_strdup_printf(
        "%s-%02u%s", stem != NULL ? stem : scene->id, frame, dot != NULL ? dot : ".svg");
}

static void
say(const MlScene *scene, const char *folder, const GPtrArray *names, const char *output)
{
    g_autofree char *next = frame_name(scene, output, names->len + 1);
    g_autofree char *left_over = g_build_filename(folder, next, NULL);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        ml_message("wrote %s: %s", path, ml_frames_news(scene, i + 1));
    }
    if (g_file_test(left_over, G_FILE_TEST_EXISTS))
        ml_message("%s is of an earlier picture with more frames: it is left as it was", left_over);
}

gboolean
ml_diagram_frames_write(MlScene *scene,
    MlFormat format,
    const MlTheme *theme,
    double scale,
    const char *folder,
    const char *output,
    GError **error)
{
    guint n = ml_frames_count(scene);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) contents = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    for (guint frame = 1; frame <= n; frame++) {
        ml_frames_show(scene, frame);
        GBytes *bytes = ml_diagram_render(scene, format, theme, scale, error);
        if (bytes == NULL)
            return FALSE;
        g_ptr_array_add(contents, bytes);
        g_ptr_array_add(names, frame_name(scene, output, frame));
    }
    if (!ml_file_write_set(
            folder, (const char *const *)names->pdata, (GBytes *const *)contents->pdata, n, error))
        return FALSE;
    say(scene, folder, names, output);
    return TRUE;
}

#include "diagram/frames.h"

#include "base/language.h"

static int
compare_steps(gconstpointer a, gconstpointer b)
{
    guint x = *(const guint *)a;
    guint y = *(const guint *)b;
    return (x > y) - (x < y);
}

/* The steps in which something comes, in order.  What is always there is no step of its own.
 * Returns: (transfer full): of guint. */
static GArray *
steps(const MlScene *scene)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint));
    GArray *each = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < scene->items->len; i++) {
        guint step = ml_scene_item(scene, i)->step;
        if (step != ML_STEP_ALWAYS)
            g_array_append_val(all, step);
    }
    g_array_sort(all, compare_steps);
    for (guint i = 0; i < all->len; i++) {
        guint step = g_array_index(all, guint, i);
        if (each->len == 0 || g_array_index(each, guint, each->len - 1) != step)
            g_array_append_val(each, step);
    }
    return each;
}

guint
ml_frames_count(const MlScene *scene)
{
    g_autoptr(GArray) each = steps(scene);
    return MAX(each->len, 1);
}

void
ml_frames_show(MlScene *scene, guint frame)
{
    g_autoptr(GArray) each = steps(scene);
    scene->shown = frame < each->len ? g_array_index(each, guint, frame - 1) : ML_STEP_LAST;
}

const char *
ml_frames_news(const MlScene *scene, guint frame)
{
    g_autoptr(GArray) each = steps(scene);
    guint step = frame <= each->len ? g_array_index(each, guint, frame - 1) : ML_STEP_LAST;
    for (guint i = 0; i < scene->step_names->len; i++)
        if (g_array_index(scene->step_names, MlStepName, i).step == step)
            return g_array_index(scene->step_names, MlStepName, i).name;
    if (step == ML_STEP_LAST)
        return scene->n_claims > 0 ? _("the sum") : _("the finding");
    return _("the picture");
}

static gboolean
is_whole(const MlScene *scene)
{
    return scene->shown >= ML_STEP_LAST;
}

const char *
ml_frames_title(const MlScene *scene)
{
    return is_whole(scene) || scene->plain_title == NULL ? scene->title : scene->plain_title;
}

char *
ml_frames_description(const MlScene *scene)
{
    if (is_whole(scene))
        return g_strdup(scene->description != NULL ? scene->description : scene->title);
    g_autoptr(GArray) each = steps(scene);
    g_autoptr(GString) news = g_string_new(NULL);
    guint frame = 1;
    for (; frame <= each->len && g_array_index(each, guint, frame - 1) <= scene->shown; frame++)
        g_string_append_printf(news, "%s%s", frame > 1 ? ", " : "", ml_frames_news(scene, frame));
    return g_strdup_printf(_("%s. Step %u of %u of a picture that is built up; so far: %s."),
        ml_frames_title(scene),
        frame - 1,
        each->len,
        news->str);
}

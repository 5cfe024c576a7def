#include "diagram_frames.h"

#include "diagram/check.h"
#include "diagram/frames.h"

char *
first_complaint(MlScene *scene, const MlLedger *ledger)
{
    guint n = ml_frames_count(scene);
    for (guint frame = n; frame > 0; frame--) {
        ml_frames_show(scene, frame);
        g_autoptr(GPtrArray) complaints = ml_scene_check(scene, ledger);
        ml_frames_show(scene, n);
        if (complaints->len > 0)
            return g_strdup_printf("frame %u: %s", frame, (char *)complaints->pdata[0]);
    }
    return NULL;
}

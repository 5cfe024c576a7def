/* Below the columns of a timeline: the highest peak, and how to read them. */
#pragma once

#include "diagram/kind.h"

typedef struct {
    const MlTimeline *timeline;
    gboolean has_peak; /* drawn, and to be explained */
    gboolean has_held;
} MlTimelineFoot;

/**
 * ml_timeline_foot_rule: where it begins; what stands above must end here.
 */
double ml_timeline_foot_rule(const MlScene *scene);
void ml_timeline_foot_draw(MlScene *scene, const MlTimelineFoot *foot);

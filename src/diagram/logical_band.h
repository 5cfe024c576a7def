/* Where the logical view is in a scene: a band below the title. */
#pragma once

#include "diagram/logical_layout.h"
#include "diagram/scene.h"

typedef struct {
    MlScene *scene;
    const MlLogical *logical;
    MlLogicalLayout layout;
    double x0;                 /* of the boxes */
    double y[ML_LOGICAL_ROWS]; /* of the boxes */
    double heading;            /* baseline */
    double bottom;
} MlLogicalBand;

/**
 * ml_logical_band_init: fit as many groups as the scene is wide for.
 * @is_shown: (nullable): see ml_logical_layout_init()
 *
 * Returns: FALSE where not even one fits; clear the band all the same.
 */
gboolean ml_logical_band_init(
    MlLogicalBand *band, MlScene *scene, const MlLogical *logical, const gboolean *is_shown);
void ml_logical_band_clear(MlLogicalBand *band);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlLogicalBand, ml_logical_band_clear)

/**
 * ml_logical_band_lane: px below a row of boxes of a lane.
 */
double ml_logical_band_lane(guint lane);

#define ML_LOGICAL_HEADING "logical view"
#define ML_LOGICAL_BOX_HEIGHT 48.0
#define ML_LOGICAL_NUMBER_RISE 12 /* of "[3]", above its element */

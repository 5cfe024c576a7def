/* The sum under a picture: "40 B = 8 + 8 + 16 + 8", each term with its swatch and its words, so
 * that the sum is the legend. */
#pragma once

#include "diagram/scene.h"

/**
 * ml_caption_sum: rule and sum at the foot of the scene.
 * @claim: (transfer none): the figures; kept in the scene for ml_scene_check()
 * @what: (transfer none): what the total is of, wordings longest first: "per element, measured"
 */
void ml_caption_sum(MlScene *scene, const MlClaim *claim, const char *const *what);

/**
 * ml_caption_reserve: find out how high the footer is: in a narrow scene a long sum takes several
 * rows.
 */
void ml_caption_reserve(MlScene *scene, const MlClaim *claim, const char *const *what);

/* Either of these two: for layouts that word the sum in one place. */
typedef void (*MlCaptionSet)(MlScene *scene, const MlClaim *claim, const char *const *what);

/* One of several sums side by side. */
typedef struct {
    MlClaim claim;
    const char *const *what; /* wordings, longest first; NULL-terminated */
    double x, width;
} MlCaptionPart;

/**
 * ml_caption_parts: rule and sums: at most ML_SCENE_MAX_SUMS, each counts the cells with its
 * number. ml_caption_reserve_parts: as ml_caption_reserve().  Returns: FALSE where they have no
 * room.
 */
void ml_caption_parts(MlScene *scene, const MlCaptionPart *parts, guint n);
gboolean ml_caption_reserve_parts(MlScene *scene, const MlCaptionPart *parts, guint n);

/**
 * ml_caption_group: the id of the group that sum @i is drawn in.
 *
 * Returns: (transfer full).
 */
char *ml_caption_group(guint i);

/**
 * ml_caption_rule: where the footer begins; what stands above must end here.  Right once the sum is
 * reserved.
 */
double ml_caption_rule(const MlScene *scene);

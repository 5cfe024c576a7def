/* What every picture has: title, rule, scale, and the small signs around the bytes. */
#pragma once

#include "diagram/label.h"

/**
 * ml_furniture_title: title and subtitle; the longest title becomes the scene's.
 * @title, @subtitle: (transfer none): wordings, longest first
 */
void ml_furniture_title(MlScene *scene, const char *const *title, const char *const *subtitle);

/**
 * ml_furniture_head: the same, with something else on the right of the subtitle.
 * @right_room: px kept free there
 */
void ml_furniture_head(
    MlScene *scene, const char *const *title, const char *const *subtitle, double right_room);

/**
 * ml_furniture_rule: the line above the footer.
 */
void ml_furniture_rule(MlScene *scene, double y);

/**
 * ml_furniture_scale: how long 8 bytes are in this picture, top right.
 */
void ml_furniture_scale(MlScene *scene);

/**
 * ml_furniture_dimension: |———| from @x0 to @x1, its label to the right of it.
 */
void ml_furniture_dimension(
    MlScene *scene, double x0, double x1, double y, MlInk ink, const char *label);

/**
 * ml_furniture_dots: three dots around (@x, @y): there is more, not drawn.
 */
void ml_furniture_dots(MlScene *scene, double x, double y);

/**
 * ml_furniture_legend: a swatch and the words for each role; in a narrow scene in two rows.
 * @roles: bit 1 << role for each role that occurs in the picture
 * @x: where it begins
 * @y: the middle of the rows; each is 56 px high
 */
void ml_furniture_legend(MlScene *scene, guint roles, double x, double y);

/**
 * ml_furniture_swatch: a small cell of the role, centred on @y.
 */
void ml_furniture_swatch(MlScene *scene, double x, double y, MlRole role);

#define ML_SWATCH_SIZE 42.0

/* What the pictures of layouts say in words: the finding for a title, the sum, the fields. */
#pragma once

#include "diagram/kind.h"

/* All return: (transfer full). */

/**
 * ml_finding_title: "A boxed array takes five times its data"; for few elements the whole sum.
 */
char *ml_finding_title(const MlDiagramFacts *facts);

/**
 * ml_finding_subtitle: wordings of the subtitle, longest first: "1 000 000 integers" with and
 * without @setup, and where the figures come from.
 * @setup: (nullable): how they are kept, ": " before it included where it needs one
 */
GStrv ml_finding_subtitle(const MlDiagramFacts *facts, const char *setup);

/**
 * ml_finding_elements: "5 integers", "1 entry".
 */
char *ml_finding_elements(const MlWalk *walk);

/**
 * ml_finding_of_what: what the caption's total is of: "per element", "5 elements".
 */
char *ml_finding_of_what(const MlWalk *walk, const MlClaim *claim);

/**
 * ml_finding_sum: "40 B (per element, measured) = 8 data + 8 pointers + 16 object header."
 */
char *ml_finding_sum(const MlDiagramFacts *facts, const MlClaim *claim);

/**
 * ml_finding_add_terms: append " = 8 data + 8 pointers + 16 object header.".
 */
void ml_finding_add_terms(GString *words, const MlSum *sum);

/**
 * ml_finding_fields: "8 size, 8 refs, 8 type, 8 value".
 */
char *ml_finding_fields(const MlWalk *walk, const MlWalkSample *block);

/**
 * ml_finding_reserve_sum: find out where the footer begins: see ml_caption_rule().
 * ml_finding_draw_sum: the caption under the picture.
 */
void ml_finding_reserve_sum(MlScene *scene, const MlDiagramFacts *facts, const MlClaim *claim);
void ml_finding_draw_sum(MlScene *scene, const MlDiagramFacts *facts, const MlClaim *claim);

/**
 * ml_finding_draw_stock: "Not drawn, not counted: 2 048 B that malloc holds in stock."
 * ml_finding_draw_nothing: that there are no elements.
 */
void ml_finding_draw_stock(MlScene *scene, const MlDiagramFacts *facts, double baseline);
void ml_finding_draw_nothing(MlScene *scene);

/* Below, a structure's own overhead shows: no general finding. */
#define ML_FINDING_FEW 100

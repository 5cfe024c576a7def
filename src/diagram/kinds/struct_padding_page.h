/* Structs side by side: how many there is room for, and where they stand. */
#pragma once

#include "diagram/caption.h"
#include "diagram/kinds/struct_padding.h"

#define ML_STRUCT_MOST_PANELS 3
#define ML_STRUCT_OFFSET_GAP 16    /* px between a row's offset and the row */
#define ML_STRUCT_NAMES_PITCH 36.0 /* px of a line of names below a struct */

/* Baselines and the first row, from above; 0: left out. */
typedef struct {
    double heading;
    double numbers;
    double rows;
    double note; /* px for what is not drawn; else the subtitle says it */
} MlStructStance;

typedef struct {
    char *name;
    char *without;       /* (nullable): of what the sum is where that is not all */
    const char *what[4]; /* of the sum, longest first */
    MlStructGrid grid;
    GPtrArray *names; /* (nullable): lines below it, for what its cells have no room for */
} MlStructPanel;

typedef struct {
    MlScene *scene;
    const MlDiagramFacts *facts;
    guint n; /* panels */
    MlStructPanel panels[ML_STRUCT_MOST_PANELS];
    MlCaptionPart parts[ML_STRUCT_MOST_PANELS];
    MlStructStance stance;
    double offsets; /* px for the offsets, left of a struct */
    double row_height;
} MlStructPage;

/**
 * ml_struct_page_init: place as many structs as there is room for, and set the scene's scale.
 */
void ml_struct_page_init(MlStructPage *page, MlScene *scene, const MlDiagramFacts *facts);
void ml_struct_page_clear(MlStructPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MlStructPage, ml_struct_page_clear)

/**
 * ml_struct_name_type: the largest type in which a name has room.
 * @width: px of the cell
 *
 * Returns: FALSE where it has none.
 */
gboolean ml_struct_name_type(MlScene *scene, const char *name, double width, MlType *ret_type);

/**
 * ml_struct_page_x, ml_struct_page_y: the left edge of struct @i, and the upper one of a row.
 * ml_struct_page_bottom: where the structs must end.
 */
double ml_struct_page_x(const MlStructPage *page, guint i);
double ml_struct_page_y(const MlStructPage *page, guint row);
double ml_struct_page_bottom(const MlStructPage *page);

/* A picture as data: shapes with roles and inks, no colours.
 *
 * A kind lays facts out into a scene once; every theme and every file format is drawn from it.
 * Lengths are pixels of the scene, y downwards. */
#pragma once

#include <glib.h>

#include "core/role.h"
#include "diagram/outline.h"
#include "diagram/size.h"
#include "diagram/sum.h"
#include "diagram/text_metrics.h"

/* What a theme turns into a colour. */
typedef enum {
    ML_INK_NONE,
    ML_INK_TEXT,
    ML_INK_MUTED,
    ML_INK_FAINT,
    ML_INK_GRID,
    ML_INK_BACKGROUND,
    ML_INK_FILL,                             /* + role: its cells */
    ML_INK_LINE = ML_INK_FILL + ML_N_ROLES,  /* + role: lines and letters beside its cells */
    ML_INK_ON = ML_INK_LINE + ML_N_ROLES,    /* + role: letters on its cells */
    ML_INK_PATTERN = ML_INK_ON + ML_N_ROLES, /* + role: the pattern on its cells */
    ML_N_INKS = ML_INK_PATTERN + ML_N_ROLES
} MlInk;

/* Two pictures may stand in one scene: every byte to scale, and what the bytes mean. */
typedef enum {
    ML_VIEW_BYTES,
    ML_VIEW_LOGICAL, /* boxes and pointers, not to scale */
} MlView;

/* Memory: its width is its bytes.  Without bytes it stands for a role (a swatch), or for more of
 * the same (torn). */
typedef struct {
    MlRole role;
    double bytes;
    guint64 address; /* 0: of no one place in memory */
    guint64 target;  /* what a pointer holds; 0: none */
    gint64 element;  /* whose bytes these are, -1: no single one's */
    gboolean torn_left;
    gboolean torn_right;
    gboolean fine;     /* a small cell: a finer pattern */
    gboolean is_least; /* as thin as can be seen, though its bytes are less */
    gboolean aside;    /* for comparison: no sum of the caption counts it */
    guint sum;         /* else the number of the one that does */
} MlCell;

typedef struct {
    MlInk ink;
    double width;
    gboolean dashed;
} MlPen;

/* Memory over something else, such as n, or many pieces of memory for the same: its area is its
 * bytes. */
typedef struct {
    MlRole role;
    MlOutline *outline; /* straight lines; closed pieces that do not overlap, all drawn one way */
    double byte_area;   /* px² of one byte of the caption's sum */
    gboolean fine;      /* small pieces: a finer pattern */
    gboolean aside;     /* for comparison: no sum of the caption counts it */
} MlArea;

typedef struct {
    MlPen pen;
    MlInk fill;
} MlRect;

typedef struct {
    MlOutline *outline;
    MlPen pen;
    MlInk fill;
    gboolean is_arrow; /* a dot where it begins, a head where it ends; see arrow.h */
    gboolean is_cased; /* of an arrow: it breaks the lines that it crosses */
    guint64 target;    /* the byte an arrow points to */
} MlPath;

typedef enum {
    ML_ANCHOR_START,
    ML_ANCHOR_MIDDLE,
    ML_ANCHOR_END,
} MlAnchor;

typedef struct {
    char *string;
    MlPoint at; /* on the baseline, where the anchor is */
    MlAnchor anchor;
    MlType type;
    MlInk ink; /* ML_INK_ON + role: the text lies on cells of that role */
} MlText;

typedef struct {
    char *id;
    char *title; /* (nullable): what it is, in words */
} MlGroup;

typedef enum {
    ML_ITEM_CELL,
    ML_ITEM_AREA,
    ML_ITEM_RECT,
    ML_ITEM_PATH,
    ML_ITEM_TEXT,
    ML_ITEM_GROUP,
    ML_ITEM_GROUP_END,
} MlItemKind;

/* When things come in a picture that is built up, see frames.h: layouts number their steps from
 * ML_STEP_FIRST on. */
enum {
    ML_STEP_ALWAYS,                /* what the first frame has already, such as the scale */
    ML_STEP_FIRST,                 /* where nobody says otherwise */
    ML_STEP_LAST = G_MAXUINT16,    /* the sum, and the finding */
    ML_STEP_NONE = G_MAXUINT16 + 1 /* after all of them */
};

typedef struct {
    MlItemKind kind;
    MlView view;
    guint step;  /* in a build-up it comes with this one */
    guint until; /* and goes with that one: ML_STEP_LAST, or ML_STEP_NONE: it stays */
    MlBox box;   /* bounds; of a text its advance and its ink */
    union {
        MlCell cell;
        MlArea area;
        MlRect rect;
        MlPath path;
        MlText text;
        MlGroup group;
    };
} MlItem;

typedef struct {
    guint step;
    char *name; /* what comes with it */
} MlStepName;

/* Where bytes of memory are drawn, or the box that stands for them. */
typedef struct {
    MlView view;
    guint64 address;
    guint64 bytes;
    guint step; /* of the item */
    MlBox box;
} MlPlace;

/* What a sum of the caption says that its cells add up to. */
typedef struct {
    MlSum sum;
    double divisor;             /* elements, for a sum per element; else 1 */
    guint64 n_undrawn;          /* elements like element 0 that are counted and not drawn */
    double undrawn[ML_N_ROLES]; /* bytes of other blocks that are counted and not drawn */
} MlClaim;

#define ML_SCENE_MAX_SUMS 4

/* What becomes of text in SVG. */
typedef enum {
    ML_LETTERS_FIXED,    /* text, held to its width whatever font the viewer has */
    ML_LETTERS_EDITABLE, /* text to be changed: as wide as the viewer's font has it */
    ML_LETTERS_OUTLINES, /* shapes, for programs without the fonts */
} MlLetters;

typedef struct {
    char *id;
    char *title;
    char *plain_title; /* (nullable): until the finding comes; NULL: it is the title */
    char *description; /* (nullable): the picture in words */
    double width, height;
    double zoom;          /* px of the finished picture in one px of the scene */
    double points_per_px; /* of a finished picture in PDF */
    double foot;          /* px below the rule above the footer */
    double above;         /* px that another view takes between the head and the kind's own room */
    MlView view;          /* of what is added */
    char *wanted_title;   /* (nullable): stands in place of the finding */
    double byte_width;    /* px of one byte; 0: cells are not to scale */
    MlLetters letters;    /* in SVG */
    const char *language; /* of its words */
    MlMetrics *metrics;
    gboolean is_cramped; /* elements have no room, or their bytes cannot be told apart */
    GPtrArray *items;    /* of MlItem, in the order they are painted */
    GArray *places;      /* of MlPlace */
    guint step;          /* with which comes what is added now */
    guint until;         /* with which it goes */
    guint shown;         /* steps up to this one are painted and checked; at first all are */
    GArray *step_names;  /* of MlStepName */
    guint n_claims;
    MlClaim claims[ML_SCENE_MAX_SUMS];
} MlScene;

#define ML_SCENE_MARGIN 80.0

/**
 * ml_scene_new: an empty scene.
 * @id: (transfer none): the kind's name
 * @metrics: (transfer none): a reference is kept
 * @size: (transfer none) (nullable): how much room there is; NULL: a slide of 1920 by 1080
 * @zoom: above 1 the scene is smaller than @size, and all in it looks larger
 *
 * A layout fits what it draws to the scene's width and height: in all sizes that size.h allows, and
 * with a zoom of ml_size_zoom_large().  Returns: (transfer full).
 */
MlScene *ml_scene_new(const char *id, MlMetrics *metrics, const MlSize *size, double zoom);
void ml_scene_free(MlScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlScene, ml_scene_free)

/* Each returns its item: (transfer none), at the same address as long as the scene is. */

/**
 * ml_scene_cell: memory; one with address and bytes is also noted as a place.
 */
MlItem *ml_scene_cell(MlScene *scene, MlBox box, const MlCell *cell);

/**
 * ml_scene_area: memory over n, or in many pieces.
 * @outline: (transfer full): as MlArea has it
 * @byte_area: px² that one byte of the caption's sum takes
 */
MlItem *ml_scene_area(MlScene *scene, MlOutline *outline, MlRole role, double byte_area);
MlItem *ml_scene_rect(MlScene *scene, MlBox box, MlPen pen, MlInk fill);

/**
 * ml_scene_path: lines and curves.
 * @outline: (transfer full)
 */
MlItem *ml_scene_path(MlScene *scene, MlOutline *outline, MlPen pen, MlInk fill);

/**
 * ml_scene_text: one line of text, as long as it comes (label.h has what fits its place); a letter
 * that no font has is a question mark.
 */
MlItem *ml_scene_text(
    MlScene *scene, MlPoint at, MlAnchor anchor, MlType type, MlInk ink, const char *string);

/**
 * ml_scene_group: what follows, up to ml_scene_group_end(), is one thing.
 * @id: (transfer none): unique in the scene: lower case, digits, dashes
 * @title: (transfer none) (nullable): shown when the mouse rests on it
 */
void ml_scene_group(MlScene *scene, const char *id, const char *title);
void ml_scene_group_end(MlScene *scene);

/**
 * ml_scene_step: what follows comes with this step of a build-up.
 * @step: ML_STEP_FIRST and up
 * @name: (transfer none) (nullable): what comes: "the first node"; the first name given stays
 *
 * Of a group the step is that of its first part to come.
 */
void ml_scene_step(MlScene *scene, guint step, const char *name);

/**
 * ml_scene_add_place: note that bytes of memory are drawn in @box.
 */
void ml_scene_add_place(MlScene *scene, guint64 address, guint64 bytes, MlBox box);

/**
 * ml_scene_find_place: the smallest place shown, of a view, that holds @address.
 *
 * Returns: (transfer none) (nullable).
 */
const MlPlace *ml_scene_find_place(const MlScene *scene, MlView view, guint64 address);

static inline const MlItem *
ml_scene_item(const MlScene *scene, guint i)
{
    return (const MlItem *)g_ptr_array_index(scene->items, i);
}

/* Whether its turn has come. */
static inline gboolean
ml_scene_shows(const MlScene *scene, const MlItem *item)
{
    return item->step <= scene->shown && scene->shown < item->until;
}

/* The ink of a family (ML_INK_FILL, LINE, ON, PATTERN) for a role. */
static inline MlInk
ml_ink_of(MlInk family, MlRole role)
{
    return (MlInk)((int)family + (int)role);
}

/* What the pictures of tables share: entries whose keys and values lie in them or behind them. */
#pragma once

#include "diagram/column.h"
#include "diagram/kind.h"

/* The part whose elements hold hash, key and value, and the parts behind its pointers. */
typedef struct {
    MlScene *scene;
    const MlDiagramFacts *facts;
    const MlWalk *walk;
    guint holder;
    int hash, key, value;          /* its fields; -1: none */
    gboolean has_keys, has_values; /* objects of their own */
    guint n_lanes;                 /* in which arrows leave an entry, 0 to 2 */
    guint digits;
    double top, bottom;      /* of the picture's own room */
    gboolean is_low;         /* there is little of it */
    double row_height;       /* of an entry */
    double gap;              /* px of height where places are left out */
    double before, gaps;     /* to the left of the objects: bytes, and px */
    guint n_banks;           /* columns side by side in which the places go on */
    double more_room;        /* px to the right of each, beyond its bytes */
    double bank_pitch;       /* px from one to the next */
    gboolean is_stacked;     /* values stand below their keys, else to the right of them */
    gboolean has_text_below; /* strings are written below their objects, else to the right */
    double holder_x; /* of entries or nodes, where something else stands to their left; else 0 */
    double keys_x, values_x;
    double value_foot;        /* of the first value drawn, its lower edge; 0: none yet */
    guint step;               /* of a build-up, with which the first entry's objects come */
    guint n_shown;            /* entries whose objects are drawn */
    double drawn[ML_N_ROLES]; /* bytes by role, of what is drawn */
} MlTable;

/**
 * ml_table_field: the number of a part's field by name; -1 where there is none.
 */
int ml_table_field(const MlPart *part, const char *name);

/**
 * ml_table_digits: of addresses, so that those of all sampled blocks differ.
 */
guint ml_table_digits(const MlWalk *walk);

/**
 * ml_table_init: find the fields and choose the scale.
 * @holder: the part that has the entries
 * @before: bytes to the left of the objects
 * @gaps: px to the left of the objects
 */
void ml_table_init(MlTable *table,
    MlScene *scene,
    const MlDiagramFacts *facts,
    guint holder,
    double before,
    double gaps);

/**
 * ml_table_make_banks: let the places go on in a second column, where nothing is behind them that
 * takes the room.
 *
 * Returns: whether there is room; then the scale is another.
 */
gboolean ml_table_make_banks(MlTable *table);

/**
 * ml_table_can_show: whether the objects of an entry were sampled.
 */
gboolean ml_table_can_show(const MlTable *table, const MlWalkSample *block, guint64 element);

/**
 * ml_table_draw_objects: the objects of one entry, and the arrows to them.
 * @row: the entry's box, from its byte 0 on
 * @edge: x of the right edge of its block
 */
void ml_table_draw_objects(
    MlTable *table, const MlWalkSample *block, guint64 element, MlBox row, double edge);

/**
 * ml_table_step: what follows comes with the objects of the next entry to be drawn, or the next
 * chain: the first one alone, then the rest.
 * @what: (transfer none): "entry"
 */
void ml_table_step(MlTable *table, const char *what);

/**
 * ml_table_draw_names: what a part is, and the names of its fields, above a column or a row.
 * @cells: (nullable): the fields' cells
 */
void ml_table_draw_names(MlTable *table, guint part, const GArray *cells, double x);

/**
 * ml_table_draw_index: "[5]" to the left of a row.
 */
void ml_table_draw_index(MlTable *table, guint64 index, double right, double y);

/**
 * ml_table_add_block, ml_table_add_column: count a block, a column as drawn.
 */
void ml_table_add_block(MlTable *table, const MlWalkSample *block);
void ml_table_add_column(MlTable *table, const MlColumn *column);

/**
 * ml_table_finish: title, scale and caption.
 * @setup: (nullable): see ml_finding_subtitle()
 */
void ml_table_finish(MlTable *table, const char *setup);

/**
 * ml_table_claim: what the caption says where nothing is drawn.
 */
void ml_table_claim(const MlDiagramFacts *facts, MlClaim *ret_claim);

/**
 * ml_table_describe: the picture in words.
 */
char *ml_table_describe(const MlDiagramFacts *facts);

/**
 * ml_table_missing: the error for a walk without the blocks to be drawn.
 */
gboolean ml_table_missing(const MlDiagramFacts *facts, GError **error);

/**
 * ml_table_is_narrow: whether gaps have to be smaller, so that bytes can be seen.
 */
static inline gboolean
ml_table_is_narrow(const MlScene *scene)
{
    return scene->width < 1300;
}

#define ML_TABLE_FIELD 8.0     /* bytes of a pointer */
#define ML_TABLE_NAMES_RISE 14 /* of the names of fields, above the table */
#define ML_TABLE_PARTS_RISE 52 /* of the names of parts */

#include "diagram/kinds/table_sketch.h"

#define MOST_LINES 11
#define LEAST_ENTRIES 1
#define ALL ((1u << ML_N_ROLES) - 1)
#define MALLOC_AND_INDEX (1u << ML_ROLE_ALLOCATOR | 1u << ML_ROLE_INDEX | 1u << ML_ROLE_PADDING)

/* The first that fits is used. */
static const MlTableForm forms[] = {
    { ALL, ALL, 1, 3 },
    { ALL, ALL, 0, 3 },
    { ALL, 1u << ML_ROLE_DATA, 1, 3 },
    { ALL, 1u << ML_ROLE_DATA, 0, 3 },
    { ALL & ~MALLOC_AND_INDEX, 1u << ML_ROLE_DATA, 0, 2 },
};

int
ml_table_sketch_lines(const MlTableSketch *sketch, const MlTableEntry *entry)
{
    int least = sketch->has_index && entry->cells != NULL ? 2 : 1;
    return MAX((int)entry->n_objects, least) + (entry->depth > 0 ? 1 : 0);
}

/* As many as there are lines for; a chain to its end, or not at all. */
static void
choose_entries(MlTableSketch *sketch)
{
    int lines = 0;
    guint n = 0;
    for (guint i = 0; i < sketch->entries->entries->len; i++) {
        lines += ml_table_sketch_lines(sketch, ml_table_entry(sketch->entries, i));
        if (lines > MOST_LINES && n >= LEAST_ENTRIES)
            break;
        gboolean goes_on = i + 1 < sketch->entries->entries->len &&
                           ml_table_entry(sketch->entries, i + 1)->depth > 0;
        n = goes_on ? n : i + 1;
    }
    sketch->n = n;
}

static void
measure(MlTableSketch *sketch, const MlTableForm *form)
{
    sketch->form = form;
    for (guint i = 0; i < ML_MAX_PARTS; i++)
        sketch->grid[i] = (MlSketchGrid){ .roles = form->objects, .padding = form->padding };
    MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    holder->roles = form->holder;
    for (guint i = 0; i < sketch->n; i++) {
        const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
        if (entry->cells != NULL)
            ml_sketch_grid_measure(holder, entry->cells);
        for (guint k = 0; k < entry->n_objects; k++)
            ml_sketch_grid_measure(
                &sketch->grid[entry->object[k].block->part], entry->object[k].cells);
    }
}

/* Of what stands to the left of the table, or of its index. */
static int
label_columns(const MlTableSketch *sketch)
{
    int width = 0;
    for (guint i = 0; i < sketch->n; i++) {
        const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
        if (entry->label != NULL)
            width = MAX(width, ml_text_width(entry->label));
    }
    return width;
}

/* The part of the first column of cells before byte 0: a node below points its tip there. */
static int
byte_0(const MlTableSketch *sketch, const GArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        if (g_array_index(cells, MlBlockCell, i).offset >= 0 &&
            ml_sketch_grid_x(&sketch->grid[sketch->entries->holder], cells, i) > 0)
            return ml_sketch_grid_x(&sketch->grid[sketch->entries->holder], cells, i);
    return 1;
}

int
ml_table_sketch_link(const MlTableSketch *sketch, const MlTableEntry *entry)
{
    for (guint i = 0; i < entry->cells->len; i++) {
        guint64 target = g_array_index(entry->cells, MlBlockCell, i).target;
        const MlWalkSample *to = target != 0 ? ml_walk_find(sketch->entries->walk, target) : NULL;
        if (to != NULL && to->part == sketch->entries->holder)
            return (int)i;
    }
    return -1;
}

static void
place_columns(MlTableSketch *sketch)
{
    const MlSketchGrid *holder = &sketch->grid[sketch->entries->holder];
    guint deepest = 0;
    int objects = 0;
    int notes = 0;
    sketch->left = ML_TABLE_INDENT + label_columns(sketch) + 1;
    sketch->x = sketch->left;
    if (sketch->has_buckets)
        sketch->x += ML_TABLE_BUCKET + 2 + sketch->form->gap;
    if (sketch->has_index)
        sketch->x += ML_TABLE_INDEX + 2 + ML_TABLE_LANE * (int)(sketch->n + 1);
    sketch->shift = 0;
    for (guint i = 0; i < sketch->n; i++) {
        const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
        deepest = MAX(deepest, entry->depth);
        int link = entry->cells != NULL ? ml_table_sketch_link(sketch, entry) : -1;
        if (link >= 0)
            sketch->shift = ml_sketch_grid_middle(holder, entry->cells, (guint)link) -
                            byte_0(sketch, entry->cells);
        if (entry->note != NULL)
            notes = MAX(notes, ml_text_width(entry->note) + 2);
        for (guint k = 0; k < entry->n_objects; k++)
            objects = MAX(objects,
                sketch->form->gap +
                    ml_sketch_grid_columns(&sketch->grid[entry->object[k].block->part]));
    }
    int end = sketch->x + (int)deepest * sketch->shift + ml_sketch_grid_columns(holder);
    sketch->objects_x = end + sketch->form->gap;
    sketch->needed = end + MAX(objects, notes);
}

static void
place_lines(MlTableSketch *sketch)
{
    int y = 1; /* below the border */
    for (guint i = 0; i < sketch->n; i++) {
        const MlTableEntry *entry = ml_table_entry(sketch->entries, i);
        sketch->y[i] = y + (entry->depth > 0 ? 1 : 0);
        y += ml_table_sketch_lines(sketch, entry);
    }
    sketch->n_lines = y;
}

int
ml_table_sketch_x(const MlTableSketch *sketch, const MlTableEntry *entry)
{
    return sketch->x + (int)entry->depth * sketch->shift;
}

int
ml_table_sketch_tip(const MlSketchGrid *grid, const GArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        if (g_array_index(cells, MlBlockCell, i).offset >= 0 &&
            ml_sketch_grid_x(grid, cells, i) > 0)
            return ml_sketch_grid_x(grid, cells, i) - 2;
    return -1;
}

gboolean
ml_table_sketch_fit(MlTableSketch *sketch, int columns)
{
    choose_entries(sketch);
    sketch->columns = columns;
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        measure(sketch, &forms[i]);
        place_columns(sketch);
        if (sketch->needed > columns)
            continue;
        place_lines(sketch);
        return TRUE;
    }
    return FALSE;
}

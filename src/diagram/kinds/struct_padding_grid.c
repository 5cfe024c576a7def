/* Which byte of a struct stands in which row and column. */
#include "diagram/kinds/struct_padding.h"

/* Where the next byte goes. */
typedef struct {
    MlStructGrid *grid;
    const MlLayout *layout;
    guint64 word;       /* of the row begun last; or */
    gboolean is_closed; /* nothing more goes into that row */
} Cursor;

static void
add_row(Cursor *cursor, guint64 offset, gboolean is_closed)
{
    g_array_append_val(cursor->grid->offsets, offset);
    cursor->word = offset / cursor->layout->word_bytes;
    cursor->is_closed = is_closed;
}

static MlStructCell *
add_cell(Cursor *cursor, guint64 column, guint64 bytes, MlRole role, const MlLayoutField *field)
{
    MlStructCell cell = {
        .row = cursor->grid->offsets->len - 1,
        .column = column,
        .bytes = bytes,
        .role = role,
        .name = field != NULL ? field->name : NULL,
        .field = field,
    };
    GArray *cells = cursor->grid->cells;
    g_array_append_val(cells, cell);
    return &g_array_index(cells, MlStructCell, cells->len - 1);
}

static void
add_piece(Cursor *cursor, const MlLayoutPiece *piece, gboolean fold)
{
    guint64 word_bytes = cursor->layout->word_bytes;
    if (fold && piece->bytes > word_bytes) {
        add_row(cursor, piece->offset, TRUE);
        MlStructCell *cell = add_cell(cursor, 0, piece->bytes, piece->role, piece->field);
        cell->is_first = cell->is_folded = TRUE;
        return;
    }
    guint64 end = piece->offset + piece->bytes;
    for (guint64 at = piece->offset; at < end;) {
        guint64 word = at / word_bytes;
        guint64 next = MIN((word + 1) * word_bytes, end);
        if (cursor->grid->offsets->len == 0 || cursor->is_closed || word != cursor->word)
            add_row(cursor, word * word_bytes, FALSE);
        MlStructCell *cell =
            add_cell(cursor, at % word_bytes, next - at, piece->role, piece->field);
        cell->is_first = at == piece->offset;
        at = next;
    }
}

/* What follows the struct, and what then ends the block: a row of its own. */
static void
add_tail(Cursor *cursor)
{
    const MlLayout *layout = cursor->layout;
    guint64 end = MIN(layout->bytes - layout->tail_offset, layout->word_bytes - 1);
    add_row(cursor, layout->tail_offset, TRUE);
    MlStructCell *tail = add_cell(cursor, 0, 0, layout->tail_role, NULL);
    tail->name = layout->tail;
    tail->is_first = tail->is_folded = TRUE;
    if (end > 0)
        add_cell(cursor, layout->word_bytes - end, end, ML_ROLE_PADDING, NULL)->is_first = TRUE;
}

static void
fill(MlStructGrid *grid, const MlLayout *layout, gboolean fold)
{
    Cursor cursor = { .grid = grid, .layout = layout };
    g_autoptr(GArray) pieces = ml_layout_pieces(layout);
    grid->cells = g_array_new(FALSE, TRUE, sizeof(MlStructCell));
    grid->offsets = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (guint i = 0; i < pieces->len; i++) {
        const MlLayoutPiece *piece = &g_array_index(pieces, MlLayoutPiece, i);
        if (layout->tail == NULL || piece->field != NULL || piece->offset < layout->tail_offset)
            add_piece(&cursor, piece, fold);
    }
    if (layout->tail != NULL)
        add_tail(&cursor);
}

/* Leaves room for a row that says what is missing. */
static void
leave_out(MlStructGrid *grid, const MlLayout *layout, guint most)
{
    guint64 first = g_array_index(grid->offsets, guint64, most - 1);
    while (grid->cells->len > 0) {
        const MlStructCell *last = ml_struct_cell(grid, grid->cells->len - 1);
        if (last->row < most - 1)
            break;
        grid->undrawn[last->role] += (double)last->bytes;
        g_array_set_size(grid->cells, grid->cells->len - 1);
    }
    g_array_set_size(grid->offsets, most - 1);
    grid->n_words = (layout->bytes - first + layout->word_bytes - 1) / layout->word_bytes;
}

void
ml_struct_grid_init(MlStructGrid *grid, const MlLayout *layout, guint most)
{
    *grid = (MlStructGrid){ .n_words = 0 };
    fill(grid, layout, FALSE);
    if (grid->offsets->len > most) {
        ml_struct_grid_clear(grid);
        fill(grid, layout, TRUE);
    }
    if (grid->offsets->len > most)
        leave_out(grid, layout, most);
}

void
ml_struct_grid_clear(MlStructGrid *grid)
{
    g_clear_pointer(&grid->cells, g_array_unref);
    g_clear_pointer(&grid->offsets, g_array_unref);
}

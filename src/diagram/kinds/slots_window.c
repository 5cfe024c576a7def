#include "diagram/kinds/slots_window.h"

#define FIRST_SLOTS 64 /* with which a picture may begin */
#define LEAST_SECOND 3 /* slots that a second column must show */

/* From a slot on, as many as fit into so many px. */
static MlSlotsWindow
fit_from(const MlTable *table, const MlSlotsView *view, guint64 first, double room)
{
    gboolean is_used;
    MlSlotsWindow window = { .first = first };
    for (; ml_slots_view_read(view, first + window.n, NULL, &is_used); window.n++) {
        if (is_used && !ml_table_can_show(table, view->keys, first + window.n))
            break;
        room -= is_used ? table->row_height : ML_COLUMN_EMPTY_HEIGHT;
        if (room < 0)
            break;
        window.n_used += is_used ? 1 : 0;
    }
    return window;
}

/* The same, with room for the dots that say that there are more below, and above. */
static MlSlotsWindow
fit_part(const MlTable *table, const MlSlotsView *view, guint64 first, double room)
{
    MlSlotsWindow window = fit_from(table, view, first, room);
    double above = first > 0 ? table->gap : 0;
    if (first == 0 && window.n == view->n_slots)
        return window;
    return fit_from(table, view, first, room - table->gap - above);
}

static gboolean
choose_two(
    MlTable *table, const MlSlotsView *view, double room, MlSlotsWindow windows[ML_SLOTS_WINDOWS])
{
    windows[0] = fit_from(table, view, 0, room);
    windows[1] = fit_from(table, view, windows[0].n, room);
    if (windows[0].n + windows[1].n < view->n_slots)
        windows[1] = fit_from(table, view, windows[0].n, room - table->gap);
    return windows[0].n_used + windows[1].n_used > 0 && windows[1].n >= LEAST_SECOND &&
           ml_table_make_banks(table);
}

guint
ml_slots_windows_choose(MlTable *table,
    const MlSlotsView *view,
    double room,
    double end_height,
    MlSlotsWindow ret_windows[ML_SLOTS_WINDOWS])
{
    const double rooms[] = { room - end_height, room };
    if (choose_two(table, view, rooms[0], ret_windows))
        return 2;
    for (guint i = 0; i < G_N_ELEMENTS(rooms); i++)
        for (guint64 first = 0; first < MIN(FIRST_SLOTS, view->n_slots); first++) {
            ret_windows[0] = fit_part(table, view, first, rooms[i]);
            if (ret_windows[0].n_used > 0)
                return 1;
        }
    ret_windows[0] = fit_part(table, view, 0, rooms[0]);
    return 1;
}

#include "diagram/logical_layout.h"

#include <math.h>

#include "diagram/logical_ways.h"

void
ml_logical_layout_clear(MlLogicalLayout *layout)
{
    g_clear_pointer(&layout->places, g_array_unref);
    g_clear_pointer(&layout->arrows, g_array_unref);
}

/* --- sizes ------------------------------------------------------------------------------------ */

static void
measure_cells(MlLogicalPlace *place, const MlLogicalMeasure *measure)
{
    place->width = 0;
    for (guint i = 0; i < place->box->n_cells; i++) {
        const MlLogicalCell *cell = &place->box->cell[i];
        double text = cell->text != NULL ? measure->text_width(measure->data, cell) : 0;
        if (cell->text != NULL && cell->target != 0)
            text += measure->dot_room;
        place->cell_x[i] = place->width;
        place->cell_width[i] = fmax(measure->least_cell, ceil(text + measure->padding));
        place->width += place->cell_width[i];
    }
}

/* Cells share evenly what the box is wider. */
static void
widen(MlLogicalPlace *place, double width)
{
    double more = width / place->width;
    for (guint i = 0; i < place->box->n_cells; i++) {
        place->cell_x[i] *= more;
        place->cell_width[i] *= more;
    }
    place->width = width;
}

static void
widen_elements(MlLogicalLayout *layout, guint row, double least)
{
    for (guint i = layout->begin[row]; i < layout->begin[row + 1]; i++) {
        MlLogicalPlace *place = ml_logical_place(layout, i);
        if (place->box->is_element && place->width < least)
            widen(place, least);
    }
}

static gboolean
has_link(const MlLogicalBox *from, const MlLogicalBox *to)
{
    for (guint i = 0; i < from->n_cells; i++)
        if (from->cell[i].target == to->address)
            return TRUE;
    return FALSE;
}

/* Whether a box is the next one of its row in memory's own order, with none left out between. */
static gboolean
follows(const MlLogicalLayout *layout, const MlLogicalBox *before, const MlLogicalBox *box)
{
    return layout->logical->n_numbers[box->row] == 0 || !box->is_element ||
           box->number == before->number + 1;
}

/* In a chain a group is a node, and what is between two groups that are not neighbours is left out;
 * elsewhere the numbers of elements tell. */
static gboolean
leaves_out(const MlLogicalLayout *layout, guint i)
{
    const MlLogicalBox *before = ml_logical_place(layout, i - 1)->box;
    const MlLogicalBox *box = ml_logical_place(layout, i)->box;
    if (!follows(layout, before, box))
        return TRUE;
    return box->row == 0 && !box->is_element && box->number != before->number + 1;
}

static double
gap_before(const MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint i)
{
    const MlLogicalPlace *place = ml_logical_place(layout, i);
    const MlLogicalPlace *before = ml_logical_place(layout, i - 1);
    if (place->after_dots)
        return measure->dots;
    if (place->touches)
        return 0;
    gboolean are_linked = has_link(before->box, place->box) || has_link(place->box, before->box);
    return are_linked ? measure->link_gap : measure->gap;
}

static double
row_width(const MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint row)
{
    double width = layout->goes_on[row] ? measure->dots : 0;
    for (guint i = layout->begin[row]; i < layout->begin[row + 1]; i++) {
        width += ml_logical_place(layout, i)->width;
        if (i > layout->begin[row])
            width += gap_before(layout, measure, i);
    }
    return width;
}

/* --- choice ----------------------------------------------------------------------------------- */

/* A place for each box of the chosen groups. */
static void
take(MlLogicalLayout *layout, const MlLogicalMeasure *measure, const gboolean *is_chosen)
{
    const MlLogical *logical = layout->logical;
    g_array_set_size(layout->places, 0);
    for (guint row = 0; row < logical->n_rows; row++) {
        layout->begin[row] = layout->places->len;
        for (guint i = 0; i < logical->boxes->len; i++) {
            MlLogicalPlace place = { .box = ml_logical_box(logical, i) };
            if (place.box->row != row || !is_chosen[place.box->group])
                continue;
            measure_cells(&place, measure);
            g_array_append_val(layout->places, place);
        }
    }
    for (guint row = logical->n_rows; row <= ML_LOGICAL_ROWS; row++)
        layout->begin[row] = layout->places->len;
}

/* A box that several pointers lead down to has room for all their tips. */
static void
make_room_for_tips(MlLogicalLayout *layout, const MlLogicalMeasure *measure)
{
    for (guint i = 0; i < layout->places->len; i++) {
        MlLogicalPlace *place = ml_logical_place(layout, i);
        gboolean are_joined = ml_logical_ways_join(layout, measure, place->box->row);
        guint n_tips = are_joined ? 1 : ml_logical_ways_count(layout, i);
        double needed = measure->tip_gap * (n_tips + 1);
        if (n_tips > 1 && place->width < needed)
            widen(place, ceil(needed));
    }
}

static void
find_gaps(MlLogicalLayout *layout)
{
    for (guint row = 0; row < layout->logical->n_rows; row++) {
        guint end = layout->begin[row + 1];
        for (guint i = layout->begin[row] + 1; i < end; i++) {
            MlLogicalPlace *place = ml_logical_place(layout, i);
            place->after_dots = leaves_out(layout, i);
            place->touches = !place->after_dots && place->box->is_element;
        }
        guint64 all = layout->logical->n_numbers[row];
        layout->goes_on[row] = all > 0 && end > layout->begin[row] &&
                               ml_logical_place(layout, end - 1)->box->number + 1 < all;
    }
}

static gboolean
fits(MlLogicalLayout *layout, const MlLogicalMeasure *measure)
{
    for (guint row = 0; row < layout->logical->n_rows; row++)
        if (row_width(layout, measure, row) > measure->width)
            return FALSE;
    return TRUE;
}

/* Of the groups that may be shown the first ones from @from on, and the last where it is the end;
 * @n in all. */
static void
choose(const MlLogical *logical,
    const gboolean *is_shown,
    guint from,
    guint n,
    gboolean *ret_is_chosen)
{
    guint n_all = 0;
    guint seen = 0;
    for (guint g = from; g < logical->n_groups; g++)
        n_all += is_shown == NULL || is_shown[g];
    for (guint g = 0; g < logical->n_groups; g++) {
        ret_is_chosen[g] = FALSE;
        if (g < from || (is_shown != NULL && !is_shown[g]))
            continue;
        gboolean keeps_last = logical->has_last && n > 1;
        gboolean is_last = keeps_last && seen == n_all - 1;
        ret_is_chosen[g] = is_last || seen < (keeps_last ? n - 1 : n);
        seen++;
    }
}

/* As many groups as there is room for, from @from on. */
static gboolean
fit_from(
    MlLogicalLayout *layout, const MlLogicalMeasure *measure, const gboolean *is_shown, guint from)
{
    const MlLogical *logical = layout->logical;
    g_autofree gboolean *is_chosen = g_new0(gboolean, logical->n_groups + 1);
    for (guint n = MIN(logical->n_groups, logical->most); n > 0; n--) {
        choose(logical, is_shown, from, n, is_chosen);
        take(layout, measure, is_chosen);
        make_room_for_tips(layout, measure);
        find_gaps(layout);
        if (layout->begin[1] > 0 && fits(layout, measure))
            return TRUE;
    }
    return FALSE;
}

/* --- the whole -------------------------------------------------------------------------------- */

/* The first row from the left; elements as wide as what hangs below each of them, within reason. */
static void
place_first_row(MlLogicalLayout *layout, const MlLogicalMeasure *measure)
{
    double widest = 0;
    double own = row_width(layout, measure, 0);
    guint n = layout->begin[1] - layout->begin[0];
    for (guint row = 1; row < layout->logical->n_rows; row++)
        widest = fmax(widest, row_width(layout, measure, row) + measure->gap);
    double room = fmin(widest, measure->width) - own;
    double narrowest = measure->width;
    for (guint i = 0; i < n; i++)
        narrowest = fmin(narrowest, ml_logical_place(layout, i)->width);
    double each = narrowest + fmax(floor(room / n), 0);
    widen_elements(layout, 0, fmin(each, measure->widest_slot));
    double x = 0;
    for (guint i = layout->begin[0]; i < layout->begin[1]; i++) {
        x += i > layout->begin[0] ? gap_before(layout, measure, i) : 0;
        ml_logical_place(layout, i)->x = x;
        x += ml_logical_place(layout, i)->width;
    }
}

/* Elements as they lie: in one piece, below the middle of what leads to them. */
static void
place_elements(MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint row)
{
    double middle = 0;
    guint n = layout->begin[row + 1] - layout->begin[row];
    double width = row_width(layout, measure, row);
    for (guint i = layout->begin[row]; i < layout->begin[row + 1]; i++)
        middle += ml_logical_ways_middle(layout, measure, i) / n;
    double x = round(CLAMP(middle - width / 2, 0, measure->width - width));
    for (guint i = layout->begin[row]; i < layout->begin[row + 1]; i++) {
        x += i > layout->begin[row] ? gap_before(layout, measure, i) : 0;
        ml_logical_place(layout, i)->x = x;
        x += ml_logical_place(layout, i)->width;
    }
}

/* Each below what leads to it as far as its neighbours let it. */
static void
place_objects(MlLogicalLayout *layout, const MlLogicalMeasure *measure, guint row)
{
    double free_from = 0;
    for (guint i = layout->begin[row]; i < layout->begin[row + 1]; i++) {
        MlLogicalPlace *place = ml_logical_place(layout, i);
        double wanted = ml_logical_ways_middle(layout, measure, i) - place->width / 2;
        free_from += i > layout->begin[row] ? gap_before(layout, measure, i) : 0;
        place->x = fmax(round(wanted), free_from);
        free_from = place->x + place->width;
    }
    double free_to = measure->width - (layout->goes_on[row] ? measure->dots : 0);
    for (guint i = layout->begin[row + 1]; i-- > layout->begin[row];) {
        MlLogicalPlace *place = ml_logical_place(layout, i);
        place->x = fmin(place->x, free_to - place->width);
        free_to = place->x;
        if (i > layout->begin[row])
            free_to -= gap_before(layout, measure, i);
    }
}

gboolean
ml_logical_layout_init(MlLogicalLayout *layout,
    const MlLogical *logical,
    const MlLogicalMeasure *measure,
    const gboolean *is_shown)
{
    *layout = (MlLogicalLayout){
        .logical = logical,
        .places = g_array_new(FALSE, FALSE, sizeof(MlLogicalPlace)),
        .arrows = g_array_new(FALSE, FALSE, sizeof(MlLogicalArrow)),
    };
    gboolean ok = FALSE;
    for (guint from = 0; from < logical->n_groups && !ok; from++)
        ok = fit_from(layout, measure, is_shown, from) &&
             (logical->n_rows == 1 || layout->begin[1] < layout->places->len);
    if (!ok && !fit_from(layout, measure, is_shown, 0))
        return FALSE;
    place_first_row(layout, measure);
    for (guint row = 1; row < logical->n_rows && layout->begin[row] < layout->places->len; row++) {
        if (ml_logical_place(layout, layout->begin[row])->box->is_element)
            place_elements(layout, measure, row);
        else
            place_objects(layout, measure, row);
    }
    ml_logical_ways_find(layout, measure);
    return TRUE;
}

#include "script/rewrite.h"

#include <string.h>

#include "base/error.h"
#include "script/habit.h"
#include "script/rewrite_line.h"
#include "script/scan.h"

void
ml_rewritten_clear(MlRewritten *rewritten)
{
    g_clear_pointer(&rewritten->text, g_free);
    g_clear_pointer(&rewritten->shifts, g_array_unref);
}

static gboolean
refuse_habit(const char *source, const guint8 *kinds, MlCellPlace *ret_place, GError **error)
{
    gsize offset = 0, line_start = 0;
    g_autofree char *answer = ml_habit_find(source, kinds, &offset);

    if (answer == NULL)
        return TRUE;
    ret_place->line = 1;
    for (gsize i = 0; i < offset; i++) {
        if (source[i] != '\n')
            continue;
        ret_place->line++;
        line_start = i + 1;
    }
    ret_place->column = (guint)(offset - line_start) + 1;
    return ml_fail(error, ML_ERROR_USAGE, "%s", answer);
}

gboolean
ml_rewrite_cell(const char *source,
    const char *const *magics,
    MlRewritten *ret_rewritten,
    MlCellPlace *ret_place,
    GError **error)
{
    g_autofree guint8 *kinds = ml_scan_cell(source);
    g_autoptr(GString) lua = g_string_new(NULL);
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(MlColumnShift));
    gboolean is_whole = FALSE;
    MlRewriteLine line = { .lua = lua, .shifts = shifts, .magics = magics, .place = ret_place };

    if (!refuse_habit(source, kinds, ret_place, error))
        return FALSE;
    for (gsize at = 0; source[at] != '\0';) {
        line.number++;
        line.text = source + at;
        line.kinds = kinds + at;
        line.length = strcspn(line.text, "\n");
        if (!ml_rewrite_line(&line, &is_whole, error))
            return FALSE;
        at += line.length;
        if (source[at] == '\n') {
            g_string_append_c(lua, '\n');
            at++;
        }
    }
    if (is_whole)
        g_string_append(lua, "\nend)");
    ret_rewritten->text = g_string_free(g_steal_pointer(&lua), FALSE);
    ret_rewritten->shifts = g_steal_pointer(&shifts);
    return TRUE;
}

MlCellPlace
ml_rewrite_place(const MlRewritten *rewritten, MlCellPlace place)
{
    for (guint i = 0; i < rewritten->shifts->len; i++) {
        const MlColumnShift *shift = &g_array_index(rewritten->shifts, MlColumnShift, i);
        if (shift->line == place.line && place.column > shift->keep)
            place.column = MAX(place.column, shift->from) - shift->by;
    }
    return place;
}

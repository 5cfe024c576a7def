#include "base/number.h"
#include "base/text.h"
#include "script/private.h"

/* One kind of block, over all structures that were walked. */
typedef struct {
    const char *name;
    guint64 blocks;
    guint64 bytes; /* asked for */
} Kind;

static void
count(GArray *kinds, const char *name, const MlWalkTotals *totals)
{
    Kind *kind = NULL;

    for (guint i = 0; i < kinds->len && kind == NULL; i++)
        if (g_str_equal(g_array_index(kinds, Kind, i).name, name))
            kind = &g_array_index(kinds, Kind, i);
    if (kind == NULL) {
        g_array_append_vals(kinds, &(Kind){ .name = name }, 1);
        kind = &g_array_index(kinds, Kind, kinds->len - 1);
    }
    kind->blocks += totals->blocks;
    kind->bytes += totals->request_bytes;
}

static int
compare_bytes(gconstpointer a, gconstpointer b)
{
    const Kind *x = a, *y = b;
    return (x->bytes < y->bytes) - (x->bytes > y->bytes);
}

static void
append_row(GString *text, const Kind *kind, guint64 all_bytes)
{
    g_autofree char *blocks = ml_group_digits(kind->blocks, " ");
    g_autofree char *bytes = ml_group_digits(kind->bytes, " ");
    g_autofree char *share =
        ml_fixed(all_bytes > 0 ? 100.0 * (double)kind->bytes / (double)all_bytes : 0, 0);

    g_string_append_printf(text, "%14s %18s %5s %%   %s\n", blocks, bytes, share, kind->name);
}

char *
ml_census_text(const GPtrArray *walks)
{
    g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(Kind));
    GString *text = g_string_new("        blocks        asked for B           kind\n");
    Kind all = { .name = "all" };

    for (guint i = 0; i < walks->len; i++) {
        const MlWalk *walk = walks->pdata[i];
        for (guint part = 0; part < walk->n_parts; part++)
            if (walk->totals[part].blocks > 0)
                count(kinds, walk->parts[part].name, &walk->totals[part]);
    }
    g_array_sort(kinds, compare_bytes);
    for (guint i = 0; i < kinds->len; i++) {
        all.blocks += g_array_index(kinds, Kind, i).blocks;
        all.bytes += g_array_index(kinds, Kind, i).bytes;
    }
    for (guint i = 0; i < kinds->len; i++)
        append_row(text, &g_array_index(kinds, Kind, i), all.bytes);
    append_row(text, &all, all.bytes);
    g_string_append(text, "What malloc adds to each block is not in it.");
    return g_string_free(text, FALSE);
}

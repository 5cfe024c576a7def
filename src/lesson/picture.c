#include "lesson/picture.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "diagram/diagram.h"

#define MAX_COPIES 99

/* What is drawn from; the walk is owned, the ledger lent. */
typedef struct {
    const MlDiagramKind *kind;
    MlWalk *walk;
    const MlLedger *ledgers[1];
} Facts;

static void
clear_facts(Facts *facts)
{
    ml_walk_free(facts->walk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Facts, clear_facts)

static MlDiagramFacts
lend(const Facts *facts)
{
    return (MlDiagramFacts){ .walk = facts->walk, .n_ledgers = 1, .ledgers = facts->ledgers };
}

gboolean
ml_picture_exists(const MlStructure *structure)
{
    for (const MlDiagramKind *const *kind = ml_diagram_kinds(); *kind != NULL; kind++)
        if (g_str_equal((*kind)->name, structure->name))
            return TRUE;
    return FALSE;
}

static gboolean
gather(const MlPictureOf *of, Facts *facts, GError **error)
{
    facts->kind = ml_diagram_find(of->handle->structure->name, error);
    if (facts->kind == NULL)
        return FALSE;
    facts->walk = ml_session_walk(of->session, of->handle, error);
    facts->ledgers[0] = of->ledger;
    return facts->walk != NULL;
}

char *
ml_picture_text(const MlPictureOf *of, gboolean ascii, int columns, GError **error)
{
    g_auto(Facts) facts = { 0 };
    if (!gather(of, &facts, error))
        return NULL;
    MlDiagramFacts lent = lend(&facts);
    return facts.kind->terminal(&lent, ascii, columns);
}

char *
ml_picture_words(const MlPictureOf *of, GError **error)
{
    g_auto(Facts) facts = { 0 };
    if (!gather(of, &facts, error))
        return NULL;
    MlDiagramFacts lent = lend(&facts);
    return facts.kind->describe(&lent);
}

static GBytes *
render(const MlPictureOf *of, const char *name, GError **error)
{
    g_auto(Facts) facts = { 0 };
    MlFormat format;
    if (!ml_diagram_format(name, &format, error) || !gather(of, &facts, error))
        return NULL;
    MlDiagramFacts lent = lend(&facts);
    g_autoptr(MlScene) scene = ml_diagram_scene(facts.kind, &lent, NULL, error);
    if (scene == NULL)
        return NULL;
    return ml_diagram_render(scene, format, ml_themes()[0], 1, error);
}

static gboolean
has_contents(const char *name, GBytes *bytes)
{
    g_autofree char *contents = NULL;
    gsize length;
    return g_file_get_contents(name, &contents, &length, NULL) &&
           length == g_bytes_get_size(bytes) &&
           memcmp(contents, g_bytes_get_data(bytes, NULL), length) == 0;
}

/* Whoever the file belongs to that has the name: it stays as it is. */
static char *
write_beside(const char *base, const char *extension, GBytes *bytes, GError **error)
{
    for (guint i = 1; i <= MAX_COPIES; i++) {
        g_autofree char *name = i == 1 ? g_strdup_printf("%s.%s", base, extension)
                                       : g_strdup_printf("%s-%u.%s", base, i, extension);
        if (has_contents(name, bytes))
            return g_steal_pointer(&name);
        if (g_file_test(name, G_FILE_TEST_EXISTS) || g_file_test(name, G_FILE_TEST_IS_SYMLINK))
            continue;
        return ml_file_write(name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error)
                   ? g_steal_pointer(&name)
                   : NULL;
    }
    ml_fail(error,
        ML_ERROR_SURROUNDINGS,
        "there are %d files '%s-….%s' already; remove some",
        MAX_COPIES,
        base,
        extension);
    return NULL;
}

char *
ml_picture_write(const MlPictureOf *of, const char *extension, GError **error)
{
    const char *base = of->handle->structure->name;
    g_autofree char *name = g_strdup_printf("%s.%s", base, extension);
    g_autoptr(GBytes) bytes = render(of, name, error);
    return bytes != NULL ? write_beside(base, extension, bytes, error) : NULL;
}

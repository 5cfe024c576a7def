#include "render/excerpt.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"
#include "base/text.h"

#define SOURCE_FOLDER "src/structure/"
#define INCLUDE "#include \"structure/"
#define BEGIN_MARK "/* [excerpt"
#define END_MARK "/* [end] */"
#define MAX_SOURCE_BYTES (1 << 20)
#define INDENT "    "

void
ml_excerpt_free(MlExcerpt *excerpt)
{
    if (excerpt == NULL)
        return;
    g_free(excerpt->file);
    g_free(excerpt->text);
    g_free(excerpt);
}

/* @text: (transfer full) */
static MlExcerpt *
new_excerpt(const char *file, guint line, char *text)
{
    MlExcerpt *excerpt = g_new0(MlExcerpt, 1);
    *excerpt = (MlExcerpt){ .file = g_strdup(file), .line = line, .text = text };
    return excerpt;
}

/* --- files ------------------------------------------------------------------------------------ */

static char *
read_source(const char *file, GError **error)
{
    g_autofree char *relative = g_strconcat(SOURCE_FOLDER, file, NULL);
    g_autofree char *path = ml_path_data(relative);
    g_autoptr(GError) cause = NULL;
    char *text = ml_file_read(path, MAX_SOURCE_BYTES, &cause);
    if (text == NULL)
        ml_fail(error, ML_ERROR_SURROUNDINGS, "the source is not installed: %s", cause->message);
    return text;
}

/* A structure is built from a file of its own name; those of a library lie in its folder. */
static char *
file_name(const MlStructure *structure)
{
    g_autofree char *base = g_strdelimit(g_strdup(structure->name), "-", '_');
    g_autofree char *library =
        structure->library != NULL ? g_ascii_strdown(structure->library, -1) : g_strdup("");
    return g_strconcat(library, *library != '\0' ? "/" : "", base, ".c", NULL);
}

static void
cut(GPtrArray *excerpts, const char *file, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) open = NULL;
    guint first = 0;

    for (guint i = 0; lines[i] != NULL; i++) {
        if (g_str_has_prefix(lines[i], BEGIN_MARK)) {
            open = g_string_new(NULL);
            first = i + 2;
        } else if (open != NULL && g_str_equal(lines[i], END_MARK)) {
            g_ptr_array_add(
                excerpts, new_excerpt(file, first, g_string_free(g_steal_pointer(&open), FALSE)));
        } else if (open != NULL) {
            g_string_append_printf(open, "%s\n", lines[i]);
        }
    }
}

/* Whether @excerpt begins with a struct whose name one of @users has. */
static gboolean
is_struct_in_use(const MlExcerpt *excerpt, const GPtrArray *users)
{
    gsize length = strcspn(excerpt->text, "{");
    g_autofree char *name = g_strchomp(g_strndup(excerpt->text, length));
    g_autofree char *use = g_strconcat(name, " ", NULL), *value = g_strconcat(name, ")", NULL);

    for (guint i = 0; g_str_has_prefix(name, "struct ") && i < users->len; i++) {
        const MlExcerpt *user = users->pdata[i];
        if (strstr(user->text, use) != NULL || strstr(user->text, value) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* What several structures build with stands in the .c beside a header that they include. */
static void
add_shared_functions(GPtrArray *excerpts, const char *header)
{
    g_autofree char *base = g_strndup(header, strlen(header) - 1);
    g_autofree char *file = g_strconcat(base, "c", NULL);
    g_autofree char *text = read_source(file, NULL);
    if (text != NULL)
        cut(excerpts, file, text);
}

/* Puts the structs that @excerpts use, from the headers that @text includes, before them. */
static gboolean
add_structs(GPtrArray *excerpts, const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint n_structs = 0;

    for (guint i = 0; lines[i] != NULL; i++) {
        if (!g_str_has_prefix(lines[i], INCLUDE))
            continue;
        const char *name = lines[i] + strlen(INCLUDE);
        g_autofree char *file = g_strndup(name, strcspn(name, "\""));
        g_autofree char *header = read_source(file, error);
        g_autoptr(GPtrArray) found =
            g_ptr_array_new_with_free_func((GDestroyNotify)ml_excerpt_free);
        if (header == NULL)
            return FALSE;
        cut(found, file, header);
        add_shared_functions(excerpts, file);
        for (guint k = 0; k < found->len;) {
            if (is_struct_in_use(found->pdata[k], excerpts))
                g_ptr_array_insert(excerpts, (int)n_structs++, g_ptr_array_steal_index(found, k));
            else
                k++;
        }
    }
    return TRUE;
}

GPtrArray *
ml_excerpts(const MlStructure *structure, GError **error)
{
    g_autoptr(GPtrArray) excerpts = g_ptr_array_new_with_free_func((GDestroyNotify)ml_excerpt_free);
    g_autofree char *file = file_name(structure);
    g_autofree char *text = read_source(file, error);

    if (text == NULL)
        return NULL;
    cut(excerpts, file, text);
    if (!add_structs(excerpts, text, error))
        return NULL;
    if (excerpts->len == 0) {
        ml_fail(error, ML_ERROR_INTERNAL, "%s marks no excerpt", file);
        return NULL;
    }
    return g_steal_pointer(&excerpts);
}

MlExcerpt *
ml_excerpt_whole_file(const MlStructure *structure, GError **error)
{
    g_autofree char *file = file_name(structure);
    char *text = read_source(file, error);
    return text != NULL ? new_excerpt(file, 1, text) : NULL;
}

/* --- the brief form --------------------------------------------------------------------------- */

/* Where the body of the one function begins and ends; FALSE where there is not just one. */
static gboolean
find_body(char *const *lines, guint *ret_first, guint *ret_last)
{
    guint opened = 0, closed = 0;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (g_str_equal(lines[i], "{")) {
            opened++;
            *ret_first = i + 1;
        } else if (g_str_equal(lines[i], "}")) {
            closed++;
            *ret_last = i;
        }
    }
    return opened == 1 && closed == 1;
}

static const char *
skip_blanks(const char *line)
{
    return line + strspn(line, " ");
}

/* How many lines a check for NULL takes that begins at @line: 0 where none does. */
static guint
null_check_lines(char *const *line)
{
    const char *check = skip_blanks(*line);
    if (!g_str_has_prefix(check, "if ("))
        return 0;
    if (g_str_has_suffix(check, " == NULL)"))
        return 2; /* it, and the return below it */
    if (!g_str_has_suffix(check, " == NULL) {"))
        return 0;
    gsize indent = (gsize)(check - *line);
    guint n = 1;
    while (line[n] != NULL && (strspn(line[n], " ") != indent || line[n][indent] != '}'))
        n++;
    return line[n] == NULL ? 0 : n + 1;
}

static gboolean
is_book_entry(const char *line)
{
    return g_str_has_prefix(skip_blanks(line), "self->") && g_str_has_suffix(line, ";");
}

static gboolean
reads_own_books(char *const *lines, guint first, guint last)
{
    for (guint i = first; i < last; i++)
        if (strstr(lines[i], "self->") != NULL && !is_book_entry(lines[i]))
            return TRUE;
    return FALSE;
}

MlExcerpt *
ml_excerpt_brief(const MlExcerpt *excerpt)
{
    g_auto(GStrv) lines = g_strsplit(excerpt->text, "\n", -1);
    guint first = 0, last = 0;

    if (!find_body(lines, &first, &last))
        return new_excerpt(excerpt->file, excerpt->line, g_strdup(excerpt->text));
    GString *brief = g_string_new(NULL);
    gboolean keeps_books = !reads_own_books(lines, first, last);
    for (guint i = first; i < last; i++) {
        const char *line = lines[i];
        guint check = null_check_lines(&lines[i]);
        if (check > 0) {
            i += check - 1;
            continue;
        }
        if ((keeps_books && is_book_entry(line)) || g_str_equal(line, INDENT "return true;"))
            continue;
        g_string_append_printf(
            brief, "%s\n", g_str_has_prefix(line, INDENT) ? line + strlen(INDENT) : line);
    }
    return new_excerpt(excerpt->file, excerpt->line + first, g_string_free(brief, FALSE));
}

/* --- text ------------------------------------------------------------------------------------- */

char *
ml_excerpt_text(const MlExcerpt *excerpt, int columns)
{
    g_autofree char *place = g_strdup_printf("%s:%u", excerpt->file, excerpt->line);
    g_autofree char *dim = ml_text_styled(ML_STYLE_DIM, place);
    const char *rest = excerpt->text + strcspn(excerpt->text, "\n");
    g_autofree char *first = g_strndup(excerpt->text, (gsize)(rest - excerpt->text));
    int gap = columns - ml_text_width(first) - ml_text_width(place);

    if (gap < 2)
        return g_strdup_printf("%s\n%s", dim, excerpt->text);
    return g_strdup_printf("%s%*s%s%s", first, gap, "", dim, rest);
}

#include <string.h>

#include "base/error.h"
#include "script/private.h"
#include "script/rewrite.h"
#include "script/scan.h"

typedef struct {
    MlScript *script;
    const char *source;
    const char *chunk_name;
    guint first_line;
    gboolean is_author;
} Cell;

/* --- Lua's own compiler ----------------------------------------------------------------------- */

static char *
lua_name(const char *chunk_name)
{
    return g_strconcat("=", chunk_name, NULL); /* "=": show it as it is */
}

/* Gives the function on top the environment that its names are looked up in. */
static void
set_environment(MlScript *script, gboolean is_author)
{
    lua_rawgeti(script->lua,
        LUA_REGISTRYINDEX,
        is_author ? script->author_environment : script->learner_environment);
    lua_setupvalue(script->lua, -2, 1);
}

int
ml_compile_text(MlScript *script, const char *text, const char *chunk_name, gboolean is_author)
{
    g_autofree char *name = lua_name(chunk_name);
    int status = luaL_loadbufferx(script->lua, text, strlen(text), name, "t");

    if (status == LUA_OK)
        set_environment(script, is_author);
    return status;
}

/* --- the value of the last line --------------------------------------------------------------- */

/* The text with its last line, or what follows a ';' on it, as a value to return; NULL where there
 * is no code.  In brackets, so that it compiles only where that is a whole expression. */
static char *
return_last_line(const char *text)
{
    g_autofree guint8 *kinds = ml_scan_cell(text);
    gsize end = strlen(text);

    while (end > 0 && (kinds[end - 1] == ML_SCAN_COMMENT || strchr(" \t\n", text[end - 1]) != NULL))
        end--;
    if (end == 0)
        return NULL;
    gsize begin = end - 1;
    while (begin > 0 && text[begin - 1] != '\n' &&
           !(text[begin - 1] == ';' && kinds[begin - 1] == ML_SCAN_CODE))
        begin--;
    return g_strdup_printf("%.*sreturn (%.*s)", (int)begin, text, (int)(end - begin), text + begin);
}

/* Whether "// note" cannot be a division: one word, known to nobody. */
static gboolean
is_note(const Cell *cell, const char *text, const char *after)
{
    gsize length = strcspn(after, "\n");
    g_autofree char *word = g_strstrip(g_strndup(after, length));
    gboolean is_name = *word != '\0' && !g_ascii_isdigit(*word);

    for (const char *c = word; *c != '\0'; c++)
        is_name = is_name && ml_scan_is_name(*c);
    if (!is_name || strstr(text, word) < after || strstr(after + length, word) != NULL)
        return FALSE;
    ml_environment_find(cell->script, cell->is_author, word);
    gboolean is_known = !lua_isnil(cell->script->lua, -1);
    lua_pop(cell->script->lua, 1);
    return !is_known;
}

/* Makes comments of the "// …" behind code: of all, or of those that are surely none of Lua's
 * divisions.  Returns: the text; NULL where there are none. */
static char *
cut_slashes(const Cell *cell, const char *text, gboolean all)
{
    g_autofree guint8 *kinds = ml_scan_cell(text);
    g_autofree char *cut = g_strdup(text);
    gboolean found = FALSE;

    for (gsize i = 0; cut[i] != '\0'; i++) {
        gboolean is_slashes = kinds[i] == ML_SCAN_CODE && cut[i] == '/' && cut[i + 1] == '/';
        if (!is_slashes || (!all && !is_note(cell, text, text + i + 2)))
            continue;
        memcpy(cut + i, "--", 2);
        i += strcspn(cut + i, "\n") - 1;
        found = TRUE;
    }
    return found ? g_steal_pointer(&cut) : NULL;
}

/* --- where it is wrong ------------------------------------------------------------------------ */

/* Hands the text out byte by byte, so that we know how far the compiler came. */
typedef struct {
    const char *text;
    gsize n_read;
} SlowReader;

static const char *
read_byte(lua_State *lua, void *data, size_t *ret_size)
{
    SlowReader *reader = data;
    const char *at = reader->text + reader->n_read;

    *ret_size = *at != '\0' ? 1 : 0;
    reader->n_read += *ret_size;
    return *at != '\0' ? at : NULL;
}

/* The line and byte of the word at which the compiler gave up; column 0 where it names none. */
static MlCellPlace
find_place(lua_State *lua, const char *text, const char *message)
{
    SlowReader reader = { .text = text };
    const char *near = g_strrstr(message, " near '");
    MlCellPlace place = { 0 };

    if (lua_load(lua, read_byte, &reader, "=cell", "t") == LUA_OK || near == NULL) {
        lua_pop(lua, 1);
        return place;
    }
    lua_pop(lua, 1);
    near += strlen(" near '");
    gsize length = strlen(near) - 1; /* but for the closing quote */
    for (gsize at = reader.n_read + 1; length > 0 && at-- > 0;) {
        if (strncmp(text + at, near, length) != 0)
            continue;
        place.line = 1;
        place.column = 1;
        for (gsize i = 0; i < at; i++) {
            place.line += text[i] == '\n';
            place.column = text[i] == '\n' ? 1 : place.column + 1;
        }
        return place;
    }
    return place;
}

/* "NAME:LINE:COLUMN: …"; the place counts bytes of the cell, what is shown, characters. */
static void
set_error(const Cell *cell, MlCellPlace place, const char *message, GError **error)
{
    const char *line = cell->source;

    for (guint i = 1; i < place.line && strchr(line, '\n') != NULL; i++)
        line = strchr(line, '\n') + 1;
    gsize before = MIN((gsize)place.column - 1, strcspn(line, "\n"));
    ml_fail(error,
        cell->is_author ? ML_ERROR_INPUT : ML_ERROR_USAGE,
        "%s:%u:%ld: %s",
        cell->chunk_name,
        place.line + cell->first_line - 1,
        g_utf8_strlen(line, (gssize)before) + 1,
        message);
}

/* Pops the compiler's message about @text and makes an error of it. */
static void
take_message(
    const Cell *cell, const MlRewritten *rewritten, const char *text, int status, GError **error)
{
    g_autoptr(GError) plain = ml_lua_take_error(cell->script->lua, status);
    MlCellPlace place = find_place(cell->script->lua, text, plain->message);
    const char *after = strstr(plain->message, ": ");

    if (place.column == 0 || after == NULL) {
        if (!g_str_has_prefix(plain->message, cell->chunk_name))
            g_prefix_error(&plain, "%s:%u: ", cell->chunk_name, cell->first_line);
        g_propagate_error(error, g_steal_pointer(&plain));
    } else
        set_error(cell, ml_rewrite_place(rewritten, place), after + 2, error);
}

/* --- a cell ----------------------------------------------------------------------------------- */

/* Compiles the first of the candidates that can be; the error left is that of the last. */
static int
load_first(const Cell *cell, const char *const *candidates, gsize n_candidates)
{
    g_autofree char *above = g_strnfill(cell->first_line - 1, '\n');
    int status = LUA_OK, n_errors = 0;

    for (gsize i = 0; i < n_candidates; i++) {
        if (candidates[i] == NULL)
            continue;
        lua_pop(cell->script->lua, n_errors);
        g_autofree char *text = g_strconcat(above, candidates[i], NULL);
        status = ml_compile_text(cell->script, text, cell->chunk_name, cell->is_author);
        if (status == LUA_OK)
            break;
        n_errors = 1;
    }
    return status;
}

static gboolean
compile(const Cell *cell, MlRewritten *rewritten, GError **error)
{
    g_autofree char *plain = cut_slashes(cell, rewritten->text, FALSE);
    if (plain == NULL)
        plain = g_strdup(rewritten->text);
    g_autofree char *value = return_last_line(plain);
    g_autofree char *cut = cut_slashes(cell, plain, TRUE);
    g_autofree char *cut_value = cut != NULL ? return_last_line(cut) : NULL;
    const char *candidates[] = { value, plain, cut_value, cut };

    int status = load_first(cell, candidates, G_N_ELEMENTS(candidates));
    if (status != LUA_OK)
        take_message(cell, rewritten, cut != NULL ? cut : plain, status, error);
    return status == LUA_OK;
}

gboolean
ml_compile_cell(MlScript *script,
    const char *source,
    const char *chunk_name,
    guint first_line,
    gboolean is_author,
    GError **error)
{
    Cell cell = { script, source, chunk_name, first_line, is_author };
    g_auto(MlRewritten) rewritten = { 0 };
    g_autoptr(GError) wrong = NULL;
    MlCellPlace place = { 0 };

    if (ml_rewrite_cell(source, ml_magic_names(), &rewritten, &place, &wrong))
        return compile(&cell, &rewritten, error);
    set_error(&cell, place, wrong->message, error);
    return FALSE;
}

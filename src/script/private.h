/* What the files of this folder share; nobody else includes it. */
#pragma once

#include <lauxlib.h>
#include <lua.h>

#include "script/script.h"

#define ML_MAX_NOTES 5 /* of what a cell freed; the others are counted */

/* How much one cell may do; beyond, it ends with an error that it cannot catch. */
typedef struct {
    size_t bytes;         /* held by the Lua state */
    guint lifted;         /* > 0: the host is at work, and the cap on bytes does not count */
    guint64 instructions; /* left to this cell */
    gint64 cpu_deadline;  /* µs of this thread's processor time */
} MlLimits;

/* A word of cells, as a table in a C file lists it. */
typedef struct {
    const char *name;
    lua_CFunction function;
    const char *help; /* what `name?` says */
} MlWord;

/* The element that was read last: a[0] is a plain number, and sizeof(a[0]) wants its block. */
typedef struct {
    gboolean is_fresh; /* no name was read or given since */
    MlElement element;
} MlLastElement;

struct MlScript {
    MlSession *session;
    lua_State *lua;
    MlLimits limits;
    GPtrArray *handles;  /* (element-type MlHandleValue): the live ones; Lua owns them */
    GHashTable *ledgers; /* what was asked for → MlLedger */
    GPtrArray *asked;    /* of MlAsked */
    GString *output;     /* of the cell that runs */
    GString *notes;
    guint n_notes;
    gboolean is_author; /* the cell that runs */
    MlLastElement last;
    GHashTable *named_elements; /* a learner's name → MlElement, where it was given one */
    gboolean has_line;
    MlCellLine line; /* of the last learner's cell */
    /* Tables in the registry. */
    int learner_names, learner_words, learner_environment;
    int author_names, author_words, author_environment;
};

/* --- script.c --------------------------------------------------------------------------------- */

MlScript *ml_lua_script(lua_State *lua);

/* --- compile.c -------------------------------------------------------------------------------- */

/**
 * ml_compile_cell: from a cell to a function on the Lua stack.
 *
 * Returns: FALSE with @error, and nothing on the stack.
 */
gboolean ml_compile_cell(MlScript *script,
    const char *source,
    const char *chunk_name,
    guint first_line,
    gboolean is_author,
    GError **error);

/**
 * ml_compile_text: Lua as it stands.
 *
 * Returns: LUA_OK with a function on the stack, or else its error.
 */
int ml_compile_text(MlScript *script, const char *text, const char *chunk_name, gboolean is_author);

/* --- failure.c: errors between Lua and GLib --------------------------------------------------- */

void ml_failure_setup(lua_State *lua);

/**
 * ml_lua_raise: end the C function with an error.  Does not return.
 * @error: (transfer full)
 */
int ml_lua_raise(lua_State *lua, GError *error);

/**
 * ml_lua_fail: end the C function with a message about what the cell says.  Does not return.
 */
int ml_lua_fail(lua_State *lua, const char *format, ...) G_GNUC_PRINTF(2, 3);

/**
 * ml_lua_take_error: pop what lua_pcall() left, as an error.
 * @status: of lua_pcall() or lua_load(), not LUA_OK
 */
GError *ml_lua_take_error(lua_State *lua, int status);

/**
 * ml_lua_push_taken: push a text and free it.
 * @text: (transfer full)
 */
void ml_lua_push_taken(lua_State *lua, char *text);

/* --- limits.c --------------------------------------------------------------------------------- */

void *ml_limits_allocate(void *script, void *block, size_t old_size, size_t new_size);
void ml_limits_begin(MlScript *script);
void ml_limits_end(MlScript *script);

/**
 * ml_limits_charge: count work that the hook on instructions does not see.  May raise.
 */
void ml_limits_charge(lua_State *lua, guint64 instructions);

/* --- sandbox.c, display.c --------------------------------------------------------------------- */

void ml_sandbox_setup(MlScript *script);

/**
 * ml_lua_display: push the text that stands for a value on the screen: 2^20 as "1048576".
 */
void ml_lua_display(lua_State *lua, int index);

/**
 * ml_lua_print: add to the cell's output.  May raise: a cell prints at most 1 MiB.
 */
void ml_lua_print(lua_State *lua, const char *text, size_t length);

/**
 * ml_lua_print_line: print a line, and free it.
 * @text: (transfer full)
 */
void ml_lua_print_line(lua_State *lua, char *text);

/* --- environment.c: names, and who sees them -------------------------------------------------- */

void ml_environment_setup(MlScript *script);

/**
 * ml_environment_add: add words, each to a table of words.
 * @table: script->learner_words or script->author_words
 */
void ml_environment_add(MlScript *script, int table, const MlWord *words, gsize n_words);

/**
 * ml_environment_find: push what a name stands for, or nil; no error.
 */
void ml_environment_find(MlScript *script, gboolean is_author, const char *name);

/**
 * ml_lua_read_only: make of the table on top one whose fields can be read, and not given.
 * @what: (transfer none): names it in errors: "math"
 */
void ml_lua_read_only(lua_State *lua, const char *what);

/* --- handle.c, census.c ----------------------------------------------------------------------- */

/* The userdata that stands for a structure. */
typedef struct {
    MlHandle handle;
    gboolean is_live;
} MlHandleValue;

void ml_handle_setup(MlScript *script);

/**
 * ml_handle_test: the handle at @index; NULL where there is another value.
 */
MlHandleValue *ml_handle_test(lua_State *lua, int index);

/**
 * ml_handle_check: the live handle at @index; else raises.
 * @word: for the message: "sum"
 */
MlHandleValue *ml_handle_check(lua_State *lua, int index, const char *word);

/**
 * ml_handle_free: free what a handle names, in the session.
 */
gboolean ml_handle_free(MlScript *script, MlHandleValue *value, GError **error);

/**
 * ml_handle_release: the same, and note it; for what is freed without having been told.
 * @name: (nullable): the name that it had
 */
void ml_handle_release(MlScript *script, MlHandleValue *value, const char *name);

/**
 * ml_handle_text: a handle as it would be typed: "boxed_array(1000, {box = "bare"})".
 *
 * Returns: (transfer full).
 */
char *ml_handle_text(const MlHandle *handle);

/**
 * ml_census_text: blocks by kind, largest first.
 * @walks: (element-type MlWalk)
 *
 * Returns: (transfer full).
 */
char *ml_census_text(const GPtrArray *walks);

/* --- the words, by file ----------------------------------------------------------------------- */

void ml_words_setup(MlScript *script);   /* words.c */
void ml_magics_setup(MlScript *script);  /* magics.c */
void ml_help_setup(MlScript *script);    /* help.c */
void ml_ctype_setup(MlScript *script);   /* ctype.c */
void ml_author_setup(MlScript *script);  /* author.c */
void ml_ledgers_setup(MlScript *script); /* ledgers.c */

/**
 * ml_ctype_size: the size of a C type: "int64_t", "struct box" or "box", "struct box *".
 *
 * Returns: FALSE where there is none of that name, or several.
 */
gboolean ml_ctype_size(const char *name, size_t *ret_size);

/* timing.c; magics.c has the rest */
int ml_magic_time(lua_State *lua);
int ml_magic_timeit(lua_State *lua);

/**
 * ml_magic_names: what may follow a %, NULL-terminated.
 */
const char *const *ml_magic_names(void);

/**
 * ml_word_help: what `name?` says of a word.
 *
 * Returns: (transfer none) (nullable).
 */
const char *ml_word_help(const char *name);

/**
 * ml_options_check: read {width = 4, keys = "string"} at @index into options; may raise.
 * @ret_n: (nullable) (inout): where n may be given as well
 */
void ml_options_check(lua_State *lua,
    int index,
    const MlStructure *structure,
    guint64 *ret_n,
    MlOptions *ret_options);

/**
 * ml_count_check: a number of elements at @index; may raise.
 */
guint64 ml_count_check(lua_State *lua, int index, const char *word);

/* --- json.c ----------------------------------------------------------------------------------- */

/**
 * ml_lua_to_json: a Lua value as JSON; may raise.
 *
 * Returns: (transfer full): a list with named fields is an object with the keys "1", "2", …
 */
json_t *ml_lua_to_json(lua_State *lua, int index);

/* --- ledgers.c -------------------------------------------------------------------------------- */

/**
 * ml_ledger_test: the ledger at @index; NULL where there is another value.
 */
const MlLedger *ml_ledger_test(lua_State *lua, int index);

/* --- ledger_fields.c -------------------------------------------------------------------------- */

/**
 * ml_ledger_push_fields: push a ledger's figures as a table of tables.
 */
void ml_ledger_push_fields(lua_State *lua, const MlLedger *ledger);

/**
 * ml_lua_describe_unknown: "this ledger has no 'modle' (did you mean 'model'?)".
 * @index: the table that has the names there are
 * @what: "ledger"
 *
 * Returns: (transfer full).
 */
char *ml_lua_describe_unknown(lua_State *lua, int index, const char *what, const char *name);

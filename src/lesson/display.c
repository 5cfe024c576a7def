#include "lesson/display.h"

#include <math.h>

#include "base/error.h"
#include "base/suggest.h"
#include "base/text.h"
#include "lesson/figures.h"
#include "lesson/find.h"
#include "lesson/picture.h"
#include "render/ledger_text.h"

#define INDENT 4
#define TABLE_COLUMNS 62 /* of a ledger's table, at least */

/* One show{…}, while it is put on the page. */
typedef struct {
    MlStage *stage;
    const MlAsked *asked;
} Show;

/* --- what the table says ---------------------------------------------------------------------- */

/* The value at @position, from 1: a list with named fields is an object. */
static const json_t *
positional(const Show *show, guint position)
{
    g_autofree char *key = g_strdup_printf("%u", position);
    return json_is_array(show->asked->table) ? json_array_get(show->asked->table, position - 1)
                                             : json_object_get(show->asked->table, key);
}

static const char *
named_text(const Show *show, const char *name)
{
    return json_string_value(json_object_get(show->asked->table, name));
}

static gboolean
refuse(const Show *show, GError **error, const char *what)
{
    return ml_fail(error, ML_ERROR_INPUT, "%s: show{}: %s", show->asked->where, what);
}

/* The ledger whose name stands at @position. */
static const MlLedger *
ledger_at(const Show *show, guint position, GError **error)
{
    const char *name = json_string_value(positional(show, position));
    const MlLedger *ledger = name != NULL ? ml_script_ledger(show->stage->script, name) : NULL;
    if (ledger == NULL)
        refuse(show, error, "wants the name of a ledger, as in B = ledger(…): \"B\"");
    return ledger;
}

/* The structure called @name, of which there must be a picture. */
static gboolean
find_drawn(const Show *show, const char *name, MlHandle *ret_handle, GError **error)
{
    if (name == NULL || !ml_script_handle(show->stage->script, name, ret_handle))
        return refuse(show, error, "wants the name of what a cell has built, as in \"b\"");
    if (!ml_picture_exists(ret_handle->structure))
        return refuse(show, error, "there is no picture of that structure");
    return TRUE;
}

static void
add(const Show *show, int indent, const char *text)
{
    ml_page_add_lines(show->stage->page, text, indent, FALSE);
}

/* --- figures ---------------------------------------------------------------------------------- */

static gboolean
show_held(const Show *show, GError **error)
{
    const MlLedger *ledger = ledger_at(show, 2, error);
    if (ledger == NULL)
        return FALSE;
    gboolean with_each = json_is_true(json_object_get(show->asked->table, "each"));
    g_autofree char *text = ml_lesson_held(ledger, with_each);
    add(show, INDENT, text);
    return TRUE;
}

static gboolean
show_roles(const Show *show, GError **error)
{
    const MlLedger *ledger = ledger_at(show, 2, error);
    if (ledger == NULL)
        return FALSE;
    g_autofree char *text =
        ml_lesson_roles(ledger, ml_stage_columns(show->stage) - INDENT, show->stage->host->ascii);
    add(show, INDENT, text);
    return TRUE;
}

/* {"model", 40} or {"you"}.  Returns: FALSE where there is nothing to show. */
static gboolean
read_bar(const Show *show, const json_t *row, MlLessonBar *ret_bar, GError **error)
{
    const json_t *value = json_array_get(row, 1);
    ret_bar->label = json_string_value(json_array_get(row, 0));
    if (ret_bar->label == NULL || (value != NULL && !json_is_number(value)))
        return refuse(show, error, "a bar is {\"model\", 40}, or {\"you\"}");
    ret_bar->value = value != NULL ? json_number_value(value) : show->stage->you;
    return TRUE;
}

static gboolean
show_bars(const Show *show, GError **error)
{
    g_autoptr(GArray) bars = g_array_new(FALSE, FALSE, sizeof(MlLessonBar));
    const char *title = named_text(show, "title");
    const json_t *row;

    for (guint i = 2; (row = positional(show, i)) != NULL; i++) {
        MlLessonBar bar;
        if (!read_bar(show, row, &bar, error))
            return FALSE;
        if (isfinite(bar.value))
            g_array_append_val(bars, bar);
    }
    int indent = title != NULL ? 2 * INDENT : INDENT;
    g_autofree char *text = ml_lesson_bars((const MlLessonBar *)(gpointer)bars->data,
        bars->len,
        ml_stage_columns(show->stage) - indent);
    if (title != NULL)
        add(show, INDENT, title);
    ml_page_add_lines(show->stage->page, text, indent, title != NULL);
    return TRUE;
}

/* The measured figures alone: two columns of bytes have no room. */
static void
add_narrow_ledger(const Show *show, const MlLedger *ledger)
{
    g_autofree char *roles =
        ml_lesson_roles(ledger, ml_stage_columns(show->stage), show->stage->host->ascii);
    g_autofree char *held = ml_lesson_held(ledger, TRUE);
    add(show, 0, roles);
    add(show, 0, held);
}

static gboolean
show_ledger(const Show *show, GError **error)
{
    MlPage *page = show->stage->page;
    const MlLedger *ledger = ledger_at(show, 2, error);
    const char *drawn = named_text(show, "of");
    const char *title = named_text(show, "title");

    if (ledger == NULL || (drawn != NULL && !find_drawn(show, drawn, &page->drawn, error)))
        return FALSE;
    page->drawn_ledger = drawn != NULL ? ledger : NULL;
    int columns = ml_stage_columns(show->stage);
    g_autofree char *heading = ml_lesson_ledger_heading(ledger, title, columns);
    add(show, 0, heading);
    if (columns < TABLE_COLUMNS) {
        add_narrow_ledger(show, ledger);
        return TRUE;
    }
    MlTableSettings settings = { .columns = columns, .ascii = show->stage->host->ascii };
    g_autofree char *table = ml_ledger_table(ledger, &settings);
    add(show, 0, table);
    return TRUE;
}

/* --- pictures --------------------------------------------------------------------------------- */

static gboolean
prepare_picture(const Show *show, MlPictureOf *ret_of, GError **error)
{
    MlPage *page = show->stage->page;
    const char *name = json_string_value(positional(show, 2));
    if (!find_drawn(show, name, &page->drawn, error))
        return FALSE;
    page->drawn_ledger = ledger_at(show, 3, error);
    *ret_of = (MlPictureOf){ show->stage->session, &page->drawn, page->drawn_ledger };
    return page->drawn_ledger != NULL;
}

static gboolean
show_picture(const Show *show, GError **error)
{
    MlPictureOf of;
    if (!prepare_picture(show, &of, error))
        return FALSE;
    g_autofree char *text =
        ml_picture_text(&of, show->stage->host->ascii, ml_stage_columns(show->stage), error);
    if (text == NULL)
        return FALSE;
    add(show, 0, text);
    show->stage->page->shows_picture = TRUE;
    return TRUE;
}

/* A folder that cannot be written to does not end a lesson. */
static gboolean
show_file(const Show *show, GError **error)
{
    MlPage *page = show->stage->page;
    g_autoptr(GError) cause = NULL;
    MlPictureOf of;
    if (!prepare_picture(show, &of, error) || !ml_stage_busy(show->stage, "drawing …", error))
        return FALSE;
    page->file = show->stage->host->writes_files
                     ? ml_picture_write(&of, "svg", &cause)
                     : g_strdup_printf("%s.svg", of.handle->structure->name);
    g_autofree char *text =
        page->file != NULL
            ? g_strdup_printf("written   %s   (dark, PNG, PDF: memlab diagram --help)", page->file)
            : g_strdup_printf("not written: %s", cause->message);
    add(show, INDENT, text);
    return TRUE;
}

/* --- around the lesson ------------------------------------------------------------------------ */

static gboolean
show_journal(const Show *show, GError **error)
{
    MlStage *stage = show->stage;
    g_autoptr(GPtrArray) journal = ml_progress_journal(stage->progress, stage->lesson->name);
    g_autofree char *text = ml_lesson_journal(journal, ml_stage_columns(stage));
    add(show, 0, text);
    return TRUE;
}

static gboolean
show_next(const Show *show, GError **error)
{
    const MlLesson *lesson = show->stage->lesson;
    g_autoptr(MlLesson) after = ml_lessons_after(lesson);
    g_autofree char *text = ml_lesson_next(lesson, after);
    add(show, 0, text);
    return TRUE;
}

static const struct {
    const char *name;
    gboolean (*show)(const Show *show, GError **error);
} kinds[] = {
    { "held", show_held },
    { "roles", show_roles },
    { "bars", show_bars },
    { "ledger", show_ledger },
    { "picture", show_picture },
    { "file", show_file },
    { "journal", show_journal },
    { "next", show_next },
};

static gboolean
refuse_kind(const Show *show, const char *typed, GError **error)
{
    const char *names[G_N_ELEMENTS(kinds) + 1] = { NULL };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        names[i] = kinds[i].name;
    g_autofree char *quoted = ml_text_quote(typed != NULL ? typed : "");
    g_autofree char *hint = ml_suggest_phrase(typed != NULL ? typed : "", names);
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)names);
    g_autofree char *what =
        g_strdup_printf("there is no %s to show%s: there are %s", quoted, hint, all);
    return refuse(show, error, what);
}

gboolean
ml_display_show(MlStage *stage, const MlAsked *asked, GError **error)
{
    Show show = { stage, asked };
    const char *kind = json_string_value(positional(&show, 1));

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_strcmp0(kind, kinds[i].name) == 0)
            return kinds[i].show(&show, error);
    return refuse_kind(&show, kind, error);
}

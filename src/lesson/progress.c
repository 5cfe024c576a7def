#include "lesson/progress.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <jansson.h>

#include "base/error.h"
#include "base/file.h"

#define SCHEMA "memlab.progress.1"
#define MAX_BYTES (1 << 20)
#define MAX_ASIDE 99
#define SHOWN_DIGITS 12

struct MlProgress {
    char *path;   /* (nullable): kept nowhere */
    json_t *root; /* {"schema", "lesson", "lessons": {NAME: {"screen", "finished", "answers"}}} */
};

static json_t *
new_root(void)
{
    return json_pack("{s:s, s:{}}", "schema", SCHEMA, "lessons");
}

/* --- the file --------------------------------------------------------------------------------- */

static gboolean
is_progress(const json_t *root)
{
    const char *schema = json_string_value(json_object_get(root, "schema"));
    return g_strcmp0(schema, SCHEMA) == 0 && json_is_object(json_object_get(root, "lessons"));
}

/* A name beside @path that is not taken. */
static char *
name_aside(const char *path)
{
    for (guint i = 1; i <= MAX_ASIDE; i++) {
        g_autofree char *aside = i == 1 ? g_strconcat(path, ".corrupt", NULL)
                                        : g_strdup_printf("%s.corrupt-%u", path, i);
        if (g_access(aside, F_OK) != 0)
            return g_steal_pointer(&aside);
    }
    return NULL;
}

static char *
put_aside(const char *path)
{
    g_autofree char *aside = name_aside(path);
    if (aside == NULL || g_rename(path, aside) != 0)
        return g_strdup_printf("'%s' is damaged; your place in the lessons is lost", path);
    return g_strdup_printf("'%s' is damaged and was kept as '%s'; you begin anew", path, aside);
}

static json_t *
load_root(const char *path, char **ret_notice)
{
    g_autoptr(GError) error = NULL;
    json_error_t ignored;

    if (g_access(path, F_OK) != 0)
        return new_root();
    if (g_access(path, R_OK) != 0) {
        *ret_notice = g_strdup_printf("cannot read '%s': %s", path, g_strerror(errno));
        return new_root();
    }
    g_autofree char *text = ml_file_read(path, MAX_BYTES, &error);
    json_t *root = text != NULL ? json_loads(text, 0, &ignored) : NULL;
    if (root != NULL && is_progress(root))
        return root;
    json_decref(root);
    *ret_notice = put_aside(path);
    return new_root();
}

MlProgress *
ml_progress_new(void)
{
    MlProgress *progress = g_new0(MlProgress, 1);
    progress->root = new_root();
    return progress;
}

MlProgress *
ml_progress_load(const char *path, char **ret_notice)
{
    MlProgress *progress = g_new0(MlProgress, 1);
    *ret_notice = NULL;
    progress->path = g_strdup(path);
    progress->root = load_root(path, ret_notice);
    return progress;
}

void
ml_progress_free(MlProgress *progress)
{
    if (progress == NULL)
        return;
    json_decref(progress->root);
    g_free(progress->path);
    g_free(progress);
}

gboolean
ml_progress_save(const MlProgress *progress, GError **error)
{
    if (progress->path == NULL)
        return TRUE;
    g_autofree char *folder = g_path_get_dirname(progress->path);
    if (g_mkdir_with_parents(folder, 0700) != 0)
        return ml_fail(
            error, ML_ERROR_SURROUNDINGS, "cannot make '%s': %s", folder, g_strerror(errno));
    g_autofree char *json =
        json_dumps(progress->root, JSON_INDENT(2) | JSON_REAL_PRECISION(SHOWN_DIGITS));
    g_autofree char *text = g_strconcat(json, "\n", NULL);
    return ml_file_write(progress->path, text, strlen(text), error);
}

/* --- places ----------------------------------------------------------------------------------- */

static json_t *
find_lesson(const MlProgress *progress, const char *lesson)
{
    return json_object_get(json_object_get(progress->root, "lessons"), lesson);
}

static json_t *
need_lesson(MlProgress *progress, const char *lesson)
{
    json_t *found = find_lesson(progress, lesson);
    if (!json_is_object(found)) {
        found = json_pack("{s:i, s:b, s:[]}", "screen", 0, "finished", 0, "answers");
        json_object_set_new(json_object_get(progress->root, "lessons"), lesson, found);
    }
    json_object_set_new(progress->root, "lesson", json_string(lesson));
    return found;
}

const char *
ml_progress_lesson(const MlProgress *progress)
{
    return json_string_value(json_object_get(progress->root, "lesson"));
}

guint
ml_progress_screen(const MlProgress *progress, const char *lesson)
{
    json_int_t screen =
        json_integer_value(json_object_get(find_lesson(progress, lesson), "screen"));
    return screen > 0 && screen < G_MAXINT ? (guint)screen : 0;
}

gboolean
ml_progress_is_finished(const MlProgress *progress, const char *lesson)
{
    return json_is_true(json_object_get(find_lesson(progress, lesson), "finished"));
}

void
ml_progress_set_screen(MlProgress *progress, const char *lesson, guint screen)
{
    json_object_set_new(need_lesson(progress, lesson), "screen", json_integer((json_int_t)screen));
}

void
ml_progress_set_finished(MlProgress *progress, const char *lesson)
{
    json_t *kept = need_lesson(progress, lesson);
    json_object_set_new(kept, "finished", json_true());
    json_object_set_new(kept, "screen", json_integer(0));
}

void
ml_progress_reset(MlProgress *progress)
{
    json_decref(progress->root);
    progress->root = new_root();
}

/* --- the journal ------------------------------------------------------------------------------ */

static const char *
question_of(const json_t *entry)
{
    const char *question = json_string_value(json_object_get(entry, "question"));
    return question != NULL ? question : "";
}

/* NULL for what is no number: JSON has no word for it. */
static json_t *
number_or_null(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static double
number_of(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

void
ml_progress_add_entry(MlProgress *progress, const char *lesson, const MlJournalEntry *entry)
{
    json_t *kept = need_lesson(progress, lesson);
    json_t *answers = json_object_get(kept, "answers");
    if (!json_is_array(answers)) {
        answers = json_array();
        json_object_set_new(kept, "answers", answers);
    }
    /* Made first: @entry may speak with the words of the one that goes. */
    json_t *added = json_pack("{s:s, s:s, s:o, s:o}",
        "question",
        entry->question,
        "answer",
        entry->answer,
        "you",
        number_or_null(entry->you),
        "measured",
        number_or_null(entry->measured));
    for (size_t i = json_array_size(answers); i-- > 0;)
        if (g_str_equal(question_of(json_array_get(answers, i)), entry->question))
            json_array_remove(answers, i);
    json_array_append_new(answers, added);
}

static void
free_entry(gpointer data)
{
    MlJournalEntry *entry = data;
    g_free(entry->question);
    g_free(entry->answer);
    g_free(entry);
}

GPtrArray *
ml_progress_journal(const MlProgress *progress, const char *lesson)
{
    GPtrArray *journal = g_ptr_array_new_with_free_func(free_entry);
    json_t *answers = json_object_get(find_lesson(progress, lesson), "answers");
    size_t i;
    json_t *kept;

    json_array_foreach(answers, i, kept)
    {
        MlJournalEntry *entry = g_new0(MlJournalEntry, 1);
        const char *answer = json_string_value(json_object_get(kept, "answer"));
        *entry = (MlJournalEntry){
            .question = g_strdup(question_of(kept)),
            .answer = g_strdup(answer != NULL ? answer : ""),
            .you = number_of(json_object_get(kept, "you")),
            .measured = number_of(json_object_get(kept, "measured")),
        };
        g_ptr_array_add(journal, entry);
    }
    return journal;
}

const char *
ml_progress_answer(const MlProgress *progress, const char *lesson, const char *question)
{
    json_t *answers = json_object_get(find_lesson(progress, lesson), "answers");
    size_t i;
    json_t *kept;

    json_array_foreach(answers,
        i,
        kept) if (g_str_equal(question_of(kept),
                      question)) return json_string_value(json_object_get(kept, "answer"));
    return NULL;
}

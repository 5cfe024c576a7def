#include "lesson/straight.h"

#include "base/text.h"
#include "lesson/run.h"

typedef struct {
    const MlLesson *lesson;
    const MlStraight *straight;
    MlLessonRun *run;
    gboolean has_begun; /* something is written */
    guint n_pages;      /* whose heading is written */
    guint n_blocks;     /* of the last of them */
} Writer;

static int
host_columns(gpointer data)
{
    return ((const Writer *)data)->straight->columns;
}

static gboolean
write_text(const Writer *writer, const char *text, GError **error)
{
    return writer->straight->write(writer->straight->data, text, error);
}

/* "A million integers                                2 of 9", and a rule. */
static gboolean
write_heading(const Writer *writer, const MlPage *page, GError **error)
{
    int columns = writer->straight->columns;
    g_autofree char *place =
        g_strdup_printf("%u of %u", page->screen + 1, writer->lesson->screens->len);
    g_autofree char *title =
        ml_text_pad(writer->lesson->title, columns - ml_text_width(place), FALSE);
    g_autoptr(GString) heading = g_string_new(writer->has_begun ? "\n" : "");

    g_string_append_printf(heading, "%s%s\n", title, place);
    for (int i = 0; i < columns; i++)
        g_string_append(heading, "─");
    g_string_append_c(heading, '\n');
    return write_text(writer, heading->str, error);
}

/* What has come to the pages since the last time. */
static gboolean
write_new(Writer *writer, GError **error)
{
    const GPtrArray *pages = ml_lesson_run_pages(writer->run);
    const MlPage *page = pages->pdata[pages->len - 1];

    if (pages->len > writer->n_pages) {
        if (!write_heading(writer, page, error))
            return FALSE;
        writer->has_begun = TRUE;
        writer->n_pages = pages->len;
        writer->n_blocks = 0;
    }
    g_autofree char *text = ml_page_text(page, writer->n_blocks, writer->straight->columns);
    writer->n_blocks = page->blocks->len;
    return write_text(writer, text, error);
}

static gboolean
answer(Writer *writer, GError **error)
{
    GHashTable *answers = writer->straight->answers;
    const char *id = ml_lesson_run_question(writer->run)->id;
    const char *given = answers != NULL ? g_hash_table_lookup(answers, id) : NULL;
    g_autofree char *notice = NULL, *ignored = NULL;

    if (writer->straight->asked != NULL)
        g_ptr_array_add(writer->straight->asked, g_strdup(id));
    if (!ml_lesson_run_answer(writer->run, given != NULL ? given : "", &notice, error))
        return FALSE;
    if (notice != NULL) {
        g_autofree char *line = g_strdup_printf("\n%s\n", notice);
        if (!write_text(writer, line, error) ||
            !ml_lesson_run_answer(writer->run, "", &ignored, error))
            return FALSE;
    }
    return write_new(writer, error);
}

gboolean
ml_lesson_run_straight(const MlLesson *lesson, const MlStraight *straight, GError **error)
{
    Writer writer = { .lesson = lesson, .straight = straight };
    const MlLessonHost host = {
        .data = &writer,
        .columns = host_columns,
        .writes_files = TRUE,
        .ascii = straight->ascii,
    };
    g_autoptr(MlProgress) progress = ml_progress_new();
    g_autoptr(MlLessonRun) run = ml_lesson_run_new(lesson, progress, &host);
    MlStop stop = ML_STOP_PAGE;

    writer.run = run;
    if (!ml_lesson_run_skip(run, straight->from, error))
        return FALSE;
    writer.n_pages = ml_lesson_run_pages(run)->len;
    while (stop != ML_STOP_END) {
        if (!ml_lesson_run_next(run, &stop, error))
            return FALSE;
        if (stop != ML_STOP_END && !write_new(&writer, error))
            return FALSE;
        if (stop == ML_STOP_QUESTION && !answer(&writer, error))
            return FALSE;
    }
    return TRUE;
}

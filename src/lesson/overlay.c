#include "lesson/overlay.h"

#include "base/number.h"
#include "base/text.h"
#include "lesson/find.h"
#include "lesson/lesson.h"
#include "render/excerpt.h"

#define KIB 1024
#define INDENT 4

static char *
kib(guint64 bytes)
{
    g_autofree char *digits = ml_group_digits(bytes / KIB, " ");
    return ml_text_pad(digits, 9, TRUE);
}

MlPage *
ml_overlay_verify(const MlPageReading *reading, guint64 now_bytes)
{
    MlPage *page = ml_page_new(0);
    g_autofree char *command = g_strdup_printf("grep RssAnon /proc/%d/status", (int)reading->pid);
    g_autofree char *before = kib(reading->before_bytes), *after = kib(reading->after_bytes);
    g_autofree char *now = kib(now_bytes);
    g_autofree char *used = kib(reading->after_bytes - reading->before_bytes);
    g_autofree char *figures = g_strdup_printf("before [%u]   %s kB\n"
                                               "after  [%u]   %s kB\n"
                                               "now%*s   %s kB",
        reading->cell,
        before,
        reading->cell,
        after,
        reading->cell < 10 ? 7 : 8,
        "",
        now);
    g_autofree char *sum = g_strdup_printf("Cell [%u] has added %s kB, of 1 024 B each. The kernel "
                                           "calls private pages of RAM RssAnon; "
                                           "memlab reads the same line.",
        reading->cell,
        g_strchug(used));

    ml_page_add_paragraph(page,
        "The process in which the cells build is standing still. In another terminal, type:",
        0,
        NULL);
    ml_page_add_lines(page, command, INDENT, FALSE);
    ml_page_add_paragraph(page, "You should read what stands behind \"now\":", 0, NULL);
    ml_page_add_lines(page, figures, INDENT, FALSE);
    ml_page_add_paragraph(page, sum, 0, NULL);
    return page;
}

MlPage *
ml_overlay_code(const MlStructure *structure, GError **error)
{
    g_autoptr(MlExcerpt) file = ml_excerpt_whole_file(structure, error);
    if (file == NULL)
        return NULL;
    MlPage *page = ml_page_new(0);
    ml_page_add_lines(page, file->text, 0, FALSE);
    return page;
}

/* How far somebody is: "done", "screen 4", or nothing. */
static char *
place_in(const MlProgress *progress, const MlLesson *lesson)
{
    guint screen = ml_progress_screen(progress, lesson->name);
    if (screen > 0)
        return g_strdup_printf("screen %u", screen + 1);
    return g_strdup(ml_progress_is_finished(progress, lesson->name) ? "done" : "");
}

MlPage *
ml_overlay_lessons(const MlProgress *progress, GError **error)
{
    g_autoptr(GPtrArray) lessons = ml_lessons_list(error);
    g_autoptr(GString) text = g_string_new(NULL);

    if (lessons == NULL)
        return NULL;
    for (guint i = 0; i < lessons->len; i++) {
        const MlLesson *lesson = lessons->pdata[i];
        g_autofree char *title = ml_text_pad(lesson->title, 40, FALSE);
        g_autofree char *place = place_in(progress, lesson);
        g_string_append_printf(
            text, "%2u  %s %3u min   %s\n", lesson->number, title, lesson->minutes, place);
    }
    MlPage *page = ml_page_new(0);
    ml_page_add_lines(page, text->str, INDENT, FALSE);
    return page;
}

#include "lesson/figures.h"

#include <math.h>

#include "base/bar.h"
#include "base/number.h"
#include "base/text.h"
#include "lesson/progress.h"

#define LABEL_COLUMNS 15
#define NUMBER_COLUMNS 6
#define GAP 2
#define MAX_BAR 42
#define SHOWN_FROM 0.05 /* what rounds to 0.0 is not there */

char *
ml_lesson_held(const MlLedger *ledger, gboolean with_each)
{
    guint64 bytes = ml_ledger_bytes(ledger);
    g_autofree char *exact = ml_group_digits(bytes, " ");
    g_autofree char *both = ml_bytes_both(bytes, "  =  ");
    g_autofree char *each = ml_fixed(ml_ledger_per_element(ledger, (double)bytes), 1);
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "%-*s%s B  =  %s\n", LABEL_COLUMNS, "held in RAM", exact, both);
    if (with_each)
        g_string_append_printf(text, "%-*s%s B\n", LABEL_COLUMNS, "per element", each);
    return g_string_free(text, FALSE);
}

static int
widest_label(const MlLessonBar *bars, guint n_bars)
{
    int widest = 0;
    for (guint i = 0; i < n_bars; i++)
        widest = MAX(widest, ml_text_width(bars[i].label));
    return widest;
}

/* Cells for one byte: 1 where the longest bar then fits. */
static double
bar_scale(double largest, int room)
{
    return largest > room ? room / largest : 1;
}

/* "you          32.0  " */
static void
append_label(GString *text, const char *label, int columns, double value)
{
    g_autofree char *padded = ml_text_pad(label, columns, FALSE);
    g_autofree char *number = ml_fixed(value, 1);
    g_autofree char *right = ml_text_pad(number, NUMBER_COLUMNS, TRUE);
    g_string_append_printf(text, "%s%s", padded, right);
}

char *
ml_lesson_bars(const MlLessonBar *bars, guint n_bars, int columns)
{
    GString *text = g_string_new(NULL);
    int label_columns = widest_label(bars, n_bars) + GAP;
    int room = CLAMP(columns - label_columns - NUMBER_COLUMNS - GAP, 1, MAX_BAR);
    double largest = 0;

    for (guint i = 0; i < n_bars; i++)
        largest = MAX(largest, bars[i].value);
    for (guint i = 0; i < n_bars; i++) {
        append_label(text, bars[i].label, label_columns, bars[i].value);
        int cells = (int)lround(bars[i].value * bar_scale(largest, room));
        g_string_append(text, cells > 0 ? "  " : "");
        for (int cell = 0; cell < cells; cell++)
            g_string_append(text, "█");
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

char *
ml_lesson_roles(const MlLedger *ledger, int columns, gboolean ascii)
{
    GString *text = g_string_new(NULL);
    int room = CLAMP(columns - LABEL_COLUMNS - NUMBER_COLUMNS - GAP, 1, MAX_BAR);
    double largest = ml_ledger_per_element(ledger, (double)ml_ledger_bytes(ledger));

    for (MlRole role = 0; role < ML_ROLE_UNEXPLAINED; role++) {
        MlPair sum = ml_ledger_role(ledger, role);
        double each = ml_ledger_per_element(
            ledger, (double)(ml_ledger_is_measured(ledger) ? sum.measured : sum.model));
        if (each < SHOWN_FROM)
            continue;
        g_autofree char *bar = ml_bar(role, (int)lround(each * bar_scale(largest, room)), ascii);
        append_label(text, ml_role_label(role), LABEL_COLUMNS - 3, each);
        g_string_append_printf(text, "  %s\n", bar);
    }
    append_label(text,
        ml_role_label(ML_ROLE_UNEXPLAINED),
        LABEL_COLUMNS - 3,
        ml_ledger_per_element(ledger, (double)ml_ledger_unexplained(ledger)));
    return g_string_free(text, FALSE);
}

char *
ml_lesson_ledger_heading(const MlLedger *ledger, const char *title, int columns)
{
    g_autofree char *n = ml_group_digits(ledger->n, " ");
    const char *libc = ledger->environment.libc;
    g_autofree char *right = g_strdup_printf(
        "n = %s   malloc: %s", n, libc != NULL && *libc != '\0' ? libc : ledger->allocator);
    int room = columns - ml_text_width(right);
    if (title == NULL)
        return g_steal_pointer(&right);
    if (ml_text_width(title) + GAP > room)
        return g_strdup_printf("%s\n%s", title, right);
    g_autofree char *left = ml_text_pad(title, room, FALSE);
    return g_strconcat(left, right, NULL);
}

/* --- the end of a lesson ---------------------------------------------------------------------- */

static char *
signed_percent(double you, double measured)
{
    if (!isfinite(you) || !isfinite(measured) || measured == 0)
        return g_strdup("–");
    return g_strdup_printf("%+.0f %%", (you - measured) / measured * 100);
}

#define JOURNAL_COLUMNS 51 /* where there is room */

static void
append_entry(GString *text,
    const char *question,
    const char *you,
    const char *measured,
    const char *off,
    int columns)
{
    int gap = columns < JOURNAL_COLUMNS ? 0 : 4;
    g_autofree char *first = ml_text_pad(question, columns < JOURNAL_COLUMNS ? 16 : 22, FALSE);
    g_autofree char *second = ml_text_pad(you, 7, TRUE);
    g_autofree char *third = ml_text_pad(measured, 9 + gap, TRUE);
    g_autofree char *fourth = ml_text_pad(off, 6 + gap, TRUE);
    g_string_append_printf(text, "%s%s%s%s\n", first, second, third, fourth);
}

char *
ml_lesson_journal(const GPtrArray *journal, int columns)
{
    GString *text = g_string_new(NULL);

    append_entry(text, "Your predictions", "you", "measured", "off", columns);
    for (guint i = 0; i < journal->len; i++) {
        const MlJournalEntry *entry = journal->pdata[i];
        g_autofree char *name = g_strconcat("  ", entry->question, NULL);
        g_autofree char *you = ml_fixed(entry->you, 1);
        g_autofree char *measured = ml_fixed(entry->measured, 1);
        g_autofree char *off = signed_percent(entry->you, entry->measured);
        append_entry(text, g_strdelimit(name, "-", ' '), you, measured, off, columns);
    }
    return g_string_free(text, FALSE);
}

char *
ml_lesson_next(const MlLesson *lesson, const MlLesson *after)
{
    GString *text = g_string_new(NULL);

    if (lesson->exercise != NULL)
        g_string_append_printf(
            text, "Next   exercise    memlab exercise show %s\n", lesson->exercise);
    if (after != NULL) {
        g_autofree char *name = g_strdup_printf("lesson %u", after->number);
        g_string_append_printf(
            text, "%s   %-12s%s\n", text->len == 0 ? "Next" : "    ", name, after->title);
    }
    return g_string_free(text, FALSE);
}

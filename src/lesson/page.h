/* A page: what one screen shows, as it came about.  Figures are filled in; only the width is open,
 * so a page can be shown again, and on another terminal. */
#pragma once

#include <glib.h>

#include "facts/ledger.h"
#include "session/session.h"

typedef struct {
    gboolean wraps;    /* a paragraph; else lines that stand as they are */
    gboolean attached; /* no empty line before it */
    int indent;        /* columns */
    char *bullet;      /* (nullable) */
    char *text;        /* styled; in a paragraph \n is a hard line break */
} MlPageBlock;

/* What a cell of this page made of the session's process, for the one who reads the counter. */
typedef struct {
    GPid pid;
    guint cell;           /* its number; 0: there was none */
    guint64 before_bytes; /* RssAnon */
    guint64 after_bytes;
} MlPageReading;

typedef struct {
    guint screen;      /* from 0 */
    int margin;        /* columns before everything */
    GPtrArray *blocks; /* of MlPageBlock */
    MlPageReading reading;
    const MlStructure *structure; /* (nullable): whose C was shown last, here or before */
    MlHandle drawn;               /* what a picture can be drawn of; its structure NULL: nothing */
    const MlLedger *drawn_ledger; /* (nullable): its ledger */
    gboolean shows_picture;
    char *file; /* (nullable): a picture that was written */
} MlPage;

MlPage *ml_page_new(guint screen);
void ml_page_free(MlPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlPage, ml_page_free)

/**
 * ml_page_add_paragraph: text to be wrapped.
 * @text: styled; one that is empty adds nothing
 */
void ml_page_add_paragraph(MlPage *page, const char *text, int indent, const char *bullet);

/**
 * ml_page_add_lines: text that stands as it is.
 * @text: styled lines
 * @attached: whether it follows without an empty line
 */
void ml_page_add_lines(MlPage *page, const char *text, int indent, gboolean attached);

/**
 * ml_page_text: the page's blocks from number @first on, at a width.
 *
 * Lines that stand as they are give up their indent where it makes them too wide; where they still
 * are, they go on below.
 * Returns: (transfer full): styled lines ended by \n.
 */
char *ml_page_text(const MlPage *page, guint first, int columns);

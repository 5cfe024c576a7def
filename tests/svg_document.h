/* An SVG document, read as a reader of XML does. */
#pragma once

#include "diagram/diagram.h"

typedef struct {
    gsize bytes;
    GHashTable *ids;
    GPtrArray *references; /* of char *: what url(#…), xlink:href and aria-labelledby name */
    GPtrArray *open;       /* of char *: elements not closed yet */
    guint n_texts;
    guint n_labels;  /* aria-label: texts that are outlines */
    guint n_lengths; /* textLength */
    guint n_same_ids;
    double data_bytes;
    gboolean has_role;
    char *language; /* lang, where xml:lang says the same */
    char *title;    /* of the document */
    char *description;
    guint n_group_titles;
} SvgDocument;

/**
 * svg_document_read: render a scene as SVG and read it.
 * @document: (out): empty before
 *
 * Fails the test where it is no XML.
 */
void svg_document_read(SvgDocument *document, const MlScene *scene, const MlTheme *theme);

/**
 * svg_document_parse: the same of a document at hand.
 *
 * Returns: FALSE where it is no XML.
 */
gboolean svg_document_parse(SvgDocument *document, const char *text, gsize length, GError **error);
void svg_document_clear(SvgDocument *document);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SvgDocument, svg_document_clear)

/**
 * svg_document_complaint: what is wrong with the document of a scene.
 *
 * It has a role, title and description; all of the scene's texts stand in it, as text or as
 * outlines; no two ids are the same, and all that is referred to is there.
 * Returns: (transfer full): NULL where all is well.
 */
char *svg_document_complaint(const SvgDocument *document, const MlScene *scene);

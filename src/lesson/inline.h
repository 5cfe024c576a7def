/* What stands within a line: emphasis, code, links, and {{ expressions }}, which Markdown must not
 * touch: `{{ 2*a*b }}` is no emphasis.  They are hidden before it reads the text and put back
 * afterwards. */
#pragma once

#include <cmark.h>
#include <glib.h>

/**
 * ml_inline_hide: @text with each {{ expression }} replaced by a stand-in of private characters.
 * @ret_hidden: (out) (transfer full): the expressions, with their braces, in order
 *
 * Returns: (transfer full): as many lines as before.
 */
char *ml_inline_hide(const char *text, GPtrArray **ret_hidden);

/**
 * ml_inline_restore: @text with the expressions put back.
 *
 * Returns: (transfer full).
 */
char *ml_inline_restore(const char *text, const GPtrArray *hidden);

/**
 * ml_inline_text: the text of a paragraph or heading, styled; a hard line break is \n.
 * @ret_refused: (out) (nullable): what it holds that a lesson cannot show; static text
 *
 * Returns: (transfer full): hidden expressions stay hidden.
 */
char *ml_inline_text(cmark_node *node, const char **ret_refused);
